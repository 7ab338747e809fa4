import { useCallback, useEffect, useMemo } from 'react';
import type { Catalog } from '../../../../../engine/catalog/catalog.ts';
import type { MigrationReport } from '../../../../../engine/validate/report.ts';
import type { MigrationId } from '../../../../../shared/ids.ts';
import { useKeptCatalog } from '../../../ipc/use-kept-catalog.ts';
import { type Operation, useOperation } from '../../../ipc/use-operation.ts';
import { takeWaitingDraft } from '../../../state/waiting-drafts.ts';
import { momentText } from '../../schema/quantities.ts';
import { deriveGates, type GateInput, type Gates } from '../model/derive-gates.ts';
import { isSyntaxError } from '../model/is-syntax-error.ts';
import { statementObject, statementTitle } from '../model/statement-title.ts';
import type { Planner } from '../request/request-form.tsx';
import { type MigrationText, useMigrationText } from './use-migration-text.ts';
import { type ShadowRun, shadowProgressText, useShadowRun } from './use-shadow-run.ts';
import { useValidation, type Validation } from './use-validation.ts';

/** Everything that the migration screen shows and does. */
export type MigrationWork = {
  readonly text: MigrationText;
  readonly catalog: Catalog | null;
  readonly validation: Validation;
  /** What nobody has checked; what the current proof has answered is not in it. */
  readonly notChecked: readonly string[];
  /** The newest report: of this session, else the one that was saved with the version. */
  readonly report: MigrationReport | null;
  readonly reportIsCurrent: boolean;
  readonly shadow: ShadowRun;
  readonly proofIsCurrent: boolean;
  readonly drafting: Operation<'draft.generate'>;
  readonly gateInput: GateInput;
  readonly gates: Gates;
  /** Saves, checks the rules, and runs on a shadow database when the SQL can be parsed. */
  readonly validate: () => Promise<void>;
  readonly runShadow: () => Promise<void>;
  readonly draft: (request: string, planner: Planner) => Promise<void>;
};

/** Brings together text, rules, shadow run and draft of one migration. */
export function useMigrationWork(id: MigrationId): MigrationWork {
  const text = useMigrationText(id);
  const { migration, up, down, edited, save, adopt } = text;
  const connectionId = migration?.connectionId;
  const kept = useKeptCatalog(connectionId ?? null);
  const catalog = kept.data ?? null;
  const hasText = up.trim() !== '' || down.trim() !== '';
  const validation = useValidation(id, up, down, migration !== undefined && hasText);
  const shadow = useShadowRun(id, migration);
  const drafting = useOperation('draft.generate');
  const current = migration?.current ?? null;
  const savedReport = current?.validation?.report ?? null;
  const report = validation.report ?? savedReport;
  const reportIsCurrent = validation.report ? validation.current : savedReport !== null && !edited;
  const proofIsCurrent = shadow.proof !== null && shadow.proof.version === current?.version && !edited;

  const { suggestTitle } = text;
  useEffect(() => {
    const first = report?.statements.find(
      (statement) => statement.direction === 'up' && /^(Alter|Create|Drop|Update|Insert|Delete)/.test(statement.kind),
    );
    const object = first ? statementObject(first) : '';
    suggestTitle(first ? [statementTitle(first), object].filter(Boolean).join(', ') : null);
  }, [report, suggestTitle]);

  const notChecked = useMemo(
    () => (report?.notChecked ?? []).filter((item) => !(proofIsCurrent && item.includes('no shadow run was made'))),
    [report, proofIsCurrent],
  );

  const gateInput = useMemo<GateInput>(() => {
    const now = new Date();
    const progress = 'since' in shadow.state ? shadowProgressText(shadow.state.progress) : null;
    return {
      version: current?.version ?? null,
      hasText,
      edited,
      validation: report ? { report, current: reportIsCurrent } : null,
      validating: validation.running,
      validationError: validation.error,
      shadow: shadow.proof
        ? {
            report: shadow.proof.report,
            current: shadow.proof.version === current?.version,
            at: momentText(shadow.proof.at, now),
          }
        : null,
      shadowProgress: progress,
      shadowError: shadow.error,
      reviewedAt: current?.reviewedAt ? momentText(current.reviewedAt, now) : null,
    };
  }, [current, hasText, edited, report, reportIsCurrent, validation.running, validation.error, shadow]);
  const gates = useMemo(() => deriveGates(gateInput), [gateInput]);

  const startShadow = shadow.run;
  const runShadow = useCallback(async () => {
    if (!hasText) return;
    const saved = await save();
    if (saved !== null) await startShadow(saved);
  }, [hasText, save, startShadow]);
  const check = validation.check;
  const validate = useCallback(async () => {
    if (!hasText) return;
    const saved = await save();
    const found = await check();
    const parses = found !== null && !found.findings.some(isSyntaxError);
    if (saved !== null && parses) await startShadow(saved);
  }, [hasText, save, check, startShadow]);
  const startDraft = drafting.run;
  const draft = useCallback(
    async (request: string, planner: Planner) => {
      if ((await save()) === null) return;
      const answer = await startDraft({ id, request, planner });
      if (!answer.ok) return;
      adopt(answer.value);
      if (answer.value.current) await startShadow(answer.value.current.version);
    },
    [id, save, startDraft, adopt, startShadow],
  );
  const request = migration?.request;
  useEffect(() => {
    if (request !== undefined && takeWaitingDraft(id)) void draft(request, 'auto');
  }, [id, request, draft]);
  return {
    text,
    catalog,
    validation,
    notChecked,
    report,
    reportIsCurrent,
    shadow,
    proofIsCurrent,
    drafting,
    gateInput,
    gates,
    validate,
    runShadow,
    draft,
  };
}

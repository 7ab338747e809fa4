import type { Draft } from '../../engine/generate/draft.ts';
import type { LockstepError } from '../../shared/errors.ts';
import type { ConnectionId } from '../../shared/ids.ts';
import type { Handlers, OperationContext, ParsedOperation } from '../../shared/ipc/wire.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Secret } from '../../shared/secret.ts';
import type { Settings } from '../../shared/settings.ts';
import { keptCatalogs } from '../history/catalog-store.ts';
import { appendVersion } from '../history/migration-writes.ts';
import { readSettings } from '../history/settings-store.ts';
import { recordSpending, spentInMonth } from '../history/spending-store.ts';
import { readAndKeepCatalog } from './catalog-handlers.ts';
import { requireMigration } from './migration-handlers.ts';
import type { Parts } from './parts.ts';

type Context = OperationContext<'draft.generate'>;

/** Answers what concerns drafts: what a model would be sent, and drafting with the built-in planner or the model. */
export function draftHandlers(
  parts: Parts,
): Pick<Handlers['requests'], 'draft.preview'> & Pick<Handlers['operations'], 'draft.generate'> {
  const { history, jobs, broadcast, clock } = parts;
  return {
    'draft.preview': async ({ connectionId, request }) => {
      const context = { signal: new AbortController().signal, report: () => {} };
      const fingerprint = await baseFingerprint(parts, connectionId, context);
      if (!fingerprint.ok) return fingerprint;
      const settings = await history.read(readSettings);
      if (!settings.ok) return settings;
      const input = { request, fingerprint: fingerprint.value, settings: settings.value };
      return jobs.run('draft.preview', input, { signal: context.signal });
    },
    'draft.generate': async (input, context) => {
      const migration = await requireMigration(parts, input.id);
      if (!migration.ok) return migration;
      const fingerprint = await baseFingerprint(parts, migration.value.connectionId, context);
      if (!fingerprint.ok) return fingerprint;
      const drafted = await draft(parts, input, fingerprint.value, context);
      if (!drafted.ok) return drafted;
      const at = clock.now();
      const dollars = drafted.value.receipt?.costDollars ?? 0;
      const saved = await history.write((handle) => {
        if (dollars > 0) recordSpending(handle, { at, dollars, migrationId: input.id });
        appendVersion(handle, {
          id: input.id,
          at,
          title: drafted.value.title,
          request: input.request,
          draft: drafted.value,
          baseFingerprint: fingerprint.value,
        });
      });
      if (!saved.ok) return saved;
      broadcast('migrations.changed', { id: input.id });
      return requireMigration(parts, input.id);
    },
  };
}

async function draft(
  { history, jobs, secrets, clock, anthropicBaseUrl }: Parts,
  { request, planner }: ParsedOperation<'draft.generate'>,
  fingerprint: string,
  { signal, report }: Context,
): Promise<Result<Draft, LockstepError>> {
  const key = planner === 'built-in' ? null : await apiKey(secrets);
  if (key === null) {
    if (planner === 'anthropic') return err({ code: 'model.key_missing' });
    report(phaseOnly('Planning'));
    return jobs.run('draft.plan', { request, fingerprint }, { signal });
  }
  const settings = await history.read(readSettings);
  if (!settings.ok) return settings;
  const spent = await history.read((handle) => spentInMonth(handle, clock.now()));
  if (!spent.ok) return spent;
  const overspent = budgetExceeded(settings.value, spent.value);
  if (overspent !== null) return err(overspent);
  const input = {
    request,
    fingerprint,
    settings: settings.value,
    apiKey: key.reveal(),
    baseUrl: anthropicBaseUrl ?? settings.value.model.baseUrl,
  };
  return jobs.run('draft.ask', input, { signal, onProgress: report });
}

/** A keychain that cannot be read holds no key; the settings say why. */
async function apiKey(secrets: Parts['secrets']): Promise<Secret | null> {
  const found = await secrets.find({ kind: 'api-key' });
  return found.ok ? found.value : null;
}

function budgetExceeded(settings: Settings, spentDollars: number): LockstepError | null {
  const capDollars = settings.model.monthlyCapDollars;
  if (capDollars === null || spentDollars < capDollars) return null;
  return { code: 'model.budget_exceeded', spentDollars, capDollars };
}

/** The fingerprint of the kept catalog of a connection; a catalog that was never read is read now. */
async function baseFingerprint(
  parts: Parts,
  connectionId: ConnectionId,
  { signal, report }: Context,
): Promise<Result<string, LockstepError>> {
  const kept = await parts.history.read((handle) => keptCatalogs(handle).get(connectionId)?.fingerprint);
  if (!kept.ok) return kept;
  if (kept.value !== undefined) return ok(kept.value);
  const read = await readAndKeepCatalog(parts, connectionId, {
    signal,
    report: ({ phase }) => report(phaseOnly(phase)),
  });
  return read.ok ? ok(read.value.fingerprint) : read;
}

const phaseOnly = (phase: string) => ({ phase, delta: '', snapshot: '', up: '', down: '' });

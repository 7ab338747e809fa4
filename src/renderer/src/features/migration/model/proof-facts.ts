import type { ShadowRunReport } from '../../../../../engine/shadow/report.ts';
import type { StatementReport } from '../../../../../engine/validate/report.ts';
import { countOf, exactCount } from '../../schema/quantities.ts';
import { statementObject } from './statement-title.ts';

/** The verdict over a whole shadow run; what rows and queries suffer is never green although down restored the structure. */
export type ProofVerdict = {
  readonly tone: 'passed' | 'warning' | 'error';
  readonly word:
    | 'Passed'
    | 'Passed, structure only'
    | 'Passed, queries break'
    | 'Passed, depends on rows'
    | 'Not proved'
    | 'Not restored'
    | 'Failed';
};

/** Says in one word how a shadow run went. */
export function proofVerdict(report: ShadowRunReport): ProofVerdict {
  if (report.unproved !== undefined) return { tone: 'warning', word: 'Not proved' };
  if (report.statements.some((statement) => statement.error !== null)) return { tone: 'error', word: 'Failed' };
  if (!report.restored) return { tone: 'error', word: 'Not restored' };
  if (report.data && report.data.lost.length > 0) return { tone: 'warning', word: 'Passed, structure only' };
  if (report.queries && report.queries.broken.length > 0) return { tone: 'warning', word: 'Passed, queries break' };
  const dependsOnRows = (report.data?.wouldFail ?? []).length > 0 || (report.data?.stoppedAt ?? null) !== null;
  if (dependsOnRows) return { tone: 'warning', word: 'Passed, depends on rows' };
  return { tone: 'passed', word: 'Passed' };
}

/** Who ran it: `Embedded PostgreSQL 18.6`. */
export function shadowServer({ shadow }: ShadowRunReport): string {
  const version = `${Math.floor(shadow.version / 10_000)}.${shadow.version % 10_000}`;
  return `${shadow.kind === 'embedded' ? 'Embedded' : 'Server'} PostgreSQL ${version}`;
}

/** The same, with the reasons for which it ran there. */
export const shadowPlace = (report: ShadowRunReport): string =>
  `${[shadowServer(report), ...(report.shadow.why ?? [])].join('. ')}.`;

/** One line of evidence under the proof; a note says what there was nothing to be said about. */
export type ProofFact = {
  readonly tone: 'ok' | 'note' | 'warning' | 'error';
  readonly title: string;
  readonly text: string;
};

/** What the statements are predicted to lose; equal catalogs say nothing about rows. */
function predictedLosses(statements: readonly StatementReport[]): readonly ProofFact[] {
  return statements
    .filter((statement) => statement.dataLoss !== 'none')
    .map((statement) => {
      const which = statement.direction === 'up' ? 'Up' : 'Down';
      const object = statementObject(statement) || 'The database';
      return {
        tone: 'warning' as const,
        title: `${which} ${statement.index + 1} ${statement.dataLoss === 'certain' ? 'loses' : 'may lose'} values.`,
        text: `${object}: predicted, no rows were tried.`,
      };
    });
}

/** What a down takes away of what was written after the up: no row that was there before can show it. */
const laterLosses = (statements: readonly StatementReport[]): readonly ProofFact[] =>
  statements
    .filter(({ direction, dataLoss }) => direction === 'down' && dataLoss !== 'none')
    .map((statement) => ({
      tone: 'warning',
      title: `${statementName(statement)} ${statement.dataLoss === 'certain' ? 'loses' : 'may lose'} later values:`,
      text: `what is written to ${statementObject(statement) || 'the database'} after up.`,
    }));

type Data = NonNullable<ShadowRunReport['data']>;

/** A statement of a direction as people count them: `Up 2`. */
export const statementName = ({
  direction,
  index,
}: {
  readonly direction: 'up' | 'down';
  readonly index: number;
}): string => `${direction === 'up' ? 'Up' : 'Down'} ${index + 1}`;

/** What was lost, in how many rows, and by which statement. */
function lossFact({ table, column, rows, statement }: Data['lost'][number], seeded: number): ProofFact {
  return {
    tone: 'warning',
    title: column === null ? `${table} loses rows.` : `${table}.${column} is not brought back.`,
    text: `${exactCount(rows)} of ${exactCount(seeded)} synthetic rows${statement ? `, taken by ${statementName(statement)}` : ''}.`,
  };
}

/** How the trial with rows went as a whole, in one line. */
export function dataSummary(data: Data): ProofFact {
  if (data.stoppedAt) {
    const title = `${statementName(data.stoppedAt)} could not be tried with rows.`;
    return { tone: 'warning', title, text: data.stoppedAt.message };
  }
  if (data.lost.length > 0) {
    const text = `after down, of ${exactCount(data.rowsSeeded)} synthetic rows.`;
    return { tone: 'warning', title: 'Not everything came back', text };
  }
  return data.rowsSeeded === 0
    ? { tone: 'note', title: 'No rows to try:', text: 'it touches no table that could hold any.' }
    : {
        tone: 'ok',
        title: 'Nothing was lost',
        text: `of ${exactCount(data.rowsSeeded)} synthetic rows that were there before up.`,
      };
}

/** What the synthetic rows showed, table by table; without rows, what is predicted to be lost. */
export function dataFacts({ data }: ShadowRunReport, statements: readonly StatementReport[]): readonly ProofFact[] {
  if (!data) return predictedLosses(statements);
  const failing = (data.wouldFail ?? []).map(
    ({ direction, statement, condition }): ProofFact => ({
      tone: 'warning',
      title: `${statementName({ direction, index: statement })} would fail`,
      text: `if ${condition}.`,
    }),
  );
  const empty = (data.notSeeded ?? []).length;
  const notSeeded: readonly ProofFact[] =
    empty === 0 ? [] : [{ tone: 'warning', title: `${countOf(empty, 'table')} held no rows`, text: 'in this trial.' }];
  const losses = data.lost.map((loss) => lossFact(loss, data.rowsSeeded));
  return [
    ...(losses.length > 0 && !data.stoppedAt ? losses : [dataSummary(data)]),
    ...laterLosses(statements),
    ...failing,
    ...notSeeded,
  ];
}

/** Which known queries break after up, or where queries come from when none is known; null when nobody looked. */
export function queryFacts({ queries }: ShadowRunReport): readonly ProofFact[] | null {
  if (!queries) return null;
  const broken = queries.broken.length;
  if (queries.checked === 0 && broken === 0 && (queries.notCheckable ?? []).length === 0) {
    const text =
      'Lockstep takes them from views, functions and pg_stat_statements. With that extension, readable for this role, it would know what the applications run.';
    return [{ tone: 'note', title: 'No query of this database is known.', text }];
  }
  const checked = countOf(queries.checked, 'known query', 'known queries');
  const changed = (queries.changed ?? []).length;
  const slower = (queries.lostIndexes ?? []).length;
  const unknown = (queries.notCheckable ?? []).length;
  const more = (count: number, title: string, text: string): readonly ProofFact[] =>
    count === 0 ? [] : [{ tone: 'warning', title, text }];
  return [
    broken === 0
      ? { tone: queries.checked === 0 ? 'note' : 'ok', title: '0 break', text: `after up, of ${checked}.` }
      : { tone: 'error', title: `${broken} break`, text: `after up, of ${checked}.` },
    ...more(changed, `${countOf(changed, 'query', 'queries')}:`, 'other result columns or types.'),
    ...more(slower, `${countOf(slower, 'query', 'queries')}:`, 'an index that the plan could use is gone.'),
    ...more(unknown, `${countOf(unknown, 'query', 'queries')}:`, 'do not run before up either, so not checked.'),
  ];
}

/** The statements that a shadow run could not run, with PostgreSQL's words. */
export function failedStatements(report: ShadowRunReport): readonly ProofFact[] {
  return report.statements.flatMap(({ error, direction, index }) =>
    error
      ? [
          {
            tone: 'error' as const,
            title: `${direction === 'up' ? 'Up' : 'Down'} statement ${index + 1} failed.`,
            text: `${error.message} (SQLSTATE ${error.sqlstate})`,
          },
        ]
      : [],
  );
}

/** What the copy could not reproduce. */
export function fidelityFacts({ clone }: ShadowRunReport): readonly ProofFact[] {
  const facts: ProofFact[] = clone.stubbed.map((name) => ({
    tone: 'warning',
    title: 'Replaced by a stub:',
    text: name,
  }));
  if (clone.fidelity === 'exact') {
    const text = 'It has the fingerprint of the catalog, versions of extensions aside.';
    return [{ tone: 'ok', title: 'The copy is exact.', text }, ...facts];
  }
  const differences = `${countOf(clone.differences.length, 'difference')} to the catalog.`;
  const text =
    clone.part === undefined
      ? differences
      : `${clone.part.tables} of ${clone.part.of} tables, those that the migration touches and what belongs to them.`;
  const isWrong = clone.part !== undefined && clone.differences.length > 0;
  return [
    { tone: 'warning', title: 'The copy is partial:', text: isWrong ? `${text} ${differences}` : text },
    ...facts,
  ];
}

/** What the differences of a report are between: where the up stopped, no down has run that they could be held against. */
export const whatDiffers = (report: Pick<ShadowRunReport, 'steps'>): string =>
  report.steps.some(({ name }) => name === 'down')
    ? 'Baseline and down differ'
    : 'What the up left when it stopped, before any down';

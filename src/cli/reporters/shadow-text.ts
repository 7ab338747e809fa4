import type { Difference } from '../../engine/catalog/difference.ts';
import { mispredictionText } from '../../engine/shadow/misprediction-text.ts';
import type { ShadowRunReport } from '../../engine/shadow/report.ts';

/** A difference in one line. */
export function differenceText({ object, kind, change, attribute, before, after }: Difference): string {
  if (change === 'added') return `+ ${kind} ${object}`;
  if (change === 'removed') return `- ${kind} ${object}`;
  return `~ ${kind} ${object}: ${attribute ?? 'definition'} was ${before ?? 'none'}, is ${after ?? 'none'}`;
}

const shortened = (fingerprint: string) => fingerprint.slice(0, 8);

const statementText = ({ direction, index }: { readonly direction: string; readonly index: number }): string =>
  `${direction} ${index + 1}`;

/** What synthetic rows showed, a line for each thing. */
function dataLines({ data }: ShadowRunReport): readonly string[] {
  if (data === null) return [];
  const lost = data.lost.map(
    ({ table, column, rows, statement }) =>
      `  not brought back: ${column === null ? `${rows} rows of ${table}` : `${table}.${column} in ${rows} rows`}${statement ? `, lost by ${statementText(statement)}` : ''}`,
  );
  const added = (data.added ?? []).map(({ table, rows }) => `  left behind: ${rows} rows of ${table}`);
  const failing = (data.wouldFail ?? []).map(
    ({ direction, statement, condition, message, sqlstate }) =>
      `  ${statementText({ direction, index: statement })} would fail if ${condition}: ${message} (${sqlstate})`,
  );
  const empty = (data.notSeeded ?? []).map(({ table, reason }) => `  no rows in ${table}: ${reason}`);
  const stopped = data.stoppedAt
    ? [`  stopped at ${statementText(data.stoppedAt)}: ${data.stoppedAt.message} (${data.stoppedAt.sqlstate})`]
    : [];
  const verdict = lost.length === 0 && stopped.length === 0 && data.rowsSeeded > 0 ? ', nothing lost' : '';
  return [`Data: ${data.rowsSeeded} synthetic rows${verdict}`, ...lost, ...added, ...failing, ...stopped, ...empty];
}

/** What became of the known queries, a line for each that is not as it was. */
function queryLines({ queries }: ShadowRunReport): readonly string[] {
  if (queries === null || queries.checked + (queries.notCheckable ?? []).length === 0) return [];
  const place = ({ name, query }: { readonly name?: string | null | undefined; readonly query: string }): string =>
    name == null || name === query ? query : `${name}: ${query}`;
  return [
    `Queries: ${queries.checked} prepared before and after up, ${queries.broken.length} broken`,
    ...queries.broken.map((one) => `  breaks: ${place(one)}: ${one.error}`),
    ...(queries.changed ?? []).map((one) => `  other result columns: ${place(one)}`),
    ...(queries.lostIndexes ?? []).map((one) => `  loses the index ${one.indexes.join(', ')}: ${place(one)}`),
    ...(queries.notCheckable ?? []).map((one) => `  does not run before up either: ${place(one)}: ${one.reason}`),
  ];
}

/** Which server the statements were held to, where that is not the shadow. */
function targetLines({ shadow: { target } }: ShadowRunReport): readonly string[] {
  if (target === undefined) return [];
  return [
    target.isAssumed
      ? `  held to PostgreSQL ${target.major}, because nobody said which the target is (--server-version does)`
      : `  held to PostgreSQL ${target.major}: what only newer ones take is refused`,
  ];
}

/** A shadow run for a person: the steps, what each statement did, and whether down restores. */
export function shadowText(report: ShadowRunReport): string {
  const major = Math.floor(report.shadow.version / 10_000);
  const failed = report.statements.find(({ error }) => error !== null);
  const verdict = report.restored
    ? `Restored: after down the catalog equals the baseline${report.columnOrder === 'changed' ? ', except for the order of columns' : ''}.`
    : report.unproved !== undefined
      ? `Not proved: ${report.unproved}`
      : failed?.error
        ? `Failed: ${failed.direction} statement ${failed.index + 1} at line ${failed.error.line}, column ${failed.error.column}: ${failed.error.message} (${failed.error.sqlstate})`
        : `Not restored: ${report.differences.length} ${report.differences.length === 1 ? 'difference' : 'differences'}.`;
  return [
    `Shadow run on ${report.shadow.kind} PostgreSQL ${major}, clone ${report.clone.fidelity}`,
    ...(report.shadow.why ?? []).map((sentence) => `  ${sentence}.`),
    ...targetLines(report),
    ...(report.clone.part === undefined
      ? []
      : [
          `  copied ${report.clone.part.tables} of ${report.clone.part.of} tables: what the migration touches and what belongs to it`,
        ]),
    ...report.clone.stubbed.map((one) => `  replaced by a stub: ${one}`),
    ...report.steps.map(
      ({ name, fingerprint, equalTo, ms }) =>
        `  ${name.padEnd(9)} ${shortened(fingerprint)} ${Math.round(ms)} ms${equalTo === null ? '' : `, equal to ${equalTo}`}`,
    ),
    ...report.statements.flatMap(({ direction, index, ms, locks, rewrites, scans, documented, mispredicted = [] }) => {
      const parts = [
        ...locks.map(({ relation, mode }) => `${mode} on ${relation}${documented ? ' (from the manual)' : ''}`),
        ...rewrites.map((relation) => `rewrites ${relation}`),
        ...scans.map((relation) => `scans ${relation}`),
      ];
      return [
        `  ${direction} ${index + 1}: ${parts.length === 0 ? 'no table locks' : parts.join(', ')} (${ms.toFixed(1)} ms)`,
        ...mispredicted.map((one) => `    ${mispredictionText(one)}`),
      ];
    }),
    ...report.differences.map((difference) => `  ${differenceText(difference)}`),
    ...dataLines(report),
    ...queryLines(report),
    report.restored && (report.data?.lost.length ?? 0) > 0 ? `${verdict} Not all rows and values come back.` : verdict,
    ...computedDownLines(report.computedDown ?? null),
  ].join('\n');
}

/** The down that Lockstep offers instead of the one that is missing or does not restore. */
function computedDownLines(down: NonNullable<ShadowRunReport['computedDown']> | null): readonly string[] {
  if (down === null) return [];
  const verdict = down.restored ? 'restores on the same shadow database' : 'does not restore on its own either';
  return ['', `A down worked out from the two catalogs ${verdict}:`, '', down.sql.trimEnd()];
}

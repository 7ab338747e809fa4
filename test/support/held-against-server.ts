import type { Catalog } from '../../src/engine/catalog/catalog.ts';
import { type Misprediction, mispredictions } from '../../src/engine/shadow/mispredictions.ts';
import { effectsOf } from '../../src/engine/sql/effects.ts';
import { parseScript, type Statement } from '../../src/engine/sql/parser.ts';
import { qualifiedName } from '../../src/engine/sql/qualified-name.ts';
import { validateMigration } from '../../src/engine/validate/validate-migration.ts';
import { isOfRows, type TriedOut } from './try-out.ts';

/** The one statement of a text; undefined where the text does not parse. */
export const onlyStatement = (text: string): Statement | undefined => {
  const script = parseScript(text);
  return script.ok ? script.value.statements[0] : undefined;
};

/** What is said to fail, whatever the rows are, of the last of some statements that run in one transaction. */
export function failuresTold(statements: readonly string[], catalog: Catalog): readonly string[] {
  const { findings } = validateMigration(
    { name: 'random', up: statements.join(';\n'), down: null },
    { catalog, serverVersion: catalog.server.version, transaction: 'file' },
  );
  return findings
    .filter(({ direction, severity, rule, statement, evidence: { sqlstate } }) => {
      const isFailure = rule === 'needs-newer-server' || (typeof sqlstate === 'string' && !isOfRows(sqlstate));
      return direction === 'up' && severity === 'error' && isFailure && (statement ?? 0) === statements.length - 1;
    })
    .map(({ message }) => message);
}

/** What is predicted of a statement and did not happen, or the other way round; `catalog` is what it finds. */
export function mispredicted(
  statement: Statement,
  catalog: Catalog,
  { before, seen }: Extract<TriedOut, { readonly refused: null }>,
): readonly Misprediction[] {
  const effects = effectsOf(statement, { catalog, serverVersion: catalog.server.version });
  // TRUNCATE begins new, empty files: the server writes no row again.
  const comparable = 'TruncateStmt' in statement.node ? { ...seen, rewrites: [], scans: [] } : seen;
  const found = mispredictions(statement, effects, comparable, before);
  const partitions = new Set(
    catalog.tables.flatMap((table) => (table.partitionOf === null ? [] : qualifiedName(table))),
  );
  // Which partitions rows go to, and in which they are looked up, these rows decide.
  const changesRows = ['InsertStmt', 'UpdateStmt', 'MergeStmt', 'CopyStmt'].some((kind) => kind in statement.node);
  return changesRows
    ? found.filter(({ relation, predicted }) => predicted !== null || !partitions.has(relation))
    : found;
}

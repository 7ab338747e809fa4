import type { Catalog, Table } from '../../catalog/catalog.ts';
import type { CancelSignal } from '../../ports/cancel.ts';
import type { ShadowDatabase } from '../../ports/shadow-databases.ts';
import { findNodes } from '../../sql/nodes.ts';
import { qualifiedName } from '../../sql/qualified-name.ts';
import type { StatementDetail } from '../../sql/statement-report.ts';
import { compareRows, type LabelledRows } from './compare-rows.ts';
import type { DataReport } from './rows-report.ts';
import { readTables, type TableContent } from './table-content.ts';

type Statement = { readonly direction: 'up' | 'down'; readonly index: number };

/** What a statement took: rows of a table of the baseline, or values of one of its columns, by the numbers they keep. */
type Taking = { readonly oid: number; readonly column: number | null; readonly statement: Statement };

/** Watches the rows of tables while statements run over them. */
export type LossWatch = {
  /** To be called after each statement; it looks only where the statement may have taken something. */
  readonly after: (detail: StatementDetail) => Promise<void>;
  readonly before: ReadonlyMap<number, TableContent>;
  readonly takings: readonly Taking[];
  readonly keyOf: (content: TableContent) => readonly string[];
  /** The tables of the baseline as they are called there, in their present state. */
  readonly now: () => Promise<ReadonlyMap<number, TableContent>>;
};

function mayTake({ statement: { node }, report }: StatementDetail): boolean {
  return (
    report.dataLoss !== 'none' ||
    report.effects.rewrites.length > 0 ||
    'SelectStmt' in node ||
    // Rows that a WITH clause takes from elsewhere.
    ('InsertStmt' in node && [...findNodes(node, 'DeleteStmt'), ...findNodes(node, 'UpdateStmt')].length > 0) ||
    'ExecuteStmt' in node ||
    'AlterTableStmt' in node
  );
}

const byNumber = ({ columns, rows }: TableContent): LabelledRows => ({
  columns: columns.map(({ number }) => String(number)),
  rows,
});
const byName = ({ columns, rows }: TableContent): LabelledRows => ({ columns: columns.map(({ name }) => name), rows });

/** Reads the tables as they are now and begins to watch them. */
export async function openLossWatch(options: {
  readonly database: ShadowDatabase;
  readonly catalog: Catalog;
  readonly tables: readonly Table[];
  readonly signal?: CancelSignal | undefined;
}): Promise<LossWatch> {
  const { database, tables, signal } = options;
  const now = () => readTables(database, { by: 'name', names: tables }, signal);
  const before = await now();
  const takings: Taking[] = [];
  const primary = new Map(
    tables.map((table) => [
      qualifiedName(table),
      table.constraints.find(({ kind }) => kind === 'primary key')?.columns ?? [],
    ]),
  );
  const keyOf = (content: TableContent): readonly string[] => primary.get(qualifiedName(content)) ?? [];
  let last = before;
  return {
    before,
    takings,
    keyOf,
    now,
    async after(detail) {
      if (!mayTake(detail)) return;
      const statement = { direction: detail.direction, index: detail.statement.index };
      const present = await readTables(database, { by: 'oid', oids: [...before.keys()] }, signal);
      for (const [oid, was] of last) {
        const is = present.get(oid);
        if (is === undefined) {
          if (was.rows.length > 0) takings.push({ oid, column: null, statement });
          continue;
        }
        const origin = before.get(oid) ?? was;
        const names = keyOf(origin);
        const key = origin.columns.filter(({ name }) => names.includes(name)).map(({ number }) => String(number));
        const changes = compareRows(byNumber(was), byNumber(is), key);
        if (changes.lost > 0) takings.push({ oid, column: null, statement });
        for (const column of changes.columns.keys()) takings.push({ oid, column: Number(column), statement });
      }
      last = present;
    },
  };
}

/** What is not as it was before up, with the statement that took it first. */
export async function findLosses(watch: LossWatch): Promise<Pick<DataReport, 'lost' | 'added'>> {
  const after = new Map([...(await watch.now()).values()].map((content) => [qualifiedName(content), content]));
  const lost: DataReport['lost'][number][] = [];
  const added: NonNullable<DataReport['added']>[number][] = [];
  for (const [oid, was] of watch.before) {
    const table = qualifiedName(was);
    const is = after.get(table);
    const takenBy = (column: number | null): Statement | null =>
      (
        watch.takings.find((taking) => taking.oid === oid && taking.column === column) ??
        watch.takings.find((taking) => taking.oid === oid && taking.column === null)
      )?.statement ?? null;
    if (is === undefined) {
      if (was.rows.length > 0) lost.push({ table, column: null, rows: was.rows.length, statement: takenBy(null) });
      continue;
    }
    const changes = compareRows(byName(was), byName(is), watch.keyOf(was));
    if (changes.lost > 0) lost.push({ table, column: null, rows: changes.lost, statement: takenBy(null) });
    for (const [column, rows] of changes.columns) {
      const number = was.columns.find(({ name }) => name === column)?.number ?? null;
      lost.push({ table, column, rows, statement: takenBy(number) });
    }
    if (changes.added > 0) added.push({ table, rows: changes.added });
  }
  return { lost, added };
}

import type { Facts, TableFacts } from '../../../../catalog/facts.ts';
import type { ColumnFactsRow, IndexFactsRow, TableFactsRow } from './fact-queries.ts';

/** What is known of tables and their indexes: rows of the catalogs, and sizes of files in bytes by relation. */
export type TableFactsSource = {
  readonly tables: readonly TableFactsRow[];
  readonly indexes: readonly IndexFactsRow[];
  readonly columns: readonly ColumnFactsRow[];
  readonly files: ReadonlyMap<number, number>;
  readonly blockSize: number;
};

/**
 * The relations whose files must be asked, because the pages that VACUUM and ANALYZE wrote down last are none or too old;
 * asking all of ten thousand would open each of them.
 */
export function staleRelations(tables: readonly TableFactsRow[], indexes: readonly IndexFactsRow[]): readonly number[] {
  const stale = new Set<number>();
  const changed = new Set<number>();
  for (const table of tables) {
    if (table.kind === 'p' || table.kind === 'f') continue;
    const moved = table.changed > Math.max(table.tuples, 0) / 5;
    if (moved) changed.add(table.oid);
    if (moved || table.pages === 0) stale.add(table.oid);
    if (table.toast !== null && (moved || (table.toastPages ?? 0) === 0)) stale.add(table.toast);
  }
  for (const index of indexes) {
    if (!index.partitioned && (changed.has(index.table) || index.pages === 0)) stale.add(index.oid);
  }
  return [...stale];
}

/** Puts together what is known of tables and indexes; what is partitioned has the sums of its partitions. */
export function tableFacts(source: TableFactsSource): Pick<Facts, 'tables' | 'indexes'> {
  const { tables, indexes, blockSize, files } = source;
  const bytesOf = (oid: number, pages: number): number => files.get(oid) ?? pages * blockSize;
  const columnsOf = new Map<string, ColumnFactsRow[]>();
  for (const column of source.columns) append(columnsOf, `${column.schema}\0${column.table}`, column);
  const indexesOf = new Map<number, IndexFactsRow[]>();
  const indexPartitions = new Map<number, IndexFactsRow[]>();
  for (const index of indexes) {
    append(indexesOf, index.table, index);
    if (index.parent !== null) append(indexPartitions, index.parent, index);
  }
  const partitions = new Map<number, TableFactsRow[]>();
  for (const table of tables) if (table.parent !== null) append(partitions, table.parent, table);

  const measureIndex = (index: IndexFactsRow): { readonly bytes: number; readonly scans: number } => {
    if (!index.partitioned) return { bytes: bytesOf(index.oid, index.pages), scans: index.scans };
    const parts = (indexPartitions.get(index.oid) ?? []).map(measureIndex);
    return { bytes: sumOf(parts, ({ bytes }) => bytes), scans: sumOf(parts, ({ scans }) => scans) };
  };
  const measure = (table: TableFactsRow): Measure => {
    if (table.kind === 'p') return sumOfPartitions((partitions.get(table.oid) ?? []).map(measure));
    const tableBytes = table.kind === 'f' ? 0 : bytesOf(table.oid, table.pages);
    const toastBytes = table.toast === null ? 0 : bytesOf(table.toast, table.toastPages ?? 0);
    const own = indexesOf.get(table.oid) ?? [];
    return {
      ...rowsOf(table, tableBytes, files.get(table.oid) === 0),
      bytes: tableBytes + toastBytes,
      toastBytes,
      indexBytes: sumOf(own, ({ oid, pages }) => bytesOf(oid, pages)),
      deadRows: table.dead,
      changesSinceAnalyze: table.changed,
      activity: {
        inserts: table.inserts,
        updates: table.updates,
        deletes: table.deletes,
        sequentialScans: table.scans,
        indexScans: sumOf(own, ({ scans }) => scans),
      },
    };
  };

  return {
    tables: tables
      // Of a foreign table there is nothing to say before somebody analyzes it.
      .filter(({ kind, tuples }) => kind !== 'f' || tuples > 0)
      .map(
        (table): TableFacts => ({
          schema: table.schema,
          name: table.name,
          ...measure(table),
          lastAnalyzedAt: later(table.lastAnalyze, table.lastAutoanalyze),
          lastManualAnalyzeAt: table.lastAnalyze,
          lastAutomaticAnalyzeAt: table.lastAutoanalyze,
          lastManualVacuumAt: table.lastVacuum,
          lastAutomaticVacuumAt: table.lastAutovacuum,
          transactionAge: table.transactionAge,
          ...(table.autovacuum === null ? {} : { autovacuumOptions: table.autovacuum }),
          columns: (columnsOf.get(`${table.schema}\0${table.name}`) ?? []).map(
            ({ name, nullFraction, distinct, averageBytes }) => ({ name, nullFraction, distinct, averageBytes }),
          ),
        }),
      ),
    indexes: indexes.map((index) => ({
      schema: index.schema,
      name: index.name,
      ...measureIndex(index),
      ...(index.lastScan === null ? {} : { lastScanAt: index.lastScan }),
    })),
  };
}

type Basis = NonNullable<TableFacts['rowsBasis']>;
type Activity = NonNullable<TableFacts['activity']>;
type Measure = {
  readonly rows: number;
  readonly rowsBasis: Basis;
  readonly bytes: number;
  readonly toastBytes: number;
  readonly indexBytes: number;
  readonly deadRows: number;
  readonly changesSinceAnalyze: number;
  readonly activity: Activity;
};

function sumOfPartitions(parts: readonly Measure[]): Measure {
  const activity = (pick: (activity: Activity) => number) => sumOf(parts, (part) => pick(part.activity));
  // The sum is as good as its worst part; without a part there is no row, for certain.
  const worst: readonly Basis[] = ['size', 'counters'];
  return {
    rows: sumOf(parts, ({ rows }) => rows),
    rowsBasis: worst.find((basis) => parts.some(({ rowsBasis }) => rowsBasis === basis)) ?? 'analyzed',
    bytes: sumOf(parts, ({ bytes }) => bytes),
    toastBytes: sumOf(parts, ({ toastBytes }) => toastBytes),
    indexBytes: sumOf(parts, ({ indexBytes }) => indexBytes),
    deadRows: sumOf(parts, ({ deadRows }) => deadRows),
    changesSinceAnalyze: sumOf(parts, ({ changesSinceAnalyze }) => changesSinceAnalyze),
    activity: {
      inserts: activity(({ inserts }) => inserts),
      updates: activity(({ updates }) => updates),
      deletes: activity(({ deletes }) => deletes),
      sequentialScans: activity(({ sequentialScans }) => sequentialScans),
      indexScans: activity(({ indexScans }) => indexScans),
    },
  };
}

/** An assumed row of 100 bytes with its header, for a table that nobody ever counted. */
const assumedRowBytes = 128;

function rowsOf(
  table: TableFactsRow,
  tableBytes: number,
  fileIsEmpty: boolean,
): { readonly rows: number; readonly rowsBasis: Basis } {
  if (fileIsEmpty) return { rows: 0, rowsBasis: 'counters' };
  // Before 14 a table that was never analyzed has 0 tuples and 0 pages, since then -1 tuples.
  const analyzed = table.tuples > 0 || (table.tuples === 0 && table.pages > 0);
  // The counters know better where the table has grown since; without either, the size of the file is all there is.
  const grown = table.changed > Math.max(table.tuples, 0) / 5;
  if (analyzed && !(grown && table.live > table.tuples)) {
    return { rows: Math.round(table.tuples), rowsBasis: 'analyzed' };
  }
  if (table.live > 0) return { rows: table.live, rowsBasis: 'counters' };
  return { rows: Math.floor(tableBytes / assumedRowBytes), rowsBasis: 'size' };
}

function append<Key, Value>(groups: Map<Key, Value[]>, key: Key, value: Value): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [value]);
  else group.push(value);
}

const sumOf = <Part>(parts: readonly Part[], pick: (part: Part) => number): number =>
  parts.reduce((total, part) => total + pick(part), 0);

const later = (one: string | null, other: string | null): string | null =>
  one === null || other === null ? (one ?? other) : one > other ? one : other;

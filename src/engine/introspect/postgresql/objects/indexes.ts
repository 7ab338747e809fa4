import * as z from 'zod';
import { type Index, type ObjectName, objectNameSchema } from '../../../catalog/catalog.ts';
import { SqlFailure } from '../../../ports/sql-client.ts';
import { expressionKey } from '../alike-definitions.ts';
import type { ColumnarQuery, ColumnarRow } from '../columnar-query.ts';
import type { IndexableColumn } from './columns.ts';
import type { Comments } from './comments.ts';
import text15 from './indexes.sql?raw';
import text12 from './indexes-12.sql?raw';
import type { Vocabulary } from './vocabulary.ts';

const numberList = z.string().transform((text) => (text === '' ? [] : text.split(' ').map(Number)));

/** What few indexes say. */
const specialSchema = z.object({
  partitioned: z.boolean(),
  parent: objectNameSchema.nullable(),
  nullsNotDistinct: z.boolean(),
  valid: z.boolean(),
  replicaIdentity: z.boolean(),
  clustered: z.boolean(),
  tablespace: z.string().nullable(),
  options: z.array(z.string()).nullable(),
});

const nothingSpecial: z.infer<typeof specialSchema> = {
  partitioned: false,
  parent: null,
  nullsNotDistinct: false,
  valid: true,
  replicaIdentity: false,
  clustered: false,
  tablespace: null,
  options: null,
};

const narrowRow = z.object({
  oid: z.number(),
  relation: z.number(),
  name: z.string(),
  methodNumber: z.number(),
  unique: z.boolean(),
  keyCount: z.number(),
  /** Numbers of the columns, 0 for an expression; after the keys those that are only included. */
  columns: numberList,
  /** For each key: 1 when descending, 2 when nulls come first. */
  order: numberList,
  operatorClasses: numberList,
  collations: numberList,
  /** How the server keeps the expressions of its keys. */
  expressions: z.string().nullable(),
  /** How the server keeps its predicate. */
  predicate: z.string().nullable(),
  special: specialSchema.nullable(),
});

/** Indexes of tables and materialized views. */
export const indexesQuery: ColumnarQuery<typeof narrowRow.shape> = {
  reads: 'indexes',
  // NULLS NOT DISTINCT came with 15.
  text: (serverVersion) => (serverVersion >= 150000 ? text15 : text12),
  row: narrowRow,
};

export type NarrowIndex = ColumnarRow<typeof indexesQuery>;

/** An index with the numbers that the server knows it by. */
export type IndexRow = Omit<Index, 'options' | 'columnStatistics' | 'tablespace'> & {
  readonly oid: number;
  readonly relation: number;
  readonly options: readonly string[];
  readonly tablespace: string | null;
  readonly columnStatistics: readonly { readonly number: number; readonly target: number }[];
};

/** A column of a relation by its number. */
export type ColumnByNumber = (relation: number, number: number) => IndexableColumn | undefined;

/** Who has to say what an index is: we, from its columns; we, with the server's predicate; or the server. */
export type IndexDefinedBy = 'us' | 'us with predicate' | 'server';

// Only of these is known that their keys have no order but in a B-tree.
const knownMethods: ReadonlySet<string> = new Set(['btree', 'hash', 'gin', 'gist', 'spgist', 'brin']);

/** What tells who defines an index, and with what words. */
type DefiningParts = {
  readonly columnOf: ColumnByNumber;
  readonly vocabulary: Vocabulary;
  /** Numbers of the indexes with options for an operator class. */
  readonly withClassOptions: ReadonlySet<number>;
};

/** Who defines an index: plain columns with their own collation and the type's operator class need no deparsing. */
export function definedBy(row: NarrowIndex, parts: DefiningParts): IndexDefinedBy {
  const { predicate } = row;
  const method = parts.vocabulary.accessMethod(row.methodNumber);
  if (!knownMethods.has(method) || row.special?.options != null || parts.withClassOptions.has(row.oid)) return 'server';
  const plain = row.columns.every((number, at) => {
    const column = parts.columnOf(row.relation, number);
    if (column === undefined) return false;
    if (at >= row.keyCount) return true;
    const collation = row.collations[at] ?? 0;
    return (
      (collation === 0 || collation === column.collationNumber) &&
      parts.vocabulary.isDefaultClass(
        row.operatorClasses[at] ?? 0,
        row.methodNumber,
        column.typeNumber,
        column.typeClass,
      )
    );
  });
  // In a definition the server writes CASE differently than by itself.
  if (!plain || predicate?.includes('{CASE') === true) return 'server';
  return predicate === null ? 'us' : 'us with predicate';
}

/** Equal for indexes with the same predicate; null for one that stands alone. */
export const predicateKey = ({ relation, predicate }: NarrowIndex, { columnOf }: DefiningParts): string | null =>
  expressionKey(predicate ?? '', (number) => columnOf(relation, number)?.name);

/** Equal for indexes that the server defines with the same words but for their names and tables; null for one alone. */
export function definitionKey(row: NarrowIndex, parts: DefiningParts): string | null {
  if (parts.withClassOptions.has(row.oid)) return null;
  const { partitioned, nullsNotDistinct, options } = row.special ?? nothingSpecial;
  const nameOf = (number: number) => parts.columnOf(row.relation, number)?.name;
  const trees = [row.expressions, row.predicate].map((tree) => (tree === null ? '' : expressionKey(tree, nameOf)));
  if (trees.includes(null)) return null;
  const columns = row.columns.map((number) => {
    const column = parts.columnOf(row.relation, number);
    return column === undefined ? number : [column.name, column.typeNumber, column.collationNumber];
  });
  const { methodNumber, unique, keyCount, order, operatorClasses, collations } = row;
  const said = [methodNumber, unique, keyCount, order, operatorClasses, collations, partitioned, nullsNotDistinct];
  return JSON.stringify([...said, options, columns, trees]);
}

/** The definition of one of two indexes that differ in names and tables alone, from the server's of the other. */
export function definitionLike(
  other: { readonly row: NarrowIndex; readonly table: ObjectName; readonly definition: string },
  { row, table }: { readonly row: NarrowIndex; readonly table: ObjectName },
  { quote }: Vocabulary,
): string {
  const start = startOfDefinition(other.row, other.table, quote);
  if (!other.definition.startsWith(start)) {
    throw new SqlFailure({ sqlstate: 'XX000', message: `the definition of index ${other.row.oid} is not of its name` });
  }
  return startOfDefinition(row, table, quote) + other.definition.slice(start.length);
}

/** What the server said of an index: its definition unless we write it, its predicate, its expressions by key. */
export type IndexTexts = {
  readonly definition: string | null;
  readonly predicate: string | null;
  readonly expressions: readonly (string | null)[];
};

/** The index with its names; the definition is the server's, or written as the server would. */
export function indexRowOf(
  row: NarrowIndex,
  texts: IndexTexts,
  parts: {
    readonly columnOf: ColumnByNumber;
    /** The relation that it is on. */
    readonly table: ObjectName;
    /** The name of the constraint that it backs. */
    readonly constraint: string | null;
    readonly vocabulary: Vocabulary;
    readonly comments: Comments;
    readonly statistics: readonly { readonly number: number; readonly target: number }[];
  },
): IndexRow {
  const nameAt = (at: number): string | null => {
    const number = row.columns[at] ?? 0;
    return number === 0 ? null : (parts.columnOf(row.relation, number)?.name ?? null);
  };
  const keys = row.columns.slice(0, row.keyCount).map((_, at) => {
    const order = row.order[at] ?? 0;
    return {
      column: nameAt(at),
      expression: texts.expressions[at] ?? null,
      descending: (order & 1) === 1,
      nullsFirst: (order & 2) === 2,
    };
  });
  const include = row.columns.slice(row.keyCount).map((_, at) => nameAt(row.keyCount + at) ?? '');
  const special = row.special ?? nothingSpecial;
  const index = {
    name: row.name,
    method: parts.vocabulary.accessMethod(row.methodNumber),
    unique: row.unique,
    nullsNotDistinct: special.nullsNotDistinct,
    valid: special.valid,
    keys,
    include,
    predicate: texts.predicate,
    definition: texts.definition ?? '',
    constraint: parts.constraint,
    parent: special.parent,
    replicaIdentity: special.replicaIdentity,
    clustered: special.clustered,
    comment: parts.comments('pg_class', row.oid),
    oid: row.oid,
    relation: row.relation,
    options: special.options ?? [],
    tablespace: special.tablespace,
    columnStatistics: parts.statistics,
  };
  if (texts.definition !== null) return index;
  const { quote } = parts.vocabulary;
  return { ...index, definition: `${startOfDefinition(row, parts.table, quote)}${restOfDefinition(index, quote)}` };
}

/** What `pg_get_indexdef` says of an index before what it is made of. */
function startOfDefinition(
  { name, unique, special }: Pick<NarrowIndex, 'name' | 'unique' | 'special'>,
  table: ObjectName,
  quote: (name: string) => string,
): string {
  const on = `${special?.partitioned === true ? 'ONLY ' : ''}${quote(table.schema)}.${quote(table.name)}`;
  return `CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${quote(name)} ON ${on} `;
}

/** What `pg_get_indexdef` says then of an index on plain columns. */
function restOfDefinition(index: Omit<Index, 'tablespace'>, quote: (name: string) => string): string {
  const keyList = index.keys.map(({ column, descending, nullsFirst }) => {
    const name = quote(column ?? '');
    // Only a B-tree keeps an order; nulls count as larger than everything unless said otherwise.
    if (index.method !== 'btree') return name;
    if (descending) return nullsFirst ? `${name} DESC` : `${name} DESC NULLS LAST`;
    return nullsFirst ? `${name} NULLS FIRST` : name;
  });
  const parts = [`USING ${quote(index.method)} (${keyList.join(', ')})`];
  if (index.include.length > 0) parts.push(`INCLUDE (${index.include.map(quote).join(', ')})`);
  if (index.nullsNotDistinct) parts.push('NULLS NOT DISTINCT');
  if (index.predicate !== null) parts.push(`WHERE ${index.predicate}`);
  return parts.join(' ');
}

import * as z from 'zod';
import type { Column } from '../../../catalog/catalog.ts';
import { columnSchema } from '../../../catalog/catalog.ts';
import type { ColumnarQuery, ColumnarRow } from '../columnar-query.ts';
import columnTypesText from './column-types.sql?raw';
import text14 from './columns.sql?raw';
import text12 from './columns-12.sql?raw';
import type { Comments } from './comments.ts';
import defaultsText from './defaults.sql?raw';
import notNullNamesText from './not-null-names.sql?raw';

/** What few columns say; what is absent says nothing else than most columns do. */
const specialSchema = columnSchema
  .pick({ generated: true, collation: true, compression: true, statisticsTarget: true, local: true })
  .extend({ ofIndex: z.boolean(), collationNumber: z.number(), options: z.array(z.string()).nullable() });

const narrowRow = z.object({
  relation: z.number(),
  number: z.number(),
  name: z.string(),
  typeNumber: z.number(),
  modifier: z.number(),
  notNull: z.boolean(),
  storage: z.string(),
  identity: z.string(),
  special: specialSchema.nullable(),
});

/**
 * Columns of tables and views and attributes of composite types, in the order of their numbers; and the few columns of
 * indexes that have options for their operator class, or a statistics target.
 */
export const columnsQuery: ColumnarQuery<typeof narrowRow.shape> = {
  reads: 'columns',
  // Compression of a column came with 14.
  text: (serverVersion) => (serverVersion >= 140000 ? text14 : text12),
  row: narrowRow,
};

/** A column as the server keeps it: numbers for its type and collation. */
export type NarrowColumn = ColumnarRow<typeof columnsQuery>;

const typeRow = z.object({
  type: z.number(),
  modifier: z.number(),
  /** What `format_type` says. */
  name: z.string(),
  /** `array`, or what `pg_type.typtype` says. */
  class: z.string(),
  collation: z.number(),
  storage: z.string(),
});

/** What the types of columns are, for pairs of type and modifier: thousands of columns have a few of them. */
export const columnTypesQuery: ColumnarQuery<typeof typeRow.shape> = {
  reads: 'types of columns',
  text: () => columnTypesText,
  row: typeRow,
};

const notNullNameRow = z.object({ relation: z.number(), number: z.number(), name: z.string(), inherited: z.boolean() });

/**
 * Names of `NOT NULL` that somebody chose, or that lasted when something else was renamed, and those of a table's own
 * columns that it has from its parents; null before 18, which names none.
 */
export const notNullNamesQuery = (serverVersion: number): ColumnarQuery<typeof notNullNameRow.shape> | null =>
  serverVersion < 180000 ? null : { reads: 'columns', text: () => notNullNamesText, row: notNullNameRow };

const defaultRow = z.object({
  oid: z.number(),
  relation: z.number(),
  number: z.number(),
  /** Null for an expression that names columns, as that of a generated column does. */
  expression: z.string().nullable(),
  /** How the server keeps an expression that names columns; null for any other. */
  tree: z.string().nullable(),
});

/** Defaults. An expression that names no column is said without a look at the table, so that no lock can hold it up. */
export const defaultsQuery: ColumnarQuery<typeof defaultRow.shape> = {
  reads: 'defaults',
  text: () => defaultsText,
  row: defaultRow,
};

/** A column with the numbers that the server knows it and its parts by. */
export type ColumnRow = Omit<Column, 'options' | 'notNullName' | 'notNullInherited'> & {
  readonly relation: number;
  readonly number: number;
  readonly notNullName: string | null;
  readonly notNullInherited: boolean;
  readonly typeNumber: number;
  readonly typeClass: string;
  readonly collationNumber: number;
  readonly defaultOid: number | null;
  readonly options: readonly string[];
};

/** Finds what belongs to a column by the numbers of relation and column. */
export function byNumber<Row extends { readonly relation: number; readonly number: number }>(
  rows: readonly Row[],
): (relation: number, number: number) => Row | undefined {
  const relations = new Map<number, Row[]>();
  for (const row of rows) {
    const relation = relations.get(row.relation);
    if (relation === undefined) relations.set(row.relation, [row]);
    else relation.push(row);
  }
  // A relation has few columns, mostly in the order of their numbers from 1.
  return (relation, number) => {
    const columns = relations.get(relation);
    const likely = columns?.[number - 1];
    return likely?.number === number ? likely : columns?.find((row) => row.number === number);
  };
}

/** The type of a column. */
export type ColumnTypes = (
  column: Pick<NarrowColumn, 'typeNumber' | 'modifier'>,
) => ColumnarRow<typeof columnTypesQuery>;

/** Every pair of type and modifier that columns have, once. */
export function columnTypePairs(
  columns: readonly NarrowColumn[],
): readonly (readonly [type: number, modifier: number])[] {
  const seen = new Map<number, Set<number>>();
  for (const { typeNumber, modifier } of columns) {
    const modifiers = seen.get(typeNumber);
    if (modifiers === undefined) seen.set(typeNumber, new Set([modifier]));
    else modifiers.add(modifier);
  }
  return [...seen].flatMap(([type, modifiers]) => [...modifiers].map((modifier) => [type, modifier] as const));
}

/** Finds the type of a column among those that were read. */
export function columnTypesOf(rows: readonly ColumnarRow<typeof columnTypesQuery>[]): ColumnTypes {
  const types = new Map<number, Map<number, ColumnarRow<typeof columnTypesQuery>>>();
  for (const row of rows) {
    const modifiers = types.get(row.type);
    if (modifiers === undefined) types.set(row.type, new Map([[row.modifier, row]]));
    else modifiers.set(row.modifier, row);
  }
  return ({ typeNumber, modifier }) => {
    const type = types.get(typeNumber)?.get(modifier);
    if (type === undefined) throw new Error(`type ${typeNumber} of a column was not read`);
    return type;
  };
}

// The collation that is called "default"; pg_collation.dat gives it this number.
const defaultCollation = 100;

/** What an index has to know of a column, with the class and the collation of its type. */
export type IndexableColumn = Pick<
  ColumnRow,
  'relation' | 'number' | 'name' | 'typeNumber' | 'typeClass' | 'collationNumber'
>;

/** The column with what its type says. */
export function indexableColumn(row: NarrowColumn, typeOf: ColumnTypes): IndexableColumn {
  const type = typeOf(row);
  return {
    relation: row.relation,
    number: row.number,
    name: row.name,
    typeNumber: row.typeNumber,
    typeClass: type.class,
    collationNumber: collationOf(row, type),
  };
}

const collationOf = ({ special }: NarrowColumn, type: { readonly collation: number }): number =>
  special?.collationNumber ?? (type.collation === 0 ? 0 : defaultCollation);

const noOptions: readonly string[] = [];
const identities: Readonly<Record<string, NonNullable<Column['identity']>>> = { a: 'always', d: 'by default' };
const storages: Readonly<Record<string, string>> = { p: 'plain', e: 'external', m: 'main', x: 'extended' };

/** The columns with their types, their defaults, the expressions of the generated ones, and their comments. */
export function columnRowsOf(
  narrow: readonly NarrowColumn[],
  parts: {
    readonly typeOf: ColumnTypes;
    readonly notNullNames: readonly Readonly<z.infer<typeof notNullNameRow>>[];
    readonly defaults: readonly ColumnarRow<typeof defaultsQuery>[];
    readonly generation: (defaultOid: number) => string | null;
    readonly comments: Comments;
  },
): readonly ColumnRow[] {
  const defaultOf = byNumber(parts.defaults);
  const notNullNameOf = byNumber(parts.notNullNames);
  return narrow.map((row) => {
    const { special } = row;
    const type = parts.typeOf(row);
    const fallback = defaultOf(row.relation, row.number);
    const notNull = notNullNameOf(row.relation, row.number);
    const collationNumber = collationOf(row, type);
    return {
      relation: row.relation,
      number: row.number,
      typeNumber: row.typeNumber,
      typeClass: type.class,
      collationNumber,
      defaultOid: fallback?.oid ?? null,
      name: row.name,
      type: type.name,
      notNull: row.notNull,
      notNullName: notNull?.name ?? null,
      notNullInherited: notNull?.inherited ?? false,
      default: fallback === undefined ? null : (fallback.expression ?? parts.generation(fallback.oid)),
      identity: identities[row.identity] ?? null,
      generated: special?.generated ?? null,
      collation: collationNumber === type.collation ? null : collationName(special),
      storage: row.storage === type.storage ? null : (storages[row.storage] ?? null),
      compression: special?.compression ?? null,
      statisticsTarget: special?.statisticsTarget ?? null,
      local: special?.local ?? true,
      options: special?.options ?? noOptions,
      comment: parts.comments('pg_class', row.relation, row.number),
    };
  });
}

/** The name of a collation that is not that of the type. */
const collationName = (special: NarrowColumn['special']): string | null =>
  special === null ? 'pg_catalog."default"' : special.collation;

import * as z from 'zod';
import type { Column } from '../../../catalog/catalog.ts';
import { columnSchema } from '../../../catalog/catalog.ts';
import type { ColumnarQuery, ColumnarRow } from '../columnar-query.ts';
import text14 from './columns.sql?raw';
import text12 from './columns-12.sql?raw';
import type { Comments } from './comments.ts';
import defaultsText from './defaults.sql?raw';

const narrowRow = columnSchema.omit({ default: true, comment: true }).extend({
  relation: z.number(),
  number: z.number(),
  notNullName: z.string().nullable(),
  typeNumber: z.number(),
  /** `array`, or what `pg_type.typtype` says. */
  typeClass: z.string(),
  collationNumber: z.number(),
  options: z.array(z.string()).nullable(),
});

/** Columns of tables and views and attributes of composite types, in the order of their numbers. */
export const columnsQuery: ColumnarQuery<typeof narrowRow.shape> = {
  reads: 'columns',
  // Compression of a column came with 14.
  text: (serverVersion) => (serverVersion >= 140000 ? text14 : text12),
  row: narrowRow,
};

const defaultRow = z.object({
  oid: z.number(),
  relation: z.number(),
  number: z.number(),
  /** Null for an expression that names columns, as that of a generated column does. */
  expression: z.string().nullable(),
});

/** Defaults. An expression that names no column is said without a look at the table, so that no lock can hold it up. */
export const defaultsQuery: ColumnarQuery<typeof defaultRow.shape> = {
  reads: 'defaults',
  text: () => defaultsText,
  row: defaultRow,
};

/** A column with the numbers that the server knows it and its parts by. */
export type ColumnRow = Omit<Column, 'options' | 'notNullName'> & {
  readonly relation: number;
  readonly number: number;
  readonly notNullName: string | null;
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

const noOptions: readonly string[] = [];

/** The columns with their defaults, the expressions of the generated ones, and their comments. */
export function columnRowsOf(
  narrow: readonly ColumnarRow<typeof columnsQuery>[],
  defaults: readonly ColumnarRow<typeof defaultsQuery>[],
  generation: (defaultOid: number) => string | null,
  comments: Comments,
): readonly ColumnRow[] {
  const byColumn = byNumber(defaults);
  return narrow.map((row) => {
    const fallback = byColumn(row.relation, row.number);
    return {
      relation: row.relation,
      number: row.number,
      typeNumber: row.typeNumber,
      typeClass: row.typeClass,
      collationNumber: row.collationNumber,
      defaultOid: fallback?.oid ?? null,
      name: row.name,
      type: row.type,
      notNull: row.notNull,
      notNullName: row.notNullName,
      default: fallback === undefined ? null : (fallback.expression ?? generation(fallback.oid)),
      identity: row.identity,
      generated: row.generated,
      collation: row.collation,
      storage: row.storage,
      compression: row.compression,
      statisticsTarget: row.statisticsTarget,
      local: row.local,
      options: row.options ?? noOptions,
      comment: comments('pg_class', row.relation, row.number),
    };
  });
}

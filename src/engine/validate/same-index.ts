import type { IndexStmt } from '@pgsql/types';
import type { Index } from '../catalog/catalog.ts';
import { byObject } from '../sql/by-object.ts';
import { all, as } from '../sql/nodes.ts';
import { parseScript } from '../sql/parser.ts';

/** What an index holds, as texts that are equal exactly when the parts are written alike. */
export type IndexShape = {
  readonly method: string;
  readonly unique: boolean;
  readonly nullsNotDistinct: boolean;
  readonly keys: readonly string[];
  readonly include: readonly string[];
  readonly predicate: string | null;
};

/** A part of a parse tree as text, without the places in the source. */
const asText = (part: unknown): string =>
  JSON.stringify(part, (key, value: unknown) => (/location$/.test(key) ? undefined : value));

/** The shape that a `CREATE INDEX` writes. */
export const shapeOfStatement = (statement: IndexStmt): IndexShape => ({
  method: statement.accessMethod ?? 'btree',
  unique: statement.unique === true,
  nullsNotDistinct: statement.nulls_not_distinct === true,
  keys: all(statement.indexParams, 'IndexElem').map((element) => {
    const descending = element.ordering === 'SORTBY_DESC';
    const nulls = element.nulls_ordering ?? 'SORTBY_NULLS_DEFAULT';
    const first = nulls === 'SORTBY_NULLS_DEFAULT' ? descending : nulls === 'SORTBY_NULLS_FIRST';
    const { name, expr, collation, opclass, opclassopts } = element;
    return asText({ name, expr, collation, opclass, opclassopts, descending, first });
  }),
  include: all(statement.indexIncludingParams, 'IndexElem').flatMap(({ name }) => name ?? []),
  predicate: statement.whereClause === undefined ? null : asText(statement.whereClause),
});

/** The shape of an index that exists, read out of its definition; null when that cannot be read. */
export const shapeOfIndex = byObject(200, ({ definition }: Index): IndexShape | null => {
  const script = parseScript(definition);
  const statement = script.ok ? as(script.value.statements[0]?.node, 'IndexStmt') : undefined;
  return statement === undefined ? null : shapeOfStatement(statement);
});

const sameTexts = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((text, at) => text === b[at]);

/** True when both hold the same entries in the same order under the same condition. */
export const sameEntries = (a: IndexShape, b: IndexShape): boolean =>
  a.method === b.method &&
  a.nullsNotDistinct === b.nullsNotDistinct &&
  a.predicate === b.predicate &&
  sameTexts(a.keys, b.keys) &&
  sameTexts(a.include.toSorted(), b.include.toSorted());

import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { identifier, qualified, rendered, type Sql, sql } from '../../sql/sql.ts';
import type { DefinedObject } from '../catalog.ts';
import { isNamedInSql, otherObjectPath } from '../other-object-path.ts';
import { definedStatement, type RenderedStatement } from './rendered-statement.ts';

/** What statements call a kind, and what it has or needs; absent is no. */
type OtherKind = {
  readonly words: Sql;
  readonly owned?: true;
  /** Only a superuser may own it. */
  readonly superuser?: true;
  readonly commented?: true;
  /** It must wait until everything else is there, because it changes what later statements do. */
  readonly last?: true;
};

const kinds: Readonly<Record<string, OtherKind | undefined>> = {
  'access method': { words: sql`ACCESS METHOD`, commented: true },
  'base type': { words: sql`TYPE`, owned: true, commented: true },
  'shell type': { words: sql`TYPE`, owned: true, commented: true },
  cast: { words: sql`CAST`, commented: true },
  collation: { words: sql`COLLATION`, owned: true, commented: true },
  conversion: { words: sql`CONVERSION`, owned: true, commented: true },
  'default privileges': { words: sql`DEFAULT PRIVILEGES`, last: true },
  'event trigger': { words: sql`EVENT TRIGGER`, owned: true, superuser: true, commented: true, last: true },
  'foreign data wrapper': { words: sql`FOREIGN DATA WRAPPER`, owned: true, superuser: true, commented: true },
  language: { words: sql`LANGUAGE`, owned: true, commented: true },
  operator: { words: sql`OPERATOR`, owned: true, commented: true },
  'operator class': { words: sql`OPERATOR CLASS`, owned: true, commented: true },
  'operator family': { words: sql`OPERATOR FAMILY`, owned: true, commented: true },
  publication: { words: sql`PUBLICATION`, owned: true, commented: true },
  rule: { words: sql`RULE`, commented: true },
  server: { words: sql`SERVER`, owned: true, commented: true },
  statistics: { words: sql`STATISTICS`, owned: true, commented: true },
  subscription: { words: sql`SUBSCRIPTION`, owned: true, superuser: true, commented: true },
  'text search configuration': { words: sql`TEXT SEARCH CONFIGURATION`, owned: true, commented: true },
  'text search dictionary': { words: sql`TEXT SEARCH DICTIONARY`, owned: true, commented: true },
  'text search parser': { words: sql`TEXT SEARCH PARSER`, commented: true },
  'text search template': { words: sql`TEXT SEARCH TEMPLATE`, commented: true },
  transform: { words: sql`TRANSFORM`, commented: true },
  'user mapping': { words: sql`USER MAPPING` },
};

/** True when the object is made after everything else, owners and privileges included. */
export const isMadeLast = (other: DefinedObject): boolean => kinds[other.kind]?.last === true;

/** True when PostgreSQL lets only a superuser own the object. */
export const needsSuperuser = (other: DefinedObject): boolean =>
  kinds[other.kind]?.superuser === true ||
  (other.kind === 'publication' && [other.definition, ...(other.further ?? [])].some((text) => manyTables.test(text)));

const manyTables = / FOR ALL TABLES WITH | ADD TABLES IN SCHEMA /;

/** The statements that make the object. */
export function renderOtherObject(other: DefinedObject): readonly RenderedStatement[] {
  const path = otherObjectPath(other);
  return [other.definition, ...(other.further ?? [])].map((text) => definedStatement(other.kind, path, text));
}

/** How `ALTER … OWNER TO` names the object; null when it has no owner. */
export function ownedName(other: DefinedObject): { readonly words: Sql; readonly name: Sql } | null {
  const kind = kinds[other.kind];
  return kind?.owned === true ? { words: kind.words, name: nameOf(other) } : null;
}

/** How `COMMENT ON` names the object; null when it cannot have a comment. */
export const commentedName = (other: DefinedObject): { readonly words: Sql; readonly name: Sql } | null =>
  kinds[other.kind]?.commented === true ? droppedName(other) : null;

/** How `DROP` names the object; null when there is nothing to drop. */
export function droppedName(other: DefinedObject): { readonly words: Sql; readonly name: Sql } | null {
  const kind = kinds[other.kind];
  if (kind === undefined || other.kind === 'default privileges') return null;
  if (other.kind !== 'rule' || other.table === null) return { words: kind.words, name: nameOf(other) };
  const own = rendered(other.name.slice(quoteIdentifier(other.table.name).length + 1));
  return { words: kind.words, name: sql`${own} ON ${qualified(other.table)}` };
}

function nameOf(other: DefinedObject): Sql {
  if (!isNamedInSql(other)) return other.schema === '' ? identifier(other.name) : qualified(other);
  return other.schema === '' ? rendered(other.name) : sql`${identifier(other.schema)}.${rendered(other.name)}`;
}

import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { identifier, qualified, rendered, type Sql, sql } from '../../sql/sql.ts';
import type { DefinedObject } from '../catalog.ts';
import { otherObjectPath } from '../other-object-path.ts';
import { definedStatement, type RenderedStatement } from './rendered-statement.ts';

/** What statements call a kind, whether it has an owner, and whether it must wait until everything else is there. */
type OtherKind = { readonly words: Sql; readonly owned: boolean; readonly last: boolean };

const kinds: Readonly<Record<string, OtherKind | undefined>> = {
  collation: { words: sql`COLLATION`, owned: true, last: false },
  statistics: { words: sql`STATISTICS`, owned: true, last: false },
  rule: { words: sql`RULE`, owned: false, last: false },
  operator: { words: sql`OPERATOR`, owned: true, last: false },
  cast: { words: sql`CAST`, owned: false, last: false },
  'text search dictionary': { words: sql`TEXT SEARCH DICTIONARY`, owned: true, last: false },
  'text search configuration': { words: sql`TEXT SEARCH CONFIGURATION`, owned: true, last: false },
  server: { words: sql`SERVER`, owned: true, last: false },
  publication: { words: sql`PUBLICATION`, owned: true, last: false },
  // These two change what later statements do.
  'default privileges': { words: sql`DEFAULT PRIVILEGES`, owned: false, last: true },
  'event trigger': { words: sql`EVENT TRIGGER`, owned: true, last: true },
};

/** True when the object is made after everything else, owners and privileges included. */
export const isMadeLast = (other: DefinedObject): boolean => kinds[other.kind]?.last === true;

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
export function commentedName(other: DefinedObject): { readonly words: Sql; readonly name: Sql } | null {
  const kind = kinds[other.kind];
  if (kind === undefined || other.kind === 'default privileges') return null;
  if (other.kind !== 'rule' || other.table === null) return { words: kind.words, name: nameOf(other) };
  const own = rendered(other.name.slice(quoteIdentifier(other.table.name).length + 1));
  return { words: kind.words, name: sql`${own} ON ${qualified(other.table)}` };
}

function nameOf(other: DefinedObject): Sql {
  if (other.kind === 'cast') return rendered(other.name);
  if (other.kind === 'operator') return sql`${identifier(other.schema)}.${rendered(other.name)}`;
  return other.schema === '' ? identifier(other.name) : qualified(other);
}

import { identifier, qualified, sql } from '../../sql/sql.ts';
import { type ChangeContext, ends, followsParent } from './change-context.ts';
import { type ChangeStatement, changeOf } from './change-script.ts';
import type { Piece } from './piece.ts';

/** How a type that no statement can change is made anew: the old one steps aside until no column has it any more. */
export type TypeSwap = {
  /** What makes room for the new type. */
  readonly before: readonly ChangeStatement[];
  /** What takes the old one away when no column has it any more. */
  readonly after: readonly ChangeStatement[];
  /** Keys of the columns that are converted from the old type to the new one. */
  readonly columns: readonly string[];
};

/** The swaps of a change, by the keys of their types. A type that no column keeps is dropped and made as it is. */
export function typeSwaps(context: ChangeContext): ReadonlyMap<string, TypeSwap> {
  const { from, to, fates } = context;
  const taken = new Set([...from.catalog.types, ...to.catalog.types].map(({ schema, name }) => `${schema}\0${name}`));
  const swaps = new Map<string, TypeSwap>();
  for (const { key, part, object } of from.byKey.values()) {
    if (part.kind !== 'type' || !ends(context, key)) continue;
    const columns = (from.users.get(key) ?? []).filter((user) => fates.retyped(user.key));
    const now = to.byKey.get(key)?.part;
    if (columns.length === 0 || now?.kind !== 'type') continue;
    const { type } = part;
    const word = type.kind === 'domain' ? sql`DOMAIN` : sql`TYPE`;
    const keys = columns.map((column) => column.key);
    if (type.kind === 'range') {
      const drop = changeOf(object, sql`DROP TYPE ${qualified(type)}`);
      swaps.set(key, { columns: keys, before: byWayOfText(columns, drop, context), after: [] });
      continue;
    }
    const name = freeName(type.schema, type.name, taken);
    const aside = changeOf(object, sql`ALTER ${word} ${qualified(type)} RENAME TO ${identifier(name)}`, {
      note: 'No statement changes the type as needed: a new one takes its place, and columns are converted.',
    });
    const drop = changeOf(object, sql`DROP ${word} ${qualified({ schema: type.schema, name })}`);
    swaps.set(key, { columns: keys, before: [aside], after: [drop] });
  }
  return swaps;
}

/** Names are cut off at 63 bytes; a few characters of the old one do for the short time. */
function freeName(schema: string, name: string, taken: Set<string>): string {
  const [start = ''] = /^.{0,12}/su.exec(name) ?? [];
  for (let number = 0; ; number += 1) {
    const wanted = `${start}__old${number === 0 ? '' : number}`;
    if (taken.has(`${schema}\0${wanted}`)) continue;
    taken.add(`${schema}\0${wanted}`);
    return wanted;
  }
}

/** A range cannot step aside, because the functions that make its values keep their names: its columns become texts. */
function byWayOfText(
  columns: readonly Piece[],
  drop: ChangeStatement,
  context: ChangeContext,
): readonly ChangeStatement[] {
  const texts = columns.flatMap(({ part, object }) => {
    if (part.kind !== 'column' || followsParent(context, part.table, part.column)) return [];
    const column = identifier(part.column.name);
    return [
      changeOf(
        object,
        sql`ALTER TABLE ${qualified(part.table)} ALTER COLUMN ${column} TYPE text USING ${column}::text`,
      ),
    ];
  });
  return [...texts, drop];
}

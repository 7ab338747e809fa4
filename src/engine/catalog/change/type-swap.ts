import { identifier, qualified, sql } from '../../sql/sql.ts';
import { type ChangeContext, ends } from './change-context.ts';
import { type ChangeStatement, changeOf } from './change-script.ts';

/** How a type that no statement can change is made anew: the old one steps aside until no column has it any more. */
export type TypeSwap = {
  readonly rename: ChangeStatement;
  readonly discard: ChangeStatement;
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
    const columns = (from.users.get(key) ?? []).filter((user) => fates.retyped(user.key)).map((user) => user.key);
    const now = to.byKey.get(key)?.part;
    if (columns.length === 0 || now?.kind !== 'type') continue;
    const { type } = part;
    const name = freeName(type.schema, type.name, taken);
    const word = type.kind === 'domain' ? sql`DOMAIN` : sql`TYPE`;
    swaps.set(key, {
      columns,
      rename: changeOf(object, sql`ALTER ${word} ${qualified(type)} RENAME TO ${identifier(name)}`, {
        note: 'No statement changes the type as needed: a new one takes its place, and columns are converted.',
      }),
      discard: changeOf(object, sql`DROP ${word} ${qualified({ schema: type.schema, name })}`),
    });
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

import type { Ignorable } from '../ignorable.ts';
import { begins, type ChangeContext, ends } from './change-context.ts';
import type { Piece } from './piece.ts';
import { columnKey } from './pieces-of.ts';

/** What the statements of a change leave different, in words: the places of columns, indexes that are not valid. */
export function remainingOf(context: ChangeContext, ignore: readonly Ignorable[]): readonly string[] {
  return [...context.to.byKey.values()].flatMap((piece) => {
    const index = piece.part.kind === 'index' || piece.part.kind === 'constraint' ? piece.part.index : undefined;
    if (index?.valid === false && context.fates.of(piece.key) !== 'keep') return [`${piece.object} is valid`];
    return ignore.includes('column-order') ? [] : columnOrder(piece, context);
  });
}

/** Columns that stay keep their places, and new ones come last. */
function columnOrder({ key, part, object }: Piece, context: ChangeContext): readonly string[] {
  const was = context.from.byKey.get(key)?.part;
  if (part.kind !== 'table' || was?.kind !== 'table' || begins(context, key)) return [];
  const { table } = part;
  const stays = (name: string): boolean =>
    !ends(context, columnKey(table, name)) && table.columns.some((column) => column.name === name);
  const old = was.table.columns.map(({ name }) => name).filter(stays);
  const made = table.columns.map(({ name }) => name).filter((name) => !old.includes(name));
  const same = [...old, ...made].every((name, place) => table.columns[place]?.name === name);
  return same ? [] : [`the order of the columns of ${object}`];
}

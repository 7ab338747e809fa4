import type { ComparedObject } from '../../../../../engine/catalog/compared-objects.ts';
import { countOf, exactCount } from '../quantities.ts';

type Change = ComparedObject['change'];

/** What happened to an object between two catalogs, in the words of the window. */
export const changeWords: Readonly<Record<Change, string>> = {
  added: 'Added',
  removed: 'Removed',
  changed: 'Changed',
  renamed: 'Perhaps renamed',
};

/** The order in which kinds of changes are told. */
export const changeOrder: readonly Change[] = ['added', 'removed', 'changed', 'renamed'];

/** How many objects there are of each kind of change. */
export const countChanges = (objects: readonly ComparedObject[]): ReadonlyMap<Change, number> =>
  new Map(
    changeOrder.flatMap((change) => {
      const count = objects.filter((object) => object.change === change).length;
      return count === 0 ? [] : [[change, count] as const];
    }),
  );

/** The changes by kind in one line: `1 added, 2 changed`. */
export const changesInWords = (objects: readonly ComparedObject[]): string =>
  [...countChanges(objects)]
    .map(([change, count]) => `${exactCount(count)} ${changeWords[change].toLowerCase()}`)
    .join(', ');

/** What differs in one object, as short as a line of a list has room for. */
export function summaryOf({ change, differences, renames }: ComparedObject): string {
  const [rename] = renames;
  if (change === 'renamed') return rename === undefined ? '' : `from ${rename.from}`;
  if (change !== 'changed') return '';
  const [first] = differences;
  if (first === undefined) return '';
  const { object, kind, attribute, change: one } = first.difference;
  const name = object.slice(object.lastIndexOf('.') + 1);
  const what =
    attribute === undefined ? `${kind} ${name} ${one}` : kind === 'column' ? `${name}: ${attribute}` : attribute;
  return differences.length === 1 ? what : `${what}, ${countOf(differences.length - 1, 'more', 'more')}`;
}

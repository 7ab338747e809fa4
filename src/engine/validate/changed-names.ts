import type { Catalog, ObjectName, Routine, Table, View } from '../catalog/catalog.ts';
import { keyOf } from '../sql/table-index.ts';

const kinds = ['tables', 'views', 'sequences', 'types', 'routines'] as const;

/** What one list has and the other has not as it is; unchanged objects are the same in both. */
function difference(before: readonly ObjectName[], after: readonly ObjectName[]): readonly ObjectName[] {
  if (before === after) return [];
  const [was, is] = [new Set(before), new Set(after)];
  return [...before.filter((one) => !is.has(one)), ...after.filter((one) => !was.has(one))];
}

const typesIn = (relation: Table | View): readonly string[] => relation.columns.map(({ type }) => type);

/**
 * The names, in lower case, that a text must hold one of to be touched by the difference between two catalogs: of what
 * changed, of relations with columns of a changed type, and of routines that give or take what changed.
 */
export function changedNames(before: Catalog, after: Catalog): ReadonlySet<string> {
  const names = new Set<string>();
  const changed = kinds.flatMap((kind) => difference(before[kind], after[kind]));
  if (changed.length === 0) return names;
  for (const { name } of changed) names.add(name.toLowerCase());
  const identities = new Set(changed.map(keyOf));
  const isType = [before, after].some(({ types }) => types.some((type) => identities.has(keyOf(type))));
  const holds = (text: string | null): boolean => text !== null && changed.some(({ name }) => text.includes(name));
  for (const { tables, views, routines, types } of [before, after]) {
    if (isType)
      for (const relation of [...tables, ...views])
        if (typesIn(relation).some(holds)) names.add(relation.name.toLowerCase());
    if (isType)
      for (const type of types)
        if (type.kind === 'composite' && type.attributes.some((one) => holds(one.type)))
          names.add(type.name.toLowerCase());
    for (const routine of routines as readonly Routine[])
      if (holds(routine.result) || holds(routine.arguments)) names.add(routine.name.toLowerCase());
  }
  return names;
}

const piecesOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}_$]+/gu) ?? [];

/** The words that a text is made of, in lower case. */
export const wordsIn = (text: string): ReadonlySet<string> => new Set(piecesOf(text));

/** Tells of the words of a text whether they may hold one of the names, whatever quotes are around it. */
export const holdsOneOf = (names: Iterable<string>): ((words: ReadonlySet<string>) => boolean) => {
  const wanted = [...names].map(piecesOf);
  return (words) => wanted.some((pieces) => pieces.every((piece) => words.has(piece)));
};

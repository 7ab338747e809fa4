import type { ComparedObject } from '../../../../../engine/catalog/compared-objects.ts';
import { partsOfPath } from '../../../../../engine/catalog/parts-of-path.ts';
import { unquoteIdentifier } from '../../../../../engine/sql/unquote-identifier.ts';
import type { CardMarks, ChangeMark } from '../diagram/table-card.ts';
import { changeWords } from './change-words.ts';

/** The sign of each change: colour comes after it. */
export const signs = { added: '+', changed: '~', removed: '−' } as const;

/** How objects differ from another catalog, by their ids; of relations also their columns, by name. */
export type ObjectMarks = ReadonlyMap<string, CardMarks>;

/** Marks for everything that can still be shown; what may have been renamed counts as changed. */
export function objectMarks(objects: readonly ComparedObject[]): ObjectMarks {
  return new Map(objects.flatMap((object) => (object.id === null ? [] : [[object.id, marksOf(object)] as const])));
}

function marksOf({ object, kind, change, renames, differences }: ComparedObject): CardMarks {
  const [rename] = renames;
  const word = change === 'renamed' ? 'renamed?' : changeWords[change].toLowerCase();
  const about =
    change === 'renamed' && rename !== undefined ? `perhaps renamed from ${rename.from}` : `${kind}: ${word}`;
  const columns = new Map<string, ChangeMark>();
  if (change === 'changed') {
    for (const { difference } of differences) {
      if (difference.kind !== 'column') continue;
      const name = unquoteIdentifier(partsOfPath(difference.object).at(-1) ?? '');
      const text = `${difference.attribute ?? 'column'}: ${difference.before ?? 'none'} → ${difference.after ?? 'none'}`;
      const known = columns.get(name);
      columns.set(name, {
        change: difference.change,
        word: difference.change === 'changed' ? `${difference.attribute ?? ''} changed`.trim() : difference.change,
        title: known === undefined ? text : `${known.title}\n${text}`,
      });
    }
  }
  return {
    mark: { change: change === 'renamed' ? 'changed' : change, word, title: `${object}\n${about}` },
    columns,
  };
}

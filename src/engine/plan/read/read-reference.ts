import type { Table } from '../../catalog/catalog.ts';
import type { ForeignKeyAction, Reference } from '../intent.ts';
import type { Input, Parse, Reading } from './parse.ts';
import { saidName } from './read-names.ts';
import { saidTable } from './read-table.ts';
import { resolveColumn } from './resolve.ts';

/** What a foreign key will point to, with what was decided to find it. */
export type SaidReference = { readonly reference: Reference; readonly table: Table; readonly notes: readonly string[] };

const actions: readonly (readonly [phrase: string, action: ForeignKeyAction])[] = [
  ['no action', 'no action'],
  ['restrict', 'restrict'],
  ['cascade', 'cascade'],
  ['set null', 'set null'],
  ['set default', 'set default'],
];

const isPhrase = (input: Input, at: number, text: string): number | null => {
  const parts = text.split(' ');
  return parts.every((part, index) => input.words[at + index]?.plain === part) ? at + parts.length : null;
};

/** Reads `on delete cascade`, `on update restrict` or both; reading nothing is fine. */
export function readActions(
  input: Input,
  at: number,
): Reading<{ readonly onDelete: ForeignKeyAction | null; readonly onUpdate: ForeignKeyAction | null }> {
  let onDelete: ForeignKeyAction | null = null;
  let onUpdate: ForeignKeyAction | null = null;
  let position = at;
  for (;;) {
    const start = [',', 'and', 'with'].includes(input.words[position]?.plain ?? '') ? position + 1 : position;
    const afterDelete = isPhrase(input, start, 'on delete');
    const afterUpdate = isPhrase(input, start, 'on update');
    const after = afterDelete ?? afterUpdate;
    const action = after === null ? undefined : actions.find(([phrase]) => isPhrase(input, after, phrase) !== null);
    if (after === null || action === undefined) break;
    if (afterDelete !== null) onDelete = action[1];
    else onUpdate = action[1];
    position = isPhrase(input, after, action[0]) ?? after;
    input.reached(position);
  }
  for (const phrase of [
    'with cascading deletes',
    'with cascade delete',
    'with cascading delete',
    'and cascade deletes',
    ', cascading deletes',
  ]) {
    const end = isPhrase(input, position, phrase);
    if (end !== null && onDelete === null) return { value: { onDelete: 'cascade', onUpdate }, at: end };
  }
  return { value: { onDelete, onUpdate }, at: position };
}

/** Reads `customers`, `customers(id)`, `customers.id` or `the id of customers`, and what happens on delete and update. */
export const saidReference: Parse<SaidReference> = function* (input, at): Iterable<Reading<SaidReference>> {
  for (const read of saidTable(input, at)) {
    const { table, notes } = read.value;
    const finish = (columns: readonly string[], more: readonly string[], end: number): Reading<SaidReference> => {
      const after = readActions(input, end);
      return {
        value: {
          reference: { table: { schema: table.schema, name: table.name }, columns, ...after.value },
          table,
          notes: [...notes, ...more],
        },
        at: after.at,
      };
    };
    const [open, dot] = [input.words[read.at], input.words[read.at]];
    if (open?.plain === '(') {
      const columns: string[] = [];
      const more: string[] = [];
      let position = read.at + 1;
      while (position < input.words.length) {
        const word = input.words[position];
        if (word?.kind !== 'word' && word?.kind !== 'quoted') break;
        const resolved = resolveColumn(table, { text: word.text, quoted: word.kind === 'quoted' });
        if (resolved.found === null) {
          input.miss(position, resolved.reason);
          break;
        }
        columns.push(resolved.found.name);
        if (resolved.note !== null) more.push(resolved.note);
        position += 1;
        if (input.words[position]?.plain === ')') {
          yield finish(columns, more, position + 1);
          break;
        }
        if (input.words[position]?.plain !== ',') break;
        position += 1;
      }
    }
    if (dot?.plain === '.') {
      for (const name of saidName(input, read.at + 1)) {
        const resolved = resolveColumn(table, name.value);
        if (name.value.words === 1 && resolved.found !== null) yield finish([resolved.found.name], [], name.at);
      }
    }
    yield finish([], [], read.at);
  }
};

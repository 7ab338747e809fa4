import type { Table } from '../../catalog/catalog.ts';
import type { Input, Parse, Reading } from './parse.ts';
import { dottedName, saidName } from './read-names.ts';
import { resolveTable } from './resolve.ts';

/** A table of the catalog, with what was decided to find it. */
export type FoundTable = {
  readonly table: Table;
  readonly notes: readonly string[];
  /** True when the request only said "it": good enough to add to a table, never to drop one. */
  readonly byPronoun?: true;
};

const before = new Set([
  'the',
  'a',
  'an',
  'our',
  'my',
  'your',
  'all',
  'every',
  'each',
  'any',
  'existing',
  'table',
  'tables',
  'relation',
]);
const pronouns = new Set(['it', 'them', 'they']);

const afterTable = function* (input: Input, found: FoundTable, at: number): Iterable<Reading<FoundTable>> {
  if (input.words[at]?.plain === 'table' || input.words[at]?.plain === 'tables') yield { value: found, at: at + 1 };
  yield { value: found, at };
};

/** Reads the name of an existing table, with or without its schema, in the singular or plural; "it" is the last table. */
export const saidTable: Parse<FoundTable> = function* (input, at): Iterable<Reading<FoundTable>> {
  const first = input.words[at]?.plain ?? '';
  const { context } = input;
  const last =
    context.table &&
    input.catalog.tables.find((each) => each.schema === context.table?.schema && each.name === context.table?.name);
  if (last) {
    if (pronouns.has(first)) yield { value: { table: last, notes: [], byPronoun: true }, at: at + 1 };
    const next = input.words[at + 1]?.plain;
    if (['the', 'this', 'that', 'same'].includes(first) && next === 'table')
      yield { value: { table: last, notes: [] }, at: at + 2 };
    if (first === 'the' && next === 'same' && input.words[at + 2]?.plain === 'table')
      yield { value: { table: last, notes: [] }, at: at + 3 };
  }
  let start = at;
  while (before.has(input.words[start]?.plain ?? '')) start += 1;
  let reason: string | null = null;
  let found = false;
  for (const names of dottedName(input, start)) {
    const [schema, name] = names.value;
    if (schema === undefined || name === undefined) continue;
    if (!input.catalog.schemas.some((each) => each.name.toLowerCase() === schema.text.toLowerCase())) continue;
    const resolved = resolveTable(input.catalog, { schema: schema.text, text: name.text, quoted: name.quoted });
    if (resolved.found === null) {
      input.miss(start, resolved.reason);
      return;
    }
    const notes = resolved.note === null ? [] : [resolved.note];
    yield* afterTable(input, { table: resolved.found, notes }, start + 3);
    return;
  }
  for (const name of saidName(input, start)) {
    const resolved = resolveTable(input.catalog, { schema: null, text: name.value.text, quoted: name.value.quoted });
    if (resolved.found === null) {
      // The shortest reading is the word itself: the reason that names it is the one to tell, unless a longer one is ambiguous.
      if (reason === null || name.value.words === 1) reason = resolved.reason;
      if (resolved.reason.includes('could be')) break;
      continue;
    }
    found = true;
    const notes = resolved.note === null ? [] : [resolved.note];
    yield* afterTable(input, { table: resolved.found, notes }, name.at);
  }
  if (!found && reason !== null) input.miss(start, reason);
};

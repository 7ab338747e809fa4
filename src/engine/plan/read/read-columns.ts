import type { Column, Table } from '../../catalog/catalog.ts';
import type { Input, Parse, Reading } from './parse.ts';
import { either, list, phrase } from './parse.ts';
import { dottedName, type SaidName, saidName } from './read-names.ts';
import { saidTable } from './read-table.ts';
import { resolveColumn } from './resolve.ts';
import { nameFit } from './same-name.ts';

/** Existing columns of one table, with what was decided to find them. */
export type FoundColumns = {
  readonly table: Table;
  readonly columns: readonly Column[];
  readonly notes: readonly string[];
  /** True when no table was named and only one has such a column. */
  readonly tableGuessed?: boolean;
};

const separator = either(phrase(', and'), phrase(','), phrase('and'));
const columnWord = new Set(['column', 'columns', 'field', 'fields', 'attribute', 'attributes']);
const article = new Set(['the', 'a', 'an', 'our', 'their', 'its', 'both', 'existing']);

/** One said column name between optional words such as "the column … field". */
const said: Parse<SaidName> = function* (input, at): Iterable<Reading<SaidName>> {
  let start = at;
  while (article.has(input.words[start]?.plain ?? '') || columnWord.has(input.words[start]?.plain ?? '')) start += 1;
  for (const name of saidName(input, start)) {
    if (columnWord.has(input.words[name.at]?.plain ?? '')) yield { value: name.value, at: name.at + 1 };
    yield name;
  }
};

const saidMany = list(said, separator);

function resolveAll(
  input: Input,
  table: Table,
  names: readonly SaidName[],
  at: number,
): Omit<FoundColumns, 'table'> | null {
  const columns: Column[] = [];
  const notes: string[] = [];
  for (const name of names) {
    const direct = resolveColumn(table, name);
    // "first and last name": what the last one ends with belongs to all of them.
    const shared = names.at(-1)?.text.split('_').at(-1);
    const whole = { ...name, text: `${name.text}_${shared}` };
    const resolved = direct.found === null && name !== names.at(-1) ? resolveColumn(table, whole) : direct;
    if (resolved.found === null) {
      input.miss(at, resolved.reason);
      return null;
    }
    columns.push(resolved.found);
    if (resolved.note !== null) notes.push(resolved.note);
  }
  return { columns, notes };
}

function* within(input: Input, table: Table, notes: readonly string[], at: number): Iterable<Reading<FoundColumns>> {
  for (const names of saidMany(input, at)) {
    const found = resolveAll(input, table, names.value, at);
    if (found !== null)
      yield { value: { table, columns: found.columns, notes: [...notes, ...found.notes] }, at: names.at };
  }
}

function* dottedColumns(input: Input, at: number): Iterable<Reading<FoundColumns>> {
  let start = at;
  while (article.has(input.words[start]?.plain ?? '') || columnWord.has(input.words[start]?.plain ?? '')) start += 1;
  for (const names of dottedName(input, start)) {
    const tableWords = names.value.length - 1;
    // The table is everything before the last dot.
    const sub: Input = { ...input, words: input.words.slice(0, start + tableWords * 2 - 1) };
    for (const table of saidTable(sub, start)) {
      if (table.at !== start + tableWords * 2 - 1) continue;
      const last = names.value.at(-1);
      const found = last && resolveAll(input, table.value.table, [last], start);
      if (!found) continue;
      const end = columnWord.has(input.words[names.at]?.plain ?? '') ? names.at + 1 : names.at;
      const one: FoundColumns = {
        table: table.value.table,
        columns: found.columns,
        notes: [...table.value.notes, ...found.notes],
      };
      // `a.x, a.y and a.z`
      for (const between of separator(input, end)) {
        for (const more of dottedColumns(input, between.at)) {
          if (more.value.table !== one.table) continue;
          yield {
            value: {
              table: one.table,
              columns: [...one.columns, ...more.value.columns],
              notes: [...one.notes, ...more.value.notes],
            },
            at: more.at,
          };
        }
      }
      yield { value: one, at: end };
    }
  }
}

/**
 * Reads existing columns with their table in any of the ways people say it: `users.email`, `users(email)`, "the email
 * of users", "users' email", "the columns a and b of t"; without a table only when one was named before.
 */
export const saidColumns: Parse<FoundColumns> = function* (input, at): Iterable<Reading<FoundColumns>> {
  yield* dottedColumns(input, at);
  for (const names of saidMany(input, at)) {
    for (const word of ['of', 'in', 'on', 'from', 'for']) {
      if (input.words[names.at]?.plain !== word) continue;
      for (const table of saidTable(input, names.at + 1)) {
        const found = resolveAll(input, table.value.table, names.value, at);
        if (found !== null) {
          yield {
            value: { table: table.value.table, columns: found.columns, notes: [...table.value.notes, ...found.notes] },
            at: table.at,
          };
        }
      }
    }
  }
  for (const table of saidTable(input, at)) {
    const next = input.words[table.at];
    if (next?.plain === '(') {
      for (const found of within(input, table.value.table, table.value.notes, table.at + 1)) {
        if (input.words[found.at]?.plain === ')') yield { value: found.value, at: found.at + 1 };
      }
    } else {
      yield* within(input, table.value.table, table.value.notes, table.at);
    }
  }
  yield* ofLastTable(input, at);
  yield* ofOnlyTable(input, at);
};

/** Columns of the table that was named before. */
function* ofLastTable(input: Input, at: number): Iterable<Reading<FoundColumns>> {
  const { context } = input;
  const last =
    context.table &&
    input.catalog.tables.find((each) => each.schema === context.table?.schema && each.name === context.table?.name);
  if (!last) return;
  const it = input.words[at]?.plain;
  const lastColumn = last.columns.find((column) => column.name === context.column);
  if (it === 'it' && lastColumn !== undefined) {
    yield { value: { table: last, columns: [lastColumn], notes: [] }, at: at + 1 };
  }
  yield* within(input, last, [], at);
}

/** A column that only one table of the database has needs no table's name; that it was found so is said. */
function* ofOnlyTable(input: Input, at: number): Iterable<Reading<FoundColumns>> {
  for (const name of said(input, at)) {
    const tables = input.catalog.tables.filter(
      (table) =>
        table.partitionOf === null && table.columns.some((column) => nameFit(name.value.text, column.name) !== null),
    );
    const [table] = tables;
    if (table === undefined || tables.length > 1) continue;
    const resolved = resolveColumn(table, name.value);
    if (resolved.found === null) continue;
    const note = `Only ${table.schema}.${table.name} has a column ${resolved.found.name}, so that one is meant.`;
    yield { value: { table, columns: [resolved.found], notes: [note], tableGuessed: true }, at: name.at };
  }
}

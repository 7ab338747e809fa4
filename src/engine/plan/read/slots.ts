import type { Constraint, DatabaseType, Index, Table } from '../../catalog/catalog.ts';
import type { IndexKey } from '../intent.ts';
import { either, type Input, list, map, type Parse, phrase, type Reading } from './parse.ts';
import type { SlotParsers } from './pattern.ts';
import { type FoundColumns, saidColumns } from './read-columns.ts';
import { dottedName, type SaidName, saidName } from './read-names.ts';
import { type SaidColumn, saidColumnAround, saidNewColumn } from './read-new-column.ts';
import { type SaidReference, saidReference } from './read-reference.ts';
import { type FoundTable, saidTable } from './read-table.ts';
import { type SaidType, saidType } from './read-type.ts';
import { isExpression, type SaidValue, saidExpression, saidValue } from './read-value.ts';
import { resolveColumn } from './resolve.ts';
import { nameFit } from './same-name.ts';

/** The name of a table to be made, with its schema when one was given. */
export type SaidNewTable = { readonly schema: string | null; readonly name: SaidName };

/** What an index or a unique constraint is to be made on. */
export type SaidKeys = { readonly table: Table; readonly keys: readonly IndexKey[]; readonly notes: readonly string[] };

/** Everything that a pattern can name. */
export type Slots = {
  table: FoundTable;
  tables: readonly FoundTable[];
  columns: FoundColumns;
  name: SaidName;
  names: readonly SaidName[];
  newTable: SaidNewTable;
  newColumns: readonly SaidColumn[];
  columnFor: SaidColumn & { readonly table: FoundTable };
  type: SaidType;
  value: SaidValue;
  expression: string;
  keys: SaidKeys;
  reference: SaidReference;
  index: { readonly table: Table; readonly index: Index };
  constraint: { readonly table: Table; readonly constraint: Constraint };
  enum: DatabaseType & { readonly kind: 'enum' };
  /** An operator of SQL, from words such as "at least". */
  comparison: string;
  label: string;
  text: string;
};

const separator = either(phrase(', and'), phrase(','), phrase('and'));
const listSeparator = either(phrase(', and'), phrase(','), phrase(';'), phrase('and'));

const columnFor: Parse<Slots['columnFor']> = function* (input, at) {
  const toTable = function* (inner: Input, position: number): Iterable<Reading<FoundTable>> {
    if (['to', 'on', 'in', 'into', 'for', 'onto'].includes(inner.words[position]?.plain ?? '')) {
      yield* saidTable(inner, position + 1);
    }
  };
  for (const read of saidColumnAround(input, at, toTable)) {
    yield { value: { ...read.value, table: read.value.middle as FoundTable }, at: read.at };
  }
};

const newTable: Parse<SaidNewTable> = function* (input, at) {
  for (const names of dottedName(input, at)) {
    const [schema, name] = names.value;
    if (schema !== undefined && name !== undefined && names.value.length === 2) {
      yield { value: { schema: schema.text, name }, at: names.at };
      return;
    }
  }
  for (const name of saidName(input, at)) yield { value: { schema: null, name: name.value }, at: name.at };
};

/** One key of an index within a table: a column or an expression, with its direction. */
function* keyOf(
  input: Input,
  table: Table,
  at: number,
): Iterable<Reading<{ readonly key: IndexKey; readonly note: string | null }>> {
  const direction = (end: number): Reading<boolean> => {
    const plain = input.words[end]?.plain;
    if (plain === 'desc' || plain === 'descending') return { value: true, at: end + 1 };
    if (plain === 'asc' || plain === 'ascending') return { value: false, at: end + 1 };
    return { value: false, at: end };
  };
  let start = at;
  while (['the', 'column', 'columns', 'field'].includes(input.words[start]?.plain ?? '')) start += 1;
  const word = input.words[start];
  if (word?.plain === '(' || (word?.kind === 'word' && input.words[start + 1]?.plain === '(')) {
    let depth = 0;
    for (let end = start; end < input.words.length; end++) {
      if (input.words[end]?.plain === '(') depth += 1;
      if (input.words[end]?.plain === ')') depth -= 1;
      if (depth > 0 || end === start) continue;
      const text = input.request.slice(word.start, input.words[end]?.end);
      if (isExpression(text)) {
        const after = direction(end + 1);
        const written = word.plain === '(' ? text.slice(1, -1).trim() : text;
        yield {
          value: { key: { column: null, expression: written, descending: after.value }, note: null },
          at: after.at,
        };
      }
      break;
    }
  }
  for (const name of saidName(input, start)) {
    const resolved = resolveColumn(table, name.value);
    if (resolved.found === null) {
      if (name.value.words === 1) input.miss(start, resolved.reason);
      continue;
    }
    const end = ['column', 'columns', 'field'].includes(input.words[name.at]?.plain ?? '') ? name.at + 1 : name.at;
    const after = direction(end);
    yield {
      value: { key: { column: resolved.found.name, expression: null, descending: after.value }, note: resolved.note },
      at: after.at,
    };
  }
}

const keys: Parse<SaidKeys> = function* (input, at) {
  // Table first: `orders(a, b desc)`, "orders on a and b", "orders, columns a and b".
  for (const table of saidTable(input, at)) {
    const many = list((inner: Input, position: number) => keyOf(inner, table.value.table, position), separator);
    const finish = (
      read: Reading<readonly { readonly key: IndexKey; readonly note: string | null }[]>,
      end: number,
    ): Reading<SaidKeys> => ({
      value: {
        table: table.value.table,
        keys: read.value.map((each) => each.key),
        notes: [...table.value.notes, ...read.value.flatMap((each) => each.note ?? [])],
      },
      at: end,
    });
    const next = input.words[table.at]?.plain;
    if (next === '(') {
      for (const read of many(input, table.at + 1)) {
        if (input.words[read.at]?.plain === ')') yield finish(read, read.at + 1);
      }
    }
    const starts = ['on', 'by', 'over', 'for', ',', ':', 'using'].includes(next ?? '')
      ? [table.at + 1, table.at]
      : [table.at];
    for (const start of starts) {
      for (const read of many(input, start)) yield finish(read, read.at);
    }
  }
  // Keys first: "lower(email) of users", `a, b on t`.
  for (let end = at + 1; end < input.words.length; end++) {
    if (!['of', 'in', 'on', 'from', 'for'].includes(input.words[end]?.plain ?? '')) continue;
    for (const table of saidTable(input, end + 1)) {
      const sub: Input = { ...input, words: input.words.slice(0, end) };
      const many = list((inner: Input, position: number) => keyOf(inner, table.value.table, position), separator);
      for (const read of many(sub, at)) {
        if (read.at !== end) continue;
        yield {
          value: {
            table: table.value.table,
            keys: read.value.map((each) => each.key),
            notes: [...table.value.notes, ...read.value.flatMap((each) => each.note ?? [])],
          },
          at: table.at,
        };
      }
    }
  }
  for (const read of saidColumns(input, at)) {
    yield {
      value: {
        table: read.value.table,
        keys: read.value.columns.map((column) => ({ column: column.name, expression: null, descending: false })),
        notes: read.value.notes,
      },
      at: read.at,
    };
  }
};

/** Finds objects that live in a table by a name that the user gave, with or without a schema. */
function* byName<T extends { readonly name: string }>(
  input: Input,
  at: number,
  kind: string,
  of: (table: Table) => readonly T[],
): Iterable<Reading<{ readonly table: Table; readonly thing: T }>> {
  const said = [...dottedName(input, at)].map((read) => ({
    schema: read.value[0]?.text ?? null,
    name: read.value.at(-1),
    at: read.at,
  }));
  const plain = [...saidName(input, at)].map((read) => ({ schema: null, name: read.value, at: read.at }));
  for (const { schema, name, at: end } of [...said, ...plain]) {
    if (name === undefined) continue;
    const found = input.catalog.tables
      .filter((table) => schema === null || table.schema === schema || table.name === schema)
      .flatMap((table) =>
        of(table)
          .filter((thing) => (nameFit(name.text, thing.name) ?? 9) <= (name.quoted ? 0 : 1))
          .map((thing) => ({ table, thing })),
      );
    const isAnnounced = /^(?:index|constraint|key|check|fk)$/.test(input.words[at - 1]?.plain ?? '');
    if (found.length === 0 && name.words === 1 && isAnnounced) input.miss(at, `there is no ${kind} "${name.text}"`);
    for (const each of found) yield { value: each, at: end };
  }
}

const enumType: Parse<Slots['enum']> = function* (input, at) {
  let start = at;
  while (['the', 'enum', 'type', 'list', 'of'].includes(input.words[start]?.plain ?? '')) start += 1;
  const enums = input.catalog.types.filter((type) => type.kind === 'enum');
  const dotted = [...dottedName(input, start)].map((read) => ({
    schema: read.value[0]?.text ?? null,
    name: read.value.at(-1),
    at: read.at,
  }));
  const plain = [...saidName(input, start)].map((read) => ({ schema: null, name: read.value, at: read.at }));
  for (const { schema, name, at: end } of [...dotted, ...plain]) {
    if (name === undefined) continue;
    const fits = enums.filter(
      (type) => (schema === null || type.schema === schema) && nameFit(name.text, type.name) !== null,
    );
    const exact = fits.filter((type) => type.name === name.text);
    const best = exact.length > 0 ? exact : fits;
    const [only] = best;
    if (only !== undefined && best.length === 1) {
      const after = ['enum', 'type'].includes(input.words[end]?.plain ?? '') ? end + 1 : end;
      yield { value: only, at: after };
    } else if (best.length > 1)
      input.miss(start, `"${name.text}" could be ${best.map((type) => `${type.schema}.${type.name}`).join(' or ')}`);
    else if (name.words === 1) input.miss(start, `there is no enum type "${name.text}"`);
  }
};

const quotedText: Parse<string> = function* (input, at) {
  const word = input.words[at];
  if (word?.kind === 'string' || word?.kind === 'quoted') {
    input.reached(at + 1);
    yield { value: word.text, at: at + 1 };
  }
};

const label: Parse<string> = function* (input, at) {
  yield* quotedText(input, at);
  const word = input.words[at];
  if (word?.kind === 'word') yield { value: word.text, at: at + 1 };
};

const comparisons: readonly (readonly [words: string, operator: string])[] = [
  ['greater than or equal to', '>='],
  ['more than or equal to', '>='],
  ['less than or equal to', '<='],
  ['at least', '>='],
  ['at most', '<='],
  ['no less than', '>='],
  ['not less than', '>='],
  ['no more than', '<='],
  ['not more than', '<='],
  ['greater than', '>'],
  ['more than', '>'],
  ['larger than', '>'],
  ['less than', '<'],
  ['smaller than', '<'],
  ['above', '>'],
  ['below', '<'],
  ['>=', '>='],
  ['<=', '<='],
  ['>', '>'],
  ['<', '<'],
];

/** The parser of every slot. */
export const slots: SlotParsers<Slots> = {
  table: saidTable,
  tables: list(saidTable, separator),
  columns: saidColumns,
  name: saidName,
  names: list(saidName, separator),
  newTable,
  newColumns: list(saidNewColumn, listSeparator),
  columnFor,
  type: saidType,
  value: saidValue,
  expression: saidExpression,
  keys,
  reference: saidReference,
  index: function* (input, at) {
    for (const read of byName(input, at, 'index', (table) => table.indexes)) {
      yield { value: { table: read.value.table, index: read.value.thing }, at: read.at };
    }
  },
  constraint: function* (input, at) {
    for (const read of byName(input, at, 'constraint', (table) => table.constraints)) {
      yield { value: { table: read.value.table, constraint: read.value.thing }, at: read.at };
    }
  },
  enum: enumType,
  comparison: either(...comparisons.map(([words, operator]) => map(phrase(words), () => operator))),
  label,
  text: quotedText,
};

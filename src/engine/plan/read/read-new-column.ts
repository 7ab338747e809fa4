import type { Expression, NewColumn } from '../intent.ts';
import { inferType } from './infer-type.ts';
import type { Input, Parse, Reading } from './parse.ts';
import { ends, noParts, type Parts, readPart, readParts } from './read-column-parts.ts';
import { newName, type SaidName, saidName } from './read-names.ts';
import { saidType } from './read-type.ts';

/** A column to be made, with what was decided to read it. */
export type SaidColumn = { readonly column: NewColumn; readonly notes: readonly string[] };

const lead = new Set([
  'a',
  'an',
  'the',
  'new',
  'another',
  'extra',
  'additional',
  'column',
  'columns',
  'field',
  'fields',
  'attribute',
  'attributes',
  'their',
  'its',
  'one',
  'more',
  'single',
]);
const noun = ['column', 'columns', 'field', 'fields', 'attribute', 'attributes', 'property'];

function finish(said: string, parts: Parts, input: Input): SaidColumn | null {
  const notes = [...parts.notes];
  let type = parts.type?.sql ?? null;
  if (parts.type?.note) notes.push(parts.type.note);
  if (parts.maxLength !== null && (type === null || type === 'text' || type === 'varchar'))
    type = `varchar(${parts.maxLength})`;
  if (type === null && parts.identity) type = 'bigint';
  if (type === null && parts.reference !== null) {
    const { reference } = parts;
    const target = input.catalog.tables.find(
      (table) => table.schema === reference.table.schema && table.name === reference.table.name,
    );
    const key =
      reference.columns[0] ?? target?.constraints.find((constraint) => constraint.kind === 'primary key')?.columns[0];
    const column = target?.columns.find((each) => each.name === key);
    if (column !== undefined) {
      type = column.type;
      notes.push(`${said} is ${type}, like the column it references.`);
    }
  }
  if (type === null) {
    const inferred = inferType(said, input.catalog);
    if (inferred === null) return null;
    type = inferred.sql;
    notes.push(inferred.note);
  }
  const value = parts.default;
  let given: Expression | null = value && { text: value.text, volatile: value.volatile };
  if (value?.bare != null && !/^(?:boolean|date|time|numeric|integer|bigint|smallint|real|double|uuid)/.test(type)) {
    given = { text: `'${value.bare.replaceAll("'", "''")}'`, volatile: false };
    if (/^(?:text|varchar|char)/.test(type)) notes.push(`The default is the text '${value.bare}'.`);
  } else if (value?.bare != null && value.text.startsWith("'")) return null;
  const isInteger = /^(?:smallint|integer|bigint)$/.test(type);
  if (parts.automatic && given === null && type === 'uuid') given = { text: 'gen_random_uuid()', volatile: true };
  else if (parts.automatic && !isInteger) return null;
  return {
    column: {
      name: said,
      type,
      notNull: parts.primaryKey ? true : parts.notNull,
      default: given?.text === 'NULL' ? null : given,
      identity: parts.identity || parts.type?.serial === true || (parts.automatic && isInteger),
      generated: parts.generated,
      unique: parts.unique,
      primaryKey: parts.primaryKey,
      indexed: parts.indexed,
      references: parts.reference,
      checks: parts.checks,
      comment: parts.comment,
    },
    notes,
  };
}

/** The names that a column may have at a position, the likeliest first. */
function columnNames(input: Input, at: number): readonly Reading<SaidName>[] {
  const before = input.words[at - 1]?.plain ?? '';
  const single = input.words[at];
  // "column a text": after "column" an article before a type is a name.
  if (/^(?:a|an)$/.test(single?.plain ?? '') && /^columns?$/.test(before) && isTypeAt(input, at + 1)) {
    return [{ value: { text: single?.text ?? '', quoted: false, words: 1 }, at: at + 1 }];
  }
  const all = [...saidName(input, at)].filter((name) => name.value.words <= 3);
  const rank = (name: Reading<SaidName>): number => {
    if (name.value.words === 1 || noun.includes(input.words[name.at]?.plain ?? '')) return 1;
    const parts = input.words.slice(at, name.at);
    if (parts.some((part) => part.text.includes('_'))) return 9;
    const hasType = parts.some((_, index) => index > 0 && isTypeAt(input, at + index));
    // "phone number" is a name although "number" is a type; "nickname text" is not.
    const loose = /^(?:number|date|time|price|address|count)$/.test(parts.at(-1)?.plain ?? '');
    if (hasType) return loose && inferType(name.value.text, input.catalog) !== null ? 0 : 9;
    return 2;
  };
  return all.filter((name) => rank(name) < 9).sort((a, b) => rank(a) - rank(b));
}

const isTypeAt = (input: Input, at: number): boolean => [...saidType(input, at)].length > 0;

/** One column description, in either order: "email_verified boolean not null" or "a required boolean column email_verified". */
const saidColumn: Parse<{ readonly name: string; readonly parts: Parts }> = function* (input, at) {
  let start = at;
  const parts = noParts();
  for (;;) {
    const plain = input.words[start]?.plain ?? '';
    const isName =
      /^(?:a|an)$/.test(plain) && /^columns?$/.test(input.words[start - 1]?.plain ?? '') && isTypeAt(input, start + 1);
    if (lead.has(plain) && !isName) start += 1;
    else break;
  }
  // Properties may come before the name; a type may, too, when a name follows it.
  const before = noParts();
  let position = start;
  for (;;) {
    const end = readPart(input, position, before, false);
    if (end === null || before.default !== null || before.reference !== null) break;
    position = ends(input, end, ',', 'and') ?? end;
  }
  const nameStarts: { at: number; before: Parts }[] = [];
  for (const type of saidType(input, position)) {
    let next = type.at;
    const typed = { ...before, checks: [], notes: [], type: type.value };
    next = ends(input, next, ...noun, 'flag') ?? next;
    next = ends(input, next, 'called', 'named', 'with the name', 'with name', 'for the', 'for') ?? next;
    nameStarts.push({ at: next, before: typed });
  }
  const plainStart = ends(input, position, 'called', 'named') ?? position;
  nameStarts.push({ at: plainStart, before });
  for (const candidate of nameStarts) {
    for (const name of columnNames(input, candidate.at)) {
      const own: Parts = { ...parts, ...candidate.before, checks: [...candidate.before.checks], notes: [] };
      if (name.value.words > 1) {
        own.notes.push(`The column is called ${newName(name.value)}.`);
      }
      let end = name.at;
      const isNoun = ends(input, end, ...noun, 'flag');
      if (isNoun !== null) {
        if (input.words[end]?.plain === 'flag' && own.type === null)
          own.type = { sql: 'boolean', note: 'A flag is a boolean.', serial: false };
        end = isNoun;
      }
      // `phone (varchar(20), optional)`
      if (input.words[end]?.plain === '(') {
        const inner: Parts = { ...own, checks: [...own.checks], notes: [...own.notes] };
        const after = readParts(input, end + 1, inner);
        if (after > end + 1 && input.words[after]?.plain === ')')
          yield { value: { name: newName(name.value), parts: inner }, at: after + 1 };
      }
      end = readParts(input, end, own);
      yield { value: { name: newName(name.value), parts: own }, at: end };
    }
  }
};

/** Reads one column to be made. A description without a type is read only when the name or the reference tells it. */
export const saidNewColumn: Parse<SaidColumn> = function* (input, at): Iterable<Reading<SaidColumn>> {
  for (const read of saidColumn(input, at)) {
    const done = finish(read.value.name, read.value.parts, input);
    if (done !== null) yield { value: done, at: read.at };
    else input.miss(read.at, `which type "${read.value.name}" should have is not said`);
  }
};

/** Reads one column whose properties may go on after the words that name its table. */
export function* saidColumnAround(
  input: Input,
  at: number,
  between: (input: Input, at: number) => Iterable<Reading<unknown>>,
): Iterable<Reading<SaidColumn & { readonly middle: unknown }>> {
  for (const read of saidColumn(input, at)) {
    for (const middle of between(input, read.at)) {
      const { parts } = read.value;
      const all: Parts = { ...parts, checks: [...parts.checks], notes: [...parts.notes] };
      const end = readParts(input, middle.at, all);
      const done = finish(read.value.name, all, input);
      if (done !== null) yield { value: { ...done, middle: middle.value }, at: end };
      else input.miss(middle.at, `which type "${read.value.name}" should have is not said`);
      if (end > middle.at) {
        const short = finish(read.value.name, parts, input);
        if (short !== null) yield { value: { ...short, middle: middle.value }, at: middle.at };
      }
    }
  }
}

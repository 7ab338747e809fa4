import { qualifiedName } from '../../sql/qualified-name.ts';
import type { Input, Parse, Reading } from './parse.ts';
import { nameFit } from './same-name.ts';

/** A type from a request, as SQL; `note` says what was decided. */
export type SaidType = { readonly sql: string; readonly note: string | null; readonly serial: boolean };

const decided = {
  timestamp: 'Times are stored with their time zone (timestamptz).',
  money: 'Amounts of money are numeric(12,2): exact, with two digits after the point.',
  number: 'A number without a size is an integer.',
  serial: 'An identity column is used instead of a serial type; it needs no sequence of its own rights.',
  json: 'JSON is stored as jsonb, which can be indexed and compared.',
} as const;

type Entry = readonly [phrases: string, sql: string, note?: string];

// The longest phrase is tried first, so "double precision" is not a "double".
const table: readonly Entry[] = [
  ['boolean|bool|boolean flag|true/false|yes or no', 'boolean'],
  ['flag', 'boolean', 'A flag is a boolean.'],
  ['text|string|free text|long text|text string', 'text'],
  ['varchar|character varying', 'varchar'],
  ['char|character', 'char'],
  ['integer|int|int4|whole number|normal integer|32-bit integer|32 bit integer', 'integer'],
  ['number|numeric value', 'integer', decided.number],
  [
    'bigint|int8|big integer|big int|long|long integer|64-bit integer|64 bit integer|64-bit number|64 bit number|large integer',
    'bigint',
  ],
  ['smallint|int2|small integer|16-bit integer', 'smallint'],
  ['numeric|decimal', 'numeric'],
  ['money|money amount|amount of money|monetary amount|price|currency amount', 'numeric(12,2)', decided.money],
  ['real|float4', 'real'],
  ['double precision|double|float|float8|floating point number', 'double precision'],
  ['timestamptz|timestamp with time zone|timestamp with timezone', 'timestamptz'],
  ['timestamp|datetime|date and time|point in time', 'timestamptz', decided.timestamp],
  ['timestamp without time zone|timestamp without timezone', 'timestamp'],
  ['date', 'date'],
  ['time|time of day', 'time'],
  ['interval|duration', 'interval'],
  ['uuid|guid', 'uuid'],
  ['jsonb', 'jsonb'],
  ['json|json document|json object', 'jsonb', decided.json],
  ['bytea|binary|binary data|bytes', 'bytea'],
  ['inet|ip address', 'inet'],
  ['cidr', 'cidr'],
  ['macaddr|mac address', 'macaddr'],
  ['xml', 'xml'],
  ['tsvector', 'tsvector'],
  ['bit', 'bit'],
  ['point', 'point'],
  ['int4range', 'int4range'],
  ['int8range', 'int8range'],
  ['numrange', 'numrange'],
  ['tsrange', 'tsrange'],
  ['tstzrange', 'tstzrange'],
  ['daterange', 'daterange'],
];

const phrases = table
  .flatMap(([texts, sql, note]) =>
    texts.split('|').map((text) => ({ parts: text.split(' '), sql, note: note ?? null })),
  )
  .sort((a, b) => b.parts.length - a.parts.length);

const serials: Readonly<Record<string, string>> = {
  serial: 'integer',
  serial4: 'integer',
  bigserial: 'bigint',
  serial8: 'bigint',
  smallserial: 'smallint',
};

const modified = new Set(['varchar', 'char', 'numeric', 'timestamptz', 'timestamp', 'time', 'bit', 'interval']);

/** `(20)` or `(12,2)`; empty when there is none. */
function readModifier(input: Input, at: number): Reading<string> {
  const text = (offset: number): string => input.words[at + offset]?.plain ?? '';
  const isNumber = (offset: number): boolean => /^\d+$/.test(text(offset));
  if (text(0) === '(' && isNumber(1)) {
    if (text(2) === ')') return { value: `(${text(1)})`, at: at + 3 };
    if (text(2) === ',' && isNumber(3) && text(4) === ')') return { value: `(${text(1)},${text(3)})`, at: at + 5 };
  }
  return { value: '', at };
}

const isPhrase = (input: Input, at: number, parts: readonly string[]): boolean =>
  parts.every((part, index) => input.words[at + index]?.plain === part);

function* builtIn(input: Input, at: number): Iterable<Reading<SaidType>> {
  const serial = serials[input.words[at]?.plain ?? ''];
  if (serial !== undefined) yield { value: { sql: serial, note: decided.serial, serial: true }, at: at + 1 };
  for (const { parts, sql, note } of phrases) {
    if (!isPhrase(input, at, parts)) continue;
    const end = at + parts.length;
    // "timestamp(3)" still means a time with its zone, and "money(10,2)" means nothing.
    if (modified.has(sql)) {
      const modifier = readModifier(input, end);
      if (modifier.value !== '') {
        yield { value: { sql: `${sql}${modifier.value}`, note, serial: false }, at: modifier.at };
        return;
      }
    }
    const length = sql === 'varchar' || sql === 'char' ? input.words[end] : undefined;
    if (length?.kind === 'number' && /^\d+$/.test(length.text)) {
      yield { value: { sql: `${sql}(${length.text})`, note, serial: false }, at: end + 1 };
      return;
    }
    yield { value: { sql, note, serial: false }, at: end };
    return;
  }
}

/** Types that people created in this database: enums and domains, by name. */
function* ofCatalog(input: Input, at: number): Iterable<Reading<SaidType>> {
  const word = input.words[at];
  if (word?.kind !== 'word' && word?.kind !== 'quoted') return;
  const [dot, second] = [input.words[at + 1], input.words[at + 2]];
  const withSchema = dot?.plain === '.' && dot.start === word.end && second?.start === dot.end;
  const said = withSchema ? (second?.text ?? '') : word.text;
  const matches = input.catalog.types.filter(
    (type) =>
      (!withSchema || type.schema === word.text) && (nameFit(said, type.name) ?? 9) <= (word.kind === 'quoted' ? 0 : 1),
  );
  const [only] = matches;
  if (only !== undefined && matches.length === 1) {
    yield { value: { sql: qualifiedName(only), note: null, serial: false }, at: at + (withSchema ? 3 : 1) };
  }
  const extensionTypes: Readonly<Record<string, string>> = { citext: 'citext', hstore: 'hstore', ltree: 'ltree' };
  const extension = extensionTypes[word.plain];
  const installed = input.catalog.extensions.find((each) => each.name === extension);
  if (installed !== undefined) {
    const name = qualifiedName({ schema: installed.schema, name: word.plain });
    yield { value: { sql: name, note: null, serial: false }, at: at + 1 };
  }
}

function* simple(input: Input, at: number): Iterable<Reading<SaidType>> {
  yield* builtIn(input, at);
  yield* ofCatalog(input, at);
}

const plural = (input: Input, at: number): Reading<SaidType> | null => {
  const word = input.words[at];
  if (word?.kind !== 'word' || !word.plain.endsWith('s')) return null;
  const known = phrases.find(({ parts }) => parts.length === 1 && parts[0] === word.plain.slice(0, -1));
  return known === undefined ? null : { value: { sql: known.sql, note: known.note, serial: false }, at: at + 1 };
};

/** Reads a type in SQL or in plain words; a word that is not a type is not read. */
export const saidType: Parse<SaidType> = function* (input, at): Iterable<Reading<SaidType>> {
  const array = (reading: Reading<SaidType>, end: number): Reading<SaidType> => ({
    value: { ...reading.value, sql: `${reading.value.sql}[]` },
    at: end,
  });
  for (const words of [
    ['array', 'of'],
    ['list', 'of'],
  ]) {
    if (!isPhrase(input, at, words)) continue;
    const many = plural(input, at + 2);
    if (many !== null) yield array(many, many.at);
    for (const reading of simple(input, at + 2)) yield array(reading, reading.at);
  }
  for (const reading of simple(input, at)) {
    input.reached(reading.at);
    const next = input.words[reading.at]?.plain;
    if (next === '[' && input.words[reading.at + 1]?.plain === ']') yield array(reading, reading.at + 2);
    else if (next === 'array') yield array(reading, reading.at + 1);
    yield reading;
  }
};

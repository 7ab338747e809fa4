import { parseScript } from '../../sql/parser.ts';
import { quoteLiteral } from '../../sql/quote-literal.ts';
import type { Expression } from '../intent.ts';
import type { Parse, Reading } from './parse.ts';

/** A value from a request; `bare` is set when it is a plain word that may only be a text or an enum's label. */
export type SaidValue = Expression & { readonly bare: string | null; readonly note: string | null };

const spoken: readonly (readonly [phrase: string, sql: string])[] = [
  ['the current date and time', 'now()'],
  ['the current timestamp', 'now()'],
  ['the current time', 'now()'],
  ['the current date', 'CURRENT_DATE'],
  ['the time of insertion', 'now()'],
  ['current timestamp', 'now()'],
  ['current time', 'now()'],
  ['current date', 'CURRENT_DATE'],
  ['a random uuid', 'gen_random_uuid()'],
  ['a new uuid', 'gen_random_uuid()'],
  ['random uuid', 'gen_random_uuid()'],
  ['an empty string', "''"],
  ['the empty string', "''"],
  ['empty string', "''"],
  ['an empty array', "'{}'"],
  ['empty array', "'{}'"],
  ['an empty object', "'{}'"],
  ['current_timestamp', 'CURRENT_TIMESTAMP'],
  ['current_date', 'CURRENT_DATE'],
  ['now', 'now()'],
  ['today', 'CURRENT_DATE'],
  ['true', 'true'],
  ['yes', 'true'],
  ['false', 'false'],
  ['no', 'false'],
  ['null', 'NULL'],
  ['zero', '0'],
  ['one', '1'],
];

const volatileFunctions =
  /\b(?:gen_random_uuid|uuid_generate_v[0-9a-z]+|uuidv[47]|random|random_normal|clock_timestamp|timeofday|nextval|setval|currval|lastval|statement_timestamp_v)\s*\(/i;

/** An expression as SQL, marked when two rows may get different values from it. */
export const expression = (text: string): Expression => ({ text, volatile: volatileFunctions.test(text) });

/** True when PostgreSQL's parser takes the text for one expression. */
export function isExpression(text: string): boolean {
  const parsed = parseScript(`SELECT (${text})`);
  return parsed.ok && parsed.value.statements.length === 1;
}

const value = (sql: string, bare: string | null = null): SaidValue => ({ ...expression(sql), bare, note: null });

/** Reads a value: a number, a quoted text, a function call, an expression in brackets, or what people say for one. */
export const saidValue: Parse<SaidValue> = function* (input, at): Iterable<Reading<SaidValue>> {
  const first = input.words[at];
  if (first === undefined) return;
  const sign = first.plain === '-' || first.plain === '+' ? 1 : 0;
  const number = input.words[at + sign];
  if (number?.kind === 'number') {
    input.reached(at + sign + 1);
    yield { value: value(`${sign > 0 && first.plain === '-' ? '-' : ''}${number.text}`), at: at + sign + 1 };
    return;
  }
  if (first.kind === 'string' || first.kind === 'quoted') {
    // A cast belongs to the constant: '{}'::jsonb.
    const cast = input.words[at + 1]?.plain === '::' ? input.words[at + 2] : undefined;
    const text = quoteLiteral(first.text);
    if (cast?.kind === 'word' && isExpression(`${text}::${cast.text}`)) {
      yield { value: value(`${text}::${cast.text}`), at: at + 3 };
    }
    input.reached(at + 1);
    yield { value: value(text), at: at + 1 };
    return;
  }
  // A function call or a bracketed expression, exactly as it was written.
  const isCall = first.kind === 'word' && input.words[at + 1]?.plain === '(';
  if (isCall || first.plain === '(') {
    let depth = 0;
    for (let end = at + (isCall ? 1 : 0); end < input.words.length; end++) {
      if (input.words[end]?.plain === '(') depth += 1;
      if (input.words[end]?.plain === ')') depth -= 1;
      if (depth > 0) continue;
      const text = input.request.slice(first.start, input.words[end]?.end);
      if (isExpression(text)) yield { value: value(text), at: end + 1 };
      break;
    }
  }
  for (const [phrase, sql] of spoken) {
    const parts = phrase.split(' ');
    if (parts.every((part, index) => input.words[at + index]?.plain === part)) {
      input.reached(at + parts.length);
      yield { value: value(sql, parts.length === 1 ? (first.text ?? null) : null), at: at + parts.length };
      return;
    }
  }
  if (first.kind === 'word') yield { value: value(quoteLiteral(first.text), first.text), at: at + 1 };
};

/** Reads a condition or an expression in SQL as far as PostgreSQL's parser takes it, the longest first. */
export const saidExpression: Parse<string> = function* (input, at): Iterable<Reading<string>> {
  const first = input.words[at];
  if (first === undefined) return;
  for (let end = input.words.length; end > at; end--) {
    const last = input.words[end - 1];
    if (last === undefined || /^[,;.]$/.test(last.plain)) continue;
    const text = input.request.slice(first.start, last.end);
    if (!isExpression(text)) continue;
    // One word of English is an expression too (a column); a longer text is hardly one by chance.
    if (end - at === 1 && first.kind === 'word') continue;
    input.reached(end);
    yield { value: text.trim(), at: end };
  }
};

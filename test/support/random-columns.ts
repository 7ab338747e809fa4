import { quoteIdentifier } from '../../src/engine/sql/quote-identifier.ts';
import type { RandomChoices } from './random-choices.ts';

/** What a random column can be: a type, expressions that fit it, and what can be asked of it. */
export type ColumnKind = {
  readonly type: string;
  readonly defaults: readonly string[];
  /** The kind of index that it can have beside others. */
  readonly order: boolean;
  readonly text: boolean;
};

const kind = (type: string, defaults: readonly string[], more: Partial<ColumnKind> = {}): ColumnKind => ({
  type,
  defaults,
  order: true,
  text: false,
  ...more,
});

/** Columns of types that every database has. */
export const builtInKinds: readonly ColumnKind[] = [
  kind('integer', ['0', '-1', '(1 + 2)']),
  kind('bigint', ['9223372036854775807', "'12'::bigint"]),
  kind('smallint', ['3']),
  kind('numeric(12, 3)', ['1.5', '(-0.5)', 'random()']),
  kind('numeric', ["'NaN'::numeric"]),
  kind('double precision', ["'-Infinity'", '1e-5']),
  kind('text', ["'it''s'", "E'back\\\\slash'", "lower('X')", 'current_user'], { text: true }),
  kind('character varying(40)', ["'x'", "''"], { text: true }),
  kind('character(3)', ["'abc'"], { text: true }),
  kind('boolean', ['true', 'false']),
  kind('date', ['current_date', "'2024-02-29'"]),
  kind('timestamp(3) with time zone', ['now()', "'2020-01-01 00:00:00+02'", "(now() + '1 day'::interval)"]),
  kind('time without time zone', ["'12:30'"]),
  kind('interval year to month', ["'1 year'"]),
  kind('uuid', ['gen_random_uuid()']),
  kind('jsonb', ['\'{"a": [1, null]}\'']),
  kind('json', ["'[]'"], { order: false }),
  kind('bytea', ["'\\x00ff'"]),
  kind('bit varying(8)', ["b'0101'"]),
  kind('inet', ["'::1'"]),
  kind('point', ["'(1,2)'"], { order: false }),
  kind('integer[]', ["'{}'", 'array[1, 2]']),
  kind('text[]', ["array['a', 'it''s']::text[]"]),
  kind('int4range', ["'[1,5)'"]),
  kind('tsvector', []),
  kind('"char"', ["'a'"]),
  kind('regclass', ["'pg_class'::regclass"]),
];

/** A column of a random table, with all that its line in `CREATE TABLE` says. */
export type RandomColumn = ColumnKind & { readonly name: string; readonly notNull: boolean; readonly line: string };

/** A column of one of the kinds; `allowed` says what the table's place permits. */
export function randomColumn(
  choices: RandomChoices,
  name: string,
  kinds: readonly ColumnKind[],
  allowed: { readonly identity: boolean },
): RandomColumn {
  const { pick, chance, count } = choices;
  const own = pick(kinds);
  const parts = [quoteIdentifier(name), own.type];
  if (own.text && chance(20)) parts.push(`collate ${pick(['"C"', '"POSIX"'])}`);
  const notNull = chance(35);
  const isWhole = own.type === 'integer' || own.type === 'bigint';
  if (allowed.identity && isWhole && chance(25)) {
    const options = chance(50) ? ` (start with ${count(1, 90)} increment by ${count(1, 5)} cache ${count(1, 3)})` : '';
    parts.push(`generated ${pick(['always', 'by default'])} as identity${options}`);
    return { ...own, name, notNull: true, line: parts.join(' ') };
  }
  if (own.defaults.length > 0 && chance(45)) parts.push(`default ${pick(own.defaults)}`);
  if (notNull)
    parts.push(chance(20) ? `constraint ${quoteIdentifier(`${name.slice(-9)} is set`)} not null` : 'not null');
  return { ...own, name, notNull, line: parts.join(' ') };
}

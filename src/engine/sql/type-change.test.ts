import { beforeAll, describe, expect, it } from 'vitest';
import { catalogLookup } from './catalog-lookup.ts';
import { emptyCatalog } from './empty-catalog.ts';
import { loadParser, parseScript } from './parser.ts';
import { simulate } from './simulate.ts';
import { typeChange } from './type-change.ts';
import { formatType, parseType } from './type-name.ts';

beforeAll(loadParser);

function change(from: string, to: string, options: { timeZone?: string; serverVersion?: number } = {}) {
  const script = parseScript(`
    create domain plain as int; create domain positive as int check (value > 0); create domain shortened as varchar(5);
    create domain twice as positive; create type mood as enum ('x')`);
  if (!script.ok) throw new Error(script.error.message);
  const catalog = script.value.statements.reduce(
    (before, statement) => simulate(before, statement).catalog,
    emptyCatalog,
  );
  const wanted = parseType(to);
  if (wanted === null) throw new Error(to);
  return typeChange(parseType(from), wanted, {
    lookup: catalogLookup(catalog),
    searchPath: ['public'],
    serverVersion: options.serverVersion ?? 180_000,
    timeZone: options.timeZone ?? 'UTC',
  });
}

describe('typeChange', () => {
  it.each([
    ['character varying(10)', 'varchar(20)'],
    ['character varying(10)', 'varchar'],
    ['character varying(10)', 'text'],
    ['text', 'varchar'],
    ['text', 'bpchar'],
    ['numeric(10,2)', 'numeric(12,2)'],
    ['numeric(10,2)', 'numeric'],
    ['timestamp without time zone', 'timestamptz'],
    ['timestamp(3) without time zone', 'timestamp(6)'],
    ['timestamp without time zone', 'timestamptz(6)'],
    ['time(0) without time zone', 'time(3)'],
    ['interval', 'interval day to second'],
    ['interval(2)', 'interval(4)'],
    ['cidr', 'inet'],
    ['bit(3)', 'varbit'],
    ['bit varying(3)', 'varbit(5)'],
    ['oid', 'int'],
    ['integer', 'regclass'],
    ['xml', 'text'],
    ['citext', 'text'],
    ['plain', 'int'],
    ['positive', 'int'],
    ['integer', 'plain'],
    ['twice', 'positive'],
    ['mood', 'mood'],
    ['public.mood', 'mood'],
    ['text[]', 'text[]'],
  ])('keeps the rows from %s to %s', (from, to) => {
    expect(change(from, to).rewrite).toBe('none');
  });

  it.each([
    ['character varying(10)', 'varchar(5)'],
    ['text', 'varchar(20)'],
    ['character(5)', 'text'],
    ['character(5)', 'char(10)'],
    ['numeric(10,2)', 'numeric(12,3)'],
    ['numeric(10,2)', 'numeric(8,2)'],
    ['timestamp without time zone', 'timestamp(3)'],
    ['timestamp without time zone', 'timestamptz(3)'],
    ['interval', 'interval(3)'],
    ['integer', 'bigint'],
    ['smallint', 'integer'],
    ['integer', 'text'],
    ['json', 'jsonb'],
    ['inet', 'cidr'],
    ['bit(3)', 'varbit(3)'],
    ['bit(3)', 'bit(4)'],
    ['character varying(10)[]', 'varchar(20)[]'],
    ['character varying(10)[]', 'text[]'],
    ['integer', 'positive'],
    ['integer', 'twice'],
    ['plain', 'bigint'],
    ['mood', 'text'],
    ['date', 'timestamp'],
  ])('writes every row again from %s to %s', (from, to) => {
    expect(change(from, to).rewrite).toBe('table');
  });

  it('keeps the bytes of timestamps only in UTC and since 12', () => {
    expect(change('timestamp without time zone', 'timestamptz', { timeZone: 'Europe/Paris' }).rewrite).toBe('table');
    expect(change('timestamp without time zone', 'timestamptz', { serverVersion: 110_000 }).rewrite).toBe('table');
  });

  it('builds an index again when its operators change', () => {
    expect(change('timestamp without time zone', 'timestamptz').rebuildsIndexes).toBe(true);
    expect(change('character varying(10)', 'bpchar').rebuildsIndexes).toBe(true);
    expect(change('character varying(10)', 'text').rebuildsIndexes).toBe(false);
    expect(change('cidr', 'inet').rebuildsIndexes).toBe(false);
  });

  it('does not guess about types that it does not know', () => {
    expect(change('geometry', 'text').rewrite).toBe('unknown');
    expect(change('text', 'vector(3)').rewrite).toBe('unknown');
  });
});

describe('formatType', () => {
  it.each([
    ['int4', 'integer'],
    ['varchar(20)', 'character varying(20)'],
    ['numeric(10, 2)[]', 'numeric(10,2)[]'],
    ['timestamptz(3)', 'timestamp(3) with time zone'],
    ['time', 'time without time zone'],
    ['interval day to second(3)', 'interval day to second(3)'],
    ['interval(3)', 'interval(3)'],
    ['char', 'character(1)'],
    ['double precision', 'double precision'],
    ['app."Odd Type"', 'app."Odd Type"'],
    ['bit', 'bit(1)'],
  ])('says %s as the server does', (written, shown) => {
    const type = parseType(written);
    expect(type === null ? null : formatType(type)).toBe(shown);
  });

  it('refuses what is not a type', () => {
    expect(parseType('')).toBeNull();
    expect(parseType('int; drop table x')).toBeNull();
  });
});

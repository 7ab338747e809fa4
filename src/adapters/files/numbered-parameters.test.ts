import { beforeAll, expect, test } from 'vitest';
import { loadParser, parseScript } from '../../engine/sql/parser.ts';
import { numberedParameters } from './numbered-parameters.ts';

beforeAll(loadParser);

test.each([
  [
    'names',
    'select a::text from t where b = :b and c = :c and d > :b',
    'select a::text from t where b = $1 and c = $2 and d > $1',
  ],
  ['variables of psql', `select * from t where a = :'a b' -- :b?`, 'select * from t where a = $1 -- :b?'],
  ['question marks', `select '?' from t where a = ? and b = ?`, `select '?' from t where a = $1 and b = $2`],
  ['Python', 'select 1 where a = %(a)s and b = %s and c = %s', 'select 1 where a = $1 and b = $2 and c = $3'],
  [
    'templates',
    `select 1 where a = #{a.b} and b = ${'$'}{b} and c = {c}`,
    'select 1 where a = $1 and b = $2 and c = $3',
  ],
  ['text', `select ':a', "b:c", $$ :d $$ from t`, `select ':a', "b:c", $$ :d $$ from t`],
])('%s become parameters of the server', (_, written, read) => {
  expect(numberedParameters(written)).toBe(read);
  expect(parseScript(read).ok).toBe(true);
});

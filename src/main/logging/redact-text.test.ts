import { expect, test } from 'vitest';
import { redactText } from './redact-text.ts';

test.each([
  ['connect to postgres://anna:hunter2@db:5432/shop failed', 'hunter2'],
  ['postgresql://anna:p%40ss!w@db/shop', 'p%40ss!w'],
  ['{"apiKey":"sk-ant-api03-AbC_123-xyz"}', 'AbC_123'],
  ['authorization: Bearer abc.def.ghi', 'abc.def'],
  ["host=db password='two words' user=anna", 'two words'],
  ['PGPASSWORD=hunter2 psql', 'hunter2'],
  ['{"password": "hunter2"}', 'hunter2'],
])('%s', (text, secret) => {
  const redacted = redactText(text);
  expect(redacted).not.toContain(secret);
  expect(redacted).toContain('[secret]');
});

test('text without a secret stays as it is', () => {
  const text = 'column "password_hash" of relation "users" does not exist; see https://www.postgresql.org/docs/';
  expect(redactText(text)).toBe(text);
});

import { beforeAll, expect, test } from 'vitest';
import { loadParser } from '../sql/parser.ts';
import { validateMigration } from './validate-migration.ts';

beforeAll(loadParser);

/** What is said of suppressions, and which rules are still heard of at all. */
function outcome(up: string) {
  const { findings } = validateMigration({ name: 'm', up, down: 'select 1;' }, { catalog: null, today: '2026-11-22' });
  return {
    said: findings.filter(({ rule }) => rule === 'invalid-suppression').map(({ message }) => message),
    dropIsReported: findings.some(({ rule }) => rule === 'ban-drop-table'),
  };
}

test.each([
  ['above the statement', '-- lockstep:ignore ban-drop-table archived\ndrop table t;'],
  ['with CRLF', '-- a\r\n-- lockstep:ignore ban-drop-table archived until 2026-11-22\r\ndrop table t;\r\n'],
  [
    'without a space, among others',
    '--lockstep:ignore require-lock-timeout r\n--lockstep:ignore ban-drop-table r\ndrop table t;',
  ],
  [
    'two on one line',
    '-- lockstep:ignore require-lock-timeout one -- lockstep:ignore ban-drop-table two\ndrop table t;',
  ],
  [
    'on lines of one comment',
    '/*\n * lockstep:ignore require-lock-timeout one\n * lockstep:ignore ban-drop-table two\n */\ndrop table t;',
  ],
  ['on the line of its statement', 'select 1; /* lockstep:ignore ban-drop-table archived */ drop table t;'],
  ['after a byte order mark', '\uFEFF-- lockstep:ignore ban-drop-table archived\ndrop table t;'],
])('a suppression holds %s', (_, up) => {
  expect(outcome(up)).toEqual({ said: [], dropIsReported: false });
});

test.each([
  ['-- lockstep:ignore ban-drop-tabel archived\ndrop table t;', 'did you mean "ban-drop-table"?'],
  ['-- lockstep:ignore Ban-Drop-Table archived\ndrop table t;', 'did you mean "ban-drop-table"?'],
  ['-- lockstep:ignore ban-drop-table, require-lock-timeout archived\ndrop table t;', 'did you mean "ban-drop-table"?'],
  ['-- lockstep:ignore xyz archived\ndrop table t;', 'names the rule "xyz", which does not exist'],
  ['-- lockstep:ignore\ndrop table t;', 'is not understood'],
  ['-- lockstep:disable ban-drop-table archived\ndrop table t;', 'is not understood'],
  ['-- lockstep: ignore ban-drop-table archived\ndrop table t;', 'is not understood'],
  ['/* lockstep-ignore ban-drop-table */\ndrop table t;', 'is not understood'],
  ['-- lockstep:ignore ban-drop-table — \ndrop table t;', 'gives no reason'],
  ['-- lockstep:ignore ban-drop-table archived until 2026-11-21\ndrop table t;', 'expired on 2026-11-21'],
  ['-- lockstep:ignore ban-drop-table archived until 2026-13-45\ndrop table t;', 'which is no day'],
  ['-- lockstep:ignore ban-drop-table archived until 2027-1-5\ndrop table t;', 'which is no day'],
  ['-- lockstep:ignore ban-drop-table archived until 31.12.2027\ndrop table t;', 'which is no day'],
  ['drop /* lockstep:ignore ban-drop-table archived */ table t;', 'stands inside a statement'],
  ['drop table\n-- lockstep:ignore ban-drop-table archived\nt;', 'stands inside a statement'],
  ['drop table t; -- lockstep:ignore ban-drop-table archived\nselect 1;', 'stands behind a statement'],
  ['drop table t; -- lockstep:ignore ban-drop-table archived', 'stands above no statement'],
])('%j does not hold: %s', (up, words) => {
  const { said, dropIsReported } = outcome(up);
  expect(said).toHaveLength(1);
  expect(said[0]).toContain(words);
  expect(dropIsReported).toBe(true);
});

test.each([
  'do $$ begin /* lockstep:ignore nothing */ null; -- lockstep:ignore x\nend $$;',
  "select '-- lockstep:ignore nothing', $q$ -- lockstep:ignore nothing $q$;",
  '-- see docs of lockstep: what a rule says\nselect 1;',
  '-- for lockstep-users only\nselect 1;',
])('%j is no suppression', (up) => {
  expect(outcome(up).said).toEqual([]);
});

import { expect, test } from 'vitest';
import { CommandFailure } from './command-context.ts';
import { parseConfig } from './parse-config.ts';

/** What is refused, with the line where that is known. */
function refused(text: string): readonly string[] {
  try {
    parseConfig(text, '/repo/.lockstep.yml');
  } catch (error) {
    if (!(error instanceof CommandFailure) || error.error.code !== 'input.invalid') throw error;
    return error.error.issues.map(({ path, message }) => `${path.replace('/repo/.lockstep.yml', '')} ${message}`);
  }
  return [];
}

test.each([
  ['not YAML', 'version: 1\nrules: [a'],
  ['a tab', 'version: 1\nrules:\n\ta: off'],
  ['nothing', ''],
  ['only a comment', '# version: 1'],
  ['a list', '- version: 1'],
  ['a word', 'version'],
  ['two documents', 'version: 1\n---\nversion: 1'],
  ['a key twice', 'version: 1\nprofile: strict\nprofile: strict'],
  ['an alias of nothing', 'version: 1\nprofile: *nothing'],
  ['an alias of itself', 'version: 1\nrules: &a { b: *a }'],
  [
    'aliases without end',
    'version: 1\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]',
  ],
  ['another version', 'version: 2'],
  ['no version', 'profile: strict'],
  ['an unknown key', 'version: 1\nprofil: strict'],
  ['an unknown key below', 'version: 1\nthresholds:\n  smal: { rows: 1 }'],
  ['an unknown convention', 'version: 1\nconventions:\n  coments: true'],
  ['an unknown rule', 'version: 1\nrules:\n  ban-drop-tabel: off'],
  ['a rule that is switched with no', 'version: 1\nrules:\n  ban-drop-table: false'],
  ['an unknown severity', 'version: 1\nrules:\n  ban-drop-table: eror'],
  ['rules as a list', 'version: 1\nrules: [ban-drop-table]'],
  ['an unknown profile', 'version: 1\nprofile: stict'],
  ['a key that objects have', 'version: 1\n__proto__: { a: 1 }\nrules: { __proto__: off, constructor: off }'],
  ['a key that is no text', 'version: 1\n? [a, b]\n: c'],
  ['a broken pattern', "version: 1\nconventions:\n  names: { index: '[a-z' }"],
  ['a size that is none', 'version: 1\nthresholds:\n  small: { rows: many, bytes: 16 XB }'],
  ['a server that is not known', 'version: 1\nserver-version: 9'],
])('%s is refused with what is wrong', (_, text) => {
  const issues = refused(text);
  expect(issues.length).toBeGreaterThan(0);
  expect(issues.join('\n')).not.toMatch(/undefined|\[object|Invalid input$/m);
});

test.each([
  ['version: 1\nthresholds:\n  smal: { rows: 1 }', ':3 "smal" is not known here; did you mean "small"?'],
  ['version: 1\nconventions:\n  coments: true', ':3 "coments" is not known here; did you mean "comments"?'],
  ['version: 1\nrules:\n  ban-drop-table: no', ':3 rules.ban-drop-table: write off, info, warning or error'],
  ['profile: strict', ' version: write version: 1'],
  ['version: 1\nprofile: lax', ':2 profile: write recommended or strict'],
  ['version: 1\nrules: 3', ':2 rules: write keys with values'],
  ['version: 1\nignored-schemas: x', ':2 ignored-schemas: write a list'],
  ['version: 1\nserver-version: "15"', ':2 server-version: write a number'],
  ['version: 1\nserver-version: 15.5', ':2 server-version: write a whole number'],
  ['version: 1\nserver-version: 9', ':2 server-version: must be 10 or more'],
  ['version: 1\nconventions:\n  comments: maybe', ':3 conventions.comments: write true or false'],
  ['version: 1\nthresholds:\n  small: { rows: 10 }', ':3 thresholds.small.bytes: is missing'],
])('%j is told in words: %s', (text, words) => {
  expect(refused(text)).toEqual([words]);
});

test.each([
  ['everything as a comment', 'version: 1\nrules:\n  # a: off\nconventions:\n'],
  ['CRLF and a byte order mark', '\uFEFFversion: 1\r\nrules:\r\n  ban-drop-table: off\r\n'],
  ['quotes', 'version: 1\n"rules": { "ban-drop-table": "off" }'],
  ['an alias of something', 'version: 1\nschema: &a x.sql\nsnapshot: *a'],
])('%s is read', (_, text) => {
  expect(refused(text)).toEqual([]);
});

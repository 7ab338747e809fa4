import { beforeAll, expect, test } from 'vitest';
import { loadParser } from '../../../src/engine/sql/parser.ts';
import { tokensOf } from '../../../src/engine/sql/tokens.ts';
import { allRules } from '../../../src/engine/validate/all-rules.ts';
import { exampleCatalog, exampleFacts } from '../../../src/engine/validate/example-catalog.ts';
import type { RuleExample } from '../../../src/engine/validate/rule.ts';
import { validateMigration } from '../../../src/engine/validate/validate-migration.ts';

// Statements that nobody would write: the examples of the rules, with tokens taken away, doubled, exchanged and mixed.
// LOCKSTEP_FUZZ_RUNS sets how many (npm test makes ten thousand), LOCKSTEP_FUZZ_SEED which.
const runs = Number(process.env['LOCKSTEP_FUZZ_RUNS'] ?? 10_000);
const seed = Number(process.env['LOCKSTEP_FUZZ_SEED'] ?? 1);
/** Far more than any such text needs; only a loop that does not end takes longer. */
const hangs = 5000;

/** The same numbers for the same seed (mulberry32). */
function randomFrom(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const examples: readonly RuleExample[] = allRules.flatMap(({ examples: own }) => own);
const odd = [
  '"é😀"',
  "'''",
  '$$',
  '/*',
  '--',
  ';',
  '(',
  ')',
  '::',
  'CASCADE',
  'NOT VALID',
  'ONLY',
  '*',
  '',
  '\u00a0',
  '\t',
  '0x',
  '$1',
  '…',
  '\r\n',
  '\r',
  '\ufeff',
  '\0',
  '\ud800',
  '$é$;$é$',
  "E'\\'",
  '\n\\copy t from x\n',
  '\n\\c other\n',
  '/*/*',
  "U&'\\0041'",
  'DO $a$ begin execute $b$drop table t$b$; end $a$;',
  `"${'ü'.repeat(80)}"`,
  '/* 😀 */ -- 😀\n',
];

beforeAll(loadParser);

test(`${runs} mutated migrations neither break nor hang the validator, and positions stay inside the text`, () => {
  const random = randomFrom(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const piecesOf = (text: string): string[] => {
    const pieces: string[] = [];
    let at = 0;
    for (const { start, end } of tokensOf(text, 0, text.length)) {
      pieces.push(text.slice(at, start), text.slice(start, end));
      at = end;
    }
    return [...pieces, text.slice(at)];
  };
  const mutate = (text: string): string => {
    const pieces = piecesOf(text);
    for (let times = 1 + Math.floor(random() * 4); times > 0; times -= 1) {
      const at = Math.floor(random() * pieces.length);
      const other = piecesOf(pick(examples).up);
      const change = Math.floor(random() * 6);
      if (change === 0) pieces.splice(at, 1);
      else if (change === 1) pieces.splice(at, 0, pieces[at] ?? '');
      else if (change === 2) pieces[at] = ` ${pick(other)} `;
      else if (change === 3) pieces.splice(at, 0, pick(odd));
      else if (change === 4) pieces.splice(at, 0, `;\n${other.join('')};`);
      else pieces.splice(at);
    }
    return pieces.join('');
  };

  let parsed = 0;
  for (let run = 0; run < runs; run += 1) {
    const example = pick(examples);
    const up = mutate(example.up);
    const down = random() < 0.5 ? null : mutate(example.down ?? pick(examples).up);
    const known = random() < 0.5;
    const said = `run ${run} of seed ${seed}:\n${up}\n-- down\n${down}`;
    const started = performance.now();
    let report: ReturnType<typeof validateMigration>;
    try {
      report = validateMigration(
        { name: 'fuzz', up, down },
        {
          catalog: known ? exampleCatalog(example) : null,
          facts: exampleFacts(example),
          serverVersion: pick([120_000, 150_000, 180_000]),
          transaction: pick(['auto', 'file', 'none'] as const),
          today: '2026-11-22',
          rules: allRules,
        },
      );
    } catch (cause) {
      throw new Error(said, { cause });
    }
    if (performance.now() - started > hangs) throw new Error(`too long: ${said}`);
    if (report.statements.length > 0) parsed += 1;
    for (const finding of report.findings) {
      const text = finding.direction === 'up' ? up : (down ?? '');
      const lines = text.split('\n');
      const inside = (line: number, column: number): boolean =>
        line >= 1 && line <= lines.length && column >= 1 && column <= (lines[line - 1]?.length ?? 0) + 1;
      expect(inside(finding.line, finding.column), `${finding.rule} begins outside: ${said}`).toBe(true);
      expect(inside(finding.endLine, finding.endColumn), `${finding.rule} ends outside: ${said}`).toBe(true);
      expect(
        finding.line < finding.endLine || finding.column <= finding.endColumn,
        `${finding.rule} ends before it begins: ${said}`,
      ).toBe(true);
    }
  }
  // Most of what is broken is refused by the parser; enough must get past it to try the rules.
  expect(parsed).toBeGreaterThan(runs / 10);
}, 1_800_000);

const many = (count: number, each: (number: number) => string): string =>
  Array.from({ length: count }, (_, i) => each(i)).join('');
/** Bytes of every value, as a binary file has them, read as UTF-8. */
const binary = new TextDecoder().decode(Uint8Array.from({ length: 50_000 }, (_, at) => 1 + ((at * 7919) % 255)));

test.each([
  ['ten thousand parentheses', `select ${'('.repeat(10_000)}1${')'.repeat(10_000)};`],
  ['parentheses in a check', `create table t (a int check (${'('.repeat(10_000)}a > 0${')'.repeat(10_000)}));`],
  ['deep queries', `select ${'(select '.repeat(3000)}1${')'.repeat(3000)};`],
  ['a long chain of operators', `alter table t add column a int default ${many(20_000, () => '1+')}1;`],
  ['a name of a million bytes', `alter table ${'a'.repeat(1_000_000)} add column b int;`],
  ['a line of a million bytes', `insert into t values ${many(50_000, () => "(1, 'abcdefghij'),")}(1, 'a');`],
  ['a comment of a million bytes', `-- ${'é'.repeat(500_000)}\r\nselect 1;`],
  ['nested comments', `${'/*'.repeat(2000)}x${'*/'.repeat(2000)} select 1;`],
  ['a text that does not end', `select 'a${'b'.repeat(1_000_000)}`],
  ['a million semicolons', ';'.repeat(1_000_000)],
  ['1,600 columns', `create table t (${many(1599, (i) => `c${i} int, `)}z int);`],
  ['a thousand actions', `alter table t ${many(999, (i) => `add column c${i} int not null, `)}drop column z;`],
  ['a mark of the byte order', '\ufeffalter table t add column a int;'],
  ['a binary file', binary],
  ['lone surrogates', 'select \'\ud800\'; alter table "\udc00" add column a int;'],
])('%s: an answer inside the text', (_, up) => {
  const { findings } = validateMigration({ name: 'fuzz', up, down: null }, { rules: allRules });
  const lines = up.split('\n');
  for (const { rule, line, column, endLine, endColumn } of findings)
    for (const [at, unit] of [
      [line, column],
      [endLine, endColumn],
    ] as const)
      expect(unit <= (lines[at - 1]?.length ?? -1) + 1, `${rule} at ${at}:${unit}`).toBe(true);
});

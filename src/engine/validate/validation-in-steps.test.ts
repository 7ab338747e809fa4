import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { loadParser, parseScript } from '../sql/parser.ts';
import { allRules } from './all-rules.ts';
import { exampleCatalog, exampleMigration, exampleOptions } from './example-catalog.ts';
import { validateMigration, validationInSteps } from './validate-migration.ts';

beforeAll(loadParser);

/** What somebody types, pastes, or takes away. */
const typed = [
  ';',
  '\n',
  ' ',
  '-- é😀 ;\n',
  "'",
  '$$',
  '"',
  '(',
  '/*',
  '*/',
  'begin;\n',
  'commit;\n',
  'savepoint s;\n',
  'rollback to s;\n',
  'select 1;\n',
  'set search_path = app, public;\n',
  "set lock_timeout = '1s';\n",
  'drop table orders;\n',
  'create table orders (id bigint primary key, name text);\n',
  'alter table orders add column note text not null;\n',
  'create index on orders (name);\n',
  'update orders set name = 1;\n',
  'create function f() returns int begin atomic; select 1; select 2; end;\n',
] as const;

const edits = fc.array(
  fc.record({
    down: fc.boolean(),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    away: fc.nat(40),
    text: fc.constantFrom(...typed),
  }),
  { minLength: 1, maxLength: 12 },
);
const examples = fc.constantFrom(...allRules.flatMap((rule) => rule.examples));

test('after any changes of up and down the report is that of a text that was never seen before', () => {
  fc.assert(
    fc.property(fc.array(examples, { minLength: 2, maxLength: 5 }), edits, ([first, ...more], changes) => {
      if (first === undefined) return;
      const options = { ...exampleOptions(first), catalog: exampleCatalog(first), rules: allRules };
      const inSteps = validationInSteps(options);
      const joined = (texts: readonly (string | undefined)[]) => texts.map((text) => `${text ?? ''};\n`).join('');
      let migration = {
        ...exampleMigration(first),
        up: joined([first, ...more].map(({ up }) => up)),
        down: joined([first, ...more].map(({ down }) => down)),
      };
      expect(inSteps(migration)).toEqual(validateMigration(migration, options));
      for (const { down, at, away, text } of changes) {
        const old = down ? migration.down : migration.up;
        const place = Math.floor(at * old.length);
        const changed = old.slice(0, place) + text + old.slice(place + away);
        migration = down ? { ...migration, down: changed } : { ...migration, up: changed };
        expect(inSteps(migration)).toEqual(validateMigration(migration, options));
      }
    }),
    { numRuns: 40 },
  );
});

test('what is written behind a statement changes what is said of it', () => {
  for (const example of allRules.flatMap((rule) => rule.examples)) {
    const script = parseScript(example.up);
    if (!script.ok || script.value.statements.length < 2) continue;
    const options = { ...exampleOptions(example), catalog: exampleCatalog(example), rules: allRules };
    const inSteps = validationInSteps(options);
    for (const { end } of script.value.statements) {
      const migration = exampleMigration(example, `${example.up.slice(0, end)};`);
      expect(inSteps(migration), migration.up).toEqual(validateMigration(migration, options));
    }
  }
});

test('what is written in front of statements moves what each rule says of them', () => {
  for (const rule of allRules)
    for (const example of rule.examples.filter(({ finds }) => finds.length > 0)) {
      const options = { ...exampleOptions(example), catalog: exampleCatalog(example), rules: [rule] };
      const inSteps = validationInSteps(options);
      const migration = exampleMigration(example);
      const moved = { ...migration, up: `-- é😀 ;\n${migration.up}`, down: `\n${migration.down ?? ''}` };
      inSteps(migration);
      expect(inSteps(moved), moved.up).toEqual(validateMigration(moved, options));
    }
});

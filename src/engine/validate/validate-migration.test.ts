import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Catalog } from '../catalog/catalog.ts';
import { emptyCatalog } from '../sql/empty-catalog.ts';
import { loadParser, parseScript } from '../sql/parser.ts';
import { simulate } from '../sql/simulate.ts';
import { allRules } from './all-rules.ts';
import { migrationReportSchema, validationReportSchema } from './report.ts';
import { summarize } from './summarize.ts';
import { type ValidationOptions, validateMigration } from './validate-migration.ts';

beforeAll(loadParser);

const catalogOf = (setup: string): Catalog => {
  const script = parseScript(setup);
  if (!script.ok) throw new Error(script.error.message);
  return script.value.statements.reduce<Catalog>(
    (catalog, statement) => simulate(catalog, statement).catalog,
    emptyCatalog,
  );
};

const check = (up: string, options: ValidationOptions = {}, down: string | null = 'select 1;') =>
  validateMigration({ name: 'example', up, down }, options);

const shop =
  'create table users (id bigint primary key, email text); create table orders (id bigint primary key, a int);';
const unsafe = 'ALTER TABLE users ADD COLUMN x int NOT NULL;\n  CREATE INDEX i ON orders(a);';

describe('an unsafe migration', () => {
  const expected = [
    { rule: 'adding-required-field', severity: 'error', line: 1, column: 19, statement: 0 },
    { rule: 'require-concurrent-index-creation', severity: 'error', line: 2, column: 3, statement: 1 },
  ];

  test('gives both findings at their places, with a catalog', () => {
    const { findings } = check(unsafe, { catalog: catalogOf(shop) });
    expect(findings).toMatchObject([...expected, { rule: 'down-not-inverse', severity: 'warning', direction: 'down' }]);
  });

  test('gives them without a catalog', () => {
    expect(check(unsafe).findings).toMatchObject(expected);
  });

  test('is an information when the tables are small', () => {
    const facts = {
      capturedAt: '2026-11-20T00:00:00Z',
      tables: ['users', 'orders'].map((name) => ({
        schema: 'public',
        name,
        rows: 0,
        bytes: 8192,
        columns: [],
      })),
      indexes: [],
    };
    const { findings } = check(unsafe, { catalog: catalogOf(shop), facts });
    expect(findings.map(({ severity }) => severity)).toEqual(['info', 'info', 'warning']);
    expect(findings[1]?.message).toContain('0 rows, 8 kB, facts of 2026-11-20');
  });

  test('fits the report that scripts read', () => {
    const report = check(unsafe, { catalog: catalogOf(shop) });
    expect(migrationReportSchema.parse(report)).toEqual(report);
    const summary = summarize([report, report], { tier: 'catalog', serverVersion: 180_000 });
    expect(validationReportSchema.parse(summary).summary).toEqual({ errors: 4, warnings: 2, infos: 0 });
  });
});

describe('a text that does not parse', () => {
  test('gives the message of PostgreSQL at its place', () => {
    const { findings, statements } = check('select 1;\nALTER TABEL x;');
    expect(findings).toMatchObject([
      { rule: 'syntax-error', message: 'syntax error at or near "TABEL"', line: 2, column: 7, endColumn: 12 },
    ]);
    expect(statements).toEqual([]);
  });

  test('in the down leaves the up checked, and does not count as missing', () => {
    const { findings, notChecked } = check('drop table users;', {}, 'drop tabel users;');
    expect(findings.map(({ rule }) => rule)).toEqual(['syntax-error', 'ban-drop-table']);
    expect(notChecked).toContain('the down: it does not parse');
  });
});

describe('a suppression', () => {
  const suppressed = (comment: string) => check(`${comment}\ndrop table users;`, { today: '2026-11-22' });

  test('hides its rule for the statement below, and is reported as not checked', () => {
    const { findings, notChecked } = suppressed('-- lockstep:ignore ban-drop-table archived in S3 until 2026-12-31');
    expect(findings).toEqual([]);
    expect(notChecked).toContain('suppressed: ban-drop-table at line 2 of the up (archived in S3)');
  });

  test('may stand in a block comment among others', () => {
    expect(suppressed('/* why: */ /* lockstep:ignore ban-drop-table: archived */ -- and so on').findings).toEqual([]);
  });

  test('holds on its last day and not on the next', () => {
    const on = (today: string) =>
      check('-- lockstep:ignore ban-drop-table archived until 2026-11-22\ndrop table users;', { today }).findings.map(
        ({ rule }) => rule,
      );
    expect(on('2026-11-22')).toEqual([]);
    expect(on('2026-11-23')).toEqual(['invalid-suppression', 'ban-drop-table']);
  });

  test('of another rule or statement hides nothing', () => {
    expect(suppressed('-- lockstep:ignore ban-drop-column no reader').findings.map(({ rule }) => rule)).toEqual([
      'ban-drop-table',
    ]);
    const below = check('-- lockstep:ignore ban-drop-table archived\nselect 1;\ndrop table users;');
    expect(below.findings.map(({ rule }) => rule)).toEqual(['ban-drop-table']);
  });

  test('inside a text is no suppression', () => {
    expect(check("select '-- lockstep:ignore nothing';").findings).toEqual([]);
  });
});

describe('several rules with one cause', () => {
  test('are shown as one finding', () => {
    const { findings } = check('begin; alter table users add column b int; update users set b = 1; commit;');
    expect(findings.map(({ rule }) => rule)).toEqual(['update-without-where']);
    expect(findings[0]?.evidence['alsoFoundBy']).toMatchObject([{ rule: 'ddl-and-backfill-same-transaction' }]);
  });

  test('a statement that fails is told to fail, and nothing else', () => {
    const { findings } = check('create index i on nothing_here (a);', { catalog: catalogOf(shop) });
    expect(findings.map(({ rule }) => rule)).toContain('syntax-or-unknown-object');
  });
});

describe('names', () => {
  test('of two schemas are kept apart', () => {
    const catalog = catalogOf(
      'create schema sales; create table sales.users (id int primary key, email text); create table users (id int primary key);',
    );
    const rules = (up: string) => check(up, { catalog }).findings.map(({ rule }) => rule);
    expect(rules('update sales.users set email = null where id = 1;')).toEqual([]);
    expect(rules('update users set email = null where id = 1;')).toEqual(['syntax-or-unknown-object']);
    expect(rules('set search_path = sales; update users set email = null where id = 1;')).toEqual([]);
  });

  test('with quotes, capitals and umlauts keep their places', () => {
    const { findings } = check('alter table "Über""maß" add column "größe 😀" int not null;');
    expect(findings).toMatchObject([{ rule: 'adding-required-field', column: 25, endColumn: 59 }]);
    expect(findings[0]?.fix?.sql).toBe('alter table "Über""maß" add column "größe 😀" int;');
  });
});

describe('any text', () => {
  const pieces = allRules.flatMap(({ examples }) =>
    examples.flatMap(({ up, down }) => [up, ...(down === undefined ? [] : [down])]),
  );
  const catalog = catalogOf(shop);

  test('is checked without a crash, and every position stands inside it', () => {
    const mutated = fc
      .tuple(
        fc.constantFrom(...pieces),
        fc.constantFrom(...pieces),
        fc.nat(),
        fc.nat(),
        fc.constantFrom('', ' ', ';', '(', ')', ',', "'", '"', '$$', '--', 'é😀', ' not null', ' cascade'),
      )
      .map(([a, b, i, j, insert]) => a.slice(0, i % (a.length + 1)) + insert + b.slice(j % (b.length + 1)));
    fc.assert(
      fc.property(mutated, fc.boolean(), (up, known) => {
        const lines = up.split('\n');
        for (const finding of validateMigration({ name: 'any', up, down: null }, { catalog: known ? catalog : null })
          .findings) {
          expect(finding.line).toBeGreaterThanOrEqual(1);
          expect(finding.endLine).toBeLessThanOrEqual(lines.length);
          expect(finding.endColumn).toBeLessThanOrEqual((lines[finding.endLine - 1]?.length ?? 0) + 1);
          if (finding.endLine === finding.line) expect(finding.endColumn).toBeGreaterThanOrEqual(finding.column);
          else expect(finding.endLine).toBeGreaterThan(finding.line);
        }
      }),
      { numRuns: 2_000, seed: 20_261_122 },
    );
  });

  test('is fixed into text that parses', () => {
    for (const up of pieces)
      for (const { fix, direction } of check(up, { catalog }).findings)
        if (fix !== null && direction === 'up') expect(parseScript(fix.sql).ok, fix.sql).toBe(true);
  });
});

describe('a procedure that is called', () => {
  const idsOf = (body: string) =>
    check('call p();', {
      catalog: catalogOf(`${shop} create procedure p() language plpgsql as $$ begin ${body} end $$;`),
    }).findings.map(({ rule }) => rule);

  test('changes what its body changes', () => {
    expect(idsOf('delete from users where email is null;')).toContain('unbatched-backfill');
  });

  test('may do so step by step, with a COMMIT between', () => {
    const step = 'delete from users where id in (select id from users where email is null limit 1000);';
    expect(idsOf(`loop ${step} exit when not found; commit; end loop;`)).not.toContain('unbatched-backfill');
  });
});

describe('a transaction that goes back', () => {
  const idsOf = (up: string) => check(up, { catalog: catalogOf(shop) }, null).findings.map(({ rule }) => rule);

  test('loses nothing of what it takes back, and what follows finds it there', () => {
    const up = 'begin; savepoint a; drop table users; rollback to a; alter table users add column x int; commit;';
    expect(idsOf(up)).toEqual(['missing-down-migration']);
    expect(idsOf('begin; delete from users; rollback;')).not.toContain('delete-without-where');
  });

  test('has not made what it takes back', () => {
    const up = 'begin; savepoint a; alter table users add column x int; rollback to a; drop index x; commit;';
    expect(idsOf(up)).toContain('syntax-or-unknown-object');
    expect(idsOf('begin; create table t (id int); rollback; create table t (id int primary key);')).not.toContain(
      'object-already-exists',
    );
  });

  test('still locks and reads while it runs', () => {
    expect(idsOf('begin; create index i on orders (a); rollback;')).toContain('require-concurrent-index-creation');
  });

  test('keeps what was done before the savepoint and after the way back', () => {
    const up = 'begin; drop table users; savepoint a; select 1; rollback to a; drop table orders; commit;';
    expect(idsOf(up).filter((id) => id === 'ban-drop-table')).toHaveLength(2);
  });
});

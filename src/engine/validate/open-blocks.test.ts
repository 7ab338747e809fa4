import { beforeAll, describe, expect, test } from 'vitest';
import { loadParser, parseScript, type Script } from '../sql/parser.ts';
import { openBlocks } from './open-blocks.ts';
import { validateMigration } from './validate-migration.ts';

beforeAll(loadParser);

const parse = (sql: string): Script => {
  const script = parseScript(sql);
  if (!script.ok) throw new Error(script.error.message);
  return script.value;
};

const statementsIn = (sql: string): readonly string[] =>
  openBlocks(parse(sql), 'auto')?.statements.map(({ text }) => text) ?? [];

describe('a DO block that is opened', () => {
  test('shows the statements that stand in it, in the transaction that it is', () => {
    const block =
      "DO $$\nDECLARE n int;\nBEGIN\n  IF n > 0 THEN\n    ALTER TABLE a ADD b int;\n  ELSE\n    DROP TABLE c;\n  END IF;\n  RAISE NOTICE 'done';\nEND\n$$;";
    expect(statementsIn(block)).toEqual(['BEGIN', 'ALTER TABLE a ADD b int', 'DROP TABLE c', 'END']);
  });

  test('shows what EXECUTE runs when that is a plain text, quotes of both kinds', () => {
    const block =
      "do $x$ begin execute 'update a set b = ''x'' where c = 1'; execute $q$drop table d$q$; execute format('drop table %I', e); end $x$;";
    expect(statementsIn(block).slice(1, -1)).toEqual([
      "update a set b =  'x'  where c = 1",
      'drop table d',
      'drop table "%e"',
    ]);
  });

  test('puts together what EXECUTE puts together, from what is written out', () => {
    const block = `do $x$ declare t text := 'Old "1"'; n constant text default 'it''s'; begin
      execute format('drop table %I; ', t);
      execute 'alter table ' || quote_ident(t) || ' rename to ' || quote_ident(n);
      execute format('comment on table %1$I is %2$L', 'a', n) using 1;
      execute concat('drop index ', 'i');
      execute 'select count(*) from ' || 'a'::regclass into strict n;
    end $x$;`;
    expect(statementsIn(block).slice(1, -1)).toEqual([
      'drop table "Old ""1"""',
      'alter table "Old ""1""" rename to "it\'s"',
      "comment on table a is 'it''s'",
      'drop index i',
      'select count(*) from a',
    ]);
  });

  test('stands names that are only known while it runs between quotes, behind a percent sign', () => {
    const block = `do $x$ declare r record; t text := 'a'; begin
      t := 'b';
      for r in select relname as "name" from pg_class loop
        execute 'truncate ' || r.name || ' cascade';
        execute format(
          'alter table if exists %I.%I alter column x type text',
          'app', r.name);
      end loop;
      execute format('drop table %I', t);
      execute r.sql;
      execute format('%s', r.sql);
    end $x$;`;
    expect(statementsIn(block).slice(1, -1)).toEqual([
      'truncate "%name" cascade',
      'alter table  app."%name" alter column x type text',
      'drop table "%t"',
    ]);
  });

  test('keeps every place, between other statements', () => {
    const sql = 'select 1;\nDO $body$ BEGIN\n\tTRUNCATE "ü";\nEND $body$;\nselect 2;';
    const opened = openBlocks(parse(sql), 'auto');
    expect(opened?.text.length).toBe(sql.length);
    expect(opened?.statements.find(({ text }) => text.startsWith('TRUNCATE'))).toMatchObject({
      start: sql.indexOf('TRUNCATE'),
      line: 3,
      column: 2,
    });
    expect(opened?.text.slice(opened.text.indexOf('select 2'))).toBe('select 2;');
  });

  test('is left alone when nothing in it can be read', () => {
    expect(openBlocks(parse("do $$ begin raise notice 'x'; end $$;"), 'auto')).toBeNull();
    expect(openBlocks(parse("do language plpython3u $$ plpy.execute('drop table a') $$;"), 'auto')).toBeNull();
    expect(openBlocks(parse('select 1;'), 'auto')).toBeNull();
  });
});

describe('findings inside a DO block', () => {
  const findingsOf = (up: string) =>
    validateMigration({ name: 'block', up, down: 'select 1;' }).findings.map(({ rule, statement, line, fix }) => ({
      rule,
      statement,
      line,
      fix,
    }));

  test('stand at their lines and belong to the block', () => {
    expect(findingsOf('select 1;\nDO $$ BEGIN\n  CREATE INDEX i ON orders (a);\nEND $$;')).toEqual([
      { rule: 'require-concurrent-index-creation', statement: 1, line: 3, fix: null },
    ]);
  });

  test('know that the block is one transaction', () => {
    const block =
      'DO $$ BEGIN\n  ALTER TABLE a ADD CONSTRAINT c CHECK (b > 0) NOT VALID;\n  ALTER TABLE a VALIDATE CONSTRAINT c;\nEND $$;';
    expect(findingsOf(block).map(({ rule }) => rule)).toEqual(['validate-constraint-in-same-transaction']);
  });

  test('are suppressed above the block', () => {
    const block =
      '-- lockstep:ignore require-concurrent-index-creation the table is small\nDO $$ BEGIN CREATE INDEX i ON orders (a); END $$;';
    expect(findingsOf(block)).toEqual([]);
  });

  test('take variables for what they are', () => {
    const block =
      'create table t (id bigint primary key, a int);\nDO $$ DECLARE n int; BEGIN UPDATE t SET a = 1 WHERE id = n; END $$;';
    expect(findingsOf(block)).toEqual([]);
  });
});

import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrateHistory } from '../migrate-history.ts';
import { begin } from './0010-begin.ts';

/** Everything that the schema defines, as SQLite tells it. */
const objects = (database: Sqlite.Database): unknown =>
  database
    .prepare(
      `select type, name from sqlite_schema where name not like 'sqlite_%' and name not like 'event_search_%' order by type, name`,
    )
    .all();

test('an empty file gets the first schema, and running it again changes nothing', () => {
  const database = new Sqlite(':memory:');
  expect(database.pragma('user_version', { simple: true })).toBe(0);
  expect(migrateHistory(database, [begin])).toEqual({ ok: true, value: undefined });
  expect(database.pragma('user_version', { simple: true })).toBe(10);
  const before = objects(database);
  expect(JSON.stringify(before)).toContain('"spending"');
  migrateHistory(database, [begin]);
  expect(objects(database)).toEqual(before);
  database.close();
});

test('a step that fails leaves the schema and the number as they were', () => {
  const database = new Sqlite(':memory:');
  migrateHistory(database, [begin]);
  const before = objects(database);
  const broken = { version: 20, sql: 'create table half (id integer) strict; create table half (id integer) strict;' };
  expect(() => migrateHistory(database, [begin, broken])).toThrow('already exists');
  expect(objects(database)).toEqual(before);
  expect(database.pragma('user_version', { simple: true })).toBe(10);
  database.close();
});

test('tables are strict: a text is not taken for a number', () => {
  const database = new Sqlite(':memory:');
  migrateHistory(database, [begin]);
  expect(() => database.prepare(`insert into spending (at, dollars) values ('2026', 'much')`).run()).toThrow('REAL');
  database.close();
});

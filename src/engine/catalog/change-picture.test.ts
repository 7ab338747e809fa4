import { beforeAll, describe, expect, it } from 'vitest';
import { catalogAfter, outcomeOf } from '../sql/catalog-after.ts';
import { emptyCatalog } from '../sql/empty-catalog.ts';
import { loadParser } from '../sql/parser.ts';
import type { Catalog } from './catalog.ts';
import { changePicture, changePictureSchema } from './change-picture.ts';

let base: Catalog;
beforeAll(async () => {
  await loadParser();
  base = catalogAfter(
    emptyCatalog,
    `CREATE SCHEMA app;
     CREATE TABLE app.users (id bigint PRIMARY KEY, email text NOT NULL, note text);
     CREATE TABLE app.orders (id bigint PRIMARY KEY, user_id bigint REFERENCES app.users (id), total bigint);
     CREATE TABLE app."Odd ""t""" (id bigint PRIMARY KEY, order_id bigint REFERENCES app.orders (id));
     CREATE TABLE app.alone (id bigint);`,
  );
});

function pictureOf(sql: string) {
  const outcome = outcomeOf(base, sql);
  if (outcome === null) throw new Error('the script must parse');
  return changePictureSchema.parse(changePicture(base, outcome.catalog, outcome.renamed));
}
const summary = (sql: string) =>
  pictureOf(sql).relations.map(({ name, change, columns, parts }) => [
    name,
    change,
    ...columns.filter((column) => column.change !== 'kept').map((column) => `${column.change} ${column.name}`),
    ...parts.map((part) => `${part.change} ${part.kind} ${part.name}`),
  ]);

describe('changePicture', () => {
  it('is empty where nothing changes', () => {
    expect(pictureOf('SELECT 1')).toEqual({ relations: [], lines: [], neighboursLeftOut: 0 });
  });

  it('shows what a table gains, loses and keeps, with its neighbours and nothing else', () => {
    const sql = `ALTER TABLE app.orders ADD COLUMN paid boolean;
      ALTER TABLE app.orders DROP COLUMN total;
      CREATE INDEX orders_user_idx ON app.orders (user_id);`;
    expect(summary(sql)).toEqual([
      ['Odd "t"', 'kept'],
      ['orders', 'changed', 'removed total', 'added paid', 'added index orders_user_idx'],
      ['users', 'kept'],
    ]);
    expect(pictureOf(sql).lines.map(({ change }) => change)).toEqual(['kept', 'kept']);
  });

  it('says from what to what a column changes', () => {
    const [users] = pictureOf('ALTER TABLE app.users ALTER COLUMN email TYPE varchar(20)').relations.filter(
      ({ name }) => name === 'users',
    );
    expect(users?.columns.find(({ name }) => name === 'email')).toMatchObject({
      change: 'changed',
      type: 'character varying(20)',
      words: ['type: text → character varying(20)'],
    });
  });

  it('follows a name to the one that a statement gives it', () => {
    const renamed = pictureOf('ALTER TABLE app.users RENAME COLUMN email TO mail').relations.find(
      ({ name }) => name === 'users',
    );
    expect(renamed?.columns.find(({ name }) => name === 'mail')?.words).toEqual(['renamed from email']);
    expect(renamed?.columns.map(({ name }) => name)).toEqual(['id', 'mail', 'note']);
    const moved = pictureOf('ALTER TABLE app.users RENAME TO people').relations;
    expect(moved.find(({ name }) => name === 'people')).toMatchObject({
      change: 'changed',
      words: ['renamed from app.users'],
    });
    expect(moved.some(({ name }) => name === 'users')).toBe(false);
    const replaced = pictureOf('ALTER TABLE app.users DROP COLUMN note; ALTER TABLE app.users ADD COLUMN other text');
    const columns = replaced.relations.find(({ name }) => name === 'users')?.columns ?? [];
    expect(columns.map(({ name, change }) => `${name} ${change}`)).toEqual([
      'id kept',
      'email kept',
      'note removed',
      'other added',
    ]);
  });

  it('marks tables and lines that come and go', () => {
    const sql = `CREATE TABLE app.items (id bigint PRIMARY KEY, order_id bigint REFERENCES app.orders (id));
      DROP TABLE app."Odd ""t""";`;
    const { relations, lines } = pictureOf(sql);
    expect(relations.map(({ name, change }) => [name, change])).toEqual([
      ['Odd "t"', 'removed'],
      ['items', 'added'],
      ['orders', 'kept'],
    ]);
    expect(lines.map(({ child, parent, change }) => [child, parent, change])).toEqual([
      ['app.items', 'app.orders', 'added'],
      ['app."Odd ""t"""', 'app.orders', 'removed'],
    ]);
  });

  it('leaves out neighbours that nobody could read any more, and counts them', () => {
    const many = Array.from(
      { length: 40 },
      (_, index) => `CREATE TABLE app.n${index} (id bigint, user_id bigint REFERENCES app.users (id));`,
    ).join('\n');
    const busy = catalogAfter(base, many);
    const picture = changePicture(busy, catalogAfter(busy, 'ALTER TABLE app.users ADD COLUMN x int'));
    expect(picture.relations).toHaveLength(25);
    expect(picture.neighboursLeftOut).toBe(17);
  });
});

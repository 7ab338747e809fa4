import { beforeAll, describe, expect, it } from 'vitest';
import { loadSchemaText } from '../../../src/adapters/pglite/load-schema-text.ts';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import { shadowRun } from '../../../src/engine/shadow/shadow-run.ts';
import { clock, testShadows } from './shadows.ts';

const databases = testShadows();
const others = Array.from({ length: 20 }, (_, number) => `create table other_${number} (id int primary key);`).join('');
const SCHEMA = `
  create schema "Odd";
  create type "Odd".mood as enum ('good', 'bad');
  create function touch() returns trigger language plpgsql as 'begin perform count(*) from other_1; return new; end';
  create table "Odd"."Users" (id bigint primary key, mood "Odd".mood);
  create table orders (id bigint primary key, user_id bigint not null references "Odd"."Users" (id), total numeric(10, 2));
  create table lines (id bigint primary key, order_id bigint references orders (id));
  create trigger touch before update on orders for each row execute function touch();
  create view totals as select user_id, sum(total) as total from orders group by 1;
  create view large_totals as select * from totals where total > 10;
  ${others}
  create index taken on other_3 (id);`;
let catalog: Catalog;
beforeAll(async () => {
  const loaded = await loadSchemaText({ text: SCHEMA, path: 'schema.sql', databases });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  catalog = await introspect(loaded.value.client, { clock });
  await loaded.value.client.close();
});

async function run(up: string, down: string) {
  const result = await shadowRun({ catalog, up, down, databases, clock, manyTables: 10 });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

describe('a copy of a very large database', () => {
  it('has what the migration touches, what uses it and what that needs, and says that it is a part', async () => {
    const report = await run(
      'alter table orders add column note text; create index orders_note on orders (note);',
      'alter table orders drop column note;',
    );
    expect(report.clone).toMatchObject({ fidelity: 'partial', differences: [], part: { tables: 3, of: 23 } });
    expect(report).toMatchObject({ restored: true, queries: { checked: 2, broken: [] } });
    expect(report.data?.rowsSeeded).toBeGreaterThan(20);
  });

  it('shows what a change breaks among what uses it', async () => {
    const report = await run(
      'drop view large_totals; drop view totals; alter table orders drop column total;',
      'alter table orders add column total numeric(10, 2);',
    );
    expect(report.clone.part).toEqual({ tables: 3, of: 23 });
    expect(report.differences.map(({ object }) => object)).toEqual(['public.large_totals', 'public.totals']);
    expect(report.computedDown).toMatchObject({ restored: true });
  });

  it('has what holds a name that the migration gives', async () => {
    const report = await run('create index taken on orders (total);', 'drop index taken;');
    expect(report.steps.find(({ name }) => name === 'up')?.error?.sqlstate).toBe('42P07');
  });

  it.each([
    ['code that may do anything', 'do $$ begin alter table other_5 add column x int; end $$'],
    ['a whole schema', 'drop schema public cascade; create schema public'],
  ])('is whole for %s', async (_what, up) => {
    const report = await run(up, '');
    expect(report.clone.part).toBeUndefined();
    expect(report.clone).toMatchObject({ fidelity: 'exact' });
  });

  it('is whole where the part lacked something', async () => {
    const up = 'update orders set total = (select other_7.id from other_7 limit 1), id = nextval($$missing$$)';
    const report = await run(up, '');
    expect(report.clone.part).toBeUndefined();
    expect(report.steps.find(({ name }) => name === 'up')?.error?.sqlstate).toBe('42P01');
  });
});

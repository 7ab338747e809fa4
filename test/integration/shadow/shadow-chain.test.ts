import { describe, expect, it } from 'vitest';
import { type ChainLink, type ChainMigration, shadowChain } from '../../../src/engine/shadow/shadow-chain.ts';
import { clock, testShadows } from './shadows.ts';

const databases = testShadows();

async function chain(
  migrations: readonly ChainMigration[],
  options: { readonly continueAfterFailure?: boolean; readonly serverVersion?: number } = {},
): Promise<readonly ChainLink[]> {
  const result = await shadowChain({ catalog: null, migrations, databases, clock, ...options });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const CREATE = { name: '1', up: 'create table t (a int not null)', down: 'drop table t' };
const FILL = { name: '2', up: 'insert into t values (1), (2)', down: 'delete from t' };

describe('a chain of migrations', () => {
  it('proves each and leaves it applied for the next', async () => {
    const links = await chain([
      CREATE,
      FILL,
      { name: '3', up: 'alter table t add b text', down: 'alter table t drop b' },
    ]);
    expect(links.map(({ name, result }) => [name, result.restored])).toEqual([
      ['1', true],
      ['2', true],
      ['3', true],
    ]);
    expect(links[2]?.result.steps.map((step) => step.name)).toEqual(['baseline', 'up', 'down', 'up-again']);
  });

  it('does not blame a migration for rows that the proof of an earlier one lost', async () => {
    const links = await chain([
      CREATE,
      FILL,
      // Its down loses the values of `a`; the one after it needs them.
      {
        name: '3',
        up: 'alter table t rename a to c',
        down: 'alter table t drop c; alter table t add a int not null default 0',
      },
      { name: '4', up: 'alter table t add check (c > 0)', down: 'alter table t drop constraint t_c_check' },
    ]);
    expect(links.map(({ result }) => result.restored)).toEqual([true, true, false, true]);
    expect(links[3]?.result.steps.every((step) => step.error === undefined)).toBe(true);
  });

  it('lets servers be made of a wrapper that the shadow database lacks', async () => {
    const up = `create extension postgres_fdw; create server far foreign data wrapper postgres_fdw options (host 'h');
      create foreign table t (id int) server far options (schema_name 's')`;
    const links = await chain([
      { name: '1', up, down: 'drop foreign table t; drop server far; drop extension postgres_fdw' },
    ]);
    expect(links[0]?.result).toMatchObject({ restored: true, differences: [] });
    expect(links[0]?.result.clone.stubbed).toEqual(['extension postgres_fdw']);
  });

  it('goes on from the state after up where down fails or is missing', async () => {
    const links = await chain([
      { ...CREATE, down: 'drop table nosuch' },
      { name: '2', up: 'alter table t add b int', down: '' },
      { name: '3', up: 'alter table t add c int', down: 'alter table t drop c' },
    ]);
    expect(links.map(({ result }) => result.restored)).toEqual([false, false, true]);
    expect(links[1]?.result.steps.map((step) => step.name)).toEqual(['baseline', 'up', 'down']);
  });

  it('works out a down where the file of one is empty, and none where there is no file', async () => {
    const add = { name: '2', up: 'alter table t add b int' };
    const [, empty] = await chain([CREATE, { ...add, down: '-- not needed' }]);
    expect(empty?.result).toMatchObject({ restored: false, computedDown: { restored: true } });
    const [, none] = await chain([CREATE, { ...add, down: null }]);
    expect(none?.result).toMatchObject({ restored: false, computedDown: null });
  });

  it('stops at an up that fails, or goes on without it when told to', async () => {
    const broken = { name: '2', up: 'alter table t add a int', down: '' };
    const last = { name: '3', up: 'alter table t add b int', down: 'alter table t drop b' };
    expect((await chain([CREATE, broken, last])).map(({ name }) => name)).toEqual(['1', '2']);
    const links = await chain([CREATE, broken, last], { continueAfterFailure: true });
    expect(links.map(({ name, result }) => [name, result.restored])).toEqual([
      ['1', true],
      ['2', false],
      ['3', true],
    ]);
    expect(links[1]?.result.statements[0]?.error?.sqlstate).toBe('42701');
  });

  describe('for a server whose version', () => {
    const NAMED = {
      name: '2',
      up: 'alter table t alter a drop not null',
      down: 'alter table t add constraint given not null a',
    };
    const errorOf = ([, link]: readonly ChainLink[]) =>
      link?.result.steps.find(({ name }) => name === 'down')?.error?.message;

    it('was named is held to that', async () => {
      const older = await chain([CREATE, NAMED], { serverVersion: 150_000 });
      expect(older[1]?.result).toMatchObject({ restored: false, shadow: { target: { major: 15, isAssumed: false } } });
      expect(errorOf(older)).toBe(
        'the database is PostgreSQL 15, and NOT NULL as a constraint of the table came with 18',
      );
      const newest = await chain([CREATE, NAMED], { serverVersion: 180_000 });
      expect(newest[1]?.result.shadow).not.toHaveProperty('target');
      expect(errorOf(newest)).toBeUndefined();
    });

    it('nobody knows is held to the oldest that is maintained, or to what its ups need', async () => {
      const unknown = await chain([CREATE, NAMED]);
      expect(unknown[1]?.result.shadow.target).toEqual({ major: 15, isAssumed: true });
      expect(errorOf(unknown)).toContain('nobody said which PostgreSQL the database is');
      const needy = {
        name: '3',
        up: 'create table v (a int, b int generated always as (a) virtual)',
        down: 'drop table v',
      };
      expect(errorOf(await chain([CREATE, NAMED, needy]))).toBeUndefined();
    });
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { loadParser } from '../../engine/sql/parser.ts';
import { summarize } from '../../engine/validate/summarize.ts';
import { validateMigration } from '../../engine/validate/validate-migration.ts';
import { validationText } from './validation-text.ts';

beforeAll(loadParser);

/** The lines of the text about a migration that say what others wait for. */
function heldIn(up: string): readonly string[] {
  const report = validateMigration({ name: 'm', up, down: null }, { catalog: null, serverVersion: 180_000 });
  const text = validationText(summarize([report], { tier: 'parse', serverVersion: 180_000 }), [], false);
  return text.split('\n').filter((line) => line.startsWith('  line '));
}

describe('a report as text', () => {
  it('says of each statement what others wait for and what is written anew', () => {
    expect(
      heldIn('alter table orders alter column id type text;\ncreate index on orders (id);\ndrop table users;'),
    ).toEqual([
      '  line 1: ACCESS EXCLUSIVE on public.orders: reads and writes wait, for minutes; rewrites public.orders',
      '  line 2: SHARE on public.orders: writes wait, for seconds',
      '  line 3: ACCESS EXCLUSIVE on public.users: reads and writes wait; data is lost',
    ]);
  });

  it('is silent about statements that nobody feels, and about relations that are new', () => {
    const up = `create table fresh (id int); create index on fresh (id); alter table fresh add n int;
      create index concurrently on orders (id); insert into orders values (1);`;
    expect(heldIn(up)).toEqual([]);
    expect(heldIn('create table if not exists old (id int);\nalter table old add n int;')).toHaveLength(1);
  });
});

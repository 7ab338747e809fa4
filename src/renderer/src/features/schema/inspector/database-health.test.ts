import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../../../engine/catalog/facts.ts';
import { catalogOf, indexOf, keyOf, tableOf } from '../catalog-fixture.ts';
import { healthOf } from './database-health.ts';

const time = '2026-11-22T13:50:00Z';
const empty = catalogOf([]);
const healthy: Facts = {
  capturedAt: time,
  tables: [],
  indexes: [],
  server: { time, startedAt: time, inRecovery: false, transactionAge: 10, statisticsResetAt: null },
};
const titles = (facts: Partial<Facts>) => healthOf(empty, { ...healthy, ...facts }).map(({ title }) => title);

describe('the health of a database', () => {
  it('has no sign where nothing is unwell', () => {
    expect(healthOf(empty, healthy)).toEqual([]);
    expect(titles({ sequences: [sequence(0.1)], replicationSlots: [slot(true, 1000)] })).toEqual([]);
  });

  it('names an index that was not built to its end', () => {
    const table = tableOf('app', 'users', []);
    const health = (valid: boolean) =>
      healthOf(catalogOf([{ ...table, indexes: [indexOf('users_mail_idx', valid)] }]), healthy);
    expect(health(true)).toEqual([]);
    expect(health(false)).toMatchObject([
      {
        title: 'Index app.users_mail_idx is not valid',
        isBad: true,
        object: { kind: 'index', name: 'users_mail_idx' },
      },
    ]);
  });

  it('counts what is written down and does not hold', () => {
    const open = ['a', 'b', 'c', 'd'].map((name) => ({ ...keyOf(name, []), validated: false }));
    const [sign, ...others] = healthOf(catalogOf([tableOf('app', 'users', [], open)]), healthy);
    expect(sign).toMatchObject({
      title: '4 constraints not validated',
      detail: 'users.a, users.b, users.c, and 1 more',
    });
    expect(others).toEqual([]);
    expect(titles({ settings: [{ name: 'autovacuum', value: 'off', unit: null }] })).toEqual(['Autovacuum is off']);
  });

  it('names a transaction by the server’s own clock, with what it locks', () => {
    const [sign] = healthOf(empty, {
      ...healthy,
      // The clock of the reader is wrong by hours.
      capturedAt: '2026-11-22T20:00:00Z',
      openTransactions: [
        {
          processId: 42,
          user: 'app',
          application: 'worker',
          kind: 'client backend',
          state: 'idle in transaction',
          startedAt: '2026-11-22T13:48:00Z',
          waitsForLock: false,
          locks: [{ schema: 'app', name: 'users', mode: 'RowExclusiveLock' }],
        },
      ],
    });
    expect(sign).toEqual({
      title: 'Transaction open for 2 min 00 s',
      detail: 'app, worker, idle in transaction, locks app.users, process 42',
      isBad: true,
      object: { kind: 'table', schema: 'app', name: 'users' },
    });
  });

  it('names sequences near their end, the fullest first, and not those that begin again', () => {
    expect(
      titles({
        sequences: [sequence(0.6, 'half'), sequence(0.97, 'full'), { ...sequence(0.99, 'round'), cycles: true }],
      }),
    ).toEqual(['Sequence app.full', 'Sequence app.half']);
  });

  it('names a slot that nobody reads, and tables that must soon be frozen', () => {
    expect(
      titles({
        replicationSlots: [slot(false, 5 * 2 ** 30)],
        tables: [{ schema: 'app', name: 'old', rows: 1, bytes: 1, columns: [], transactionAge: 500_000_000 }],
      }),
    ).toEqual(['Replication slot cdc', '1 table near a forced vacuum']);
  });
});

const sequence = (usedFraction: number, name = 'seq') => ({
  schema: 'app',
  name,
  lastValue: '1',
  end: '100',
  usedFraction,
  cycles: false,
  column: null,
});
const slot = (active: boolean, retainedBytes: number) => ({
  name: 'cdc',
  kind: 'logical',
  database: 'shop',
  active,
  walStatus: 'reserved',
  retainedBytes,
});

import { expect, test } from 'vitest';
import type { Catalog } from '../../../../engine/catalog/catalog.ts';
import { largestTables } from './largest-tables.ts';

const table = (schema: string, name: string, isPartition = false): Catalog['tables'][number] => ({
  schema,
  name,
  kind: 'table',
  persistence: 'permanent',
  columns: [],
  constraints: [],
  indexes: [],
  triggers: [],
  policies: [],
  rowSecurity: false,
  forceRowSecurity: false,
  partitionKey: null,
  partitionOf: isPartition ? { parent: { schema, name: 'parent' }, bound: 'DEFAULT' } : null,
  inherits: [],
  replicaIdentity: 'default',
  options: [],
  owner: 'o',
  comment: null,
});

const rows = (schema: string, name: string, count: number) => ({
  schema,
  name,
  rows: count,
  bytes: 0,
  columns: [],
});

test('shows the tables with the most rows and counts the rest, partitions aside', () => {
  const tables = [table('app', 'a'), table('billing', 'a'), table('app', 'Größe'), table('app', 'part', true)];
  const facts = {
    capturedAt: '2026-11-22T14:00:00Z',
    tables: [rows('app', 'a', 10), rows('billing', 'a', 900)],
    indexes: [],
  };
  expect(largestTables({ tables, facts }, 2)).toEqual({
    shown: [
      { schema: 'billing', name: 'a', rows: 900 },
      { schema: 'app', name: 'a', rows: 10 },
    ],
    more: 1,
  });
});

test('shows tables without facts as not counted', () => {
  expect(largestTables({ tables: [table('app', 'a')], facts: null }, 4)).toEqual({
    shown: [{ schema: 'app', name: 'a', rows: null }],
    more: 0,
  });
});

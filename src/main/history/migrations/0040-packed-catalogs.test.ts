import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrateHistory } from '../migrate-history.ts';
import { unpackCatalog } from '../packed-catalog.ts';
import { begin } from './0010-begin.ts';
import { packedCatalogs } from './0040-packed-catalogs.ts';

test('catalogs of an older history are packed, with the version of their format beside them', () => {
  const database = new Sqlite(':memory:');
  migrateHistory(database, [begin]);
  const insert = database.prepare('insert into catalogs values (?, ?, ?, ?)');
  insert.run('sample', 'f1', '2026-01-01', '{"formatVersion":1,"name":"é"}');
  insert.run('sample', 'f2', '2026-01-02', '{"formatVersion":99}');
  migrateHistory(database, [begin, packedCatalogs]);
  const rows = database.prepare<[], { format: number; catalog: Uint8Array }>('select * from catalogs').all();
  expect(rows.map(({ format, catalog }) => [format, unpackCatalog(catalog)])).toEqual([
    [1, { formatVersion: 1, name: 'é' }],
    [99, { formatVersion: 99 }],
  ]);
  database.close();
});

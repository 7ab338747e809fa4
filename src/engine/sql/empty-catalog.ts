import type { Catalog } from '../catalog/catalog.ts';

/** Stands for a database of which nothing is known: one schema `public`, nothing in it. */
export const emptyCatalog: Catalog = {
  formatVersion: 1,
  engine: 'postgresql',
  server: { version: 180_000, searchPath: ['public'], database: '', timeZone: '' },
  capturedAt: '1970-01-01T00:00:00Z',
  schemas: [{ name: 'public', owner: '', comment: null }],
  extensions: [],
  tables: [],
  views: [],
  sequences: [],
  types: [],
  routines: [],
  dependencies: [],
  notModelled: [],
  fingerprint: '',
  facts: null,
};

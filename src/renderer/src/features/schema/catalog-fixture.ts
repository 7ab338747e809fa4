import type { Catalog, Column, Constraint, Index, Table } from '../../../../engine/catalog/catalog.ts';

/** A column with nothing special about it; for tests. */
export const columnOf = (name: string, more: Partial<Column> = {}): Column => ({
  name,
  type: 'bigint',
  notNull: true,
  default: null,
  identity: null,
  generated: null,
  collation: null,
  storage: null,
  compression: null,
  statisticsTarget: null,
  local: true,
  comment: null,
  ...more,
});

const constraintOf = (name: string, kind: Constraint['kind'], columns: readonly string[]): Constraint => ({
  name,
  kind,
  columns: [...columns],
  definition: '',
  validated: true,
  deferrable: false,
  initiallyDeferred: false,
  noInherit: false,
  local: true,
  references: null,
  comment: null,
});

/** A primary key; for tests. */
export const keyOf = (name: string, columns: readonly string[]): Constraint =>
  constraintOf(name, 'primary key', columns);

/** A foreign key; for tests. */
export const foreignKeyOf = (
  name: string,
  columns: readonly string[],
  schema: string,
  table: string,
  toColumns: readonly string[],
): Constraint => ({
  ...constraintOf(name, 'foreign key', columns),
  references: {
    table: { schema, name: table },
    columns: [...toColumns],
    onUpdate: 'no action',
    onDelete: 'no action',
    match: 'simple',
  },
});

/** An index of which nothing is said but its name, and whether it is valid. */
export const indexOf = (name: string, valid = true): Index => ({
  name,
  method: 'btree',
  unique: false,
  nullsNotDistinct: false,
  valid,
  keys: [],
  include: [],
  predicate: null,
  definition: '',
  constraint: null,
  parent: null,
  replicaIdentity: false,
  clustered: false,
  comment: null,
});

/** A plain table; for tests. */
export const tableOf = (
  schema: string,
  name: string,
  columns: readonly Column[],
  constraints: readonly Constraint[] = [],
): Table => ({
  schema,
  name,
  kind: 'table',
  persistence: 'permanent',
  columns,
  constraints,
  indexes: [],
  triggers: [],
  policies: [],
  rowSecurity: false,
  forceRowSecurity: false,
  partitionKey: null,
  partitionOf: null,
  inherits: [],
  replicaIdentity: 'default',
  options: [],
  owner: 'owner',
  comment: null,
});

/** A catalog with these tables and nothing else; for tests. */
export const catalogOf = (tables: readonly Table[], more: Partial<Catalog> = {}): Catalog => ({
  formatVersion: 1,
  engine: 'postgresql',
  server: { version: 180006, searchPath: ['public'], database: 'shop', timeZone: 'UTC' },
  capturedAt: '2026-11-22T13:50:00Z',
  schemas: [...new Set(tables.map((table) => table.schema))].map((name) => ({ name, owner: 'owner', comment: null })),
  extensions: [],
  tables,
  views: [],
  sequences: [],
  types: [],
  routines: [],
  dependencies: [],
  notModelled: [],
  fingerprint: '9c41e7b2'.repeat(8),
  facts: null,
  ...more,
});

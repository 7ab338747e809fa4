import type { Catalog, Column, Constraint, Index, Table } from '../../src/engine/catalog/catalog.ts';
import { emptyCatalog } from '../../src/engine/sql/empty-catalog.ts';

/** A nullable text column, with the given changes. */
export const column = (name: string, changes: Partial<Column> = {}): Column => ({
  name,
  type: 'text',
  notNull: false,
  default: null,
  identity: null,
  generated: null,
  collation: null,
  storage: null,
  compression: null,
  statisticsTarget: null,
  local: true,
  comment: null,
  ...changes,
});

/** An ordinary empty table in `public`, with the given changes. */
export const table = (name: string, changes: Partial<Table> = {}): Table => ({
  schema: 'public',
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
  partitionOf: null,
  inherits: [],
  replicaIdentity: 'default',
  options: [],
  owner: 'postgres',
  comment: null,
  ...changes,
});

/** A unique index on plain columns, with the given changes. */
export const uniqueIndex = (name: string, columns: readonly string[], changes: Partial<Index> = {}): Index => ({
  name,
  method: 'btree',
  unique: true,
  nullsNotDistinct: false,
  valid: true,
  keys: columns.map((own) => ({ column: own, expression: null, descending: false, nullsFirst: false })),
  include: [],
  predicate: null,
  definition: `CREATE UNIQUE INDEX ${name} ON public.t USING btree (${columns.join(', ')})`,
  constraint: null,
  parent: null,
  replicaIdentity: false,
  clustered: false,
  comment: null,
  ...changes,
});

/** A validated foreign key to a table in `public`. */
export const foreignKey = (
  name: string,
  columns: readonly string[],
  to: string,
  references: readonly string[],
): Constraint => ({
  name,
  kind: 'foreign key',
  columns,
  definition: `FOREIGN KEY (${columns.join(', ')}) REFERENCES public.${to}(${references.join(', ')})`,
  validated: true,
  deferrable: false,
  initiallyDeferred: false,
  noInherit: true,
  local: true,
  references: {
    table: { schema: 'public', name: to },
    columns: references,
    onUpdate: 'no action',
    onDelete: 'no action',
    match: 'simple',
  },
  comment: null,
});

/** A catalog with these parts and nothing else. */
export const catalog = (parts: Partial<Catalog> = {}): Catalog => ({ ...emptyCatalog, ...parts });

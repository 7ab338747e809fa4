import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Catalog, Index, Table } from '../../../src/engine/catalog/catalog.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import { lastingPart } from '../../../src/engine/sql/lasting-part.ts';
import { loadParser, parseScript } from '../../../src/engine/sql/parser.ts';
import { qualifiedName } from '../../../src/engine/sql/qualified-name.ts';
import { simulate } from '../../../src/engine/sql/simulate.ts';
import { type EmbeddedClient, openEmbeddedClient } from '../../support/embedded-client.ts';
import schema from './schema.sql?raw';
import statements from './statements.sql?raw';

/** Statements that change nothing that is compared, and all but a few of the many changes of a type. */
const leavesCatalog =
  /^(analyze|comment|reindex|lock|grant|revoke|refresh|truncate|cluster|copy|alter (domain|publication|statistics)|alter table orders alter column (a|b|c|d|i|j|n|o|ts|x)\w* type)/;

const clock = { now: () => new Date().toISOString(), elapsed: () => performance.now() };

let client: EmbeddedClient;
let catalog: Catalog;

beforeAll(async () => {
  await loadParser();
  client = await openEmbeddedClient();
  await client.execute(schema);
  catalog = await introspect(client, { clock, facts: false });
});

afterAll(() => client.close());

const sorted = <T>(items: readonly T[]): readonly T[] =>
  [...items].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

const indexShape = (index: Index) => ({
  name: index.name,
  unique: index.unique,
  keys: index.keys.map((key) => key.column ?? 'expression'),
  constraint: index.constraint,
  partial: index.predicate !== null,
});

const tableShape = (table: Table) => ({
  name: qualifiedName(table),
  kind: table.kind,
  persistence: table.persistence,
  columns: table.columns.map((column) => ({
    name: column.name,
    type: column.type,
    notNull: column.notNull,
    hasDefault: column.default !== null,
    identity: column.identity,
    generated: column.generated,
  })),
  constraints: sorted(
    // Whether a column is NOT NULL is compared with the columns; constraints for it are named only since 18.
    table.constraints
      .filter(({ kind }) => kind !== 'not null')
      .map((constraint) => ({
        name: constraint.name,
        kind: constraint.kind,
        columns: constraint.columns,
        validated: constraint.validated,
        deferrable: constraint.deferrable,
        references: constraint.references,
      })),
  ),
  indexes: sorted(table.indexes.map(indexShape)),
  triggers: sorted(table.triggers.map((trigger) => trigger.name)),
  policies: sorted(table.policies.map((policy) => policy.name)),
  rowSecurity: table.rowSecurity,
  parent: table.partitionOf?.parent ?? null,
  inherits: table.inherits,
  replicaIdentity: table.replicaIdentity,
  options: sorted(table.options),
});

/** What later statements can ask of a catalog. */
const shapeOf = (found: Catalog) => ({
  schemas: found.schemas.map((one) => one.name),
  tables: found.tables.map(tableShape),
  views: found.views.map((view) => ({
    name: qualifiedName(view),
    columns: view.columns.map(({ name, type }) => ({ name, type })),
    indexes: sorted(view.indexes.map(indexShape)),
  })),
  sequences: found.sequences.map((one) => ({ name: qualifiedName(one), type: one.type, ownedBy: one.ownedBy })),
  types: found.types.map((type) => ({
    name: qualifiedName(type),
    kind: type.kind,
    labels: type.kind === 'enum' ? type.labels : [],
  })),
  routines: sorted(found.routines.map((one) => `${qualifiedName(one)}(${one.arguments})`)),
});

describe('simulate, held against PostgreSQL', () => {
  it.each(statements.split('\n').filter((line) => line !== '' && !leavesCatalog.test(line)))('%s', async (text) => {
    const script = parseScript(text);
    const statement = script.ok ? script.value.statements[0] : undefined;
    if (statement === undefined) throw new Error(`not a statement: ${text}`);
    await client.execute('begin');
    try {
      await client.execute(text);
      const actual = await introspect(client, { clock, facts: false, insideTransaction: true });
      const result = simulate(catalog, statement);
      if (result.unknown || result.uncertain.length > 0) return;
      expect(shapeOf(lastingPart(result.catalog))).toEqual(shapeOf(actual));
    } finally {
      await client.execute('rollback');
    }
  });
});

import type { Catalog, Dependency, Index, Table } from '../../src/engine/catalog/catalog.ts';
import { catalog, column, foreignKey, table, uniqueIndex } from '../../test/support/catalog-objects.ts';

const schemas = 4;
const schemaOf = (number: number): string => `s${number % schemas}`;

function generatedIndex(own: Table, name: string, columns: readonly string[], predicate: string | null): Index {
  const where = predicate === null ? '' : ` WHERE ${predicate}`;
  return uniqueIndex(name, columns, {
    unique: false,
    predicate,
    definition: `CREATE INDEX ${name} ON ${own.schema}.${own.name} USING btree (${columns.join(', ')})${where}`,
  });
}

function generatedTable(number: number): Table {
  const own = table(`table_${number}`, { schema: schemaOf(number), comment: `What is kept about number ${number}` });
  const key = `${own.name}_pkey`;
  const link = (name: string, of: string, to: number) => ({
    ...foreignKey(name, [of], `table_${to}`, ['id']),
    definition: `FOREIGN KEY (${of}) REFERENCES ${schemaOf(to)}.table_${to}(id)`,
  });
  return {
    ...own,
    columns: [
      column('id', { type: 'bigint', notNull: true, identity: 'always' }),
      column('tenant_id', { type: 'bigint', notNull: true }),
      column('name', { type: 'character varying(200)', notNull: true, default: "'unnamed'::character varying" }),
      column('state', { type: 'text', notNull: true, default: "'new'::text" }),
      column('price', { type: 'numeric(12,2)', default: '0', comment: 'Without tax' }),
      column('quantity', { type: 'integer', notNull: true, default: '1' }),
      column('tags', { type: 'text[]', notNull: true, default: "'{}'::text[]" }),
      column('details', { type: 'jsonb', notNull: true, default: "'{}'::jsonb" }),
      column('first_ref', { type: 'bigint' }),
      column('second_ref', { type: 'bigint' }),
      column('created_at', { type: 'timestamp with time zone', notNull: true, default: 'now()' }),
      column(`changed_${number % 7}`, { type: 'timestamp with time zone' }),
    ],
    constraints: [
      ...(number > 0 ? [link(`${own.name}_first`, 'first_ref', number >> 1)] : []),
      ...(number % 2 === 1 ? [link(`${own.name}_second`, 'second_ref', number - 1)] : []),
    ],
    indexes: [
      uniqueIndex(key, ['id'], {
        constraint: key,
        definition: `CREATE UNIQUE INDEX ${key} ON ${own.schema}.${own.name} USING btree (id)`,
      }),
      generatedIndex(own, `${own.name}_tenant`, ['tenant_id', 'created_at DESC'], null),
      generatedIndex(own, `${own.name}_name`, ['tenant_id', 'name'], null),
      generatedIndex(own, `${own.name}_state`, ['state'], "(state <> 'closed'::text)"),
      generatedIndex(own, `${own.name}_first_ref`, ['first_ref'], null),
    ],
  };
}

function edgesOf(own: Table): readonly Dependency[] {
  const { schema, name } = own;
  return [
    ...own.indexes.flatMap((index) =>
      index.keys.map(({ column: key }) => ({
        dependent: { kind: 'index', schema, name: index.name },
        on: { kind: 'table', schema, name, column: (key ?? '').replace(' DESC', '') },
      })),
    ),
    ...own.constraints.flatMap((constraint) => [
      {
        dependent: { kind: 'constraint', schema, name: `${name}.${constraint.name}` },
        on: { kind: 'table', schema, name, column: constraint.columns[0] ?? null },
      },
      {
        dependent: { kind: 'constraint', schema, name: `${name}.${constraint.name}` },
        on: { kind: 'table', ...(constraint.references?.table ?? { schema, name }), column: 'id' },
      },
    ]),
  ];
}

/**
 * A catalog of so many tables, each with 12 columns, five indexes and, for two tables, three foreign keys, with the
 * dependencies that a server would tell. Built anew with every call: two of them share no object.
 */
export function generatedCatalog(tables: number): Catalog {
  const made = Array.from({ length: tables }, (_, number) => generatedTable(number));
  return catalog({
    schemas: Array.from({ length: schemas }, (_, number) => ({
      name: `s${number}`,
      owner: 'postgres',
      comment: null,
    })),
    tables: made,
    dependencies: made.flatMap(edgesOf),
  });
}

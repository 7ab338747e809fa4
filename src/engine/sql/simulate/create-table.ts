import type { ColumnDef, Constraint as ConstraintNode, CreateStmt, Node, TableLikeClause } from '@pgsql/types';
import type { Catalog, Column, ObjectName, Sequence, Table } from '../../catalog/catalog.ts';
import { all, as } from '../nodes.ts';
import { qualifiedName } from '../qualified-name.ts';
import { quoteLiteral } from '../quote-literal.ts';
import { editTable, withIndex, withItem } from './catalog-edit.ts';
import { defineColumn } from './define-column.ts';
import { addConstraint } from './define-constraint.ts';
import { chooseName, storedName } from './object-names.ts';
import { advance, type Simulation } from './simulation.ts';

/** A table of no columns: what `CREATE TABLE t ()` makes. */
export const bareTable = (name: ObjectName): Table => ({
  schema: name.schema,
  name: storedName(name.name),
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
  owner: '',
  comment: null,
});

const limits: Readonly<Record<string, string>> = {
  smallint: '32767',
  integer: '2147483647',
  bigint: '9223372036854775807',
};

/** A sequence with the server's defaults. */
export const bareSequence = (name: ObjectName, type: string, ownedBy: Sequence['ownedBy']): Sequence => ({
  schema: name.schema,
  name: storedName(name.name),
  type,
  start: '1',
  increment: '1',
  minimum: '1',
  maximum: limits[type] ?? '9223372036854775807',
  cache: '1',
  cycle: false,
  ownedBy,
  owner: '',
  comment: null,
});

/** Gives a serial or identity column its sequence; a serial column also the default that takes from it. */
function addSequence(simulation: Simulation, table: ObjectName, column: Column): Catalog {
  const { catalog, lookup } = simulation;
  const taken = (name: string) => lookup.relationKind({ schema: table.schema, name }) !== undefined;
  const name = { schema: table.schema, name: chooseName(table.name, [column.name], 'seq', taken) };
  const identity = column.identity !== null;
  const sequence = bareSequence(name, column.type, { table, column: column.name, identity });
  const next = { ...catalog, sequences: withItem(catalog.sequences, sequence) };
  if (identity) return next;
  const takesNext = `nextval(${quoteLiteral(qualifiedName(name))}::regclass)`;
  return editTable(next, table, (found) => ({
    ...found,
    columns: found.columns.map((own) => (own.name === column.name ? { ...own, default: takesNext } : own)),
  }));
}

/** A catalog in which a table has one more column, with what was written behind it. */
export function addColumn(simulation: Simulation, table: ObjectName, definition: ColumnDef): Catalog {
  const defined = defineColumn(simulation, definition);
  let current = advance(
    simulation,
    editTable(simulation.catalog, table, (found) => {
      const at = found.columns.findIndex((column) => column.name === defined.column.name);
      // A child may name a column that it inherits: it stays where the parent has it.
      return at < 0
        ? { ...found, columns: [...found.columns, defined.column] }
        : { ...found, columns: found.columns.map((column, index) => (index === at ? defined.column : column)) };
    }),
  );
  if (defined.serial || defined.column.identity !== null) {
    current = advance(current, addSequence(current, table, defined.column));
  }
  for (const { node, text } of defined.constraints) {
    if (node.contype === 'CONSTR_NOTNULL') continue;
    current = advance(current, addConstraint(current, table, node, text, defined.column.name));
  }
  return current.catalog;
}

// The bits of `LIKE … INCLUDING`, as the parser counts them.
const like = { constraints: 1 << 2, defaults: 1 << 3, generated: 1 << 4, identity: 1 << 5, indexes: 1 << 6 };

function copyLike(simulation: Simulation, table: ObjectName, clause: TableLikeClause): Catalog {
  const source = simulation.relation(clause.relation);
  const found = simulation.lookup.table(source);
  if (found === undefined) {
    simulation.uncertain(table);
    return simulation.catalog;
  }
  const options = clause.options ?? 0;
  const includes = (bit: number) => (options & bit) !== 0;
  const columns = found.columns.map((column) => {
    const kept = column.generated === null ? includes(like.defaults) : includes(like.generated);
    return {
      ...column,
      default: kept ? column.default : null,
      generated: includes(like.generated) ? column.generated : null,
      identity: includes(like.identity) ? column.identity : null,
      local: true,
      comment: null,
    };
  });
  const checks = found.constraints.filter(
    (c) => (c.kind === 'check' && includes(like.constraints)) || c.kind === 'not null',
  );
  let catalog = editTable(simulation.catalog, table, (own) => ({
    ...own,
    columns: [...own.columns, ...columns],
    constraints: [...own.constraints, ...checks],
  }));
  if (!includes(like.indexes)) return catalog;
  for (const index of found.indexes) {
    const keys = index.keys.map((key) => key.column ?? 'expr');
    const constraint = found.constraints.find((candidate) => candidate.name === index.constraint);
    const label = constraint?.kind === 'primary key' ? 'pkey' : constraint === undefined ? 'idx' : 'key';
    const current = advance(simulation, catalog);
    const name = chooseName(
      table.name,
      label === 'pkey' ? [] : keys,
      label,
      (candidate) => current.lookup.relationKind({ schema: table.schema, name: candidate }) !== undefined,
    );
    catalog = editTable(catalog, table, (own) => {
      const indexed = withIndex(own, {
        ...index,
        name,
        constraint: constraint === undefined ? null : name,
        parent: null,
      });
      return constraint === undefined
        ? indexed
        : { ...indexed, constraints: [...indexed.constraints, { ...constraint, name, local: true }] };
    });
  }
  return catalog;
}

/** Copies what a child or partition takes over from its parent. */
function inherit(simulation: Simulation, table: ObjectName, parent: ObjectName, isPartition: boolean): Catalog {
  const found = simulation.lookup.table(parent);
  if (found === undefined) {
    simulation.uncertain(table);
    return simulation.catalog;
  }
  let current = advance(
    simulation,
    editTable(simulation.catalog, table, (own) => ({
      ...own,
      columns: [
        ...own.columns,
        ...found.columns
          .filter((column) => !own.columns.some((present) => present.name === column.name))
          .map((column) => ({ ...column, local: false, identity: isPartition ? column.identity : null })),
      ],
      constraints: [
        ...own.constraints,
        ...found.constraints
          .filter(
            (c) =>
              !c.noInherit &&
              (c.kind === 'check' || c.kind === 'not null' || (isPartition && c.kind === 'foreign key')),
          )
          .map((constraint) => ({ ...constraint, local: false })),
      ],
    })),
  );
  if (!isPartition) return current.catalog;
  for (const index of found.indexes) {
    const constraint = found.constraints.find((candidate) => candidate.name === index.constraint);
    const label = constraint?.kind === 'primary key' ? 'pkey' : constraint === undefined ? 'idx' : 'key';
    const keys = label === 'pkey' ? [] : index.keys.map((key) => key.column ?? 'expr');
    const { lookup } = current;
    const taken = (name: string) => lookup.relationKind({ schema: table.schema, name }) !== undefined;
    const name = chooseName(table.name, keys, label, taken);
    const child = {
      ...index,
      name,
      constraint: constraint === undefined ? null : name,
      parent: { schema: parent.schema, name: index.name },
    };
    const edited = editTable(current.catalog, table, (own) => {
      const indexed = withIndex(own, child);
      return constraint === undefined
        ? indexed
        : { ...indexed, constraints: [...indexed.constraints, { ...constraint, name, local: false }] };
    });
    current = advance(current, edited);
  }
  return current.catalog;
}

function addElement(simulation: Simulation, table: ObjectName, element: Node): Catalog {
  const column = as(element, 'ColumnDef');
  if (column !== undefined) return addColumn(simulation, table, column);
  const clause = as(element, 'TableLikeClause');
  if (clause !== undefined) return copyLike(simulation, table, clause);
  const constraint: ConstraintNode | undefined = as(element, 'Constraint');
  if (constraint === undefined) return simulation.catalog;
  return addConstraint(simulation, table, constraint, simulation.source.element(constraint.location));
}

/** `CREATE TABLE` in its plain, inheriting and partition forms. */
export function createTable(simulation: Simulation, statement: CreateStmt, foreign = false): Catalog {
  if (statement.relation?.relpersistence === 't') return simulation.catalog;
  const table = simulation.newName(statement.relation);
  if (simulation.lookup.relationKind(table) !== undefined) return simulation.catalog;
  const partitioned = statement.partspec;
  const parents = all(statement.inhRelations, 'RangeVar').map((parent) => simulation.relation(parent));
  const isPartition = statement.partbound !== undefined;
  const [parent] = parents;
  const bare: Table = {
    ...bareTable(table),
    kind: foreign ? 'foreign table' : partitioned === undefined ? 'table' : 'partitioned table',
    persistence: statement.relation?.relpersistence === 'u' ? 'unlogged' : 'permanent',
    partitionKey: partitioned === undefined ? null : partitionKeyText(simulation, partitioned.location),
    partitionOf:
      isPartition && parent !== undefined
        ? { parent, bound: statement.partbound?.is_default === true ? 'DEFAULT' : 'FOR VALUES' }
        : null,
    inherits: isPartition ? [] : parents,
  };
  let current = advance(simulation, {
    ...simulation.catalog,
    tables: withItem(simulation.catalog.tables, bare),
  });
  for (const one of parents) current = advance(current, inherit(current, table, one, isPartition));
  // A foreign key may name a column that comes later in the list.
  const elements = statement.tableElts ?? [];
  const later = (element: Node) => as(element, 'Constraint') !== undefined;
  for (const element of [...elements.filter((one) => !later(one)), ...elements.filter(later)]) {
    current = advance(current, addElement(current, table, element));
  }
  if (statement.ofTypename !== undefined) simulation.uncertain(table);
  return current.catalog;
}

/** `RANGE (created_at)` as `pg_get_partkeydef` says it. */
function partitionKeyText(simulation: Simulation, location: number | undefined): string {
  return simulation.source
    .element(location)
    .replace(/^partition\s+by\s+/i, '')
    .replace(/^\w+/, (strategy) => strategy.toUpperCase())
    .replace(/\)[^)]*$/s, ')');
}

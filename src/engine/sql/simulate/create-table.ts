import type { ColumnDef, Constraint, CreateStmt, Node, TableLikeClause } from '@pgsql/types';
import type { Catalog, Column, ObjectName, Table } from '../../catalog/catalog.ts';
import { notNullName } from '../../catalog/not-null-names.ts';
import { all, as } from '../nodes.ts';
import { qualifiedName } from '../qualified-name.ts';
import { quoteLiteral } from '../quote-literal.ts';
import { bareSequence, bareTable, indexWords } from './bare-objects.ts';
import { editTable, withIndex, withItem } from './catalog-edit.ts';
import { defineColumn } from './define-column.ts';
import { addConstraint } from './define-constraint.ts';
import { inheritAll } from './inheritance.ts';
import { withNotNullName } from './not-null-names.ts';
import { chooseName } from './object-names.ts';
import { copyStatistics } from './other-objects.ts';
import { partitionBoundText } from './partition-bound-text.ts';
import { advance, type Simulation } from './simulation.ts';

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

/** What a column that only its parent makes `NOT NULL` has of that, since it is a constraint. */
const notNullOf = ({ notNullName: name }: Column, version: number): Partial<Column> =>
  version < 180_000 ? {} : { ...(name !== undefined && { notNullName: name }), notNullInherited: true };

/** True for a `NOT NULL` that the catalog lists as a constraint, which it does since these have names. */
const saysMoreThanNotNull = (version: number, { conname, is_no_inherit }: Constraint): boolean =>
  version >= 180_000 && (conname !== undefined || is_no_inherit === true);

/** A catalog in which a table has more columns, with what was written behind them. */
export function addColumns(simulation: Simulation, table: ObjectName, definitions: readonly ColumnDef[]): Catalog {
  const added = definitions.map((definition) => defineColumn(simulation, definition));
  let current = advance(
    simulation,
    editTable(simulation.catalog, table, (found) => {
      const columns = new Map(found.columns.map((column) => [column.name, column]));
      // A child may name a column that it inherits: it stays where the parent has it, with what it has there.
      for (const { column } of added) {
        const inherited = columns.get(column.name);
        columns.set(column.name, {
          ...column,
          type: column.type === '' ? (inherited?.type ?? '') : column.type,
          notNull: column.notNull || inherited?.notNull === true,
          default: column.default ?? inherited?.default ?? null,
          ...(inherited?.notNull === true && !column.notNull && notNullOf(inherited, simulation.version)),
        });
      }
      return { ...found, columns: [...columns.values()] };
    }),
  );
  for (const { column, serial } of added)
    if (serial || column.identity !== null) current = advance(current, addSequence(current, table, column));
  for (const { column, constraints } of added)
    for (const { node, text } of constraints)
      if (node.contype !== 'CONSTR_NOTNULL' || saysMoreThanNotNull(simulation.version, node))
        current = advance(current, addConstraint(current, table, node, text, column.name));
  return current.catalog;
}

// The bits of `LIKE … INCLUDING`, as the parser counts them.
const like = {
  constraints: 1 << 2,
  defaults: 1 << 3,
  generated: 1 << 4,
  identity: 1 << 5,
  indexes: 1 << 6,
  statistics: 1 << 7,
};

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
    const named =
      simulation.version >= 180_000
        ? withNotNullName({ ...found, ...table }, column, notNullName(found, column))
        : column;
    return {
      ...named,
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
    constraints: [...own.constraints, ...checks.map((check) => ({ ...check, validated: true }))],
  }));
  if (includes(like.statistics)) catalog = copyStatistics(catalog, source, table);
  if (!includes(like.indexes)) return catalog;
  for (const index of found.indexes) {
    const constraint = found.constraints.find((candidate) => candidate.name === index.constraint);
    const label = constraint?.kind === 'primary key' ? 'pkey' : constraint === undefined ? 'idx' : 'key';
    const current = advance(simulation, catalog);
    const name = chooseName(
      table.name,
      label === 'pkey' ? [] : indexWords(index),
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

/** Adds what stands between the brackets: first everything with columns, because a key may name one that comes later. */
function addElements(simulation: Simulation, table: ObjectName, elements: readonly Node[]): Simulation {
  let current = simulation;
  let columns: ColumnDef[] = [];
  const addCollected = () => {
    if (columns.length > 0) current = advance(current, addColumns(current, table, columns));
    columns = [];
  };
  for (const element of elements) {
    const column = as(element, 'ColumnDef');
    if (column !== undefined) columns.push(column);
    const clause = as(element, 'TableLikeClause');
    if (clause === undefined) continue;
    addCollected();
    current = advance(current, copyLike(current, table, clause));
  }
  addCollected();
  for (const constraint of all(elements, 'Constraint'))
    current = advance(current, addConstraint(current, table, constraint, current.source.element(constraint.location)));
  return current;
}

/** `CREATE TABLE` in its plain, inheriting and partition forms, and `CREATE FOREIGN TABLE` on a server. */
export function createTable(simulation: Simulation, statement: CreateStmt, server: string | null = null): Catalog {
  const table = simulation.newName(statement.relation);
  if (simulation.lookup.relationKind(table) !== undefined) return simulation.catalog;
  const partitioned = statement.partspec;
  const parents = all(statement.inhRelations, 'RangeVar').map((parent) => simulation.relation(parent));
  const isPartition = statement.partbound !== undefined;
  const [parent] = parents;
  const bare: Table = {
    ...bareTable(table),
    ...(server === null ? {} : { foreign: { server, options: [] } }),
    kind: server !== null ? 'foreign table' : partitioned === undefined ? 'table' : 'partitioned table',
    persistence: statement.relation?.relpersistence === 'u' ? 'unlogged' : 'permanent',
    partitionKey: partitioned === undefined ? null : partitionKeyText(simulation, partitioned.location),
    partitionOf:
      isPartition && parent !== undefined
        ? { parent, bound: partitionBoundText(simulation, statement.partbound) }
        : null,
    inherits: isPartition ? [] : parents,
  };
  let current = advance(simulation, {
    ...simulation.catalog,
    tables: withItem(simulation.catalog.tables, bare),
  });
  for (const one of parents) {
    const found = current.lookup.table(one);
    if (found === undefined) simulation.uncertain(table);
    else current = advance(current, inheritAll(current, found, table));
  }
  current = addElements(current, table, statement.tableElts ?? []);
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

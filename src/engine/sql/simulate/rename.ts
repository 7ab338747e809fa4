import type { AlterObjectSchemaStmt, ObjectType, RenameStmt } from '@pgsql/types';
import type { Catalog, Constraint, DatabaseType, Index, ObjectName, Sequence, Table } from '../../catalog/catalog.ts';
import { sameName } from '../catalog-lookup.ts';
import { nameOf, nameOfObject, type WrittenName } from '../nodes.ts';
import { qualifiedName } from '../qualified-name.ts';
import { editTable, editTables, editView, withItem, withoutItem } from './catalog-edit.ts';
import { keepNotNullNames } from './not-null-names.ts';
import { moveObjectsOf, renameOtherObject } from './other-objects.ts';
import { moveGrants } from './privileges.ts';
import { renameSchema } from './rename-schema.ts';
import { retype } from './retype.ts';
import { moveRoutine } from './routines.ts';
import { advance, type Simulation } from './simulation.ts';
import { findType } from './types-and-others.ts';

const moved = (name: ObjectName, from: ObjectName, to: ObjectName): ObjectName => (sameName(name, from) ? to : name);

function moveReferences(constraint: Constraint, from: ObjectName, to: ObjectName): Constraint {
  if (constraint.references === null || !sameName(constraint.references.table, from)) return constraint;
  return { ...constraint, references: { ...constraint.references, table: to } };
}

/** Partitions name the index of their parent that theirs belong to. */
function moveIndexes(catalog: Catalog, from: ObjectName, to: ObjectName): Catalog {
  const belongs = ({ parent }: Index) => parent !== null && sameName(parent, from);
  return editTables(catalog, (table) =>
    table.indexes.some(belongs)
      ? { ...table, indexes: table.indexes.map((index) => (belongs(index) ? { ...index, parent: to } : index)) }
      : table,
  );
}

/** A catalog in which a table has another name, wherever it is named. */
function moveTable({ version, ...simulation }: Simulation, from: ObjectName, to: ObjectName): Catalog {
  const indexes = simulation.lookup.table(from)?.indexes ?? [];
  const catalog =
    from.schema === to.schema
      ? simulation.catalog
      : indexes.reduce(
          (current, { name }) => moveIndexes(current, { schema: from.schema, name }, { schema: to.schema, name }),
          simulation.catalog,
        );
  const tables = editTables(catalog, (table): Table => {
    const parent = table.partitionOf;
    const touches =
      sameName(table, from) ||
      (parent !== null && sameName(parent.parent, from)) ||
      table.inherits.some((name) => sameName(name, from)) ||
      table.constraints.some((c) => c.references !== null && sameName(c.references.table, from));
    if (!touches) return table;
    const { schema, name } = moved(table, from, to);
    const after = {
      ...table,
      schema,
      name,
      partitionOf: parent === null ? null : { ...parent, parent: moved(parent.parent, from, to) },
      inherits: table.inherits.map((one) => moved(one, from, to)),
      constraints: table.constraints.map((constraint) => moveReferences(constraint, from, to)),
    };
    return version >= 180_000 ? keepNotNullNames(table, after) : after;
  });
  const renamed = tables.tables.find((table) => sameName(table, to));
  const ordered = renamed === undefined ? tables.tables : withItem(withoutItem(tables.tables, to), renamed);
  return moveEdges(
    {
      ...tables,
      tables: ordered,
      sequences: catalog.sequences.map((sequence) =>
        sequence.ownedBy !== null && sameName(sequence.ownedBy.table, from)
          ? { ...sequence, ownedBy: { ...sequence.ownedBy, table: to } }
          : sequence,
      ),
    },
    from,
    to,
  );
}

function moveEdges(before: Catalog, from: ObjectName, to: ObjectName): Catalog {
  const catalog = moveGrants(moveObjectsOf(before, from, to), from, to);
  if (!catalog.dependencies.some(({ dependent, on }) => sameName(dependent, from) || sameName(on, from)))
    return catalog;
  return {
    ...catalog,
    dependencies: catalog.dependencies.map(({ dependent, on }) => ({
      dependent: { ...dependent, ...moved(dependent, from, to) },
      on: { ...on, ...moved(on, from, to) },
    })),
  };
}

/** A catalog in which a relation of any kind has another name. */
function moveRelation(simulation: Simulation, from: ObjectName, to: ObjectName): Catalog {
  const { catalog } = simulation;
  switch (simulation.lookup.relationKind(from)) {
    case 'table':
      return retype(moveTable(simulation, from, to), qualifiedName(from), qualifiedName(to));
    case 'view':
    case 'materialized view':
      return moveEdges(
        editView(catalog, from, (view) => ({ ...view, ...to })),
        from,
        to,
      );
    case 'sequence': {
      const sequence = simulation.lookup.sequence(from);
      if (sequence === undefined) return catalog;
      return { ...catalog, sequences: withItem(withoutItem(catalog.sequences, from), { ...sequence, ...to }) };
    }
    case 'index':
      return renameIndex(simulation, from, to.name);
    default:
      return catalog;
  }
}

function renameIndex(simulation: Simulation, from: ObjectName, name: string): Catalog {
  const placed = simulation.lookup.index(from);
  if (placed === undefined) return simulation.catalog;
  const edited = editView(simulation.catalog, placed.on, (view) => ({
    ...view,
    indexes: view.indexes.map((index) => (index.name === from.name ? { ...index, name } : index)),
  }));
  // A constraint and the index behind it share their name.
  const renamed = editTable(edited, placed.on, (table) => renameConstraint(table, from.name, name));
  return moveIndexes(renamed, from, { schema: from.schema, name });
}

const renameConstraint = (table: Table, from: string, to: string): Table => ({
  ...table,
  constraints: table.constraints.map((constraint) =>
    constraint.name === from ? { ...constraint, name: to } : constraint,
  ),
  indexes: table.indexes.map((index) =>
    index.name === from ? { ...index, name: to, constraint: index.constraint === null ? null : to } : index,
  ),
});

const swap = (columns: readonly string[], from: string, to: string): readonly string[] =>
  columns.map((column) => (column === from ? to : column));

const renameKeys = (index: Index, from: string, to: string): Index => ({
  ...index,
  keys: index.keys.map((key) => (key.column === from ? { ...key, column: to } : key)),
  include: swap(index.include, from, to),
});

function renameColumn({ catalog: before, version }: Simulation, owner: ObjectName, from: string, to: string): Catalog {
  const owns = ({ ownedBy }: Sequence): boolean =>
    ownedBy !== null && ownedBy.column === from && sameName(ownedBy.table, owner);
  const catalog: Catalog = {
    ...before,
    sequences: before.sequences.some(owns)
      ? before.sequences.map((each) =>
          each.ownedBy !== null && owns(each) ? { ...each, ownedBy: { ...each.ownedBy, column: to } } : each,
        )
      : before.sequences,
    dependencies: before.dependencies.map((edge) =>
      sameName(edge.on, owner) && edge.on.column === from ? { ...edge, on: { ...edge.on, column: to } } : edge,
    ),
  };
  return editTables(catalog, (table): Table => {
    const own = sameName(table, owner);
    const pointsHere = table.constraints.some((c) => c.references !== null && sameName(c.references.table, owner));
    if (!own && !pointsHere) return table;
    const after: Table = {
      ...table,
      columns: own
        ? table.columns.map((column) => (column.name === from ? { ...column, name: to } : column))
        : table.columns,
      constraints: table.constraints.map((constraint) => ({
        ...constraint,
        columns: own ? swap(constraint.columns, from, to) : constraint.columns,
        references:
          constraint.references !== null && sameName(constraint.references.table, owner)
            ? { ...constraint.references, columns: swap(constraint.references.columns, from, to) }
            : constraint.references,
      })),
      indexes: own ? table.indexes.map((index) => renameKeys(index, from, to)) : table.indexes,
    };
    return own && version >= 180_000 ? keepNotNullNames(table, after) : after;
  });
}

/** The NOT NULL of a domain keeps its name, which it has since 17. */
function keepDomainName(version: number, before: DatabaseType, after: DatabaseType): DatabaseType {
  if (version < 170_000 || before.kind !== 'domain' || after.kind !== 'domain' || !before.notNull) return after;
  const { notNullName = `${before.name}_not_null`, ...plain } = after;
  return notNullName === `${after.name}_not_null` ? plain : { ...plain, notNullName };
}

function moveType(simulation: Simulation, written: WrittenName, to: Partial<ObjectName>): Catalog {
  const type = simulation.lookup.type(findType(simulation, written));
  if (type === undefined) return simulation.catalog;
  const renamed = keepDomainName(simulation.version, type, { ...type, ...to });
  const types = withItem(withoutItem(simulation.catalog.types, type), renamed);
  const edges = moveEdges({ ...simulation.catalog, types }, type, renamed);
  return retype(edges, qualifiedName(type), qualifiedName(renamed));
}

const relationTypes: ReadonlySet<ObjectType | undefined> = new Set<ObjectType | undefined>([
  'OBJECT_TABLE',
  'OBJECT_FOREIGN_TABLE',
  'OBJECT_VIEW',
  'OBJECT_MATVIEW',
  'OBJECT_SEQUENCE',
  'OBJECT_INDEX',
]);

const routineTypes: ReadonlySet<ObjectType | undefined> = new Set<ObjectType | undefined>([
  'OBJECT_FUNCTION',
  'OBJECT_PROCEDURE',
  'OBJECT_ROUTINE',
  'OBJECT_AGGREGATE',
]);

const renameIn = (simulation: Simulation, tables: readonly ObjectName[], edit: (table: Table) => Table): Catalog =>
  tables.reduce((catalog, table) => editTable(catalog, table, edit), simulation.catalog);

/** `… RENAME`. */
export function rename(simulation: Simulation, statement: RenameStmt): Catalog {
  const { catalog } = simulation;
  const to = statement.newname ?? '';
  const from = statement.subname ?? '';
  const relation = simulation.relation(nameOf(statement.relation));
  switch (statement.renameType) {
    case 'OBJECT_COLUMN': {
      const view = editView(catalog, relation, (found) => ({
        ...found,
        columns: found.columns.map((column) => (column.name === from ? { ...column, name: to } : column)),
        indexes: found.indexes.map((index) => renameKeys(index, from, to)),
      }));
      let current = advance(simulation, view);
      for (const member of [relation, ...simulation.lookup.descendantsOf(relation)]) {
        current = advance(current, renameColumn(current, member, from, to));
      }
      return current.catalog;
    }
    case 'OBJECT_TABCONSTRAINT':
      return renameIn(simulation, [relation, ...simulation.lookup.descendantsOf(relation)], (table) => {
        const own = sameName(table, relation);
        const constraint = table.constraints.find((candidate) => candidate.name === from);
        return own || constraint?.kind === 'check' ? renameConstraint(table, from, to) : table;
      });
    case 'OBJECT_TRIGGER':
      return renameIn(simulation, [relation, ...simulation.lookup.descendantsOf(relation)], (table) => ({
        ...table,
        triggers: table.triggers.map((trigger) => (trigger.name === from ? { ...trigger, name: to } : trigger)),
      }));
    case 'OBJECT_POLICY':
      return editTable(catalog, relation, (table) => ({
        ...table,
        policies: table.policies.map((policy) => (policy.name === from ? { ...policy, name: to } : policy)),
      }));
    case 'OBJECT_SCHEMA':
      return renameSchema(simulation, from, to);
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
      return moveType(simulation, nameOfObject(statement.object), { name: to });
    case 'OBJECT_RULE':
    case 'OBJECT_STATISTIC_EXT':
    case 'OBJECT_COLLATION':
      return renameOtherObject(simulation, statement);
    default:
      if (routineTypes.has(statement.renameType)) return moveRoutine(simulation, statement.object, { name: to });
      if (!relationTypes.has(statement.renameType)) return catalog;
      return moveRelation(simulation, relation, { schema: relation.schema, name: to });
  }
}

/** `… SET SCHEMA`: a table takes its sequences with it. */
export function setSchema(simulation: Simulation, statement: AlterObjectSchemaStmt): Catalog {
  const schema = statement.newschema ?? '';
  if (statement.relation === undefined) {
    if (routineTypes.has(statement.objectType)) return moveRoutine(simulation, statement.object, { schema });
    const isType = statement.objectType === 'OBJECT_TYPE' || statement.objectType === 'OBJECT_DOMAIN';
    return isType ? moveType(simulation, nameOfObject(statement.object), { schema }) : simulation.catalog;
  }
  const from = simulation.relation(nameOf(statement.relation));
  let current = simulation;
  for (const sequence of simulation.lookup.sequencesOf(from)) {
    current = advance(current, moveRelation(current, sequence, { schema, name: sequence.name }));
  }
  return moveRelation(current, from, { schema, name: from.name });
}

import type { AlterObjectSchemaStmt, ObjectType, RenameStmt } from '@pgsql/types';
import type { Catalog, Constraint, Index, ObjectName, Sequence, Table } from '../../catalog/catalog.ts';
import { sameName } from '../catalog-lookup.ts';
import { nameOf, nameOfObject } from '../nodes.ts';
import { editTable, editTables, editView, withItem, withoutItem } from './catalog-edit.ts';
import { moveRoutine } from './routines.ts';
import { advance, type Simulation } from './simulation.ts';

const moved = (name: ObjectName, from: ObjectName, to: ObjectName): ObjectName => (sameName(name, from) ? to : name);

function moveReferences(constraint: Constraint, from: ObjectName, to: ObjectName): Constraint {
  if (constraint.references === null || !sameName(constraint.references.table, from)) return constraint;
  return { ...constraint, references: { ...constraint.references, table: to } };
}

/** A catalog in which a table has another name, wherever it is named. */
function moveTable(catalog: Catalog, from: ObjectName, to: ObjectName): Catalog {
  const tables = editTables(catalog, (table): Table => {
    const parent = table.partitionOf;
    const touches =
      sameName(table, from) ||
      (parent !== null && sameName(parent.parent, from)) ||
      table.inherits.some((name) => sameName(name, from)) ||
      table.constraints.some((c) => c.references !== null && sameName(c.references.table, from));
    if (!touches) return table;
    return {
      ...table,
      ...moved(table, from, to),
      partitionOf: parent === null ? null : { ...parent, parent: moved(parent.parent, from, to) },
      inherits: table.inherits.map((name) => moved(name, from, to)),
      constraints: table.constraints.map((constraint) => moveReferences(constraint, from, to)),
    };
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

function moveEdges(catalog: Catalog, from: ObjectName, to: ObjectName): Catalog {
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
      return moveTable(catalog, from, to);
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
  return editTable(edited, placed.on, (table) => renameConstraint(table, from.name, name));
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

function renameColumn(before: Catalog, owner: ObjectName, from: string, to: string): Catalog {
  const owns = ({ ownedBy }: Sequence): boolean =>
    ownedBy !== null && ownedBy.column === from && sameName(ownedBy.table, owner);
  const catalog = before.sequences.some(owns)
    ? {
        ...before,
        sequences: before.sequences.map((each) =>
          each.ownedBy !== null && owns(each) ? { ...each, ownedBy: { ...each.ownedBy, column: to } } : each,
        ),
      }
    : before;
  return editTables(catalog, (table): Table => {
    const own = sameName(table, owner);
    const pointsHere = table.constraints.some((c) => c.references !== null && sameName(c.references.table, owner));
    if (!own && !pointsHere) return table;
    return {
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
  });
}

function moveType(
  simulation: Simulation,
  written: { schema: string | null; name: string },
  to: Partial<ObjectName>,
): Catalog {
  const { catalog, lookup } = simulation;
  for (const schema of written.schema === null ? simulation.searchPath : [written.schema]) {
    const type = lookup.type({ schema, name: written.name });
    if (type === undefined) continue;
    // Columns hold the type's name as text: which of them mean this type is not worked out here.
    simulation.uncertain(type);
    return { ...catalog, types: withItem(withoutItem(catalog.types, type), { ...type, ...to }) };
  }
  return catalog;
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
        current = advance(current, renameColumn(current.catalog, member, from, to));
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
    default:
      if (routineTypes.has(statement.renameType)) return moveRoutine(simulation, statement.object, { name: to });
      if (!relationTypes.has(statement.renameType)) return catalog;
      return moveRelation(simulation, relation, { schema: relation.schema, name: to });
  }
}

function renameSchema(simulation: Simulation, from: string, to: string): Catalog {
  const { catalog } = simulation;
  let current = advance(simulation, {
    ...catalog,
    schemas: catalog.schemas.map((schema) => (schema.name === from ? { ...schema, name: to } : schema)),
    types: catalog.types.map((type) => (type.schema === from ? { ...type, schema: to } : type)),
    routines: catalog.routines.map((routine) => (routine.schema === from ? { ...routine, schema: to } : routine)),
  });
  for (const relation of [...catalog.tables, ...catalog.views, ...catalog.sequences]) {
    if (relation.schema !== from) continue;
    current = advance(current, moveRelation(current, relation, { schema: to, name: relation.name }));
  }
  return current.catalog;
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

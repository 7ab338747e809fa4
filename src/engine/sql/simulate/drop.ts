import type { DropStmt } from '@pgsql/types';
import type { Catalog, Constraint, ObjectName, Table, View } from '../../catalog/catalog.ts';
import { sameName } from '../catalog-lookup.ts';
import { as, nameOfObject, nameOfParts, strings } from '../nodes.ts';
import { keyOf } from '../table-index.ts';
import { withParents } from '../with-parents.ts';
import { editTable, editTables, editView, withoutItem } from './catalog-edit.ts';
import { handDown } from './inheritance.ts';
import { dropOtherObjects, withoutObjectsOf } from './other-objects.ts';
import { withoutLostGrants } from './privileges.ts';
import { advance, type Simulation } from './simulation.ts';

const withoutEdges = (before: Catalog, name: ObjectName): Catalog => {
  const catalog = withoutObjectsOf(before, name);
  const dependencies = catalog.dependencies.filter(
    ({ dependent, on }) => !sameName(dependent, name) && !sameName(on, name),
  );
  return dependencies.length === catalog.dependencies.length ? catalog : { ...catalog, dependencies };
};

/** The views that use a relation directly, by the dependencies. */
function viewsOn(simulation: Simulation, name: ObjectName): readonly ObjectName[] {
  const found = new Map<string, ObjectName>();
  for (const { dependent, on } of simulation.catalog.dependencies) {
    if (sameName(on, name) && simulation.lookup.view(dependent) !== undefined) found.set(keyOf(dependent), dependent);
  }
  return [...found.values()];
}

/** A catalog without a view, and with `cascade` without the views upon it. */
export function withoutView(simulation: Simulation, name: ObjectName, cascade: boolean): Catalog {
  const upon = cascade ? viewsOn(simulation, name) : [];
  const { catalog } = simulation;
  let current = advance(simulation, withoutEdges({ ...catalog, views: withoutItem(catalog.views, name) }, name));
  // The view itself is gone by now, so that views which use each other come to an end.
  for (const view of upon) {
    if (current.lookup.view(view) !== undefined) current = advance(current, withoutView(current, view, true));
  }
  return current.catalog;
}

/** A catalog without a table, its partitions, the sequences it owns, and with `cascade` what uses it. */
export function withoutTable(simulation: Simulation, name: ObjectName, cascade: boolean): Catalog {
  const below = simulation.lookup.childrenOf(name).filter((child) => child.partitionOf !== null || cascade);
  const upon = cascade ? viewsOn(simulation, name) : [];
  const { catalog } = simulation;
  const tables = withoutItem(catalog.tables, name);
  const rest = withoutEdges(withoutOwnedSequences(simulation, { ...catalog, tables }, name, null, cascade), name);
  // The table itself is gone by now, so that even tables whose names make a circle come to an end.
  // What points at the parent of a partition points at its rows.
  const referenced = cascade ? withParents(simulation.lookup, name) : [];
  let current = advance(
    simulation,
    referenced.reduce<Catalog>((left, one) => withoutReferencesTo(left, one), rest),
  );
  for (const child of below) {
    if (current.lookup.table(child) !== undefined) current = advance(current, withoutTable(current, child, cascade));
  }
  for (const view of upon) {
    if (current.lookup.view(view) !== undefined) current = advance(current, withoutView(current, view, true));
  }
  return current.catalog;
}

/** A catalog without the sequences that a table or one of its columns owns, and with `cascade` without defaults from them. */
export function withoutOwnedSequences(
  simulation: Simulation,
  catalog: Catalog,
  table: ObjectName,
  column: string | null,
  cascade: boolean,
): Catalog {
  const goes = ({ ownedBy }: Catalog['sequences'][number]) =>
    ownedBy !== null && sameName(ownedBy.table, table) && (column === null || ownedBy.column === column);
  const gone = catalog.sequences.filter(goes);
  if (gone.length === 0) return catalog;
  const rest = { ...catalog, sequences: catalog.sequences.filter((sequence) => !goes(sequence)) };
  return cascade
    ? gone.reduce<Catalog>((current, sequence) => withoutDefaultsFrom(simulation, current, sequence), rest)
    : rest;
}

/** A catalog without the foreign keys that point at a table, or at one of its columns. */
export const withoutReferencesTo = (catalog: Catalog, name: ObjectName, column: string | null = null): Catalog =>
  editTables(catalog, (table) => {
    const pointsThere = ({ references }: Constraint) =>
      references !== null &&
      sameName(references.table, name) &&
      (column === null || references.columns.includes(column));
    const kept = table.constraints.filter((constraint) => !pointsThere(constraint));
    return kept.length === table.constraints.length ? table : { ...table, constraints: kept };
  });

const sameSet = (a: readonly (string | null)[], b: readonly string[]): boolean =>
  a.length === b.length && b.every((item) => a.includes(item));

/** A catalog without the foreign keys that look rows up in an index. */
function withoutKeysOn(simulation: Simulation, table: ObjectName, name: ObjectName): Catalog {
  const indexes = simulation.lookup.table(table)?.indexes ?? [];
  const columns = indexes.find((index) => index.name === name.name)?.keys.map(({ column }) => column) ?? [];
  const couldServe = indexes.filter(
    ({ unique, predicate, keys }) =>
      unique &&
      predicate === null &&
      sameSet(
        keys.map(({ column }) => column),
        columns.flatMap((column) => column ?? []),
      ),
  );
  return editTables(simulation.catalog, (other) => {
    const kept = other.constraints.filter(
      ({ references }) =>
        references === null || !sameName(references.table, table) || !sameSet(columns, references.columns),
    );
    if (kept.length === other.constraints.length) return other;
    // With two indexes on the columns the catalog does not tell which one the key took.
    if (couldServe.length > 1) simulation.uncertain(other);
    return couldServe.length > 1 ? other : { ...other, constraints: kept };
  });
}

function withoutIndex(before: Simulation, name: ObjectName, cascade: boolean): Catalog {
  const placed = before.lookup.index(name);
  if (placed === undefined) return before.catalog;
  const simulation = cascade ? advance(before, withoutKeysOn(before, placed.on, name)) : before;
  const gone = new Set([keyOf(name)]);
  const keep = (schema: string) => (index: { readonly name: string; readonly parent: ObjectName | null }) =>
    !gone.has(keyOf({ schema, name: index.name })) && !(index.parent !== null && gone.has(keyOf(index.parent)));
  let catalog = editView(simulation.catalog, placed.on, (view) => ({
    ...view,
    indexes: view.indexes.filter(keep(view.schema)),
  }));
  catalog = editTable(catalog, placed.on, (table) => ({ ...table, indexes: table.indexes.filter(keep(table.schema)) }));
  for (const child of simulation.lookup.descendantsOf(placed.on)) {
    catalog = editTable(catalog, child, (table) => ({ ...table, indexes: table.indexes.filter(keep(table.schema)) }));
  }
  return catalog;
}

function withoutSchema(simulation: Simulation, schema: string): Catalog {
  let current = simulation;
  for (const view of simulation.catalog.views) {
    if (view.schema === schema) current = advance(current, withoutView(current, view, true));
  }
  for (const table of simulation.catalog.tables) {
    if (table.schema === schema) current = advance(current, withoutTable(current, table, true));
  }
  const outside = <T extends { readonly schema: string }>(items: readonly T[]) =>
    items.filter((item) => item.schema !== schema);
  // Defaults of other schemas that take from its sequences go with these.
  const catalog = simulation.catalog.sequences
    .filter((sequence) => sequence.schema === schema)
    .reduce((rest, sequence) => withoutDefaultsFrom(simulation, rest, sequence), current.catalog);
  return {
    ...catalog,
    schemas: catalog.schemas.filter((candidate) => candidate.name !== schema),
    sequences: outside(catalog.sequences),
    types: outside(catalog.types),
    routines: outside(catalog.routines),
  };
}

function dropOne(
  simulation: Simulation,
  statement: DropStmt,
  object: NonNullable<DropStmt['objects']>[number],
): Catalog {
  const { catalog } = simulation;
  const cascade = statement.behavior === 'DROP_CASCADE';
  const written = nameOfObject(object);
  const name = simulation.relation(written);
  const inPath = <T>(find: (candidate: ObjectName) => T | undefined): ObjectName | undefined =>
    (written.schema === null ? simulation.searchPath : [written.schema])
      .map((schema) => ({ schema, name: written.name }))
      .find((candidate) => find(candidate) !== undefined);
  switch (statement.removeType) {
    case 'OBJECT_TABLE':
    case 'OBJECT_FOREIGN_TABLE':
      return simulation.lookup.table(name) === undefined ? catalog : withoutTable(simulation, name, cascade);
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
      return simulation.lookup.view(name) === undefined ? catalog : withoutView(simulation, name, cascade);
    case 'OBJECT_INDEX':
      return withoutIndex(simulation, name, cascade);
    case 'OBJECT_SEQUENCE':
      return cascade
        ? withoutDefaultsFrom(simulation, { ...catalog, sequences: withoutItem(catalog.sequences, name) }, name)
        : { ...catalog, sequences: withoutItem(catalog.sequences, name) };
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN': {
      const type = inPath(simulation.lookup.type);
      return type === undefined ? catalog : withoutEdges({ ...catalog, types: withoutItem(catalog.types, type) }, type);
    }
    case 'OBJECT_FUNCTION':
    case 'OBJECT_PROCEDURE':
    case 'OBJECT_ROUTINE':
    case 'OBJECT_AGGREGATE':
      return dropRoutine(simulation, object, cascade);
    case 'OBJECT_SCHEMA':
      return withoutSchema(simulation, written.name);
    case 'OBJECT_EXTENSION':
      return { ...catalog, extensions: catalog.extensions.filter((extension) => extension.name !== written.name) };
    case 'OBJECT_TRIGGER':
    case 'OBJECT_POLICY': {
      const parts = strings(as(object, 'List')?.items);
      const table = simulation.relation(nameOfParts(parts.slice(0, -1)));
      const gone = parts.at(-1);
      if (statement.removeType === 'OBJECT_POLICY') {
        return editTable(catalog, table, (own) => ({
          ...own,
          policies: own.policies.filter((policy) => policy.name !== gone),
        }));
      }
      const next = editTable(catalog, table, (own) => ({
        ...own,
        triggers: own.triggers.filter((trigger) => trigger.name !== gone),
      }));
      return handDown(advance(simulation, next), simulation.lookup.table(table));
    }
    default:
      return dropOtherObjects(simulation, statement);
  }
}

/** Columns lose the default that takes from a sequence. */
function withoutDefaultsFrom(simulation: Simulation, catalog: Catalog, sequence: ObjectName): Catalog {
  const takes = (text: string | null): boolean => {
    const literal = /^nextval\('((?:[^']|'')+)'/i.exec(text ?? '')?.[1]?.replaceAll("''", "'");
    const parts = literal
      ?.match(/"(?:[^"]|"")+"|[^".]+/g)
      ?.map((part) => part.replace(/^"(.*)"$/s, '$1').replaceAll('""', '"'));
    return parts !== undefined && sameName(simulation.relation(nameOfParts(parts)), sequence);
  };
  return editTables(catalog, (table) =>
    table.columns.some((column) => takes(column.default))
      ? { ...table, columns: table.columns.map((own) => (takes(own.default) ? { ...own, default: null } : own)) }
      : table,
  );
}

/** Tables and views lose the triggers that call a routine. */
function withoutTriggersOf(catalog: Catalog, routine: ObjectName): Catalog {
  const lose = <T extends Table | View>(owner: T): T => {
    const kept = owner.triggers.filter((trigger) => !sameName(trigger.function, routine));
    return kept.length === owner.triggers.length ? owner : { ...owner, triggers: kept };
  };
  return editTables({ ...catalog, views: catalog.views.map(lose) }, lose);
}

function dropRoutine(
  simulation: Simulation,
  object: NonNullable<DropStmt['objects']>[number],
  cascade: boolean,
): Catalog {
  const { catalog } = simulation;
  const { schema, name } = nameOfObject(object);
  for (const candidate of schema === null ? simulation.searchPath : [schema]) {
    const found = simulation.lookup.routines({ schema: candidate, name });
    if (found.length === 0) continue;
    // With one routine of the name its arguments need not be compared.
    if (found.length > 1) {
      simulation.uncertain({ schema: candidate, name });
      return catalog;
    }
    const routine = { schema: candidate, name };
    const next = { ...catalog, routines: withoutItem(catalog.routines, routine) };
    return cascade ? withoutTriggersOf(next, routine) : next;
  }
  return catalog;
}

/** `DROP` of everything that the catalog models. */
export function drop(simulation: Simulation, statement: DropStmt): Catalog {
  let current = simulation;
  for (const object of statement.objects ?? []) current = advance(current, dropOne(current, statement, object));
  return withoutLostGrants(current);
}

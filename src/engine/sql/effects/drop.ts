import type { DropStmt } from '@pgsql/types';
import type { ObjectName } from '../../catalog/catalog.ts';
import { as, nameOfObject, nameOfParts, strings, type WrittenName } from '../nodes.ts';
import { keyOf } from '../table-index.ts';
import { parseType } from '../type-name.ts';
import { withParents } from '../with-parents.ts';
import { dependentViews } from './dependants.ts';
import { defaultPartition, type EffectScope } from './effect-scope.ts';
import { lockReferencing, lockTriggered } from './foreign-key.ts';
import { dropIndex } from './indexes.ts';

/** Locks a table that goes away and everything that has to be told of it. */
export function dropTable(scope: EffectScope, table: ObjectName, cascade: boolean): void {
  const found = scope.lookup.table(table);
  const going = cascade ? scope.tree(table) : scope.partitionTree(table);
  for (const member of going) {
    scope.lock(member, 'ACCESS EXCLUSIVE');
    for (const sequence of scope.lookup.sequencesOf(member)) dropSequence(scope, sequence, cascade);
    // What a partition takes over from its parent has its triggers there.
    lockTriggered(scope, member, (constraint) => constraint.local);
    if (!cascade) continue;
    // What points at its parent points at its rows.
    for (const one of withParents(scope.lookup, member)) lockReferencing(scope, one, 'ACCESS EXCLUSIVE');
    for (const view of dependentViews(scope, member)) scope.lock(view, 'ACCESS EXCLUSIVE');
  }
  const parent = found?.partitionOf?.parent;
  if (parent !== undefined) {
    scope.lock(parent, 'ACCESS EXCLUSIVE');
    const standing = defaultPartition(scope, parent);
    if (standing !== undefined) scope.lock(standing, 'ACCESS EXCLUSIVE');
  }
  if (found === undefined && !scope.hasCatalog) {
    scope.unsure('the tables that its foreign keys point at, and the parent of a partition, are locked too');
  }
}

/** Locks a sequence that goes away, and the tables whose defaults go with it. */
export function dropSequence(scope: EffectScope, sequence: ObjectName, cascade: boolean): void {
  scope.lock(sequence, 'ACCESS EXCLUSIVE');
  if (cascade) dropWithUsers(scope, sequence, false);
}

/** Locks the tables that lose columns, triggers or defaults when something that they use goes with `CASCADE`. */
function dropWithUsers(scope: EffectScope, name: ObjectName, isType: boolean): void {
  const users = new Map<string, ObjectName>();
  if (isType) {
    for (const user of tablesOfType(scope, name)) users.set(keyOf(user), user);
  }
  for (const table of [...scope.catalog.tables, ...scope.catalog.views]) {
    if (
      table.triggers.some((trigger) => trigger.function.schema === name.schema && trigger.function.name === name.name)
    ) {
      users.set(keyOf(table), table);
    }
  }
  // Dependencies name a routine with its arguments; of several which one is meant is not told by its name.
  const isOnly = !isType && scope.lookup.routines(name).length === 1;
  for (const edge of scope.catalog.dependencies) {
    if (edge.on.schema !== name.schema) continue;
    const isRoutine = isOnly && edge.on.kind === 'routine' && edge.on.name.startsWith(`${name.name}(`);
    if (edge.on.name !== name.name && !isRoutine) continue;
    const dependent = { schema: edge.dependent.schema, name: edge.dependent.name.split('.')[0] ?? '' };
    const index = edge.dependent.kind === 'index' ? scope.lookup.index(dependent) : undefined;
    if (index !== undefined) users.set(keyOf(index.on), index.on);
    if (scope.lookup.relationKind(dependent) !== undefined) users.set(keyOf(dependent), dependent);
  }
  for (const user of users.values()) scope.lock(user, 'ACCESS EXCLUSIVE');
}

/** The tables with a column of a type, as an array or behind a domain too. */
export function tablesOfType(scope: EffectScope, name: ObjectName): readonly ObjectName[] {
  const carriers = new Set([keyOf(name)]);
  const identityOf = (text: string): string | null => {
    // Most columns have a built-in type, whose name cannot be the one that is looked for.
    if (!text.includes(name.name) && carriers.size === 1) return null;
    const type = parseType(text);
    if (type === null) return null;
    const written: WrittenName = { schema: type.schema, name: type.name };
    for (const schema of written.schema === null ? scope.searchPath : [written.schema]) {
      if (scope.lookup.type({ schema, name: written.name }) !== undefined) return keyOf({ schema, name: written.name });
    }
    return null;
  };
  for (const type of scope.catalog.types) {
    const base = type.kind === 'domain' ? identityOf(type.baseType) : null;
    if (base !== null && carriers.has(base)) carriers.add(keyOf(type));
  }
  return scope.catalog.tables.filter((table) =>
    table.columns.some((column) => {
      const identity = identityOf(column.type);
      return identity !== null && carriers.has(identity);
    }),
  );
}

/** The table part of a dotted name such as `schema.table.trigger`. */
function ownerOf(object: DropStmt['objects'], index: number): { table: WrittenName; part: string } {
  const parts = strings(as(object?.[index], 'List')?.items);
  return { table: nameOfParts(parts.slice(0, -1)), part: parts.at(-1) ?? '' };
}

/** Whether a relation has a trigger, rule or policy of a name. */
function hasPart(scope: EffectScope, kind: DropStmt['removeType'], relation: ObjectName, name: string): boolean {
  const table = scope.lookup.table(relation);
  const isNamed = (part: { readonly name: string }): boolean => part.name === name;
  if (kind === 'OBJECT_POLICY') return table?.policies.some(isNamed) ?? false;
  // Rules are kept by a dotted name of their own: what is not known may be there.
  if (kind === 'OBJECT_RULE') return true;
  return (table ?? scope.lookup.view(relation))?.triggers.some(isNamed) ?? false;
}

function dropSchema(scope: EffectScope, schema: string): void {
  const inside = [...scope.catalog.tables, ...scope.catalog.views, ...scope.catalog.sequences];
  for (const relation of inside) if (relation.schema === schema) scope.lock(relation, 'ACCESS EXCLUSIVE');
  for (const table of scope.catalog.tables) if (table.schema === schema) dropTable(scope, table, true);
}

function dropStatistics(scope: EffectScope, written: WrittenName): void {
  const schemas = written.schema === null ? scope.searchPath : [written.schema];
  const known = (scope.catalog.otherObjects ?? []).find(
    ({ kind, schema, name }) => kind === 'statistics' && schemas.includes(schema) && name === written.name,
  );
  if (known?.table != null) scope.lock(known.table, 'SHARE UPDATE EXCLUSIVE');
}

/** `DROP` of everything that has a name of its own. */
export function drop(scope: EffectScope, statement: DropStmt): void {
  const cascade = statement.behavior === 'DROP_CASCADE';
  const objects = statement.objects ?? [];
  if (statement.concurrent === true) scope.transaction('forbidden');
  objects.forEach((object, position) => {
    const name = scope.relation(nameOfObject(object));
    const missing = statement.missing_ok === true && scope.hasCatalog;
    switch (statement.removeType) {
      case 'OBJECT_TABLE':
      case 'OBJECT_FOREIGN_TABLE':
        if (!missing || scope.lookup.table(name) !== undefined) dropTable(scope, name, cascade);
        return;
      case 'OBJECT_INDEX':
        dropIndex(scope, name, { concurrent: statement.concurrent === true, cascade });
        return;
      case 'OBJECT_VIEW':
      case 'OBJECT_MATVIEW':
        if (missing && scope.lookup.view(name) === undefined) return;
        scope.lock(name, 'ACCESS EXCLUSIVE');
        if (cascade) for (const view of dependentViews(scope, name)) scope.lock(view, 'ACCESS EXCLUSIVE');
        return;
      case 'OBJECT_SEQUENCE':
        if (missing && scope.lookup.sequence(name) === undefined) return;
        dropSequence(scope, name, cascade);
        return;
      case 'OBJECT_TRIGGER':
      case 'OBJECT_RULE':
      case 'OBJECT_POLICY': {
        const owner = ownerOf(statement.objects, position);
        const table = scope.relation(owner.table);
        if (missing && !hasPart(scope, statement.removeType, table, owner.part)) return;
        const tree = statement.removeType === 'OBJECT_TRIGGER' ? scope.partitionTree(table) : [table];
        for (const member of tree) scope.lock(member, 'ACCESS EXCLUSIVE');
        return;
      }
      case 'OBJECT_TYPE':
      case 'OBJECT_DOMAIN':
      case 'OBJECT_FUNCTION':
      case 'OBJECT_PROCEDURE':
      case 'OBJECT_ROUTINE':
        if (cascade) dropOther(scope, statement, nameOfObject(object));
        return;
      case 'OBJECT_STATISTIC_EXT':
        dropStatistics(scope, nameOfObject(object));
        return;
      case 'OBJECT_SCHEMA':
        if (cascade) dropSchema(scope, nameOfObject(object).name);
        return;
      default:
        return;
    }
  });
}

function dropOther(scope: EffectScope, statement: DropStmt, written: WrittenName): void {
  const isType = statement.removeType === 'OBJECT_TYPE' || statement.removeType === 'OBJECT_DOMAIN';
  for (const schema of written.schema === null ? scope.searchPath : [written.schema]) {
    const name = { schema, name: written.name };
    const exists = isType ? scope.lookup.type(name) !== undefined : scope.lookup.routines(name).length > 0;
    if (exists) {
      dropWithUsers(scope, name, isType);
      return;
    }
  }
  if (!scope.hasCatalog) scope.unsure('which tables use it, and are locked too, is not known');
}

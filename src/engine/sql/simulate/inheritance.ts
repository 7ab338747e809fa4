import type { Catalog, Column, Constraint, Index, ObjectName, Table } from '../../catalog/catalog.ts';
import { notNullName } from '../../catalog/not-null-names.ts';
import { keyOf } from '../table-index.ts';
import { bareTable, indexUsesColumn, indexWords } from './bare-objects.ts';
import { editTable, withIndex } from './catalog-edit.ts';
import { dependsOnColumn } from './define-constraint.ts';
import { withNotNullName } from './not-null-names.ts';
import { chooseName } from './object-names.ts';
import { advance, type Simulation } from './simulation.ts';

/** True when a child has the constraint because its parent does: under the same name, without an index of its own. */
const isShared = (constraint: Constraint, isPartition: boolean): boolean =>
  ((constraint.kind === 'check' || constraint.kind === 'not null') && !constraint.noInherit) ||
  (isPartition && constraint.kind === 'foreign key');

const named = <T extends { readonly name: string }>(items: readonly T[], name: string): T | undefined =>
  items.find((item) => item.name === name);

/** The attributes of a column that changed, to be changed in a child too. */
function changesOf(before: Column, after: Column, isPartition: boolean): Partial<Column> {
  return {
    ...(before.type === after.type ? {} : { type: after.type, collation: after.collation }),
    ...(before.notNull === after.notNull ? {} : { notNull: after.notNull }),
    ...(before.statisticsTarget === after.statisticsTarget ? {} : { statisticsTarget: after.statisticsTarget }),
    ...(before.default === after.default ? {} : { default: after.default }),
    ...(before.generated === after.generated ? {} : { generated: after.generated }),
    ...(isPartition && before.identity !== after.identity ? { identity: after.identity } : {}),
  };
}

function inheritColumns(version: number, before: Table, after: Table, child: Table, isPartition: boolean): Table {
  // The NOT NULL of a child is called like that of its parent, since these have names.
  const asIn = (column: Column, parents: Column): Column =>
    version >= 180_000 ? withNotNullName(child, column, notNullName(after, parents)) : column;
  const lost = new Set(
    before.columns.filter(({ name }) => named(after.columns, name) === undefined).map(({ name }) => name),
  );
  const kept = child.columns
    .filter((column) => !lost.has(column.name))
    .map((column) => {
      const was = named(before.columns, column.name);
      const is = named(after.columns, column.name);
      if (was === undefined || is === undefined || was === is) return column;
      const changed = { ...column, ...changesOf(was, is, isPartition) };
      return was.notNull === is.notNull || column.notNull === changed.notNull ? changed : asIn(changed, is);
    });
  const gained = after.columns
    .filter(({ name }) => named(before.columns, name) === undefined && named(kept, name) === undefined)
    .map((column) => asIn({ ...column, local: false, identity: isPartition ? column.identity : null }, column));
  const uses = (test: (column: string) => boolean) => [...lost].some(test);
  return {
    ...child,
    columns: [...kept, ...gained],
    constraints: child.constraints.filter((constraint) => !uses((column) => dependsOnColumn(constraint, column))),
    indexes: child.indexes.filter((index) => !uses((column) => indexUsesColumn(index, column))),
  };
}

function inheritConstraints(before: Table, after: Table, child: Table, isPartition: boolean): Table {
  const shared = (table: Table) => table.constraints.filter((constraint) => isShared(constraint, isPartition));
  const was = shared(before);
  const is = shared(after);
  const lost = new Set(was.filter(({ name }) => named(is, name) === undefined).map(({ name }) => name));
  const kept = child.constraints
    .filter((constraint) => !lost.has(constraint.name))
    .map((constraint) => {
      const old = named(was, constraint.name);
      const now = named(is, constraint.name);
      if (old === undefined || now === undefined || old === now) return constraint;
      const { validated, deferrable, initiallyDeferred, definition } = now;
      return { ...constraint, validated, deferrable, initiallyDeferred, definition };
    });
  const gained = is
    .filter(({ name }) => named(was, name) === undefined && named(kept, name) === undefined)
    .map((constraint) => ({ ...constraint, local: false }));
  return { ...child, constraints: [...kept, ...gained] };
}

const sameKeys = (a: Index, b: Index): boolean =>
  a.unique === b.unique &&
  a.method === b.method &&
  a.predicate === b.predicate &&
  JSON.stringify(a.keys.map((key) => key.column ?? key.expression)) ===
    JSON.stringify(b.keys.map((key) => key.column ?? key.expression));

/** Gives a partition the index that its parent gained, or adopts one that it has already. */
function inheritIndex(simulation: Simulation, parent: Table, index: Index, name: ObjectName): Catalog {
  const { catalog, lookup } = simulation;
  const child = lookup.table(name);
  if (child === undefined) return catalog;
  const parentName = { schema: parent.schema, name: index.name };
  const constraint = index.constraint === null ? undefined : named(parent.constraints, index.constraint);
  const own = child.indexes.find(
    (candidate) =>
      candidate.parent === null &&
      candidate.valid &&
      sameKeys(candidate, index) &&
      (constraint === undefined || candidate.constraint !== null),
  );
  if (own !== undefined) {
    return editTable(catalog, name, (table) => withIndex(table, { ...own, parent: parentName }));
  }
  const label =
    constraint?.kind === 'primary key'
      ? 'pkey'
      : constraint === undefined
        ? 'idx'
        : constraint.kind === 'exclusion'
          ? 'excl'
          : 'key';
  const taken = (candidate: string) =>
    lookup.relationKind({ schema: child.schema, name: candidate }) !== undefined ||
    named(child.constraints, candidate) !== undefined;
  const chosen = chooseName(child.name, label === 'pkey' ? [] : indexWords(index), label, taken);
  return editTable(catalog, name, (table) => {
    const indexed = withIndex(table, {
      ...index,
      name: chosen,
      constraint: constraint === undefined ? null : chosen,
      parent: parentName,
    });
    if (constraint === undefined) return indexed;
    return {
      ...indexed,
      constraints: [...indexed.constraints, { ...constraint, name: chosen, local: false, noInherit: false }],
    };
  });
}

function inheritIndexes(simulation: Simulation, before: Table, after: Table, name: ObjectName): Catalog {
  const lost = new Set(
    before.indexes.filter((index) => named(after.indexes, index.name) === undefined).map((index) => index.name),
  );
  let catalog = simulation.catalog;
  if (lost.size > 0) {
    catalog = editTable(catalog, name, (child) => {
      const gone = child.indexes.filter(
        ({ parent }) => parent !== null && parent.schema === before.schema && lost.has(parent.name),
      );
      return {
        ...child,
        indexes: child.indexes.filter((index) => !gone.includes(index)),
        constraints: child.constraints.filter(
          (constraint) => !gone.some((index) => index.constraint === constraint.name),
        ),
      };
    });
  }
  let current = advance(simulation, catalog);
  for (const index of after.indexes) {
    if (named(before.indexes, index.name) === undefined) {
      current = advance(current, inheritIndex(current, after, index, name));
    }
  }
  return current.catalog;
}

/** True for a trigger that fires for each row, which partitions get a copy of. */
const isRowTrigger = (definition: string): boolean => /\bfor\s+each\s+row\b/i.test(definition);

function inheritTriggers(before: Table, after: Table, child: Table): Table {
  const lost = new Set(
    before.triggers.filter(({ name }) => named(after.triggers, name) === undefined).map(({ name }) => name),
  );
  const gained = after.triggers.filter(
    (trigger) =>
      named(before.triggers, trigger.name) === undefined &&
      isRowTrigger(trigger.definition) &&
      named(child.triggers, trigger.name) === undefined,
  );
  if (lost.size === 0 && gained.length === 0) return child;
  const kept = child.triggers.filter((trigger) => !(trigger.inherited && lost.has(trigger.name)));
  return { ...child, triggers: [...kept, ...gained.map((trigger) => ({ ...trigger, inherited: true }))] };
}

/** What one child takes over when its parent changes from `before` to `after`. */
export function inheritChange(simulation: Simulation, before: Table, after: Table, child: ObjectName): Catalog {
  const found = simulation.lookup.table(child);
  if (found === undefined) return simulation.catalog;
  const isPartition = found.partitionOf !== null;
  const catalog = editTable(simulation.catalog, child, (table) => {
    const columns = inheritColumns(simulation.version, before, after, table, isPartition);
    const constraints = inheritConstraints(before, after, columns, isPartition);
    return isPartition ? inheritTriggers(before, after, constraints) : constraints;
  });
  return isPartition ? inheritIndexes(advance(simulation, catalog), before, after, child) : catalog;
}

/** Hands the change of a table, already made in `simulation`, down to all that inherits from it. */
export function handDown(simulation: Simulation, before: Table | undefined): Catalog {
  let current = simulation;
  const seen = new Set<string>();
  const pending = before === undefined ? [] : [before];
  for (let parent = pending.pop(); parent !== undefined; parent = pending.pop()) {
    const after = current.lookup.table(parent);
    // Names that make a circle, as after a rename to a parent that is not known, are not followed twice.
    if (after === undefined || after === parent || seen.has(keyOf(parent))) continue;
    seen.add(keyOf(parent));
    for (const child of current.lookup.childrenOf(parent)) {
      current = advance(current, inheritChange(current, parent, after, child));
      pending.push(child);
    }
  }
  return current.catalog;
}

/** A table that takes over all of its new parent. */
export const inheritAll = (simulation: Simulation, parent: Table, child: ObjectName): Catalog =>
  inheritChange(simulation, { ...bareTable(parent) }, parent, child);

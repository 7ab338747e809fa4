import { qualifiedName } from '../sql/qualified-name.ts';
import { quoteIdentifier } from '../sql/quote-identifier.ts';
import { identifier, sql } from '../sql/sql.ts';
import { compareText } from './by-name.ts';
import type { Catalog, Constraint, ObjectName, Sequence, Table } from './catalog.ts';
import { partOfCatalog } from './catalog-part.ts';
import type { GraphObject } from './dependency-graph.ts';
import { identitySequences } from './identity-sequences.ts';
import { withNotNullNames } from './not-null-names.ts';
import { memberName, objectKey } from './object-key.ts';
import { type LoadNode, loadOrder } from './render/load-order.ts';
import { stageOfOther, stages } from './render/load-stages.ts';
import { Needs, shellKey } from './render/needs.ts';
import { foreignKeyOrder, isNamedPart } from './render/partition-keys.ts';
import { renderComments } from './render/render-comments.ts';
import {
  isRenderedConstraint,
  renderConstraint,
  renderIndex,
  renderIndexRoles,
  renderPolicy,
  renderTableFlags,
  renderTrigger,
} from './render/render-members.ts';
import { isMadeLast, renderOtherObject } from './render/render-other-object.ts';
import { renderGrants, renderOwners, renderRoles } from './render/render-rights.ts';
import { renderRoutine, standInForRoutine } from './render/render-routine.ts';
import { renderOwnedBy, renderSequence } from './render/render-sequence.ts';
import { renderColumnSettings, renderDefaults, renderTable } from './render/render-table.ts';
import { renderTablespaces } from './render/render-tablespaces.ts';
import { renderShell, renderType } from './render/render-type.ts';
import { renderView, standInForView } from './render/render-view.ts';
import { type RenderedStatement, statementOf } from './render/rendered-statement.ts';
import { withFillableViews } from './render/with-fillable-views.ts';

export type RenderOptions = {
  /** False leaves out owners and privileges. True when absent. */
  readonly rights?: boolean;
  /** False leaves everything in the tablespace of the database. True when absent. */
  readonly tablespaces?: boolean;
  /** Only these, with all that belongs to them and all that they need. Everything when absent. */
  readonly only?: readonly GraphObject[];
};

/**
 * The catalog as statements, one at a time and without semicolons, in an order that loads into an empty database of
 * PostgreSQL 18 as the superuser `postgres`. The first statements of kind `setting` hold for the session that loads.
 */
export function renderCatalog(whole: Catalog, options: RenderOptions = {}): readonly RenderedStatement[] {
  const rights = options.rights ?? true;
  const catalog = withFillableViews(options.only === undefined ? whole : partOfCatalog(whole, options.only));
  const ordered = loadOrder(nodesOf(catalog), splitOne);
  const last = (catalog.otherObjects ?? [])
    .filter((other) => isMadeLast(other) && (rights || other.kind !== 'default privileges'))
    .sort((left, right) => compareText(left.kind, right.kind));
  const lastKeys = new Set(last.map((other) => objectKey(other.kind, other.schema, other.name)));
  const isLast = (key: string) => lastKeys.has(key);
  const isEarlier = (key: string) => !lastKeys.has(key);
  return [
    // Bodies may name what is made later, and the server need not check what it accepted before.
    statementOf('setting', 'check_function_bodies', sql`SET check_function_bodies = off`),
    ...renderRoles(catalog, { rights }),
    ...ordered.flatMap((node) => node.payload.statements()),
    ...catalog.tables.flatMap(renderColumnSettings),
    ...catalog.tables.flatMap(renderTableFlags),
    ...[...catalog.tables, ...catalog.views].flatMap(renderIndexRoles),
    ...((options.tablespaces ?? true) ? renderTablespaces(catalog) : []),
    ...renderComments(catalog, isEarlier),
    ...(rights ? [...renderOwners(catalog, isEarlier), ...renderGrants(catalog)] : []),
    ...last.flatMap(renderOtherObject),
    ...renderComments(catalog, isLast),
    ...(rights ? renderOwners(catalog, isLast) : []),
  ];
}

type Payload = {
  readonly statements: () => readonly RenderedStatement[];
  /**
   * What to load instead when this is part of a circle: first something with the same name that needs less (a table
   * without its defaults, a view without its query), later the rest.
   */
  readonly split: Split | null;
};
type Split = () => readonly Node[];
type Node = LoadNode<Payload>;

function nodesOf(catalog: Catalog): readonly Node[] {
  const needs = new Needs(catalog);
  const nodes: Node[] = [];
  const add = (
    key: string,
    stage: number,
    statements: () => readonly RenderedStatement[],
    more: readonly string[] = [],
    split?: Split,
  ) => nodes.push({ key, stage, needs: needs.of(key, more), payload: { statements, split: split ?? null } });

  const wholeDatabase = !catalog.notModelled.some((text) => text.startsWith('schemas other than '));
  if (wholeDatabase && !catalog.schemas.some((schema) => schema.name === 'public')) {
    const drop = statementOf('schema', 'public', sql`DROP SCHEMA IF EXISTS public`);
    add(objectKey('schema', '', 'public'), stages.schema, () => [drop]);
  }
  for (const schema of catalog.schemas) {
    add(objectKey('schema', '', schema.name), stages.schema, () => [
      statementOf('schema', quoteIdentifier(schema.name), sql`CREATE SCHEMA IF NOT EXISTS ${identifier(schema.name)}`),
    ]);
  }
  for (const extension of catalog.extensions) {
    add(objectKey('extension', '', extension.name), stages.extension, () => [
      statementOf(
        'extension',
        quoteIdentifier(extension.name),
        sql`CREATE EXTENSION IF NOT EXISTS ${identifier(extension.name)} WITH SCHEMA ${identifier(extension.schema)} CASCADE`,
      ),
    ]);
  }
  const addType = (key: string, type: ObjectName, statements: () => readonly RenderedStatement[], split?: Split) => {
    const shell = needs.hasShell(key) ? [shellKey(key)] : [];
    if (shell.length > 0) add(shellKey(key), stages.type, () => [renderShell(type)]);
    add(key, stages.type, statements, shell, split);
  };
  for (const type of catalog.types) {
    const key = objectKey('type', type.schema, type.name);
    const statements = () => renderType(type);
    const split = (): readonly Node[] => {
      const named = needs.namedIn(key, statements()[0]?.sql ?? '');
      return inTwo(
        key,
        stages.type,
        () => statements().slice(0, 1),
        named,
        () => statements().slice(1),
        needs.of(key),
      );
    };
    addType(key, type, statements, type.kind === 'domain' && type.constraints.length > 0 ? split : undefined);
  }
  for (const sequence of catalog.sequences) {
    if (sequence.ownedBy?.identity === true) continue;
    add(objectKey('sequence', sequence.schema, sequence.name), stages.sequence, () => [renderSequence(sequence)]);
    const owned = renderOwnedBy(sequence);
    if (owned !== null && sequence.ownedBy !== null) {
      add(objectKey('owned by', sequence.schema, sequence.name), stages.default, () => [owned], [
        objectKey('sequence', sequence.schema, sequence.name),
        objectKey('table', sequence.ownedBy.table.schema, sequence.ownedBy.table.name),
      ]);
    }
  }
  for (const routine of catalog.routines) {
    const key = objectKey('routine', routine.schema, `${routine.name}(${routine.arguments})`);
    const full = () => renderRoutine(routine);
    const standIn = standInForRoutine(routine);
    const split = (): readonly Node[] => {
      if (standIn === null) return [];
      return inTwo(key, stages.routine, () => [standIn], needs.namedIn(key, standIn.sql), full, needs.of(key));
    };
    add(key, stages.routine, full, [], standIn === null ? undefined : split);
  }
  addTables(catalog, needs, add);
  for (const view of catalog.views) {
    const kind = view.materialized ? 'materialized view' : 'view';
    const key = objectKey(kind, view.schema, view.name);
    const split = (): readonly Node[] => {
      const replaced = () => renderView(view, { replace: true });
      return inTwo(key, stages.view, () => [standInForView(view)], needs.ofColumns(key), replaced, needs.of(key));
    };
    add(key, stages.view, () => renderView(view), [], view.materialized ? undefined : split);
    for (const index of view.indexes) {
      add(objectKey('index', view.schema, index.name), stages.view, () => renderIndex(view, index), [key]);
    }
    for (const trigger of view.triggers) {
      const own = objectKey('trigger', view.schema, memberName(view.name, trigger.name));
      add(own, stages.trigger, () => renderTrigger(view, trigger), [key]);
    }
  }
  for (const other of catalog.otherObjects ?? []) {
    if (isMadeLast(other)) continue;
    const key = objectKey(other.kind, other.schema, other.name);
    if (other.kind === 'base type') addType(key, other, () => renderOtherObject(other));
    else add(key, stageOfOther(other), () => renderOtherObject(other));
  }
  return nodes;
}

type AddNode = (
  key: string,
  stage: number,
  statements: () => readonly RenderedStatement[],
  more?: readonly string[],
  split?: Split,
) => void;

function addTables(catalog: Catalog, needs: Needs, add: AddNode): void {
  const tables = new Map(catalog.tables.map((table) => [qualifiedName(table), table]));
  const identities = identitySequences(catalog);
  const before = foreignKeyOrder(tables);
  const named = withNotNullNames(catalog);
  for (const table of catalog.tables) {
    const key = objectKey('table', table.schema, table.name);
    const context = { identities: identities.get(qualifiedName(table)) ?? new Map<string, Sequence>(), tables };
    const parents = [...table.inherits, ...(table.partitionOf === null ? [] : [table.partitionOf.parent])];
    const parentKeys = parents.map((parent) => objectKey('table', parent.schema, parent.name));
    const create = (withoutDefaults: boolean) => () => renderTable(named(table), { ...context, withoutDefaults });
    const bare = needs.withoutDefaults(key, table, parentKeys);
    const split = () =>
      inTwo(key, stages.table, create(true), bare, () => renderDefaults(table), needs.of(key, parentKeys));
    const splits = needs.of(key, parentKeys).size > bare.size;
    add(key, stages.table, create(false), parentKeys, splits ? split : undefined);
    const rendered = (constraint: Constraint) =>
      isRenderedConstraint(constraint) || isNamedPart(table, constraint, tables);
    addMembers(table, { rendered, before }, needs, add);
  }
}

type ConstraintOrder = {
  readonly rendered: (constraint: Constraint) => boolean;
  readonly before: ReturnType<typeof foreignKeyOrder>;
};

function addMembers(table: Table, order: ConstraintOrder, graph: Needs, add: AddNode): void {
  const tableKey = objectKey('table', table.schema, table.name);
  const backing = new Map(table.indexes.flatMap((index) => (index.constraint ? [[index.constraint, index]] : [])));
  for (const constraint of table.constraints) {
    if (!order.rendered(constraint)) continue;
    const index = backing.get(constraint.name);
    const stage =
      constraint.kind === 'foreign key'
        ? stages.foreignKey
        : constraint.kind === 'check' || constraint.kind === 'not null'
          ? stages.check
          : stages.constraint;
    const needs = [tableKey, ...order.before(table, constraint)];
    if (index?.parent != null) needs.push(objectKey('index', index.parent.schema, index.parent.name));
    const own = objectKey('constraint', table.schema, memberName(table.name, constraint.name));
    if (index !== undefined) needs.push(...graph.of(objectKey('index', table.schema, index.name)));
    add(own, stage, () => renderConstraint(table, constraint, index), needs);
    // The index of a constraint is there as soon as the constraint is.
    if (index !== undefined) add(objectKey('index', table.schema, index.name), stage, () => [], [own]);
  }
  for (const index of table.indexes) {
    if (index.constraint !== null) continue;
    const needs = [tableKey];
    if (index.parent !== null) needs.push(objectKey('index', index.parent.schema, index.parent.name));
    add(objectKey('index', table.schema, index.name), stages.index, () => renderIndex(table, index), needs);
  }
  for (const trigger of table.triggers) {
    const key = objectKey('trigger', table.schema, memberName(table.name, trigger.name));
    // The switch of a partition's copy comes after every trigger of a parent.
    const stage = trigger.inherited ? stages.policy : stages.trigger;
    add(key, stage, () => renderTrigger(table, trigger), [tableKey]);
  }
  for (const policy of table.policies) {
    const key = objectKey('policy', table.schema, memberName(table.name, policy.name));
    add(key, stages.policy, () => [renderPolicy(table, policy)], [tableKey]);
  }
}

/** Something under its own key that needs less, and under another what completes it. */
const inTwo = (
  key: string,
  stage: number,
  first: () => readonly RenderedStatement[],
  firstNeeds: ReadonlySet<string>,
  then: () => readonly RenderedStatement[],
  thenNeeds: ReadonlySet<string>,
): readonly Node[] => [
  { key, stage, needs: firstNeeds, payload: { statements: first, split: null } },
  { key: `rest of ${key}`, stage, needs: new Set([...thenNeeds, key]), payload: { statements: then, split: null } },
];

/** Kinds in the order in which one of them is made in two parts, to break a circle: what changes least comes first. */
const splitOrder = [stages.table, stages.type, stages.view, stages.routine];

/** In circles, the one node that is best made in two parts. */
function splitOne(left: readonly Node[], circles: readonly Node[]): readonly Node[] | null {
  const found = circles
    .filter((node) => node.payload.split !== null)
    .sort((one, other) => splitOrder.indexOf(one.stage) - splitOrder.indexOf(other.stage))[0];
  const parts = found?.payload.split?.();
  return parts === undefined ? null : left.flatMap((node) => (node === found ? parts : [node]));
}

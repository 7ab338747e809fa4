import { qualifiedName } from '../sql/qualified-name.ts';
import { quoteIdentifier } from '../sql/quote-identifier.ts';
import { identifier, sql } from '../sql/sql.ts';
import { compareText } from './by-name.ts';
import type { Catalog, Sequence, Table } from './catalog.ts';
import { memberName, objectKey } from './object-key.ts';
import { type LoadNode, loadOrder } from './render/load-order.ts';
import { stageOfOther, stages } from './render/load-stages.ts';
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
import { renderGrants, renderOwners, renderRoles, routinePath } from './render/render-rights.ts';
import { renderOwnedBy, renderSequence } from './render/render-sequence.ts';
import { renderDefaults, renderTable } from './render/render-table.ts';
import { renderType } from './render/render-type.ts';
import { renderView } from './render/render-view.ts';
import { definedStatement, type RenderedStatement, statementOf } from './render/rendered-statement.ts';

export type RenderOptions = {
  /** False leaves out owners and privileges. True when absent. */
  readonly rights?: boolean;
};

/**
 * The catalog as statements, one at a time and without semicolons, in an order that loads into an empty database of
 * PostgreSQL 18 as the superuser `postgres`. The first statements of kind `setting` hold for the session that loads.
 */
export function renderCatalog(catalog: Catalog, options: RenderOptions = {}): readonly RenderedStatement[] {
  const rights = options.rights ?? true;
  const ordered = loadOrder(nodesOf(catalog), (left) => laterDefaults(left));
  return [
    // Bodies may name what is made later, and the server need not check what it accepted before.
    statementOf('setting', 'check_function_bodies', sql`SET check_function_bodies = off`),
    ...renderRoles(catalog, { rights }),
    ...ordered.flatMap((node) => node.payload.statements()),
    ...catalog.tables.flatMap(renderTableFlags),
    ...[...catalog.tables, ...catalog.views].flatMap(renderIndexRoles),
    ...renderComments(catalog),
    ...(rights ? [...renderOwners(catalog), ...renderGrants(catalog)] : []),
    ...(catalog.otherObjects ?? [])
      .filter((other) => isMadeLast(other) && (rights || other.kind !== 'default privileges'))
      .sort((left, right) => compareText(left.kind, right.kind))
      .flatMap(renderOtherObject),
  ];
}

type Payload = {
  readonly statements: () => readonly RenderedStatement[];
  /** What to load instead when this is part of a circle: the table without its defaults, and the defaults. */
  readonly split: (() => readonly Node[]) | null;
};
type Node = LoadNode<Payload>;

function nodesOf(catalog: Catalog): readonly Node[] {
  const needs = new Needs(catalog);
  const nodes: Node[] = [];
  const add = (
    key: string,
    stage: number,
    statements: () => readonly RenderedStatement[],
    more: readonly string[] = [],
    split: Payload['split'] = null,
  ) => nodes.push({ key, stage, needs: needs.of(key, more), payload: { statements, split } });

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
  for (const type of catalog.types) {
    add(objectKey('type', type.schema, type.name), stages.type, () => renderType(type));
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
    const path = routinePath(routine);
    add(objectKey('routine', routine.schema, `${routine.name}(${routine.arguments})`), stages.routine, () => [
      definedStatement(routine.kind, path, routine.definition),
    ]);
  }
  addTables(catalog, needs, add);
  for (const view of catalog.views) {
    const kind = view.materialized ? 'materialized view' : 'view';
    const key = objectKey(kind, view.schema, view.name);
    add(key, stages.view, () => renderView(view));
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
    const stage = stageOfOther(other);
    add(objectKey(other.kind, other.schema, other.name), stage, () => renderOtherObject(other));
  }
  return nodes;
}

type AddNode = (
  key: string,
  stage: number,
  statements: () => readonly RenderedStatement[],
  more?: readonly string[],
  split?: Payload['split'],
) => void;

function addTables(catalog: Catalog, needs: Needs, add: AddNode): void {
  const tables = new Map(catalog.tables.map((table) => [qualifiedName(table), table]));
  const identities = identitiesOf(catalog);
  for (const table of catalog.tables) {
    const key = objectKey('table', table.schema, table.name);
    const context = { identities: identities.get(qualifiedName(table)) ?? new Map<string, Sequence>(), tables };
    const parents = [...table.inherits, ...(table.partitionOf === null ? [] : [table.partitionOf.parent])];
    const parentKeys = parents.map((parent) => objectKey('table', parent.schema, parent.name));
    const create = (withoutDefaults: boolean) => () => renderTable(table, { ...context, withoutDefaults });
    const split = (): readonly Node[] => {
      const withDefaults = needs.of(key, parentKeys);
      const bare = needs.withoutDefaults(key, table, parentKeys);
      const later = new Set([...withDefaults].filter((need) => !bare.has(need)).concat(key));
      return [
        { key, stage: stages.table, needs: bare, payload: { statements: create(true), split: null } },
        {
          key: objectKey('default', table.schema, table.name),
          stage: stages.default,
          needs: later,
          payload: { statements: () => renderDefaults(table), split: null },
        },
      ];
    };
    const splits = needs.of(key, parentKeys).size > needs.withoutDefaults(key, table, parentKeys).size;
    add(key, stages.table, create(false), parentKeys, splits ? split : null);
    addMembers(table, key, add);
  }
}

function addMembers(table: Table, tableKey: string, add: AddNode): void {
  const backing = new Map(table.indexes.flatMap((index) => (index.constraint ? [[index.constraint, index]] : [])));
  for (const constraint of table.constraints) {
    if (!isRenderedConstraint(constraint)) continue;
    const index = backing.get(constraint.name);
    const stage =
      constraint.kind === 'foreign key'
        ? stages.foreignKey
        : constraint.kind === 'check' || constraint.kind === 'not null'
          ? stages.check
          : stages.constraint;
    const needs = [tableKey];
    if (index?.parent != null) needs.push(objectKey('index', index.parent.schema, index.parent.name));
    const own = objectKey('constraint', table.schema, memberName(table.name, constraint.name));
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

function identitiesOf(catalog: Catalog): ReadonlyMap<string, ReadonlyMap<string, Sequence>> {
  const found = new Map<string, Map<string, Sequence>>();
  for (const sequence of catalog.sequences) {
    if (sequence.ownedBy?.identity !== true) continue;
    const path = qualifiedName(sequence.ownedBy.table);
    const columns = found.get(path) ?? new Map<string, Sequence>();
    columns.set(sequence.ownedBy.column, sequence);
    found.set(path, columns);
  }
  return found;
}

/** In a circle, the first table with defaults that need something is made without them. */
function laterDefaults(left: readonly Node[]): readonly Node[] | null {
  const at = left.findIndex((node) => node.payload.split !== null);
  const split = left[at]?.payload.split;
  if (split == null) return null;
  return [...left.slice(0, at), ...split(), ...left.slice(at + 1)];
}

type Need = { readonly key: string; readonly column: string | null; readonly routine: boolean };

/** What the server says that each object needs, by the keys of what makes it. */
class Needs {
  readonly #needs = new Map<string, Need[]>();

  constructor(catalog: Catalog) {
    const columns = new Map<string, { readonly key: string; readonly column: string }>();
    for (const table of catalog.tables) {
      for (const column of table.columns) {
        columns.set(objectKey('column', table.schema, memberName(table.name, column.name)), {
          key: objectKey('table', table.schema, table.name),
          column: column.name,
        });
      }
    }
    for (const { dependent, on } of catalog.dependencies) {
      // That a column owns a sequence is said after both are there.
      if (dependent.kind === 'sequence' && on.kind === 'table') continue;
      const own = objectKey(dependent.kind, dependent.schema, dependent.name);
      const column = columns.get(own);
      const key = column?.key ?? own;
      const need = {
        key: objectKey(on.kind, on.schema, on.name),
        column: column?.column ?? null,
        routine: on.kind === 'routine' || on.kind === 'sequence',
      };
      const known = this.#needs.get(key);
      if (known === undefined) this.#needs.set(key, [need]);
      else known.push(need);
    }
  }

  /** Everything that the object of this key needs. */
  of(key: string, more: readonly string[]): ReadonlySet<string> {
    return new Set([...(this.#needs.get(key) ?? []).map((need) => need.key), ...more]);
  }

  /** What a table needs if its defaults come later. A generated column needs its functions at once. */
  withoutDefaults(key: string, table: Table, more: readonly string[]): ReadonlySet<string> {
    const plain = new Set(table.columns.filter((column) => column.generated === null).map((column) => column.name));
    const needs = (this.#needs.get(key) ?? []).filter(
      (need) => !(need.routine && need.column !== null && plain.has(need.column)),
    );
    return new Set([...needs.map((need) => need.key), ...more]);
  }
}

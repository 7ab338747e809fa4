import type { Catalog, Table, View } from '../../../../../engine/catalog/catalog.ts';
import { qualifiedName } from '../../../../../engine/sql/qualified-name.ts';
import { compactCount, countOf } from '../quantities.ts';

export type TreeKind =
  | 'database'
  | 'schema'
  | 'table'
  | 'partition'
  | 'view'
  | 'group'
  | 'column'
  | 'index'
  | 'constraint'
  | 'trigger'
  | 'policy'
  | 'routine'
  | 'type'
  | 'sequence';

/** One line of the object tree. */
export type TreeNode = {
  readonly id: string;
  readonly kind: TreeKind;
  readonly label: string;
  /** What stands at the right: a count, a size, a type. */
  readonly detail: string;
  /** The table or view that it belongs to, which the diagram and the inspector show. */
  readonly object: string | null;
  /** True when it can be opened, even while `children` are not made yet. */
  readonly hasChildren: boolean;
  readonly children: readonly TreeNode[];
};

type Leaf = { readonly name: string; readonly detail: string };

function group(
  parent: string,
  object: string,
  label: string,
  kind: TreeKind,
  leaves: readonly Leaf[],
  opened: ReadonlySet<string>,
): TreeNode {
  const id = `${parent}/${label}`;
  return {
    id,
    kind: 'group',
    label,
    detail: `${leaves.length}`,
    object,
    hasChildren: leaves.length > 0,
    children: opened.has(id)
      ? leaves.map((leaf) => ({
          id: `${id}/${leaf.name}`,
          kind,
          label: leaf.name,
          detail: leaf.detail,
          object,
          hasChildren: false,
          children: [],
        }))
      : [],
  };
}

function tableNode(
  table: Table,
  partitions: readonly Table[],
  rows: ReadonlyMap<string, number>,
  opened: ReadonlySet<string>,
): TreeNode {
  const object = qualifiedName(table);
  const id = `table:${object}`;
  const count = rows.get(object);
  const groups = (): readonly TreeNode[] => [
    group(
      id,
      object,
      'Columns',
      'column',
      table.columns.map(({ name, type }) => ({ name, detail: type })),
      opened,
    ),
    group(
      id,
      object,
      'Indexes',
      'index',
      table.indexes.map(({ name, unique }) => ({ name, detail: unique ? 'unique' : '' })),
      opened,
    ),
    group(
      id,
      object,
      'Constraints',
      'constraint',
      table.constraints.map(({ name, kind }) => ({ name, detail: kind })),
      opened,
    ),
    group(
      id,
      object,
      'Triggers',
      'trigger',
      table.triggers.map(({ name }) => ({ name, detail: '' })),
      opened,
    ),
    group(
      id,
      object,
      'Policies',
      'policy',
      table.policies.map(({ name, command }) => ({ name, detail: command })),
      opened,
    ),
    ...(partitions.length > 0
      ? [
          group(
            id,
            object,
            'Partitions',
            'partition',
            partitions.map((part) => ({ name: part.name, detail: compactCount(rows.get(qualifiedName(part)) ?? 0) })),
            opened,
          ),
        ]
      : []),
  ];
  return {
    id,
    kind: 'table',
    label: table.name,
    detail: count === undefined ? '' : compactCount(count),
    object,
    hasChildren: true,
    children: opened.has(id) ? groups() : [],
  };
}

function viewNode(view: View, opened: ReadonlySet<string>): TreeNode {
  const object = qualifiedName(view);
  const id = `view:${object}`;
  return {
    id,
    kind: 'view',
    label: view.name,
    detail: view.materialized ? 'materialized' : 'view',
    object,
    hasChildren: true,
    children: opened.has(id)
      ? [
          group(
            id,
            object,
            'Columns',
            'column',
            view.columns.map(({ name, type }) => ({ name, detail: type })),
            opened,
          ),
        ]
      : [],
  };
}

/** Groups things by schema; the order of the catalog is kept. */
function bySchema<T extends { readonly schema: string }>(things: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const map = new Map<string, T[]>();
  for (const thing of things) {
    const list = map.get(thing.schema);
    if (list) list.push(thing);
    else map.set(thing.schema, [thing]);
  }
  return map;
}

/**
 * The catalog as a tree: database, schemas, then tables, views and groups of other objects. Only what is `opened` has
 * its children made, because a thousand tables have tens of thousands of columns. A filter keeps tables and views whose
 * name, dotted name or column contains it, and other objects whose name does.
 */
export function buildObjectTree(catalog: Catalog, filter: string, opened: ReadonlySet<string>): TreeNode {
  const wanted = filter.trim().toLowerCase();
  const matches = (...texts: readonly string[]): boolean =>
    wanted === '' || texts.some((text) => text.toLowerCase().includes(wanted));
  const rows = new Map((catalog.facts?.tables ?? []).map((fact) => [qualifiedName(fact), fact.rows]));
  const tables = bySchema(catalog.tables);
  const views = bySchema(catalog.views);
  const routines = bySchema(catalog.routines);
  const types = bySchema(catalog.types);
  const sequences = bySchema(catalog.sequences.filter((sequence) => sequence.ownedBy === null));
  const partitionsOf = new Map<string, Table[]>();
  for (const table of catalog.tables) {
    if (!table.partitionOf) continue;
    const parent = qualifiedName(table.partitionOf.parent);
    partitionsOf.set(parent, [...(partitionsOf.get(parent) ?? []), table]);
  }

  const others = (schema: string, label: string, kind: TreeKind, leaves: readonly Leaf[]): readonly TreeNode[] => {
    const found = leaves.filter((leaf) => matches(leaf.name, `${schema}.${leaf.name}`));
    if (found.length === 0) return [];
    const id = `schema:${schema}/${label}`;
    const node = group(`schema:${schema}`, '', label, kind, found, wanted === '' ? opened : new Set([...opened, id]));
    return [{ ...node, object: null, children: node.children.map((child) => ({ ...child, object: null })) }];
  };

  const children = catalog.schemas.flatMap(({ name }): readonly TreeNode[] => {
    const own = (tables.get(name) ?? []).filter((table) => table.partitionOf === null);
    const relations = [
      ...own
        .filter((table) => matches(table.name, `${name}.${table.name}`, ...table.columns.map((column) => column.name)))
        .map((table) => tableNode(table, partitionsOf.get(qualifiedName(table)) ?? [], rows, opened)),
      ...(views.get(name) ?? [])
        .filter((view) => matches(view.name, `${name}.${view.name}`, ...view.columns.map((column) => column.name)))
        .map((view) => viewNode(view, opened)),
    ].toSorted((a, b) => a.label.localeCompare(b.label, 'en'));
    const inside = [
      ...relations,
      ...others(
        name,
        'Functions',
        'routine',
        (routines.get(name) ?? []).map((routine) => ({
          name: `${routine.name}(${routine.arguments})`,
          detail: routine.kind,
        })),
      ),
      ...others(
        name,
        'Types',
        'type',
        (types.get(name) ?? []).map((type) => ({ name: type.name, detail: type.kind })),
      ),
      ...others(
        name,
        'Sequences',
        'sequence',
        (sequences.get(name) ?? []).map((sequence) => ({ name: sequence.name, detail: '' })),
      ),
    ];
    if (wanted !== '' && inside.length === 0) return [];
    return [
      {
        id: `schema:${name}`,
        kind: 'schema',
        label: name,
        detail: countOf(own.length, 'table'),
        object: null,
        hasChildren: inside.length > 0,
        children: inside,
      },
    ];
  });
  return {
    id: 'database',
    kind: 'database',
    label: catalog.server.database,
    detail: countOf(catalog.schemas.length, 'schema'),
    object: null,
    hasChildren: true,
    children,
  };
}

/** The line under the tree: `46 tables, 1 view, 41 functions`. */
export function catalogSummary(catalog: Catalog): string {
  const tables = catalog.tables.filter((table) => table.partitionOf === null).length;
  return [
    countOf(tables, 'table'),
    countOf(catalog.views.length, 'view'),
    countOf(catalog.routines.length, 'function'),
  ].join(', ');
}

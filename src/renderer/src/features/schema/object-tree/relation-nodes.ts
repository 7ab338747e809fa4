import type { DefinedObject, Table, View } from '../../../../../engine/catalog/catalog.ts';
import { objectId } from '../../../../../engine/catalog/catalog-objects.ts';
import type { TableFacts } from '../../../../../engine/catalog/facts.ts';
import { qualifiedName } from '../../../../../engine/sql/qualified-name.ts';
import { rowsText } from '../quantities.ts';
import { groupLabel } from './group-label.ts';
import { groupNode, type Leaf, type TreeKind, type TreeNode } from './tree-node.ts';

/** What is shown with relations, by their dotted names. */
export type RelationContext = {
  readonly opened: ReadonlySet<string>;
  readonly facts: ReadonlyMap<string, TableFacts>;
  readonly partitions: ReadonlyMap<string, readonly Table[]>;
  /** Rules, statistics and the like that belong to a table. */
  readonly belongings: ReadonlyMap<string, readonly DefinedObject[]>;
};

/** The partitions of a table, each before those that it is partitioned into itself. */
export function partitionsBelow(table: Table, partitions: ReadonlyMap<string, readonly Table[]>): readonly Table[] {
  const own = partitions.get(qualifiedName(table)) ?? [];
  return own.flatMap((part) => [part, ...partitionsBelow(part, partitions)]);
}

/** A table with its columns, indexes, constraints and whatever else belongs to it. */
export function tableNode(table: Table, context: RelationContext): TreeNode {
  const object = qualifiedName(table);
  const id = `table:${object}`;
  const fact = context.facts.get(object);
  const group = (label: string, kind: TreeKind, leaves: readonly Leaf[]): TreeNode =>
    groupNode({ parent: id, object, label, kind, leaves, opened: context.opened });
  const partitions = partitionsBelow(table, context.partitions);
  const groups = (): readonly TreeNode[] => [
    group(
      'Columns',
      'column',
      table.columns.map(({ name, type }) => ({ name, detail: type })),
    ),
    group(
      'Indexes',
      'index',
      table.indexes.map(({ name, unique }) => ({ name, detail: unique ? 'unique' : '' })),
    ),
    group(
      'Constraints',
      'constraint',
      table.constraints.map(({ name, kind }) => ({ name, detail: kind })),
    ),
    group(
      'Triggers',
      'trigger',
      table.triggers.map(({ name }) => ({ name, detail: '' })),
    ),
    group(
      'Policies',
      'policy',
      table.policies.map(({ name, command }) => ({ name, detail: command })),
    ),
    ...belongingGroups(object, context, group),
    ...(partitions.length > 0
      ? [
          group(
            'Partitions',
            'partition',
            partitions.map((part) => ({
              name: part.name,
              detail: rowsText(context.facts.get(qualifiedName(part))),
              object: qualifiedName(part),
            })),
          ),
        ]
      : []),
  ];
  return {
    id,
    kind: 'table',
    label: table.name,
    detail: table.kind === 'foreign table' && fact === undefined ? 'foreign' : rowsText(fact),
    object,
    hasChildren: true,
    children: context.opened.has(id) ? groups() : [],
  };
}

/** A view or materialized view with its columns. */
export function viewNode(view: View, context: RelationContext): TreeNode {
  const object = qualifiedName(view);
  const id = `view:${object}`;
  const group = (label: string, kind: TreeKind, leaves: readonly Leaf[]): TreeNode =>
    groupNode({ parent: id, object, label, kind, leaves, opened: context.opened });
  const groups = (): readonly TreeNode[] => [
    group(
      'Columns',
      'column',
      view.columns.map(({ name, type }) => ({ name, detail: type })),
    ),
    ...(view.indexes.length > 0
      ? [
          group(
            'Indexes',
            'index',
            view.indexes.map(({ name, unique }) => ({ name, detail: unique ? 'unique' : '' })),
          ),
        ]
      : []),
    ...belongingGroups(object, context, group),
  ];
  return {
    id,
    kind: 'view',
    label: view.name,
    detail: view.materialized ? 'materialized' : 'view',
    object,
    hasChildren: true,
    children: context.opened.has(id) ? groups() : [],
  };
}

function belongingGroups(
  object: string,
  context: RelationContext,
  group: (label: string, kind: TreeKind, leaves: readonly Leaf[]) => TreeNode,
): readonly TreeNode[] {
  const belongings = context.belongings.get(object) ?? [];
  return [...new Set(belongings.map(({ kind }) => kind))].map((kind) =>
    group(
      groupLabel(kind),
      'other',
      belongings
        .filter((belonging) => belonging.kind === kind)
        .map((belonging) => ({ name: belonging.name, detail: '', object: objectId(belonging) })),
    ),
  );
}

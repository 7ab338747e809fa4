import type { Catalog, Routine } from '../../../../../engine/catalog/catalog.ts';
import { qualifiedName } from '../../../../../engine/sql/qualified-name.ts';
import { databaseId, objectId, signatureOf } from '../catalog-objects.ts';
import { countOf, percentText } from '../quantities.ts';
import { groupLabel } from './group-label.ts';
import { type RelationContext, tableNode, viewNode } from './relation-nodes.ts';
import { groupNode, type Leaf, type TreeKind, type TreeNode } from './tree-node.ts';

const routineKinds: readonly Routine['kind'][] = ['function', 'procedure', 'aggregate', 'window function'];

function groupBy<T>(things: readonly T[], key: (thing: T) => string | null): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const own = key(thing);
    if (own === null) continue;
    const group = groups.get(own);
    if (group) group.push(thing);
    else groups.set(own, [thing]);
  }
  return groups;
}

const schemaOf = ({ schema }: { readonly schema: string }): string => schema;

/**
 * The catalog as a tree: database, schemas, then tables, views and groups of other objects, at the end what belongs to no
 * schema and what the catalog does not hold. Only what is `opened` has its children made, because a thousand tables have
 * tens of thousands of columns. A filter keeps tables and views whose name, dotted name or column contains it, and other
 * objects whose name does.
 */
export function buildObjectTree(catalog: Catalog, filter: string, opened: ReadonlySet<string>): TreeNode {
  const wanted = filter.trim().toLowerCase();
  const matches = (...texts: readonly string[]): boolean =>
    wanted === '' || texts.some((text) => text.toLowerCase().includes(wanted));
  const others = catalog.otherObjects ?? [];
  const context: RelationContext = {
    opened,
    facts: new Map((catalog.facts?.tables ?? []).map((fact) => [qualifiedName(fact), fact])),
    partitions: groupBy(catalog.tables, ({ partitionOf }) => (partitionOf ? qualifiedName(partitionOf.parent) : null)),
    belongings: groupBy(others, ({ table }) => (table ? qualifiedName(table) : null)),
  };
  const tables = groupBy(catalog.tables, (table) => (table.partitionOf === null ? table.schema : null));
  const views = groupBy(catalog.views, schemaOf);
  const routines = groupBy(catalog.routines, schemaOf);
  const types = groupBy(catalog.types, schemaOf);
  const sequences = groupBy(catalog.sequences, schemaOf);
  const positions = new Map((catalog.facts?.sequences ?? []).map((fact) => [qualifiedName(fact), fact]));
  const alone = groupBy(others, ({ table, schema }) => (table ? null : schema));

  /** A group of those leaves that match, open while there is a filter; no group without a leaf. */
  const group = (parent: string, label: string, kind: TreeKind, leaves: readonly Leaf[], prefix = ''): TreeNode[] => {
    const found = leaves.filter((leaf) => matches(leaf.name, `${prefix}${leaf.name}`));
    if (found.length === 0) return [];
    const open = wanted === '' ? opened : new Set([...opened, `${parent}/${label}`]);
    return [groupNode({ parent, object: null, label, kind, leaves: found, opened: open })];
  };
  const otherGroups = (parent: string, schema: string, prefix: string): readonly TreeNode[] => {
    const inSchema = groupBy(alone.get(schema) ?? [], ({ kind }) => kind);
    return [...inSchema].flatMap(([kind, objects]) =>
      group(
        parent,
        groupLabel(kind),
        'other',
        objects.map((object) => ({ name: object.name, detail: '', object: objectId(object) })),
        prefix,
      ),
    );
  };

  const schemas = catalog.schemas.flatMap(({ name }): readonly TreeNode[] => {
    const own = tables.get(name) ?? [];
    const id = `schema:${name}`;
    const inside = [
      ...[
        ...own
          .filter((table) => matches(table.name, `${name}.${table.name}`, ...table.columns.map((one) => one.name)))
          .map((table) => tableNode(table, context)),
        ...(views.get(name) ?? [])
          .filter((view) => matches(view.name, `${name}.${view.name}`, ...view.columns.map((one) => one.name)))
          .map((view) => viewNode(view, context)),
      ].toSorted((a, b) => collator.compare(a.label, b.label)),
      ...routineKinds.flatMap((kind) =>
        group(
          id,
          groupLabel(kind),
          'routine',
          (routines.get(name) ?? [])
            .filter((routine) => routine.kind === kind)
            .map((routine) => ({
              name: signatureOf(routine),
              detail: routine.language,
              object: objectId({ kind: 'routine', schema: name, name: signatureOf(routine) }),
            })),
          `${name}.`,
        ),
      ),
      ...group(
        id,
        'Types',
        'type',
        (types.get(name) ?? []).map((type) => ({
          name: type.name,
          detail: type.kind,
          object: objectId({ kind: 'type', schema: name, name: type.name }),
        })),
        `${name}.`,
      ),
      ...group(
        id,
        'Sequences',
        'sequence',
        (sequences.get(name) ?? []).map((sequence) => ({
          name: sequence.name,
          detail: percentText(positions.get(qualifiedName(sequence))?.usedFraction ?? null),
          object: objectId({ kind: 'sequence', schema: name, name: sequence.name }),
        })),
        `${name}.`,
      ),
      ...otherGroups(id, name, `${name}.`),
    ];
    if (wanted !== '' && inside.length === 0) return [];
    return [
      {
        id,
        kind: 'schema',
        label: name,
        detail: countOf(own.length, 'table'),
        object: null,
        hasChildren: inside.length > 0,
        children: inside,
      },
    ];
  });
  const notes = (label: string, texts: readonly string[]): readonly TreeNode[] =>
    group(
      databaseId,
      label,
      'note',
      texts.map((text) => ({ name: text, detail: '', object: databaseId })),
    );
  return {
    id: databaseId,
    kind: 'database',
    label: catalog.server.database,
    detail: countOf(catalog.schemas.length, 'schema'),
    object: databaseId,
    hasChildren: true,
    children: [
      ...schemas,
      ...group(
        databaseId,
        'Extensions',
        'extension',
        catalog.extensions.map(({ name, version }) => ({
          name,
          detail: version,
          object: objectId({ kind: 'extension', schema: '', name }),
        })),
      ),
      ...otherGroups(databaseId, '', ''),
      ...notes('Not modelled', catalog.notModelled),
      ...notes('Not visible to this role', catalog.notVisible ?? []),
    ],
  };
}

const collator = new Intl.Collator('en');

/** The line under the tree: `46 tables, 1 view, 41 functions`. */
export function catalogSummary(catalog: Catalog): string {
  const tables = catalog.tables.filter((table) => table.partitionOf === null).length;
  return [
    countOf(tables, 'table'),
    countOf(catalog.views.length, 'view'),
    countOf(catalog.routines.length, 'function'),
  ].join(', ');
}

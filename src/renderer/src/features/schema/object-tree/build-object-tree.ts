import type { Catalog, DefinedObject, Routine, Table, View } from '../../../../../engine/catalog/catalog.ts';
import { databaseId, objectId, signatureOf } from '../../../../../engine/catalog/catalog-objects.ts';
import { qualifiedName } from '../../../../../engine/sql/qualified-name.ts';
import { countOf, exactCount, percentText } from '../quantities.ts';
import { groupLabel } from './group-label.ts';
import { partitionsBelow, type RelationContext, tableNode, viewNode } from './relation-nodes.ts';
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

/** A relation of the tree as it is while it is closed, and what a filter looks for in it, in lower case. */
type RelationLine = {
  readonly closed: TreeNode;
  readonly open: (context: RelationContext) => TreeNode;
  readonly text: string;
};

/** What the tree of a catalog is made from, grouped and sorted once for all filters. */
export type TreeSource = {
  readonly catalog: Catalog;
  readonly context: Omit<RelationContext, 'opened'>;
  readonly alone: ReadonlyMap<string, readonly DefinedObject[]>;
  readonly tables: ReadonlyMap<string, readonly Table[]>;
  /** Tables and views of a schema in the order of their names. */
  readonly relations: (schema: string) => readonly RelationLine[];
};

/** Groups and sorts a catalog; the relations of a schema are prepared when they are first asked for. */
export function treeSource(catalog: Catalog): TreeSource {
  const others = catalog.otherObjects ?? [];
  const context = {
    facts: new Map((catalog.facts?.tables ?? []).map((fact) => [qualifiedName(fact), fact])),
    partitions: groupBy(catalog.tables, ({ partitionOf }) => (partitionOf ? qualifiedName(partitionOf.parent) : null)),
    belongings: groupBy(others, ({ table }) => (table ? qualifiedName(table) : null)),
  };
  const tables = groupBy(catalog.tables, (table) => (table.partitionOf === null ? table.schema : null));
  const views = groupBy(catalog.views, schemaOf);
  const closed = { ...context, opened: new Set<string>() };
  const textOf = (relation: Table | View): string => {
    const own = [relation.columns, relation.indexes];
    const ofTable =
      'constraints' in relation
        ? [relation.constraints, relation.triggers, relation.policies, partitionsBelow(relation, context.partitions)]
        : [];
    const parts = [...own, ...ofTable, context.belongings.get(qualifiedName(relation)) ?? []];
    return [`${relation.schema}.${relation.name}`, ...parts.flatMap((some) => some.map(({ name }) => name))]
      .join('\n')
      .toLowerCase();
  };
  const prepared = new Map<string, readonly RelationLine[]>();
  const relations = (schema: string): readonly RelationLine[] => {
    const known = prepared.get(schema);
    if (known !== undefined) return known;
    const lines = [
      ...(tables.get(schema) ?? []).map((table) => ({
        closed: tableNode(table, closed),
        open: (shown: RelationContext) => tableNode(table, shown),
        text: textOf(table),
      })),
      ...(views.get(schema) ?? []).map((view) => ({
        closed: viewNode(view, closed),
        open: (shown: RelationContext) => viewNode(view, shown),
        text: textOf(view),
      })),
    ].toSorted((a, b) => collator.compare(a.closed.label, b.closed.label));
    prepared.set(schema, lines);
    return lines;
  };
  return {
    catalog,
    context,
    alone: groupBy(others, ({ table, schema }) => (table ? null : schema)),
    tables,
    relations,
  };
}

/**
 * The catalog as a tree: database, schemas, then tables, views and groups of other objects, at the end what belongs to no
 * schema and what the catalog does not hold. Only what is `opened` has its children made, because a thousand tables have
 * tens of thousands of columns. A filter keeps every object whose name or dotted name contains it, and tables and views with
 * what is found inside of them: columns, indexes, constraints, partitions and the like.
 */
export function buildObjectTree(source: TreeSource, filter: string, opened: ReadonlySet<string>): TreeNode {
  const { catalog, alone, tables } = source;
  const wanted = filter.trim().toLowerCase();
  const matches = (...texts: readonly string[]): boolean =>
    wanted === '' || texts.some((text) => text.toLowerCase().includes(wanted));
  const context: RelationContext = { ...source.context, opened };
  const routines = groupBy(catalog.routines, schemaOf);
  const types = groupBy(catalog.types, schemaOf);
  const sequences = groupBy(catalog.sequences, schemaOf);
  const positions = new Map((catalog.facts?.sequences ?? []).map((fact) => [qualifiedName(fact), fact]));

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
    const found = source.relations(name).filter(({ text }) => text.includes(wanted));
    const inside = [
      ...found.map((line) => {
        if (opened.has(line.closed.id)) return line.open(context);
        const isNamedSo = `${name}.${line.closed.label}`.toLowerCase().includes(wanted);
        return isNamedSo || found.length > relationsShownInside ? line.closed : matchesInside(line, context, wanted);
      }),
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

/** The same order for `part_2` and `part_10` as people have. */
const collator = new Intl.Collator('en', { numeric: true });

/** Of more relations than this in a schema, a filter does not show what it finds inside of them: their names would drown. */
const relationsShownInside = 20;

/** A relation with nothing but those of its parts whose name contains what is wanted. */
function matchesInside({ closed, open }: RelationLine, context: RelationContext, wanted: string): TreeNode {
  const { children: groups } = open({ ...context, opened: new Set([closed.id]) });
  const whole = open({ ...context, opened: new Set([closed.id, ...groups.map(({ id }) => id)]) });
  const found = whole.children.flatMap((group) => {
    const children = group.children.filter(({ label }) => label.toLowerCase().includes(wanted));
    return children.length === 0 ? [] : [{ ...group, detail: exactCount(children.length), children }];
  });
  return { ...whole, children: found };
}

/** The line under the tree: `46 tables, 1 view, 41 functions`. */
export function catalogSummary(catalog: Catalog): string {
  const tables = catalog.tables.filter((table) => table.partitionOf === null).length;
  const others = [
    { count: catalog.views.length, kind: 'view' },
    { count: catalog.routines.length, kind: 'function' },
  ];
  return [
    countOf(tables, 'table'),
    ...others.flatMap(({ count, kind }) => (count === 0 ? [] : [countOf(count, kind)])),
  ].join(', ');
}

import * as z from 'zod';
import type { CatalogReader } from './catalog-reader.ts';
import type { ColumnarQuery } from './columnar-query.ts';
import type { StateChange } from './database-state.ts';
import type { Comments } from './objects/comments.ts';
import type { DependencyRow } from './objects/dependencies.ts';
import dependentsText from './objects/dependents.sql?raw';
import presentText from './objects/present-objects.sql?raw';
import type { Vocabulary } from './objects/vocabulary.ts';
import {
  askRelations,
  readComments,
  readDependencies,
  readRelations,
  type SharedRows,
  sharedSteps,
} from './read-relations.ts';
import { type RelationRows, relationRowsOf } from './relation-rows.ts';

const dependentRow = z.object({
  class: z.string(),
  oid: z.number(),
  relation: z.number().nullable(),
  composite: z.boolean(),
});
const dependentsQuery: ColumnarQuery<typeof dependentRow.shape> = {
  reads: 'what depends on the changes',
  text: () => dependentsText,
  row: dependentRow,
};

const presentRow = z.object({
  kind: z.enum(['relation', 'index', 'constraint', 'trigger', 'policy', 'child']),
  oid: z.number(),
});
const presentQuery: ColumnarQuery<typeof presentRow.shape> = {
  reads: 'what is gone',
  text: () => presentText,
  row: presentRow,
};

/** How many steps of a reader `findChanges` takes at most. */
export const changeSteps = 2 + sharedSteps;

/** The relations that have to be read again, and what is read anew because it is cheap as a whole. */
export type ChangedRelations = {
  /** Numbers of relations; 0 stands for domains and their constraints. */
  readonly relations: readonly number[];
  /** True when something else than relations may read differently. */
  readonly elsewhere: boolean;
  readonly shared: SharedRows;
};

// What belongs to relations alone. A changed rule, comment, type or function may belong elsewhere.
const ofRelations: ReadonlySet<string> = new Set([
  ...['pg_class', 'pg_attribute', 'pg_attrdef', 'pg_constraint', 'pg_index', 'pg_inherits', 'pg_sequence'],
  ...['pg_partitioned_table', 'pg_foreign_table', 'pg_trigger', 'pg_policy'],
]);

/**
 * Finds the relations whose rows or texts may have changed: those with a new row in a system catalog, those of which
 * something is gone, and those with a part that depends on a changed object, because its text may name that.
 */
export async function findChanges(
  reader: CatalogReader,
  change: Extract<StateChange, { readonly kind: 'objects' }>,
  earlier: RelationRows & { readonly otherObjects: readonly { readonly class: string; readonly oid: number }[] },
  vocabulary: Vocabulary,
): Promise<ChangedRelations> {
  const followed = [...change.catalogs].some((catalog) => catalog.startsWith('pg_depend of '));
  const [dependents, present, comments, dependencies] = await Promise.all([
    reader.columnar(dependentsQuery, [change.objects]),
    reader.columnar(presentQuery, []),
    readComments(reader),
    followed ? readDependencies(reader, vocabulary) : earlier.dependencies,
  ]);

  const relations = new Set([
    ...dependents.flatMap(({ relation }) => (relation === null ? [] : [relation])),
    ...relationsOfGone(present, earlier),
    ...relationsWithNewComments(comments, earlier),
    ...sequencesWithNewOwner(dependencies, earlier),
  ]);
  const outside = dependents.some((row) => row.composite || (row.relation === null && !ofRelations.has(row.class)));
  const catalogsOutside = [...change.catalogs].some((catalog) => {
    const own = catalog.replace(/^pg_(?:depend|description) of /, '');
    // New types of rows come with relations; they show among the dependents. A comment on a type is on no relation.
    const ofRows = own === 'pg_type' && !outside && !catalog.startsWith('pg_description of ');
    return !ofRelations.has(own) && !ofRows;
  });
  const others = new Set(earlier.otherObjects.map((other) => `${other.class}:${other.oid}`));
  // A table takes over the shell type of its name.
  const another = change.objects.some(([systemCatalog, oid]) => others.has(`${systemCatalog}:${oid}`));
  const elsewhere = outside || catalogsOutside || another || typesAreGone(change, dependents) || relations.has(0);
  if (elsewhere) relations.add(0);
  return { relations: [...relations], elsewhere, shared: { comments, dependencies } };
}

/** True when a type may have gone without a new one to show it. */
function typesAreGone(
  change: Extract<StateChange, { readonly kind: 'objects' }>,
  dependents: readonly z.infer<typeof dependentRow>[],
): boolean {
  return change.catalogs.has('pg_type') && !dependents.some((row) => row.class === 'pg_type');
}

function relationsOfGone(present: readonly z.infer<typeof presentRow>[], earlier: RelationRows): readonly number[] {
  const there = new Map<string, Set<number>>();
  const parents = new Map<number, number>();
  for (const { kind, oid } of present) {
    if (kind === 'child') parents.set(oid, (parents.get(oid) ?? 0) + 1);
    const objects = there.get(kind);
    if (objects === undefined) there.set(kind, new Set([oid]));
    else objects.add(oid);
  }
  const gone = (kind: string, rows: readonly { readonly oid: number; readonly relation?: number }[]) =>
    rows.flatMap((row) => (there.get(kind)?.has(row.oid) === true ? [] : [row.relation ?? row.oid]));
  return [
    ...gone('relation', earlier.tables),
    ...gone('relation', earlier.views),
    ...gone('relation', earlier.sequences),
    ...gone('index', earlier.indexes),
    ...gone('constraint', earlier.constraints),
    ...gone('trigger', earlier.triggers),
    ...gone('policy', earlier.policies),
    ...earlier.tables.flatMap((row) => ((row.parents?.length ?? 0) === (parents.get(row.oid) ?? 0) ? [] : [row.oid])),
  ];
}

function relationsWithNewComments(comments: Comments, earlier: RelationRows): readonly number[] {
  const relations = [...earlier.tables, ...earlier.views, ...earlier.sequences];
  return [
    ...relations.flatMap((row) => (comments('pg_class', row.oid) === row.comment ? [] : [row.oid])),
    ...earlier.columns.flatMap((row) =>
      comments('pg_class', row.relation, row.number) === row.comment ? [] : [row.relation],
    ),
    ...earlier.indexes.flatMap((row) => (comments('pg_class', row.oid) === row.comment ? [] : [row.relation])),
    ...earlier.constraints.flatMap((row) => (comments('pg_constraint', row.oid) === row.comment ? [] : [row.relation])),
    ...earlier.triggers.flatMap((row) => (comments('pg_trigger', row.oid) === row.comment ? [] : [row.relation])),
    ...earlier.policies.flatMap((row) => (comments('pg_policy', row.oid) === row.comment ? [] : [row.relation])),
  ];
}

/** Which column owns a sequence stands in the dependencies alone. */
function sequencesWithNewOwner(dependencies: readonly DependencyRow[], earlier: RelationRows): readonly number[] {
  if (dependencies === earlier.dependencies) return [];
  const sequences = new Set(earlier.sequences.map(({ oid }) => oid));
  const owners = (rows: readonly DependencyRow[]) =>
    new Map(
      rows.flatMap((row) =>
        row.class === 'pg_class' && row.onColumn !== 0 && sequences.has(row.object)
          ? [[row.object, `${row.onObject}:${row.onColumn}`] as const]
          : [],
      ),
    );
  const before = owners(earlier.dependencies);
  const now = owners(dependencies);
  return [...sequences].filter((oid) => before.get(oid) !== now.get(oid));
}

/** The earlier rows, with those of the changed relations read again. */
export async function readChanges(
  reader: CatalogReader,
  changed: ChangedRelations,
  earlier: RelationRows,
  vocabulary: Vocabulary,
): Promise<RelationRows> {
  const again = new Set(changed.relations);
  const kept = <Row extends { readonly relation: number }>(rows: readonly Row[]) =>
    rows.filter(({ relation }) => !again.has(relation));
  const keptRelations = <Row extends { readonly oid: number }>(rows: readonly Row[]) =>
    rows.filter(({ oid }) => !again.has(oid));
  const columns = kept(earlier.columns);
  const shared = Promise.resolve({ ...changed.shared, columnsElsewhere: columns });
  const read = relationRowsOf(await readRelations(reader, askRelations(reader), vocabulary, shared));
  return {
    tables: [...keptRelations(earlier.tables), ...read.tables],
    columns: [...columns, ...read.columns],
    constraints: [...kept(earlier.constraints), ...read.constraints],
    indexes: [...kept(earlier.indexes), ...read.indexes],
    views: [...keptRelations(earlier.views), ...read.views],
    sequences: [...keptRelations(earlier.sequences), ...read.sequences],
    triggers: [...kept(earlier.triggers), ...read.triggers],
    policies: [...kept(earlier.policies), ...read.policies],
    dependencies: read.dependencies,
  };
}

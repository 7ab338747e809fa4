import * as z from 'zod';
import type { DeepReadonly } from '../../shared/deep-readonly.ts';
import { qualifiedName } from '../sql/qualified-name.ts';
import { quoteIdentifier } from '../sql/quote-identifier.ts';
import { compareText } from './by-name.ts';
import type { Catalog, Column, Table, View } from './catalog.ts';
import { compareCatalogs } from './compare.ts';
import { type Derivation, derivationsOf } from './derivations.ts';
import type { Difference } from './difference.ts';
import { type Relationship, relationshipsOf } from './relationships.ts';

const changeSchema = z.enum(['added', 'removed', 'changed', 'kept']);

const lineChangeSchema = { change: z.enum(['added', 'removed', 'kept']) };

/** What a change makes of the relations that it touches: they and their neighbours, each with what happens to it. */
export const changePictureSchema = z.object({
  relations: z.array(
    z.object({
      schema: z.string(),
      name: z.string(),
      kind: z.enum(['table', 'partitioned table', 'foreign table', 'view', 'materialized view']),
      change: changeSchema,
      /** What changes of the relation itself, in words. */
      words: z.array(z.string()),
      /** Those that go stand where they stood. */
      columns: z.array(
        z.object({
          name: z.string(),
          type: z.string(),
          primaryKey: z.boolean(),
          foreignKey: z.boolean(),
          change: changeSchema,
          words: z.array(z.string()),
        }),
      ),
      /** Indexes, constraints, triggers and the like that come, go or change. */
      parts: z.array(
        z.object({ kind: z.string(), name: z.string(), change: changeSchema, words: z.array(z.string()) }),
      ),
    }),
  ),
  lines: z.array(
    z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('foreign key'),
        id: z.string(),
        name: z.string(),
        child: z.string(),
        parent: z.string(),
        childColumns: z.array(z.string()),
        parentColumns: z.array(z.string()),
        childEnd: z.enum(['zero or one', 'many']),
        parentEnd: z.enum(['exactly one', 'zero or one']),
        onDelete: z.enum(['no action', 'restrict', 'cascade', 'set null', 'set default']),
        ...lineChangeSchema,
      }),
      z.object({
        kind: z.enum(['reads', 'inherits']),
        id: z.string(),
        child: z.string(),
        parent: z.string(),
        parentColumns: z.array(z.string()),
        ...lineChangeSchema,
      }),
    ]),
  ),
  /** Neighbours that are not in the picture because there are too many. */
  neighboursLeftOut: z.number().int(),
});
export type ChangePicture = DeepReadonly<z.infer<typeof changePictureSchema>>;
type ChangedRelation = ChangePicture['relations'][number];
type ChangedColumn = ChangedRelation['columns'][number];
type ChangedLine = ChangePicture['lines'][number];
type Change = ChangedRelation['change'];
type Relation = Table | View;

const mostNeighbours = 24;

/**
 * The picture of what turns `before` into `after`. Relations that are the very same object in both are not looked at, so
 * that a small change to a large catalog is a small work. `renamed` gives new names of relations and columns with those of
 * before; without it what is renamed goes and comes.
 */
export function changePicture(
  before: Catalog,
  after: Catalog,
  renamed: ReadonlyMap<string, string> = new Map(),
): ChangePicture {
  const old = relationsOf(before);
  const now = relationsOf(after);
  const touched = {
    before: [...old].filter(([path, relation]) => now.get(path) !== relation),
    after: [...now].filter(([path, relation]) => old.get(path) !== relation),
  };
  const [partBefore, partAfter] = [partOf(before, touched.before), partOf(after, touched.after)];
  const renames = new Map(
    touched.after.flatMap(([path, relation]) => {
      if (old.has(path)) return [];
      const was = touched.before.find(
        ([formerPath, candidate]) => !now.has(formerPath) && isRenamed(candidate, relation, renamed),
      );
      return was === undefined ? [] : [[path, was[0]] as const];
    }),
  );
  const former = (path: string): string => renames.get(path) ?? path;
  const owners = new Map([...touched.before, ...touched.after].flatMap(([path, relation]) => ownersOf(path, relation)));
  const differences = groupByRelation(compareCatalogs(partBefore, partAfter), owners);

  const changed = new Map<string, ChangedRelation>();
  const gone = new Set(touched.before.map(([path]) => path).filter((path) => !now.has(path)));
  for (const [path, relation] of touched.after) {
    const was = old.get(former(path)) ?? null;
    gone.delete(former(path));
    const drawn = relationOf(was, relation, path, differences.get(path) ?? [], renamed);
    if (drawn.change !== 'kept') changed.set(path, drawn);
  }
  for (const path of gone) {
    const was = old.get(path);
    if (was) changed.set(path, relationOf(was, null, path, [], renamed));
  }

  const newName = new Map([...renames].map(([to, from]) => [from, to]));
  const all = linesOf(before, after, newName).filter(({ child, parent }) => changed.has(child) || changed.has(parent));
  const neighbours = new Set(
    all
      .toSorted((a, b) => Number(a.change === 'kept') - Number(b.change === 'kept'))
      .flatMap(({ child, parent }) => [child, parent])
      .filter((path) => !changed.has(path)),
  );
  const near = [...neighbours].slice(0, mostNeighbours);
  for (const path of near) {
    const relation = now.get(path) ?? old.get(path);
    if (relation) changed.set(path, relationOf(relation, relation, path, [], renamed));
  }
  return {
    relations: [...changed.values()].toSorted((a, b) => compareText(a.schema, b.schema) || compareText(a.name, b.name)),
    lines: all.filter(({ child, parent }) => changed.has(child) && changed.has(parent)),
    neighboursLeftOut: neighbours.size - near.length,
  };
}

/** True for one relation under two names or in two schemas: a statement said so, or it has the very same columns. */
const isRenamed = (was: Relation, is: Relation, renamed: ReadonlyMap<string, string>): boolean =>
  was.columns === is.columns || (was.schema === is.schema && renamed.get(is.name) === was.name);

/** Tables and views by their paths; a partition stands behind its partitioned table. */
const relationsOf = ({ tables, views }: Catalog): ReadonlyMap<string, Relation> =>
  new Map(
    [...tables.filter(({ partitionOf }) => partitionOf === null), ...views].map((each) => [qualifiedName(each), each]),
  );

/** A catalog of these relations alone. */
const partOf = (catalog: Catalog, relations: readonly (readonly [string, Relation])[]): Catalog => {
  const wanted = new Set(relations.map(([, relation]) => relation));
  return {
    ...catalog,
    schemas: [],
    tables: catalog.tables.filter((table) => wanted.has(table)),
    views: catalog.views.filter((view) => wanted.has(view)),
    sequences: [],
    types: [],
    routines: [],
    extensions: [],
    otherObjects: [],
    dependencies: [],
    grants: [],
  };
};

/** The relation of each of its indexes, whose paths do not name it. */
const ownersOf = (path: string, { schema, indexes }: Relation): readonly (readonly [string, string])[] =>
  indexes.map(({ name }) => [qualifiedName({ schema, name }), path]);

/** Differences by the path of the relation that they are about. */
function groupByRelation(
  differences: readonly Difference[],
  owners: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly Difference[]> {
  const groups = new Map<string, Difference[]>();
  for (const difference of differences) {
    const owner = difference.kind === 'index' ? owners.get(difference.object) : undefined;
    const key = owner ?? pathParts(difference.object).slice(0, 2).join('.');
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [difference]);
    else known.push(difference);
  }
  return groups;
}

/** The parts of a dotted path as they are written, quotes included. */
const pathParts = (path: string): readonly string[] => path.match(/"(?:[^"]|"")+"|[^."]+/g) ?? [];

const wordsOf = (differences: readonly Difference[]): readonly string[] =>
  differences.flatMap(({ attribute, before, after }) =>
    attribute === undefined ? [] : [`${attribute}: ${before ?? 'none'} → ${after ?? 'none'}`],
  );

function relationOf(
  was: Relation | null,
  is: Relation | null,
  path: string,
  differences: readonly Difference[],
  renamed: ReadonlyMap<string, string>,
): ChangedRelation {
  const relation = is ?? was;
  if (relation === null) throw new Error('a relation must be in one of two catalogs');
  const whole: Change = was === null ? 'added' : is === null ? 'removed' : 'kept';
  const isOwn = ({ object }: Difference): boolean => object === path;
  const columns = columnsOf(was, is, path, differences, renamed);
  const parts = partsOf(path, differences);
  const oldPath = was === null ? path : qualifiedName(was);
  const words = [
    ...(is !== null && oldPath !== path ? [`renamed from ${oldPath}`] : []),
    ...wordsOf(differences.filter(isOwn)),
  ];
  const isChanged = words.length > 0 || parts.length > 0 || columns.some(({ change }) => change !== 'kept');
  return {
    schema: relation.schema,
    name: relation.name,
    kind: 'kind' in relation ? relation.kind : relation.materialized ? 'materialized view' : 'view',
    change: whole === 'kept' && isChanged ? 'changed' : whole,
    words: whole === 'kept' ? words : [],
    columns,
    parts: whole === 'kept' ? parts : [],
  };
}

function columnsOf(
  was: Relation | null,
  is: Relation | null,
  path: string,
  differences: readonly Difference[],
  renamed: ReadonlyMap<string, string>,
): readonly ChangedColumn[] {
  const keysOf = (relation: Relation | null, kind: 'primary key' | 'foreign key'): ReadonlySet<string> =>
    new Set(
      relation !== null && 'constraints' in relation
        ? relation.constraints.filter((constraint) => constraint.kind === kind).flatMap(({ columns }) => columns)
        : [],
    );
  const draw = (relation: Relation | null, { name, type }: Pick<Column, 'name' | 'type'>): ChangedColumn => ({
    name,
    type,
    primaryKey: keysOf(relation, 'primary key').has(name),
    foreignKey: keysOf(relation, 'foreign key').has(name),
    change: 'kept',
    words: [],
  });
  if (was === null || is === null) return (is ?? was)?.columns.map((column) => draw(is ?? was, column)) ?? [];
  const member = (name: string): string => `${path}.${quoteIdentifier(name)}`;
  const formerName = (name: string): string | null => {
    const from = renamed.get(name);
    return was.columns.some((column) => column.name === from) ? (from ?? null) : null;
  };
  const oldNames = new Set(was.columns.map(({ name }) => name));
  const drawn = is.columns.map((column): ChangedColumn => {
    const former = oldNames.has(column.name) ? null : formerName(column.name);
    if (former !== null) return { ...draw(is, column), change: 'changed', words: [`renamed from ${former}`] };
    if (!oldNames.has(column.name)) return { ...draw(is, column), change: 'added' };
    const words = wordsOf(
      differences.filter(({ kind, object }) => kind === 'column' && object === member(column.name)),
    );
    return { ...draw(is, column), change: words.length > 0 ? 'changed' : 'kept', words };
  });
  const kept = new Set(is.columns.flatMap(({ name }) => [name, formerName(name) ?? name]));
  for (const [index, column] of was.columns.entries()) {
    if (!kept.has(column.name))
      drawn.splice(Math.min(index, drawn.length), 0, { ...draw(was, column), change: 'removed' });
  }
  return drawn;
}

/** What belongs to a relation and is no column, and comes, goes or changes; each once. */
function partsOf(path: string, differences: readonly Difference[]): ChangedRelation['parts'] {
  const parts = new Map<string, ChangedRelation['parts'][number]>();
  for (const difference of differences) {
    const { kind, object, change } = difference;
    if (kind === 'column' || object === path) continue;
    const key = `${kind}\0${object}`;
    const known = parts.get(key)?.words ?? [];
    parts.set(key, {
      kind,
      name: pathParts(object).at(-1) ?? object,
      change,
      words: [...known, ...wordsOf([difference])],
    });
  }
  return [...parts.values()];
}

/** The lines of both catalogs; those of before under the new names of their tables. */
function linesOf(before: Catalog, after: Catalog, newName: ReadonlyMap<string, string>): readonly ChangedLine[] {
  const linesIn = (catalog: Catalog): readonly (Relationship | Derivation)[] => [
    ...relationshipsOf(catalog).edges,
    ...derivationsOf(catalog),
  ];
  const key = (line: Relationship | Derivation): string =>
    JSON.stringify([line.kind, line.child, line.parent, line.kind === 'foreign key' ? line.childColumns : null]);
  const moved = <T extends Relationship | Derivation>(line: T): T => ({
    ...line,
    child: newName.get(line.child) ?? line.child,
    parent: newName.get(line.parent) ?? line.parent,
  });
  const old = new Map(linesIn(before).map((line) => [key(moved(line)), moved(line)]));
  const now = new Map(linesIn(after).map((line) => [key(line), line]));
  return [
    ...[...now].map(([id, line]): ChangedLine => ({ ...line, id, change: old.has(id) ? 'kept' : 'added' })),
    ...[...old].flatMap(([id, line]): ChangedLine[] => (now.has(id) ? [] : [{ ...line, id, change: 'removed' }])),
  ];
}

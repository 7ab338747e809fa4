import { expressionKey, speakersOf } from './alike-definitions.ts';
import type { CatalogReader } from './catalog-reader.ts';
import {
  byNumber,
  type ColumnRow,
  columnsQuery,
  columnTypePairs,
  columnTypesOf,
  columnTypesQuery,
  defaultsQuery,
  type IndexableColumn,
  indexableColumn,
  type NarrowColumn,
  notNullNamesQuery,
} from './objects/columns.ts';
import { type Comments, commentsOf, commentsQuery } from './objects/comments.ts';
import {
  definitionKey as constraintKey,
  constraintsQuery,
  needsDefinition,
  specialConstraintsQuery,
} from './objects/constraints.ts';
import {
  type DependencyRow,
  dependenciesQuery,
  dependencyRowsOf,
  representativesQuery,
} from './objects/dependencies.ts';
import {
  definedBy,
  type IndexDefinedBy,
  indexesQuery,
  definitionKey as indexKey,
  predicateKey,
} from './objects/indexes.ts';
import { policiesQuery } from './objects/policies.ts';
import { sequencesQuery } from './objects/sequences.ts';
import { tablesQuery } from './objects/tables.ts';
import { triggersQuery } from './objects/triggers.ts';
import { viewsQuery } from './objects/views.ts';
import type { Vocabulary } from './objects/vocabulary.ts';
import { definitionSteps, readDefinitions } from './read-definitions.ts';

/** What is read as a whole even when only some relations are. */
export type SharedRows = { readonly comments: Comments; readonly dependencies: readonly DependencyRow[] };

/** How many steps of a reader `readComments` and `readDependencies` take. */
export const sharedSteps = 3;

/** How many steps of a reader `askRelations` and `readRelations` take. */
export const relationSteps = 12 + definitionSteps;

/** Reads the comments on relations and their parts. */
export const readComments = async (reader: CatalogReader): Promise<Comments> =>
  commentsOf(await reader.columnar(commentsQuery, []));

/** Reads the edges of the dependency graph. */
export async function readDependencies(
  reader: CatalogReader,
  vocabulary: Vocabulary,
): Promise<readonly DependencyRow[]> {
  const [dependencies, representatives] = await Promise.all([
    reader.columnar(dependenciesQuery, []),
    reader.columnar(representativesQuery, []),
  ]);
  return dependencyRowsOf(dependencies, representatives, vocabulary);
}

/** What was read of relations: rows, texts, and what else makes a whole of them. */
export type RelationAnswers = Awaited<ReturnType<typeof readRelations>>;

/** The plain rows of relations that are on their way. */
export type AskedRelations = ReturnType<typeof askRelations>;

/** Asks for the plain rows of the relations of the reader's scope. */
export function askRelations(reader: CatalogReader) {
  const { serverVersion, relations } = reader.scope;
  const notNullNames = notNullNamesQuery(serverVersion);
  const special = specialConstraintsQuery(serverVersion);
  // The columns come first: their types, which nothing else tells, can be asked for while the server is at the others.
  const columns = reader.columnar(columnsQuery);
  const columnTypes = columns.then((rows) => reader.columnar(columnTypesQuery, [columnTypePairs(rows)]));
  // It may fail before anybody waits for it.
  columnTypes.catch(() => undefined);
  return {
    columns,
    columnTypes,
    indexes: reader.columnar(indexesQuery),
    constraints: reader.columnar(constraintsQuery),
    views: reader.columnar(viewsQuery),
    triggers: reader.columnar(triggersQuery),
    policies: reader.columnar(policiesQuery),
    tables: reader.columnar(tablesQuery),
    defaults: reader.columnar(defaultsQuery),
    sequences: reader.columnar(sequencesQuery),
    notNullNames: notNullNames === null ? [] : reader.columnar(notNullNames, [relations]),
    specialConstraints: special === null ? [] : reader.columnar(special, [relations]),
  };
}

/**
 * Reads the relations of the reader's scope: the plain rows of the system catalogs that were asked for, then the texts
 * that only the server's deparsing functions can say, for those objects that have such a text.
 */
export async function readRelations(
  reader: CatalogReader,
  asked: AskedRelations,
  vocabulary: Vocabulary,
  /** Nothing else is waiting for an answer when this has come: what was asked behind a text that is locked would fail. */
  shared: Promise<
    SharedRows & {
      /** Columns of relations outside of the scope, which those inside may name. */
      readonly columnsElsewhere: readonly ColumnRow[];
    }
  >,
) {
  const found = await asked.columns;
  const [columns, indexColumns] = [found.filter((row) => !isOfIndex(row)), found.filter(isOfIndex)];
  const indexes = await asked.indexes;
  const constraints = await asked.constraints;
  const [views, triggers, policies] = await Promise.all([asked.views, asked.triggers, asked.policies]);
  const [tables, defaults, sequences] = await Promise.all([asked.tables, asked.defaults, asked.sequences]);
  const [notNullNames, specialConstraints] = await Promise.all([asked.notNullNames, asked.specialConstraints]);
  const typeOf = columnTypesOf(await asked.columnTypes);
  const { comments, dependencies, columnsElsewhere } = await shared;

  const columnOf = byNumber<IndexableColumn>([
    ...columnsElsewhere,
    ...columns.map((row) => indexableColumn(row, typeOf)),
  ]);
  const withClassOptions = new Set(
    indexColumns.flatMap(({ relation, special }) => (special?.options == null ? [] : [relation])),
  );
  const statisticsOf = new Map<number, { readonly number: number; readonly target: number }[]>();
  for (const { relation, number, special } of indexColumns) {
    const target = special?.statisticsTarget ?? null;
    if (target !== null) statisticsOf.set(relation, [...(statisticsOf.get(relation) ?? []), { number, target }]);
  }
  const defining = { columnOf, vocabulary, withClassOptions };
  const definers = new Map(indexes.map((row) => [row.oid, definedBy(row, defining)]));
  const indexesBy = (definer: IndexDefinedBy) => indexes.filter(({ oid }) => definers.get(oid) === definer);
  const specials = new Set(specialConstraints.map(({ oid }) => oid));
  const nameIn = (relation: number) => (number: number) => columnOf(relation, number)?.name;
  const relationNames = new Map([...tables, ...views].map((row) => [row.oid, row]));
  const alike = {
    indexes: speakersOf(indexesBy('server'), (row) =>
      relationNames.has(row.relation) ? indexKey(row, defining) : null,
    ),
    predicates: speakersOf(indexesBy('us with predicate'), (row) => predicateKey(row, defining)),
    constraints: speakersOf(
      constraints.filter((row) => needsDefinition(row, specials)),
      (row) => constraintKey(row, specials, nameIn(row.relation)),
    ),
    generations: speakersOf(
      defaults.filter(({ expression }) => expression === null),
      ({ tree, relation }) => tree && expressionKey(tree, nameIn(relation)),
    ),
  };

  const texts = await readDefinitions(
    reader,
    {
      indexes: alike.indexes.asked,
      predicates: alike.predicates.asked,
      constraints: alike.constraints.asked,
      views: themselves(views),
      triggers,
      policies,
      generations: alike.generations.asked,
      partitionKeys: themselves(tables.filter(({ kind }) => kind === 'partitioned table')),
    },
    dependencies,
  );

  return {
    tables,
    columns,
    indexes,
    constraints,
    views,
    sequences,
    triggers,
    policies,
    defaults,
    notNullNames,
    typeOf,
    columnOf,
    statisticsOf,
    relationNames,
    alike,
    texts,
    comments,
    dependencies,
    vocabulary,
  };
}

const isOfIndex = ({ special }: NarrowColumn): boolean => special?.ofIndex === true;

/** Relations as what belongs to themselves. */
const themselves = (rows: readonly { readonly oid: number }[]) => rows.map(({ oid }) => ({ oid, relation: oid }));

import { expressionKey, speakersOf } from './alike-definitions.ts';
import type { CatalogReader } from './catalog-reader.ts';
import {
  byNumber,
  type ColumnRow,
  columnRowsOf,
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
  type ConstraintRow,
  definitionKey as constraintKey,
  constraintRowOf,
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
  definitionLike,
  type IndexDefinedBy,
  type IndexRow,
  indexesQuery,
  definitionKey as indexKey,
  indexRowOf,
  predicateKey,
} from './objects/indexes.ts';
import { type PolicyRow, policiesQuery } from './objects/policies.ts';
import { type SequenceRow, sequenceRowOf, sequencesQuery } from './objects/sequences.ts';
import { type TableRow, tablesQuery } from './objects/tables.ts';
import { type TriggerRow, triggersQuery } from './objects/triggers.ts';
import { type ViewRow, viewsQuery } from './objects/views.ts';
import type { Vocabulary } from './objects/vocabulary.ts';
import { definitionSteps, readDefinitions } from './read-definitions.ts';

/** Relations and what belongs to them, still as rows that know each other by the server's numbers. */
export type RelationRows = {
  readonly tables: readonly TableRow[];
  readonly columns: readonly ColumnRow[];
  readonly constraints: readonly ConstraintRow[];
  readonly indexes: readonly IndexRow[];
  readonly views: readonly ViewRow[];
  readonly sequences: readonly SequenceRow[];
  readonly triggers: readonly TriggerRow[];
  readonly policies: readonly PolicyRow[];
  readonly dependencies: readonly DependencyRow[];
};

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
  /** Nothing else is waiting for an answer when this has come: the texts are asked for last. */
  shared: Promise<
    SharedRows & {
      /** Columns of relations outside of the scope, which those inside may name. */
      readonly columnsElsewhere: readonly ColumnRow[];
    }
  >,
): Promise<RelationRows> {
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

  const textsOf = (kind: keyof typeof alike, oid: number) => {
    const speaker = alike[kind].speakerOf(oid);
    return speaker && texts[kind](speaker.oid);
  };
  const backed = new Map(
    constraints.flatMap(({ kind, index, relation, name }) =>
      kind === 'p' || kind === 'u' || kind === 'x' ? [[index, { relation, name }] as const] : [],
    ),
  );
  const indexRows = indexes.map((row) => {
    const constraint = backed.get(row.oid);
    const table = relationNames.get(row.relation) ?? nowhere;
    const speaker = alike.indexes.speakerOf(row.oid);
    const [said = null, own = null, ...expressions] = textsOf('indexes', row.oid) ?? [];
    const definition =
      said === null || speaker === undefined || speaker === row
        ? said
        : definitionLike(
            { row: speaker, table: relationNames.get(speaker.relation) ?? nowhere, definition: said },
            { row, table },
            vocabulary,
          );
    const predicate = own ?? textsOf('predicates', row.oid)?.[0] ?? null;
    return indexRowOf(
      row,
      { definition, predicate, expressions },
      {
        columnOf,
        table,
        constraint: constraint?.relation === row.relation ? constraint.name : null,
        vocabulary,
        comments,
        statistics: statisticsOf.get(row.oid) ?? [],
      },
    );
  });
  const backing = new Map(indexRows.map((row) => [row.oid, row]));
  const columnNames = (relation: number, numbers: readonly number[]) =>
    numbers.map((number) => columnOf(relation, number)?.name ?? '');
  return {
    tables: tables.map((row) => ({
      ...row,
      partitionKey: texts.partitionKeys(row.oid)?.[0] ?? null,
      comment: comments('pg_class', row.oid),
    })),
    columns: columnRowsOf(columns, {
      typeOf,
      notNullNames,
      defaults,
      generation: (oid) => textsOf('generations', oid)?.[0] ?? null,
      comments,
    }),
    constraints: constraints.map((row) =>
      constraintRowOf(row, {
        columnNames,
        backing: (oid) => backing.get(oid),
        defined: textsOf('constraints', row.oid)?.[0] ?? undefined,
        vocabulary,
        comments,
      }),
    ),
    indexes: indexRows,
    views: views.map((row) => ({
      oid: row.oid,
      schema: row.schema,
      name: row.name,
      materialized: row.materialized,
      definition: texts.views(row.oid)?.[0] ?? '',
      options: row.options ?? [],
      populated: row.populated,
      ...(row.tablespace === null ? {} : { tablespace: row.tablespace }),
      owner: row.owner,
      comment: comments('pg_class', row.oid),
    })),
    sequences: sequences.map((row) => sequenceRowOf(row, comments)),
    triggers: triggers.map((row) => ({
      oid: row.oid,
      relation: row.relation,
      name: row.name,
      definition: texts.triggers(row.oid)?.[0] ?? '',
      enabled: row.enabled,
      function: { schema: row.functionSchema, name: row.functionName },
      inherited: row.inherited,
      comment: comments('pg_trigger', row.oid),
    })),
    policies: policies.map((row) => {
      const [using = null, check = null] = texts.policies(row.oid) ?? [];
      return { ...row, using, check, comment: comments('pg_policy', row.oid) };
    }),
    dependencies,
  };
}

/** Where the indexes of tables are that belong to an extension, and are not in the catalog either. */
const nowhere = { schema: '', name: '' };

const isOfIndex = ({ special }: NarrowColumn): boolean => special?.ofIndex === true;

/** Relations as what belongs to themselves. */
const themselves = (rows: readonly { readonly oid: number }[]) => rows.map(({ oid }) => ({ oid, relation: oid }));

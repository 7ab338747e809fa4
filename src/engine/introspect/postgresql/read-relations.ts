import type { CatalogReader } from './catalog-reader.ts';
import { byNumber, type ColumnRow, columnRowsOf, columnsQuery, defaultsQuery } from './objects/columns.ts';
import { type Comments, commentsOf, commentsQuery } from './objects/comments.ts';
import {
  type ConstraintRow,
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
  type IndexDefinedBy,
  type IndexRow,
  indexColumnsQuery,
  indexesQuery,
  indexRowOf,
} from './objects/indexes.ts';
import { type PolicyRow, policiesQuery } from './objects/policies.ts';
import { type SequenceRow, sequenceRowOf, sequencesQuery } from './objects/sequences.ts';
import { type TableRow, tablesQuery } from './objects/tables.ts';
import { type TriggerRow, triggersQuery } from './objects/triggers.ts';
import { type ViewRow, viewsQuery } from './objects/views.ts';
import type { Vocabulary } from './objects/vocabulary.ts';
import { definitionSteps, readDefinitions } from './read-definitions.ts';

type ColumnName = Pick<ColumnRow, 'relation' | 'number' | 'name' | 'typeNumber' | 'typeClass' | 'collationNumber'>;

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

/** How many steps of a reader `readRelations` takes. */
export const relationSteps = 11 + definitionSteps;

/** Reads the comments on relations and their parts. */
export const readComments = async (reader: CatalogReader): Promise<Comments> =>
  commentsOf((await reader.columnar(commentsQuery, []))());

/** Reads the edges of the dependency graph. */
export async function readDependencies(
  reader: CatalogReader,
  vocabulary: Vocabulary,
): Promise<readonly DependencyRow[]> {
  const dependencies = await reader.columnar(dependenciesQuery, []);
  const representatives = await reader.columnar(representativesQuery, []);
  return dependencyRowsOf(dependencies(), representatives(), vocabulary);
}

/**
 * Reads the relations of the reader's scope: first the plain rows of the system catalogs, then the texts that only the
 * server's deparsing functions can say, for those objects that have such a text.
 */
export async function readRelations(
  reader: CatalogReader,
  vocabulary: Vocabulary,
  shared: SharedRows & {
    /** Columns of relations outside of the scope, which those inside may name. */
    readonly columnsElsewhere: readonly ColumnRow[];
  },
): Promise<RelationRows> {
  const { scope } = reader;
  const { comments } = shared;
  const columns = await reader.columnar(columnsQuery);
  const indexes = await reader.columnar(indexesQuery);
  const indexColumns = await reader.columnar(indexColumnsQuery, []);
  const constraints = await reader.columnar(constraintsQuery);
  const special = specialConstraintsQuery(scope.serverVersion);
  const specialConstraints = special === null ? () => [] : await reader.columnar(special, [scope.relations]);
  const views = await reader.columnar(viewsQuery);
  const triggers = await reader.columnar(triggersQuery);
  const policies = await reader.columnar(policiesQuery);
  const tables = await reader.columnar(tablesQuery);
  const defaults = await reader.columnar(defaultsQuery);

  const columnOf = byNumber<ColumnName>([...shared.columnsElsewhere, ...columns()]);
  const withClassOptions = new Set(
    indexColumns().flatMap(({ relation, classOptions }) => (classOptions ? [relation] : [])),
  );
  const statisticsOf = new Map<number, { readonly number: number; readonly target: number }[]>();
  for (const { relation, number, statisticsTarget: target } of indexColumns()) {
    if (target !== null) statisticsOf.set(relation, [...(statisticsOf.get(relation) ?? []), { number, target }]);
  }
  const definers = new Map(
    indexes().map((row) => [row.oid, definedBy(row, { columnOf, vocabulary, withClassOptions })]),
  );
  const indexesBy = (definer: IndexDefinedBy) => indexes().filter(({ oid }) => definers.get(oid) === definer);
  const specials = new Set(specialConstraints().map(({ oid }) => oid));

  const texts = await readDefinitions(
    reader,
    {
      indexes: indexesBy('server'),
      predicates: indexesBy('us with predicate'),
      constraints: constraints().filter((row) => needsDefinition(row, specials)),
      views: themselves(views()),
      triggers: triggers(),
      policies: policies(),
      generations: defaults().filter(({ expression }) => expression === null),
      partitionKeys: themselves(tables().filter(({ kind }) => kind === 'partitioned table')),
    },
    shared.dependencies,
  );
  const sequences = await reader.columnar(sequencesQuery);

  const indexRows = indexes().map((row) => {
    const [definition = null, predicate = null, ...expressions] = texts.indexes(row.oid) ?? [];
    const known = { definition, predicate: predicate ?? texts.predicates(row.oid)?.[0] ?? null, expressions };
    return indexRowOf(row, known, { columnOf, vocabulary, comments, statistics: statisticsOf.get(row.oid) ?? [] });
  });
  const backing = new Map(indexRows.map((row) => [row.oid, row]));
  const columnNames = (relation: number, numbers: readonly number[]) =>
    numbers.map((number) => columnOf(relation, number)?.name ?? '');
  return {
    tables: tables().map((row) => ({
      ...row,
      partitionKey: texts.partitionKeys(row.oid)?.[0] ?? null,
      comment: comments('pg_class', row.oid),
    })),
    columns: columnRowsOf(columns(), defaults(), (oid) => texts.generations(oid)?.[0] ?? null, comments),
    constraints: constraints().map((row) =>
      constraintRowOf(row, {
        columnNames,
        backing: (oid) => backing.get(oid),
        defined: texts.constraints(row.oid)?.[0] ?? undefined,
        vocabulary,
        comments,
      }),
    ),
    indexes: indexRows,
    views: views().map((row) => ({
      oid: row.oid,
      schema: row.schema,
      name: row.name,
      materialized: row.materialized,
      definition: texts.views(row.oid)?.[0] ?? '',
      options: row.options ?? [],
      populated: row.populated,
      owner: row.owner,
      comment: comments('pg_class', row.oid),
    })),
    sequences: sequences().map((row) => sequenceRowOf(row, comments)),
    triggers: triggers().map((row) => ({
      oid: row.oid,
      relation: row.relation,
      name: row.name,
      definition: texts.triggers(row.oid)?.[0] ?? '',
      enabled: row.enabled,
      function: { schema: row.functionSchema, name: row.functionName },
      inherited: row.inherited,
      comment: comments('pg_trigger', row.oid),
    })),
    policies: policies().map((row) => {
      const [using = null, check = null] = texts.policies(row.oid) ?? [];
      return { ...row, using, check, comment: comments('pg_policy', row.oid) };
    }),
    dependencies: shared.dependencies,
  };
}

/** Relations as what belongs to themselves. */
const themselves = (rows: readonly { readonly oid: number }[]) => rows.map(({ oid }) => ({ oid, relation: oid }));

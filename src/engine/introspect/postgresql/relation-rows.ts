import { type ColumnRow, columnRowsOf } from './objects/columns.ts';
import { type ConstraintRow, constraintRowOf } from './objects/constraints.ts';
import type { DependencyRow } from './objects/dependencies.ts';
import { definitionLike, type IndexRow, indexRowOf } from './objects/indexes.ts';
import type { PolicyRow } from './objects/policies.ts';
import { type SequenceRow, sequenceRowOf } from './objects/sequences.ts';
import type { TableRow } from './objects/tables.ts';
import type { TriggerRow } from './objects/triggers.ts';
import type { ViewRow } from './objects/views.ts';
import type { RelationAnswers } from './read-relations.ts';

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

/** Puts together what was read of relations; takes its time when they are thousands. */
export function relationRowsOf(read: RelationAnswers): RelationRows {
  const { alike, texts, columnOf, relationNames, vocabulary, comments } = read;
  const textsOf = (kind: keyof typeof alike, oid: number) => {
    const speaker = alike[kind].speakerOf(oid);
    return speaker && texts[kind](speaker.oid);
  };
  const backed = new Map(
    read.constraints.flatMap(({ kind, index, relation, name }) =>
      kind === 'p' || kind === 'u' || kind === 'x' ? [[index, { relation, name }] as const] : [],
    ),
  );
  const indexRows = read.indexes.map((row) => {
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
        statistics: read.statisticsOf.get(row.oid) ?? [],
      },
    );
  });
  const backing = new Map(indexRows.map((row) => [row.oid, row]));
  const columnNames = (relation: number, numbers: readonly number[]) =>
    numbers.map((number) => columnOf(relation, number)?.name ?? '');
  return {
    tables: read.tables.map((row) => ({
      ...row,
      partitionKey: texts.partitionKeys(row.oid)?.[0] ?? null,
      comment: comments('pg_class', row.oid),
    })),
    columns: columnRowsOf(read.columns, {
      typeOf: read.typeOf,
      notNullNames: read.notNullNames,
      defaults: read.defaults,
      generation: (oid) => textsOf('generations', oid)?.[0] ?? null,
      comments,
    }),
    constraints: read.constraints.map((row) =>
      constraintRowOf(row, {
        columnNames,
        backing: (oid) => backing.get(oid),
        defined: textsOf('constraints', row.oid)?.[0] ?? undefined,
        vocabulary,
        comments,
      }),
    ),
    indexes: indexRows,
    views: read.views.map((row) => ({
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
    sequences: read.sequences.map((row) => sequenceRowOf(row, comments)),
    triggers: read.triggers.map((row) => ({
      oid: row.oid,
      relation: row.relation,
      name: row.name,
      definition: texts.triggers(row.oid)?.[0] ?? '',
      enabled: row.enabled,
      function: { schema: row.functionSchema, name: row.functionName },
      inherited: row.inherited,
      comment: comments('pg_trigger', row.oid),
    })),
    policies: read.policies.map((row) => {
      const [using = null, check = null] = texts.policies(row.oid) ?? [];
      return { ...row, using, check, comment: comments('pg_policy', row.oid) };
    }),
    dependencies: read.dependencies,
  };
}

/** Where the indexes of tables are that belong to an extension, and are not in the catalog either. */
const nowhere = { schema: '', name: '' };

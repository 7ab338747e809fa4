import type { Constraint } from '@pgsql/types';
import { all, as, nameOf, strings } from '../../sql/nodes.ts';
import { partitionColumns } from '../partition-columns.ts';
import { type CheckContext, defineRule, type Found } from '../rule.ts';
import { columnList, listInWords, shown } from '../wording.ts';

/** The plain columns of a partition key; null when it holds an expression, with which no unique key is possible. */
const report = (
  table: string,
  key: readonly string[] | null,
  columns: readonly string[],
  range: Found['range'],
): readonly Found[] => {
  const missing = key === null ? [] : key.filter((column) => !columns.includes(column));
  if (columns.length === 0 || (key !== null && missing.length === 0)) return [];
  return [
    {
      range,
      message:
        key === null
          ? `${table} is partitioned by an expression, so it can have no unique key: the statement fails with 0A000`
          : `A unique key of ${table} must hold its partition key, and ${listInWords(missing)} is missing: the statement fails with 0A000`,
      evidence: { table, partitionKey: key, missing, sqlstate: '0A000' },
      ...(key === null
        ? {}
        : { instead: `Take the partition key in, for example (${columnList([...columns, ...missing])}).` }),
    },
  ];
};

const isUnique = (constraint: Constraint): boolean =>
  constraint.contype === 'CONSTR_PRIMARY' || constraint.contype === 'CONSTR_UNIQUE';

const inCreate = (context: CheckContext): readonly Found[] => {
  const create = as(context.statement.node, 'CreateStmt');
  if (create?.partspec === undefined) return [];
  const elements = all(create.partspec.partParams, 'PartitionElem');
  const key = elements.some(({ name }) => name === undefined) ? null : elements.map(({ name }) => name ?? '');
  const table = shown(nameOf(create.relation));
  const at = (constraint: Constraint): Found['range'] => {
    const start = context.offset(constraint.location);
    return { start, end: context.source.tokens({ start, end: context.statement.end })[0]?.end ?? start };
  };
  const own = all(create.tableElts, 'Constraint').filter(isUnique);
  const inline = all(create.tableElts, 'ColumnDef').flatMap((column) =>
    all(column.constraints, 'Constraint')
      .filter(isUnique)
      .flatMap((constraint) => report(table, key, [column.colname ?? ''], at(constraint))),
  );
  return [...inline, ...own.flatMap((constraint) => report(table, key, strings(constraint.keys), at(constraint)))];
};

export const partitionKeyMissingFromUnique = defineRule({
  id: 'partition-key-missing-from-unique',
  title: 'Unique key of a partitioned table without the partition key',
  category: 'correctness',
  severity: 'error',
  servers: { from: 11 },
  on: ['AT_AddConstraint', 'CreateStmt', 'IndexStmt'],
  docs: {
    what: 'A PRIMARY KEY or UNIQUE constraint, or a unique index, on a partitioned table that leaves out a column of the partition key.',
    why: 'Uniqueness is kept within each partition only, so PostgreSQL refuses the key with 0A000.',
    instead: 'Take the columns of the partition key into the unique key.',
    ignoreWhen: 'never: the statement cannot succeed.',
    manual: 'https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-LIMITATIONS',
  },
  examples: [
    {
      name: 'in the table itself',
      up: 'CREATE TABLE events (id bigint PRIMARY KEY, at timestamptz) PARTITION BY RANGE (at);',
      finds: [{ text: 'PRIMARY', severity: 'error' }],
      trace: { fails: '0A000' },
    },
    {
      name: 'added later',
      setup: 'create table events (id bigint, "At" timestamptz) partition by range ("At");',
      up: 'alter table events add constraint pk primary key (id);',
      finds: [{ text: 'add constraint pk primary key (id)' }],
      trace: { fails: '0A000' },
    },
    {
      name: 'a unique index',
      setup: 'create table events (id bigint, at timestamptz) partition by range (at);',
      up: 'create unique index i on events (id);',
      finds: [{ text: 'create unique index' }],
      trace: { fails: '0A000' },
    },
    {
      name: 'the partition key is part of it',
      up: 'create table events (id bigint, at timestamptz, primary key (id, at)) partition by range (at);',
      finds: [],
    },
    { name: 'an ordinary table', up: 'create table plain (id bigint primary key, at timestamptz);', finds: [] },
  ],
  check: (context) => {
    const altered = context.alter();
    const index = as(context.statement.node, 'IndexStmt');
    if (index?.unique === true) {
      const table = context.database.table(nameOf(index.relation));
      if (table?.partitionKey === null || table === null) return [];
      const columns = all(index.indexParams, 'IndexElem').map(({ name }) => name ?? '');
      return report(
        shown(nameOf(index.relation)),
        partitionColumns(table.partitionKey),
        columns,
        context.source.head(3),
      );
    }
    const definition = altered?.table?.partitionKey ?? null;
    if (altered === null || definition === null) return inCreate(context);
    return altered.actions.flatMap(({ cmd, range }) => {
      const constraint = cmd.subtype === 'AT_AddConstraint' ? as(cmd.def, 'Constraint') : undefined;
      if (constraint === undefined || !isUnique(constraint)) return [];
      return report(shown(altered.written), partitionColumns(definition), strings(constraint.keys), range);
    });
  },
});

import type { ColumnDef, IndexStmt } from '@pgsql/types';
import type { Column } from '../../catalog/catalog.ts';
import { all, as, nameOf } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { formatType, parseType, typeRef } from '../../sql/type-name.ts';
import { type CheckContext, defineRule, type Found } from '../rule.ts';
import { sameEntries, shapeOfIndex, shapeOfStatement } from '../same-index.ts';
import { shown } from '../wording.ts';

const serialTypes: Readonly<Record<string, string>> = {
  serial: 'integer',
  serial4: 'integer',
  bigserial: 'bigint',
  serial8: 'bigint',
  smallserial: 'smallint',
  serial2: 'smallint',
};

/** How the column that is there differs from the one that is written, in words; null when it does not. */
const columnDrift = (known: Column, written: ColumnDef): string | null => {
  const from = parseType(known.type);
  const wanted = formatType(typeRef(written.typeName));
  const type = serialTypes[wanted] ?? wanted;
  if (from !== null && formatType(from) !== type && !formatType(from).endsWith(`.${type}`))
    return `is ${known.type}, not ${type}`;
  const required = all(written.constraints, 'Constraint').some(
    ({ contype }) => contype === 'CONSTR_NOTNULL' || contype === 'CONSTR_PRIMARY' || contype === 'CONSTR_IDENTITY',
  );
  return required && !known.notNull ? 'may be NULL' : null;
};

const tableDrift = (context: CheckContext): readonly Found[] => {
  const create = as(context.statement.node, 'CreateStmt');
  const table = context.database.table(nameOf(create?.relation));
  if (create?.if_not_exists !== true || table === null) return [];
  const columns = all(create.tableElts, 'ColumnDef');
  const missing = columns.filter(({ colname }) => context.database.column(table, colname ?? '') === null);
  const other = columns.flatMap((column) => {
    const known = context.database.column(table, column.colname ?? '');
    const drift = known === null ? null : columnDrift(known, column);
    return drift === null ? [] : [`${quoteIdentifier(column.colname ?? '')} ${drift}`];
  });
  const said = [...missing.map(({ colname }) => `${quoteIdentifier(colname ?? '')} is missing`), ...other];
  if (said.length === 0) return [];
  return [
    {
      range: context.source.words('IF NOT EXISTS') ?? context.source.head(2),
      message: `${shown(nameOf(create.relation))} exists in another shape and stays so: ${said.join(', ')}`,
      evidence: { table: shown(nameOf(create.relation)), differences: said },
    },
  ];
};

const addedColumnDrift = (context: CheckContext): readonly Found[] => {
  const altered = context.alter();
  if (altered === null || altered.standing.size === 'new') return [];
  return altered.actions.flatMap(({ cmd, range }) => {
    const column = as(cmd.def, 'ColumnDef');
    if (cmd.subtype !== 'AT_AddColumn' || cmd.missing_ok !== true || column === undefined) return [];
    const known = context.database.column(altered.table, column.colname ?? '');
    const drift = known === null ? null : columnDrift(known, column);
    if (drift === null) return [];
    return [
      {
        range,
        message: `${shown(altered.written)} has a column ${quoteIdentifier(column.colname ?? '')} that ${drift}, and it stays so`,
        evidence: { table: shown(altered.written), column: column.colname ?? '', difference: drift },
      },
    ];
  });
};

const indexDrift = (context: CheckContext): readonly Found[] => {
  const create: IndexStmt | undefined = as(context.statement.node, 'IndexStmt');
  if (create?.if_not_exists !== true || create.idxname === undefined) return [];
  const { schema } = context.database.resolve(nameOf(create.relation));
  const known = context.database.index({ schema, name: create.idxname });
  const shape = known === null ? null : shapeOfIndex(known.index);
  if (shape === null) return [];
  const wanted = shapeOfStatement(create);
  if (sameEntries(shape, wanted) && shape.unique === wanted.unique) return [];
  return [
    {
      range: context.source.words('IF NOT EXISTS') ?? context.source.head(2),
      message: `An index ${quoteIdentifier(create.idxname)} of another shape exists and stays as it is`,
      evidence: { index: create.idxname, is: known?.index.definition ?? '' },
    },
  ];
};

export const ifNotExistsMasksDrift = defineRule({
  id: 'if-not-exists-masks-drift',
  title: 'IF NOT EXISTS hides that something else is there',
  category: 'correctness',
  severity: 'warning',
  servers: {},
  on: ['AT_AddColumn', 'CreateStmt', 'IndexStmt'],
  docs: {
    what: 'CREATE TABLE, ADD COLUMN or CREATE INDEX with IF NOT EXISTS, where what exists has another definition.',
    why: 'The statement does nothing and reports success. The application then meets a column that is missing or of another type.',
    instead: 'Leave the guard out, so that the migration stops, or change what is there to the wanted shape.',
    ignoreWhen: 'both shapes serve the application.',
    manual: 'https://www.postgresql.org/docs/current/sql-createtable.html',
  },
  examples: [
    {
      name: 'a column of another type',
      setup: 'create table users (id bigint primary key, age int);',
      up: 'ALTER TABLE users ADD COLUMN IF NOT EXISTS age text;',
      finds: [{ text: 'ADD COLUMN IF NOT EXISTS age text', severity: 'warning' }],
    },
    {
      name: 'a table without a column, another one may be NULL',
      setup: 'create table users (id bigint primary key, age int);',
      up: 'create table if not exists users (id bigint primary key, age int not null, name text);',
      finds: [{ text: 'if not exists' }],
    },
    {
      name: 'an index on another column',
      setup: 'create table users (id bigint primary key, a int, b int); create index i on users (a);',
      up: 'create index concurrently if not exists i on users (b);',
      finds: [{ text: 'if not exists' }],
    },
    {
      name: 'the same shape in other words',
      setup:
        'create table users (id serial primary key, age int not null, name varchar(20)); create index i on users (age);',
      up: 'create table if not exists users (id serial primary key, age int4 not null, name character varying(20)); alter table users add column if not exists age integer; create index concurrently if not exists i on users using btree (age);',
      finds: [],
    },
    {
      name: 'nothing is there',
      setup: 'create table users (id bigint primary key);',
      up: 'create table if not exists teams (id bigint primary key); alter table users add column if not exists age int;',
      finds: [],
    },
  ],
  check: (context) => [...tableDrift(context), ...addedColumnDrift(context), ...indexDrift(context)],
});

import type { ColumnDef } from '@pgsql/types';
import { all, as, columnsIn, nameOf } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { typeRef } from '../../sql/type-name.ts';
import { type CheckContext, defineRule, type Found } from '../rule.ts';
import { columnList, shown } from '../wording.ts';

const requiredKinds: ReadonlySet<string> = new Set(['CONSTR_NOTNULL', 'CONSTR_PRIMARY', 'CONSTR_GENERATED']);

const inColumn = (context: CheckContext, column: ColumnDef): readonly Found[] => {
  const name = quoteIdentifier(column.colname ?? '');
  const constraints = all(column.constraints, 'Constraint');
  const kinds = constraints.map(({ contype }) => contype ?? '');
  const range = context.source.identifier(column.colname ?? '', {
    start: context.offset(column.location),
    end: context.statement.end,
  });
  const found = (message: string): readonly Found[] => [
    { range: range ?? context.source.head(2), message, evidence: { column: column.colname ?? '' } },
  ];
  const generated = constraints.find(({ contype }) => contype === 'CONSTR_GENERATED');
  if (generated !== undefined && columnsIn(generated.raw_expr).length === 0)
    return found(`${name} is generated from no other column: it holds the same value in every row`);
  if (kinds.includes('CONSTR_NULL')) return found(`NULL on ${name} says what holds anyway`);
  const { name: type, array } = typeRef(column.typeName);
  if (type === 'bool' && !array && !kinds.some((kind) => requiredKinds.has(kind)))
    return found(`${name} has three states: conditions have to treat NULL beside true and false`);
  return [];
};

export const tableDesignLint = defineRule({
  id: 'table-design-lint',
  title: 'Table that is designed unusually',
  category: 'types and conventions',
  severity: 'info',
  servers: {},
  on: ['CreateStmt'],
  optIn: true,
  docs: {
    what: 'CREATE TABLE with INHERITS, OF a type, or partitioned by several columns; without a column that the settings require (`conventions: columns:` in .lockstep.yml); and columns that are boolean and may be NULL, that are marked NULL, or that are generated from nothing.',
    why: 'Keys and foreign keys do not reach through inheritance; a boolean with NULL has three states; a generated column without a column in its expression holds one value in all rows.',
    instead: 'Declarative partitions, NOT NULL with a default, a plain default.',
    ignoreWhen: 'the design is meant.',
    manual: 'https://www.postgresql.org/docs/current/ddl-inherit.html#DDL-INHERIT-CAVEATS',
  },
  examples: [
    {
      name: 'inheritance',
      up: 'CREATE TABLE cities (name text PRIMARY KEY) INHERITS (places);',
      finds: [{ text: 'CREATE TABLE', severity: 'info' }],
    },
    {
      name: 'columns',
      up: 'create table t (id bigint primary key, a boolean, b int null, c int generated always as (1 + 1) stored);',
      finds: [{ text: 'a' }, { text: 'b' }, { text: 'c' }],
    },
    {
      name: 'a column that every table has is missing',
      conventions: { columns: ['created_at', 'id'] },
      up: 'create table t (id bigint primary key);',
      finds: [{ text: 'create table' }],
    },
    {
      name: 'an ordinary table',
      conventions: { columns: ['id'] },
      up: 'create table t (id bigint primary key, a boolean not null default false, b int, c int generated always as (b + 1) stored);',
      finds: [],
    },
    { name: 'a partition', up: 'create table t1 partition of t for values in (1);', finds: [] },
    {
      name: 'a copy of another table has its columns',
      conventions: { columns: ['id'] },
      up: 'create table u (like t including all);',
      finds: [],
    },
  ],
  check: (context) => {
    const create = as(context.statement.node, 'CreateStmt');
    if (create === undefined || context.direction === 'down' || create.relation?.relpersistence === 't') return [];
    if (create.partbound !== undefined) return [];
    const table = shown(nameOf(create.relation));
    const found = (message: string): Found => ({ range: context.source.head(2), message, evidence: { table } });
    const columns = all(create.tableElts, 'ColumnDef');
    const copies = all(create.tableElts, 'TableLikeClause').length > 0 || create.ofTypename !== undefined;
    const inherits = (create.inhRelations ?? []).length > 0;
    const missing = context.conventions.columns.filter(
      (name) => !copies && !inherits && !columns.some(({ colname }) => colname === name),
    );
    return [
      ...(inherits ? [found(`Keys and foreign keys of the parents of ${table} do not hold for its rows`)] : []),
      ...(create.ofTypename === undefined ? [] : [found(`${table} can only be changed by changing its type`)]),
      ...((create.partspec?.partParams ?? []).length > 1
        ? [found(`A query reaches few partitions of ${table} only when it names the first of these columns`)]
        : []),
      ...(missing.length > 0 ? [found(`${table} lacks ${columnList(missing)}, which every table has`)] : []),
      ...columns.flatMap((column) => inColumn(context, column)),
    ];
  },
});

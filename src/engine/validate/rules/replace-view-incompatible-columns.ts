import type { View } from '../../catalog/catalog.ts';
import { as, nameOf } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { simulate } from '../../sql/simulate.ts';
import { keyOf } from '../../sql/table-index.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

type ViewColumn = View['columns'][number];

/** A replaced view keeps names and types; a type that the query's text does not tell is not held against it. */
const staysAs = (column: ViewColumn, now: ViewColumn | undefined): boolean =>
  now?.name === column.name && (now.type === '' || column.type === '' || now.type === column.type);

export const replaceViewIncompatibleColumns = defineRule({
  id: 'replace-view-incompatible-columns',
  title: 'Replaced view drops, renames, moves or retypes a column',
  category: 'correctness',
  severity: 'error',
  servers: {},
  on: ['ViewStmt'],
  docs: {
    what: 'CREATE OR REPLACE VIEW whose query does not begin with the columns that the view has, by name, type and in order.',
    why: 'PostgreSQL refuses it with 42P16: columns can only be added at the end.',
    instead: 'Add new columns at the end; else DROP and CREATE in one transaction, with the privileges given again.',
    ignoreWhen: 'the catalog that was checked against is older than the database.',
    manual: 'https://www.postgresql.org/docs/current/sql-createview.html',
  },
  examples: [
    {
      name: 'a column less',
      setup: 'create table users (id bigint, a int); create view v as select id, a from users;',
      up: 'CREATE OR REPLACE VIEW v AS SELECT id FROM users;',
      finds: [{ text: 'CREATE OR REPLACE VIEW', severity: 'error' }],
      trace: { fails: '42P16' },
    },
    {
      name: 'a new column in the middle',
      setup: 'create table users (id bigint, a int, "B" int); create view v as select id, a from users;',
      up: 'create or replace view v as select id, "B", a from users;',
      finds: [{ text: 'create or replace view' }],
      trace: { fails: '42P16' },
    },
    {
      name: 'a column of another type',
      setup: 'create table users (id bigint, a numeric(5,1)); create view v as select id, a from users;',
      up: 'create or replace view v as select id, a::text as a from users;',
      finds: [{ text: 'create or replace view' }],
      trace: { fails: '42P16' },
    },
    {
      name: 'a cast to the type it has',
      setup: 'create table users (id bigint, a varchar(20)); create view v as select id, a from users;',
      up: 'create or replace view v as select id, a::character varying(20) as a from users;',
      finds: [],
    },
    {
      name: 'a new column at the end',
      setup: 'create table users (id bigint, a int); create view v as select id from users;',
      up: 'create or replace view v as select id, a as b from users;',
      finds: [],
    },
    {
      name: 'another expression of the same name',
      setup: 'create table users (id bigint, a int); create view v as select id, a from users;',
      up: 'create or replace view v as select id, a * 2 as a from users where id > 0;',
      finds: [],
    },
    {
      name: 'a query whose columns are not known',
      setup: 'create table users (id bigint); create view v as select id from users;',
      up: 'create or replace view v as select * from somewhere_else;',
      finds: [],
    },
  ],
  check: (context) => {
    const statement = as(context.statement.node, 'ViewStmt');
    if (statement?.replace !== true) return [];
    const before = context.database.view(nameOf(statement.view));
    if (before === null || before.columns.length === 0 || context.isUncertain(before)) return [];
    const result = simulate(context.database.catalog, context.statement, {
      searchPath: context.database.searchPath,
      serverVersion: context.serverVersion,
    });
    if (result.uncertain.length > 0) return [];
    const after = result.catalog.views.find((view) => keyOf(view) === keyOf(before))?.columns ?? [];
    const at = after.length === 0 ? -1 : before.columns.findIndex((column, index) => !staysAs(column, after[index]));
    const column = before.columns[at];
    if (column === undefined) return [];
    const now = after[at];
    const was = `${quoteIdentifier(column.name)}${now?.name === column.name ? ` of type ${column.type}` : ''}`;
    const would =
      now === undefined ? 'be gone' : `be ${now.name === column.name ? now.type : quoteIdentifier(now.name)}`;
    return [
      {
        range: context.source.head(4),
        message: `Column ${at + 1} of ${shown(nameOf(statement.view))} is ${was} and would ${would}: the statement fails with 42P16`,
        evidence: { view: shown(nameOf(statement.view)), column: column.name, sqlstate: '42P16' },
      },
    ];
  },
});

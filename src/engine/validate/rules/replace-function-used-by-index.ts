import { as, nameOfParts, strings } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { defineRule } from '../rule.ts';
import { listInWords, shown, shownObject } from '../wording.ts';

export const replaceFunctionUsedByIndex = defineRule({
  id: 'replace-function-used-by-index',
  title: 'Replaced function stands behind stored values',
  category: 'correctness',
  severity: 'warning',
  servers: {},
  on: ['CreateFunctionStmt', 'ReindexStmt'],
  docs: {
    what: 'CREATE OR REPLACE FUNCTION of a function that an index expression, a CHECK or a stored generated column of an existing table calls.',
    why: 'Nothing that was stored is computed again: the index finds rows by the old result, the CHECK holds rows that the new one refuses, the column keeps old values. Queries answer wrongly without any error.',
    instead: 'Create the function under a new name and build a new index with it; or REINDEX CONCURRENTLY right after.',
    ignoreWhen: 'the new body gives the same results.',
    manual: 'https://www.postgresql.org/docs/current/sql-createindex.html',
  },
  examples: [
    {
      name: 'a function of an index',
      setup:
        "create function plain(t text) returns text immutable language sql as 'select lower(t)'; create table users (id bigint primary key, name text); create index i on users (plain(name));",
      up: "CREATE OR REPLACE FUNCTION plain(t text) RETURNS text IMMUTABLE LANGUAGE sql AS 'select upper(t)';",
      finds: [{ text: 'CREATE OR REPLACE FUNCTION', severity: 'warning' }],
    },
    {
      name: 'a function of a CHECK',
      setup:
        "create function ok(a int) returns boolean immutable language sql as 'select a > 0'; create table users (a int, constraint c check (ok(a)));",
      up: "create or replace function ok(a int) returns boolean immutable language sql as 'select a > 1';",
      finds: [{ text: 'create or replace function' }],
    },
    {
      name: 'the index is rebuilt right after',
      setup:
        "create function plain(t text) returns text immutable language sql as 'select lower(t)'; create table users (id bigint primary key, name text); create index i on users (plain(name));",
      up: "create or replace function plain(t text) returns text immutable language sql as 'select upper(t)'; reindex index concurrently i;",
      finds: [],
    },
    {
      name: 'a function that nothing stored uses',
      setup:
        "create function plain(t text) returns text immutable language sql as 'select lower(t)'; create table users (name text);",
      up: "create or replace function plain(t text) returns text immutable language sql as 'select upper(t)';",
      finds: [],
    },
    { name: 'a new function', up: "create function plain(t text) returns text language sql as 'select t';", finds: [] },
  ],
  check: (context) => {
    const create = as(context.statement.node, 'CreateFunctionStmt');
    if (create?.replace !== true || context.direction === 'down') return [];
    const written = nameOfParts(strings(create.funcname));
    const pattern = new RegExp(`(?<![\\w$])"?${written.name.replaceAll(/[^\w]/g, '\\$&')}"?\\s*\\(`);
    const rebuilt = context.script.statements
      .slice(context.statement.index + 1)
      .flatMap(({ node }) => as(node, 'ReindexStmt')?.relation?.relname ?? []);
    const users = context.database.catalog.tables.flatMap((table) => [
      ...table.indexes
        .filter(
          ({ name, definition, constraint }) =>
            constraint === null && pattern.test(definition) && !rebuilt.includes(name) && !rebuilt.includes(table.name),
        )
        .map(({ name }) => `the index ${quoteIdentifier(name)}`),
      ...table.constraints
        .filter(({ kind, definition }) => kind === 'check' && pattern.test(definition))
        .map(({ name }) => `the check ${quoteIdentifier(name)} of ${shownObject(table)}`),
      ...table.columns
        .filter(({ generated, default: expression }) => generated !== null && pattern.test(expression ?? ''))
        .map(({ name }) => `the column ${shownObject(table)}.${quoteIdentifier(name)}`),
    ]);
    if (users.length === 0) return [];
    return [
      {
        range: context.source.head(4),
        message: `${listInWords(users)} ${users.length === 1 ? 'keeps' : 'keep'} what the old ${shown(written)} gave`,
        evidence: { routine: shown(written), usedBy: users },
      },
    ];
  },
});

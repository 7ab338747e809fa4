import { all, as, nameOfParts, strings } from '../../sql/nodes.ts';
import { insertAt } from '../fixes.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const securityDefinerSearchPath = defineRule({
  id: 'security-definer-search-path',
  title: 'SECURITY DEFINER function without a search_path of its own',
  category: 'security and access',
  severity: 'warning',
  servers: {},
  on: ['AlterFunctionStmt', 'CreateFunctionStmt'],
  docs: {
    what: 'CREATE FUNCTION or PROCEDURE with SECURITY DEFINER and without SET search_path.',
    why: 'It runs with its owner’s rights and its caller’s search path: a caller who can create objects in any schema of that path decides which tables and functions it uses.',
    instead:
      'SET search_path = pg_catalog, pg_temp (plus the trusted schemas it needs), and qualified names in the body.',
    ignoreWhen: 'nobody but the owner may execute the function.',
    manual: 'https://www.postgresql.org/docs/current/sql-createfunction.html#SQL-CREATEFUNCTION-SECURITY',
  },
  examples: [
    {
      name: 'no search path',
      up: "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'select 1';",
      finds: [{ text: 'SECURITY DEFINER', severity: 'warning' }],
      fixed:
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS 'select 1';",
    },
    {
      name: 'a procedure',
      up: "create or replace procedure p() security definer language plpgsql as 'begin end';",
      finds: [{ text: 'security definer' }],
    },
    {
      name: 'with a search path',
      up: "create function f() returns int language sql security definer set search_path = pg_catalog as 'select 1';",
      finds: [],
    },
    { name: 'with its caller’s rights', up: "create function f() returns int language sql as 'select 1';", finds: [] },
    {
      name: 'the path is set by ALTER FUNCTION',
      up: "create function f() returns int language sql security definer as 'select 1'; alter function f() set search_path = pg_catalog;",
      finds: [],
    },
    {
      name: 'a body bound when it is made',
      up: 'create function f() returns int language sql security definer return 1;',
      finds: [],
    },
  ],
  check: (context) => {
    const statement = as(context.statement.node, 'CreateFunctionStmt');
    if (statement === undefined || statement.sql_body !== undefined) return [];
    const options = all(statement.options, 'DefElem');
    const definer = options.some(({ defname, arg }) => defname === 'security' && as(arg, 'Boolean')?.boolval === true);
    const path = options.some(({ arg }) => as(arg, 'VariableSetStmt')?.name?.toLowerCase() === 'search_path');
    if (!definer || path) return [];
    const name = nameOfParts(strings(statement.funcname));
    const later = context.script.statements.slice(context.statement.index + 1).some(({ node }) => {
      const alter = as(node, 'AlterFunctionStmt');
      return (
        nameOfParts(strings(alter?.func?.objname)).name === name.name &&
        all(alter?.actions, 'DefElem').some(({ arg }) => as(arg, 'VariableSetStmt')?.name === 'search_path')
      );
    });
    const range = context.source.words('SECURITY DEFINER');
    if (later || range === null) return [];
    return [
      {
        range,
        severity: context.direction === 'down' ? ('info' as const) : ('warning' as const),
        message: `${shown(name)} runs with its owner's rights and its caller's search_path`,
        evidence: { routine: shown(name) },
        fix: {
          title: 'Give it a search_path of its own',
          edits: [insertAt(range.end, ' SET search_path = pg_catalog, public, pg_temp')],
        },
      },
    ];
  },
});

import type { DefElem } from '@pgsql/types';
import { all, as, nameOfParts, strings } from '../../sql/nodes.ts';
import { parseScript } from '../../sql/parser.ts';
import { insertAt } from '../fixes.ts';
import { type CheckContext, defineRule, type Found } from '../rule.ts';
import { shown } from '../wording.ts';

const setsPath = (options: readonly DefElem[]): boolean =>
  options.some(({ arg }) => as(arg, 'VariableSetStmt')?.name?.toLowerCase() === 'search_path');

const isDefiner = (options: readonly DefElem[]): boolean =>
  options.some(({ defname, arg }) => defname === 'security' && as(arg, 'Boolean')?.boolval === true);

/** True for `RESET search_path`, `RESET ALL` and `SET search_path TO DEFAULT`. */
const losesPath = (options: readonly DefElem[]): boolean =>
  options.some(({ arg }) => {
    const set = as(arg, 'VariableSetStmt');
    if (set?.kind === 'VAR_RESET_ALL') return true;
    return (set?.kind === 'VAR_RESET' || set?.kind === 'VAR_SET_DEFAULT') && set.name?.toLowerCase() === 'search_path';
  });

/** `ALTER FUNCTION` that leaves a routine, as the catalog knows it, with its owner's rights and no search path of its own. */
const inAlter = (context: CheckContext): Found | null => {
  const alter = as(context.statement.node, 'AlterFunctionStmt');
  const actions = all(alter?.actions, 'DefElem');
  const loses = losesPath(actions);
  if (alter === undefined || (!isDefiner(actions) && !loses) || (setsPath(actions) && !loses)) return null;
  const name = nameOfParts(strings(alter.func?.objname));
  const without = context.database.routines(name).some(({ definition }) => {
    const script = parseScript(definition);
    const create = script.ok ? as(script.value.statements[0]?.node, 'CreateFunctionStmt') : undefined;
    if (create === undefined || create.sql_body !== undefined) return false;
    const options = all(create.options, 'DefElem');
    return loses ? isDefiner([...options, ...actions]) && setsPath(options) : !setsPath(options);
  });
  return without
    ? {
        range: context.source.words('SECURITY DEFINER') ?? context.source.range,
        message: `${shown(name)} runs with its owner's rights and its caller's search_path`,
        evidence: { routine: shown(name) },
      }
    : null;
};

export const securityDefinerSearchPath = defineRule({
  id: 'security-definer-search-path',
  title: 'SECURITY DEFINER function without a search_path of its own',
  category: 'security and access',
  severity: 'warning',
  servers: {},
  on: ['AlterFunctionStmt', 'CreateFunctionStmt'],
  docs: {
    what: 'CREATE FUNCTION or PROCEDURE with SECURITY DEFINER and without SET search_path, and ALTER FUNCTION … SECURITY DEFINER of one without, or RESET search_path of one with.',
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
    {
      name: 'the rights are given later',
      setup:
        "create function f() returns int language sql as 'select 1'; create function g() returns int language sql set search_path = pg_catalog as 'select 1';",
      up: 'alter function f() security definer; alter function g() security definer; alter function f() security definer set search_path = pg_catalog; alter function f() security invoker;',
      finds: [{ text: 'security definer' }],
    },
    {
      name: 'the search path is taken away',
      setup:
        "create function f() returns int language sql security definer set search_path = pg_catalog as 'select 1'; create function g() returns int language sql set search_path = pg_catalog as 'select 1';",
      up: 'alter function f() reset search_path; alter function g() reset search_path;',
      finds: [{ text: 'alter function f() reset search_path' }],
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
    const altered = inAlter(context);
    if (altered !== null) return [altered];
    const statement = as(context.statement.node, 'CreateFunctionStmt');
    if (statement === undefined || statement.sql_body !== undefined) return [];
    const options = all(statement.options, 'DefElem');
    if (!isDefiner(options) || setsPath(options)) return [];
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

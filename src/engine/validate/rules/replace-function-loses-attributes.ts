import type { CreateFunctionStmt } from '@pgsql/types';
import { all, as, nameOfParts, strings } from '../../sql/nodes.ts';
import { parseScript } from '../../sql/parser.ts';
import { formatType, typeRef } from '../../sql/type-name.ts';
import { routinesMeant } from '../routine-signature.ts';
import { type CheckContext, defineRule, type Found } from '../rule.ts';
import { listInWords, shown } from '../wording.ts';

type Attributes = ReadonlyMap<string, string>;

const textOfValue = (arg: Parameters<typeof as>[0]): string =>
  as(arg, 'String')?.sval ?? String(as(arg, 'Boolean')?.boolval ?? false);

/** The attributes that a statement writes, by name; a setting as `set search_path`. */
const attributesOf = (statement: CreateFunctionStmt): Attributes =>
  new Map(
    all(statement.options, 'DefElem').flatMap((option): readonly (readonly [string, string])[] => {
      const setting = as(option.arg, 'VariableSetStmt');
      if (setting !== undefined) return [[`set ${setting.name ?? ''}`, 'true']];
      if (option.defname === 'as' || option.defname === 'language') return [];
      return [[option.defname ?? '', textOfValue(option.arg)]];
    }),
  );

const parametersOf = (statement: CreateFunctionStmt): string =>
  all(statement.parameters, 'FunctionParameter')
    .filter(({ mode }) => mode !== 'FUNC_PARAM_OUT' && mode !== 'FUNC_PARAM_TABLE')
    .map(({ argType }) => formatType(typeRef(argType)))
    .join(', ');

/** What the old definition has beyond the defaults and the new one says nothing about. */
const lost = (before: Attributes, after: Attributes): readonly string[] =>
  [...before].flatMap(([name, value]) => {
    if (after.has(name)) return [];
    if (name.startsWith('set ')) return [name.replace(/^set/, 'SET')];
    if (name === 'security' && value === 'true') return ['SECURITY DEFINER'];
    if (name === 'volatility' && value !== 'volatile') return [value.toUpperCase()];
    if (name === 'strict' && value === 'true') return ['STRICT'];
    if (name === 'parallel' && value !== 'unsafe') return [`PARALLEL ${value.toUpperCase()}`];
    return name === 'leakproof' && value === 'true' ? ['LEAKPROOF'] : [];
  });

/** `ALTER FUNCTION … SECURITY INVOKER` of a routine that runs with its owner's rights. */
const inAlter = (context: CheckContext): Found | null => {
  const alter = as(context.statement.node, 'AlterFunctionStmt');
  const isInvoker = all(alter?.actions, 'DefElem').some(
    ({ defname, arg }) => defname === 'security' && as(arg, 'Boolean')?.boolval !== true,
  );
  if (alter?.func === undefined || !isInvoker || context.direction === 'down') return null;
  const meant = routinesMeant(context.database, alter.func) ?? [];
  const isDefiner = meant.some(({ definition }) => {
    const script = parseScript(definition);
    const before = script.ok ? as(script.value.statements[0]?.node, 'CreateFunctionStmt') : undefined;
    return before !== undefined && attributesOf(before).get('security') === 'true';
  });
  if (!isDefiner) return null;
  const name = shown(nameOfParts(strings(alter.func.objname)));
  return {
    range: context.source.words('SECURITY INVOKER') ?? context.source.range,
    severity: 'error',
    message: `${name} runs with its caller's rights from here on: callers that have none of their own on what it reads fail`,
    evidence: { routine: name, lost: ['SECURITY DEFINER'] },
  };
};

export const replaceFunctionLosesAttributes = defineRule({
  id: 'replace-function-loses-attributes',
  title: 'Replaced function loses its attributes',
  category: 'security and access',
  severity: 'warning',
  servers: {},
  on: ['AlterFunctionStmt', 'CreateFunctionStmt'],
  docs: {
    what: 'CREATE OR REPLACE FUNCTION that does not repeat SECURITY DEFINER, SET, IMMUTABLE or STABLE, STRICT, PARALLEL or LEAKPROOF of the function as it is; ALTER FUNCTION … SECURITY INVOKER of one that has its owner’s rights.',
    why: 'What is not repeated goes back to its default without a word: the function runs with other rights or another search path, or can no longer be used in an index.',
    instead: 'Repeat every attribute, or write the default out where it is meant.',
    ignoreWhen: 'the attribute is meant to go.',
    manual: 'https://www.postgresql.org/docs/current/sql-createfunction.html',
  },
  examples: [
    {
      name: 'the search path of a function with its owner’s rights',
      setup:
        "create function f(a int) returns int language sql security definer set search_path = pg_catalog as 'select 1';",
      up: "CREATE OR REPLACE FUNCTION f(a int) RETURNS int LANGUAGE sql SECURITY DEFINER AS 'select 2';",
      finds: [{ text: 'CREATE OR REPLACE FUNCTION', severity: 'error' }],
    },
    {
      name: 'an immutable function',
      setup: "create function f(a int) returns int language sql immutable as 'select 1';",
      up: "create or replace function f(a int) returns int language sql as 'select 2';",
      finds: [{ text: 'create or replace function', severity: 'warning' }],
    },
    {
      name: 'everything is repeated',
      setup: "create function f(a int) returns int language sql immutable strict as 'select 1';",
      up: "create or replace function f(a int) returns int language sql strict immutable as 'select 2';",
      finds: [],
    },
    {
      name: 'another function of the name',
      setup: "create function f(a int) returns int language sql immutable as 'select 1';",
      up: "create or replace function f(a text) returns int language sql as 'select 2';",
      finds: [],
    },
    {
      name: 'the rights of the caller in place of the owner’s',
      setup:
        "create function f(a int) returns int language sql security definer set search_path = pg_catalog as 'select 1'; create function f(a text) returns int language sql as 'select 1';",
      up: 'alter function f(int) security invoker; alter function f(text) security invoker;',
      finds: [{ text: 'security invoker', severity: 'error' }],
    },
    {
      name: 'a function that is not there yet',
      up: "create or replace function f(a int) returns int language sql as 'select 2';",
      finds: [],
    },
  ],
  check: (context) => {
    const altered = inAlter(context);
    if (altered !== null) return [altered];
    const statement = as(context.statement.node, 'CreateFunctionStmt');
    // A down gives back what was there before the up.
    if (statement?.replace !== true || context.direction === 'down') return [];
    const written = nameOfParts(strings(statement.funcname));
    const wanted = parametersOf(statement);
    for (const routine of context.database.routines(written)) {
      const script = parseScript(routine.definition);
      const before = script.ok ? as(script.value.statements[0]?.node, 'CreateFunctionStmt') : undefined;
      if (before === undefined || parametersOf(before) !== wanted) continue;
      const gone = lost(attributesOf(before), attributesOf(statement));
      if (gone.length === 0) return [];
      const secure = gone.some((each) => each === 'SECURITY DEFINER' || each === 'SET search_path');
      return [
        {
          range: context.source.head(4),
          severity: secure ? ('error' as const) : ('warning' as const),
          message: `${shown(written)} has ${listInWords(gone)} and loses it by this statement, which does not repeat it`,
          evidence: { routine: `${shown(written)}(${wanted})`, lost: gone },
        },
      ];
    }
    return [];
  },
});

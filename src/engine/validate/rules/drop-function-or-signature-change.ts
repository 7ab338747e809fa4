import type { CreateFunctionStmt, Node } from '@pgsql/types';
import { all, as, nameOfObject, nameOfParts, strings, type WrittenName } from '../../sql/nodes.ts';
import { formatType, parseType, type TypeRef, typeRef } from '../../sql/type-name.ts';
import {
  routinesMeant,
  type Signature,
  sameTypes,
  signatureOf,
  signatureOfRoutine,
  takesArguments,
} from '../routine-signature.ts';
import { type CheckContext, defineRule, type Found } from '../rule.ts';
import { usersOf } from '../users-of.ts';
import { listInWords, shown } from '../wording.ts';

const words: Readonly<Record<string, string>> = {
  OBJECT_FUNCTION: 'function',
  OBJECT_PROCEDURE: 'procedure',
  OBJECT_ROUTINE: 'routine',
  OBJECT_AGGREGATE: 'aggregate',
};

/** True when calls of what is dropped find a function that is made afterwards, by their number of arguments. */
const isMadeAgain = (context: CheckContext, object: Node, { name }: WrittenName): boolean => {
  const made = context.script.statements.slice(context.statement.index + 1).flatMap(({ node }) => {
    const routine = as(node, 'CreateFunctionStmt');
    const called = routine?.funcname ?? as(node, 'DefineStmt')?.defnames;
    if (called === undefined || strings(called).at(-1) !== name) return [];
    return [routine === undefined ? null : signatureOf(routine)];
  });
  const meant = as(object, 'ObjectWithArgs');
  const [old] = meant === undefined ? [] : (routinesMeant(context.database, meant) ?? []);
  const dropped = old === undefined ? null : signatureOfRoutine(old);
  if (dropped === null) return made.length > 0;
  const counts = [...dropped.inputs.keys(), dropped.inputs.length].filter((count) => takesArguments(dropped, count));
  return counts.every((count) => made.some((one) => one === null || takesArguments(one, count)));
};

const inDrop = (context: CheckContext): readonly Found[] => {
  const drop = as(context.statement.node, 'DropStmt');
  const kind = words[drop?.removeType ?? ''];
  if (drop === undefined || kind === undefined) return [];
  const gone = (drop.objects ?? []).flatMap((object) => {
    const meant = as(object, 'ObjectWithArgs');
    const missing = meant !== undefined && routinesMeant(context.database, meant)?.length === 0;
    const written = nameOfObject(object);
    const name = context.database.resolve(written);
    const isOwn = context.created.has('routine', name) || context.createdByUp.has('routine', name);
    const isThere = !(context.hasCatalog && drop.missing_ok === true && missing);
    return isThere && !isOwn && !isMadeAgain(context, object, written) ? [written] : [];
  });
  if (gone.length === 0) return [];
  const users = [
    ...new Set(gone.flatMap((written) => usersOf(context.database, context.database.resolve(written), null))),
  ].filter((user) => !gone.some(({ name }) => user.endsWith(` ${name}`)));
  const also =
    users.length === 0 ? '' : `; ${listInWords(users.slice(0, 5))} ${users.length === 1 ? 'names' : 'name'} it`;
  return [
    {
      range: context.source.range,
      message: `Calls of the ${kind} ${listInWords(gone.map(shown))} fail from here on${also}`,
      evidence: { routines: gone.map(shown), usedBy: users },
    },
  ];
};

/** The one type that a function returns; null where it returns rows, or by parameters that go out. */
const resultOf = (statement: CreateFunctionStmt): string | null => {
  const result = statement.returnType;
  const isPlain = signatureOf(statement).outputs.length === 0 && result !== undefined && result.setof !== true;
  return isPlain ? formatType(typeRef(result)) : null;
};

/** The types of the arguments by which the server tells functions of one name apart. */
const argumentsOf = ({ inputs }: Signature): readonly TypeRef[] => inputs.map(({ type }) => type);

const inReplace = (context: CheckContext): readonly Found[] => {
  const create = as(context.statement.node, 'CreateFunctionStmt');
  if (create?.replace !== true || create.is_procedure === true) return [];
  const written = nameOfParts(strings(create.funcname));
  const wanted = resultOf(create);
  const taken = argumentsOf(signatureOf(create));
  const known = context.database.routines(written).find((routine) => {
    const signature = routine.kind === 'function' ? signatureOfRoutine(routine) : null;
    return signature !== null && sameTypes(argumentsOf(signature), taken);
  });
  if (known === undefined || wanted === null || known.result === null) return [];
  const is = parseType(known.result);
  if (is === null || formatType(is) === wanted) return [];
  return [
    {
      range: context.source.head(4),
      severity: 'error',
      message: `${shown(written)} returns ${known.result} and cannot be replaced by one that returns ${wanted}: the statement fails with 42P13`,
      evidence: { routine: shown(written), returns: known.result, sqlstate: '42P13' },
    },
  ];
};

/** True for calls with so many arguments, all of the same types, that mean either function. */
const areAlike = (one: Signature, other: Signature): boolean =>
  [...one.inputs.keys(), one.inputs.length].some(
    (count) =>
      takesArguments(one, count) &&
      takesArguments(other, count) &&
      sameTypes(argumentsOf(one).slice(0, count), argumentsOf(other).slice(0, count)),
  );

/** A function beside another one of the name, so that calls which meant that one can mean either. */
const inOverload = (context: CheckContext): readonly Found[] => {
  const create = as(context.statement.node, 'CreateFunctionStmt');
  if (create === undefined || create.is_procedure === true) return [];
  const written = nameOfParts(strings(create.funcname));
  const wanted = signatureOf(create);
  const { schema } = context.database.newName(written);
  const other = context.database.routines(written).find((routine) => {
    const signature = routine.kind === 'function' && routine.schema === schema ? signatureOfRoutine(routine) : null;
    if (signature === null || sameTypes(argumentsOf(signature), argumentsOf(wanted))) return false;
    return !signature.isVariadic && !wanted.isVariadic && areAlike(signature, wanted);
  });
  const goesLater = context.script.statements
    .slice(context.statement.index + 1)
    .some(({ node }) =>
      all(as(node, 'DropStmt')?.objects, 'ObjectWithArgs').some(
        ({ objname }) => strings(objname).at(-1) === written.name,
      ),
    );
  if (other === undefined || goesLater || context.created.has('routine', other)) return [];
  return [
    {
      range: context.source.head(create.replace === true ? 4 : 2),
      message: `${shown(written)}(${other.arguments}) stays beside this function: calls that leave out what has a default mean either, and fail with 42725`,
      evidence: { routine: shown(written), beside: other.arguments, sqlstate: '42725' },
    },
  ];
};

export const dropFunctionOrSignatureChange = defineRule({
  id: 'drop-function-or-signature-change',
  title: 'Function that running code may call is gone',
  category: 'compatibility',
  severity: 'warning',
  servers: {},
  on: ['CreateFunctionStmt', 'DefineStmt', 'DropStmt'],
  docs: {
    what: 'DROP of a function, procedure or aggregate that this migration neither made nor makes again for as many arguments, CREATE OR REPLACE FUNCTION with another result type, and a function beside one of the same name that the same calls can mean, because it only has more parameters with defaults.',
    why: 'Calls in the running application fail from that moment. Another result type is refused by the server. A function with other parameters replaces nothing: where both fit a call, the call is ambiguous.',
    instead:
      'Create the new function under a new name or signature, deploy the code that calls it, then drop the old one.',
    ignoreWhen: 'nothing calls it any more.',
    manual: 'https://www.postgresql.org/docs/current/sql-dropfunction.html',
  },
  examples: [
    {
      name: 'made again for other calls, and for the same and more',
      setup:
        "create function tax() returns int language sql as 'select 1'; create function fee(a int) returns int language sql as 'select 1';",
      up: "drop function tax(); create function tax(a int) returns int language sql as 'select 2'; drop function fee(int); create function fee(a bigint, b int default 1) returns int language sql as 'select 2';",
      finds: [{ text: 'drop function tax()' }],
    },
    {
      name: 'a function',
      setup: "create function tax() returns int language sql as 'select 1';",
      up: 'DROP FUNCTION tax();',
      finds: [{ text: 'DROP FUNCTION tax()', severity: 'warning' }],
    },
    {
      name: 'without a catalog',
      up: 'drop procedure if exists sales."Sweep"(int);',
      finds: [{ text: 'drop procedure if exists sales."Sweep"(int)' }],
    },
    {
      name: 'another result type',
      setup: "create function tax() returns int language sql as 'select 1';",
      up: "create or replace function tax() returns text language sql as 'select ''1''';",
      finds: [{ text: 'create or replace function', severity: 'error' }],
      trace: { fails: '42P13' },
    },
    {
      name: 'another result type of one of two functions',
      setup:
        "create function tax(int) returns int language sql as 'select 1'; create function tax(varchar) returns int language sql as 'select 1';",
      up: "create or replace function tax(\"Of\" character varying) returns text language sql as 'select ''1'''; create or replace function tax(bigint) returns text language sql as 'select ''1''';",
      finds: [{ text: 'create or replace function', severity: 'error' }],
      trace: { fails: '42P13' },
    },
    {
      name: 'one parameter with a default more, which replaces nothing',
      setup: "create function tax(a int) returns int language sql as 'select 1';",
      up: "create or replace function tax(a int, b int default 0) returns int language sql as 'select 2'; select tax(1);",
      finds: [{ text: 'create or replace function', severity: 'warning' }],
      trace: { fails: '42725' },
    },
    {
      name: 'other functions of the name, and the old one dropped',
      setup:
        "create function tax(a int) returns int language sql as 'select 1'; create function fee(a int) returns int language sql as 'select 1';",
      up: "create function tax(a text, b int default 0) returns int language sql as 'select 2'; create function tax(a int, b int) returns int language sql as 'select 2'; create function fee(a int, b int default 0) returns int language sql as 'select 2'; drop function fee(int);",
      finds: [],
    },
    {
      name: 'made again in the same migration',
      setup: "create function tax() returns int language sql as 'select 1';",
      up: "drop function tax(); create function tax() returns text language sql as 'select ''1''';",
      finds: [],
    },
    {
      name: 'a helper of the same migration',
      up: "create function help() returns int language sql as 'select 1'; drop function help();",
      finds: [],
    },
    {
      name: 'the same result',
      setup: "create function tax() returns int language sql as 'select 1';",
      up: "create or replace function tax() returns integer language sql as 'select 2';",
      finds: [],
    },
    {
      name: 'a function that is not there',
      setup: 'create table users (id bigint primary key);',
      up: 'drop function if exists nothing_here();',
      finds: [],
    },
  ],
  check: (context) => [...inDrop(context), ...inReplace(context), ...inOverload(context)],
});

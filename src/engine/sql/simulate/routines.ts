import type { AlterFunctionStmt, CreateFunctionStmt, DefineStmt, FunctionParameter, Node } from '@pgsql/types';
import type { Catalog, ObjectName, Routine, Table, Trigger, View } from '../../catalog/catalog.ts';
import { sameName } from '../catalog-lookup.ts';
import { all, as, nameOfObject, nameOfParts, strings } from '../nodes.ts';
import { typeRef } from '../type-name.ts';
import { editTables, withItem } from './catalog-edit.ts';
import { shownType } from './define-column.ts';
import type { Simulation } from './simulation.ts';

const volatilities: Readonly<Record<string, Routine['volatility']>> = { immutable: 'immutable', stable: 'stable' };

/** `CREATE [OR REPLACE] FUNCTION` and `PROCEDURE`. */
export function createRoutine(simulation: Simulation, statement: CreateFunctionStmt, text: string): Catalog {
  const name = simulation.newName(nameOfParts(strings(statement.funcname)));
  const { returnType } = statement;
  const options = all(statement.options, 'DefElem');
  const word = (option: string): string | undefined =>
    as(options.find((one) => one.defname === option)?.arg, 'String')?.sval;
  const flag = (option: string): boolean =>
    as(options.find((one) => one.defname === option)?.arg, 'Boolean')?.boolval === true;
  // Procedures are known by what they give as well, with the mode of each parameter, since 14.
  const withModes = statement.is_procedure === true && simulation.version >= 140_000;
  const parameters = all(statement.parameters, 'FunctionParameter').filter(
    ({ mode }) => (withModes || mode !== 'FUNC_PARAM_OUT') && mode !== 'FUNC_PARAM_TABLE',
  );
  const routine: Routine = {
    ...name,
    kind: statement.is_procedure === true ? 'procedure' : 'function',
    arguments: argumentsOf(simulation, parameters, withModes),
    result:
      returnType === undefined
        ? null
        : `${returnType.setof === true ? 'SETOF ' : ''}${shownType(simulation, typeRef(returnType))}`,
    language: word('language') ?? 'sql',
    volatility: volatilities[word('volatility') ?? ''] ?? 'volatile',
    strict: flag('strict'),
    securityDefiner: flag('security'),
    definition: text,
    owner: '',
    comment: null,
  };
  return withRoutine(simulation, routine);
}

/** `ALTER FUNCTION` and `PROCEDURE`: what their options say from now on. */
export function alterRoutine(simulation: Simulation, { func, actions }: AlterFunctionStmt): Catalog {
  const { catalog, lookup } = simulation;
  const { schema, name } = nameOfParts(strings(func?.objname));
  const found = (schema === null ? simulation.searchPath : [schema])
    .map((candidate) => lookup.routines({ schema: candidate, name }))
    .find((routines) => routines.length > 0);
  const [routine, second] = found ?? [];
  if (routine === undefined) return catalog;
  // Which of several of a name is meant is not worked out.
  if (second !== undefined) {
    simulation.uncertain(routine);
    return catalog;
  }
  let changed = routine;
  for (const { defname, arg } of all(actions, 'DefElem')) {
    const isOn = as(arg, 'Boolean')?.boolval === true;
    if (defname === 'volatility')
      changed = { ...changed, volatility: volatilities[as(arg, 'String')?.sval ?? ''] ?? 'volatile' };
    if (defname === 'strict') changed = { ...changed, strict: isOn };
    if (defname === 'security') changed = { ...changed, securityDefiner: isOn };
  }
  return { ...catalog, routines: catalog.routines.map((one) => (one === routine ? changed : one)) };
}

/** `CREATE AGGREGATE`; the result of a final function is not looked into. */
export function createAggregate(simulation: Simulation, statement: DefineStmt, text: string): Catalog {
  const parameters = all(as(statement.args?.[0], 'List')?.items, 'FunctionParameter');
  const said = (option: string) => all(statement.definition, 'DefElem').find(({ defname }) => defname === option)?.arg;
  const state = as(said('stype'), 'TypeName');
  return withRoutine(simulation, {
    ...simulation.newName(nameOfParts(strings(statement.defnames))),
    kind: 'aggregate',
    arguments: argumentsOf(simulation, parameters),
    result: state === undefined || said('finalfunc') !== undefined ? null : shownType(simulation, typeRef(state)),
    language: 'internal',
    volatility: 'immutable',
    strict: false,
    securityDefiner: false,
    definition: text,
    owner: '',
    comment: null,
  });
}

const modes: Readonly<Record<string, string | undefined>> = {
  FUNC_PARAM_OUT: 'OUT',
  FUNC_PARAM_INOUT: 'INOUT',
  FUNC_PARAM_VARIADIC: 'VARIADIC',
};

const argumentsOf = (simulation: Simulation, parameters: readonly FunctionParameter[], withModes = false): string =>
  parameters
    .map(({ name, argType, mode = '' }) => {
      const word = modes[mode] ?? (withModes ? 'IN' : undefined);
      return [word, name, shownType(simulation, typeRef(argType))].filter(Boolean).join(' ');
    })
    .join(', ');

function withRoutine({ catalog }: Simulation, routine: Routine): Catalog {
  const isReplaced = (one: Routine) => sameName(one, routine) && one.arguments === routine.arguments;
  // Several may have the name: the list cannot be edited by it.
  return catalog.routines.some((one) => sameName(one, routine) && !isReplaced(one))
    ? { ...catalog, routines: [...catalog.routines.filter((one) => !isReplaced(one)), routine] }
    : { ...catalog, routines: withItem(catalog.routines, routine) };
}

/** A catalog in which a routine has another name or schema, for the triggers that call it too. */
export function moveRoutine(simulation: Simulation, object: Node | undefined, to: Partial<ObjectName>): Catalog {
  const { catalog, lookup } = simulation;
  const { schema, name } = nameOfObject(object);
  const from = (schema === null ? simulation.searchPath : [schema])
    .map((candidate) => ({ schema: candidate, name }))
    .find((candidate) => lookup.routines(candidate).length > 0);
  if (from === undefined) return catalog;
  // Which of several of a name is meant is not worked out: then all of them count under both names.
  const isOne = lookup.routines(from).length === 1;
  if (!isOne) simulation.uncertain(from);
  const moved = catalog.routines.flatMap((routine) => (sameName(routine, from) ? [{ ...routine, ...to }] : []));
  const routines = [...(isOne ? catalog.routines.filter((one) => !sameName(one, from)) : catalog.routines), ...moved];
  if (!isOne) return { ...catalog, routines };
  const calls = ({ function: called }: Trigger) => sameName(called, from);
  const follow = <T extends Table | View>(owner: T): T =>
    owner.triggers.some(calls)
      ? {
          ...owner,
          triggers: owner.triggers.map((one) => (calls(one) ? { ...one, function: { ...from, ...to } } : one)),
        }
      : owner;
  return editTables({ ...catalog, routines, views: catalog.views.map(follow) }, follow);
}

import type { CreateFunctionStmt, DefineStmt, FunctionParameter, Node } from '@pgsql/types';
import type { Catalog, ObjectName, Routine } from '../../catalog/catalog.ts';
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
  const options = all(statement.options, 'DefElem');
  const word = (option: string): string | undefined =>
    as(options.find((one) => one.defname === option)?.arg, 'String')?.sval;
  const flag = (option: string): boolean =>
    as(options.find((one) => one.defname === option)?.arg, 'Boolean')?.boolval === true;
  const parameters = all(statement.parameters, 'FunctionParameter').filter(
    ({ mode }) => mode !== 'FUNC_PARAM_OUT' && mode !== 'FUNC_PARAM_TABLE',
  );
  const routine: Routine = {
    ...name,
    kind: statement.is_procedure === true ? 'procedure' : 'function',
    arguments: argumentsOf(simulation, parameters),
    result: statement.returnType === undefined ? null : shownType(simulation, typeRef(statement.returnType)),
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

/** `CREATE AGGREGATE`, whose result is that of functions which are not looked into. */
export function createAggregate(simulation: Simulation, statement: DefineStmt, text: string): Catalog {
  const parameters = all(as(statement.args?.[0], 'List')?.items, 'FunctionParameter');
  return withRoutine(simulation, {
    ...simulation.newName(nameOfParts(strings(statement.defnames))),
    kind: 'aggregate',
    arguments: argumentsOf(simulation, parameters),
    result: null,
    language: 'internal',
    volatility: 'immutable',
    strict: false,
    securityDefiner: false,
    definition: text,
    owner: '',
    comment: null,
  });
}

const argumentsOf = (simulation: Simulation, parameters: readonly FunctionParameter[]): string =>
  parameters
    .map(({ name, argType }) => [name, shownType(simulation, typeRef(argType))].filter(Boolean).join(' '))
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
  return editTables({ ...catalog, routines }, (table) =>
    table.triggers.some((trigger) => sameName(trigger.function, from))
      ? {
          ...table,
          triggers: table.triggers.map((trigger) =>
            sameName(trigger.function, from) ? { ...trigger, function: { ...from, ...to } } : trigger,
          ),
        }
      : table,
  );
}

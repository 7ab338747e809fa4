import type { Node } from '@pgsql/types';
import type { Routine } from '../../catalog/catalog.ts';
import { byObject } from '../by-object.ts';
import { all, as } from '../nodes.ts';
import { parseScript } from '../parser.ts';
import { typeRef } from '../type-name.ts';
import { isTakenFor } from './operators.ts';
import type { TypedColumn } from './scope.ts';
import type { Types } from './types.ts';

/** What a call is written with: the names of arguments that have one, and the types of all. */
type Arguments = readonly { readonly name: string | null; readonly type: string | null }[];

type Parameter = { readonly name: string; readonly type: ReturnType<typeof typeRef>; readonly hasDefault: boolean };

/** What a routine takes and gives, as its `CREATE` says it. */
type Shape = {
  readonly inputs: readonly Parameter[];
  readonly isVariadic: boolean;
  readonly outputs: readonly Parameter[];
  readonly result: ReturnType<typeof typeRef> | null;
};

/** Null for an aggregate, whose definition is no `CREATE FUNCTION`. */
const shapeOf = byObject(2_000, (routine: Routine): Shape | { readonly inputs: null } => {
  const script = parseScript(routine.definition);
  const create = script.ok ? as(script.value.statements[0]?.node, 'CreateFunctionStmt') : undefined;
  if (create === undefined) return { inputs: null };
  const parameters = all(create.parameters, 'FunctionParameter').map(({ name = '', argType, defexpr, mode }) => ({
    name,
    type: typeRef(argType),
    hasDefault: defexpr !== undefined,
    mode,
  }));
  const isOut = (mode: string | undefined) => mode === 'FUNC_PARAM_OUT' || mode === 'FUNC_PARAM_TABLE';
  return {
    // A procedure is called with what it only gives as well.
    inputs: parameters.filter(
      ({ mode }) => !isOut(mode) || (create.is_procedure === true && mode === 'FUNC_PARAM_OUT'),
    ),
    isVariadic: parameters.some(({ mode }) => mode === 'FUNC_PARAM_VARIADIC'),
    outputs: parameters.filter(({ mode }) => isOut(mode) || mode === 'FUNC_PARAM_INOUT'),
    result: create.returnType === undefined ? null : typeRef(create.returnType),
  };
});

/** How a call fits a routine: the types that its arguments get, and how many of them have these already. */
type Fit = { readonly routine: Routine; readonly taken: readonly (string | null)[]; readonly same: number };

/** Null where a call does not fit a routine. */
function fitOf(routine: Routine, shape: Shape, args: Arguments, types: Types): Fit | null {
  const { inputs, isVariadic } = shape;
  if (args.length > inputs.length && !isVariadic) return null;
  const filled = new Set<number>();
  const taken: (string | null)[] = [];
  let same = 0;
  for (const [index, { name, type }] of args.entries()) {
    const at = name === null ? Math.min(index, inputs.length - 1) : inputs.findIndex((input) => input.name === name);
    const input = inputs[at];
    const isLast = isVariadic && at === inputs.length - 1;
    if (input === undefined || (filled.has(at) && !isLast)) return null;
    filled.add(at);
    const wants = isLast ? null : (types.written(input.type) ?? null);
    taken.push(wants);
    if (wants !== null && type !== wants && !isTakenFor(types.base(type), types.base(wants))) return null;
    if (type === wants) same += 1;
  }
  const isMissing = inputs.some(
    ({ hasDefault }, index) => !hasDefault && !filled.has(index) && !(isVariadic && index === inputs.length - 1),
  );
  return isMissing ? null : { routine, taken, same };
}

/** What a call means: a routine, none, several equally well, or what cannot be told. */
type Called =
  | { readonly kind: 'routine'; readonly routine: Routine }
  | { readonly kind: 'none' | 'several' | 'unknown' };

/**
 * The one of the routines of a name that a call means. Where the types are no reason to choose, one of an earlier schema
 * of the search path is meant; in one schema the server does not choose, whatever has defaults.
 */
export function calledOf(routines: readonly Routine[], args: Arguments, types: Types): Called {
  const fitting: Fit[] = [];
  for (const routine of routines) {
    const shape = shapeOf(routine);
    if (shape.inputs === null) return { kind: 'unknown' };
    const fit = fitOf(routine, shape, args, types);
    if (fit !== null) fitting.push(fit);
  }
  const most = Math.max(...fitting.map(({ same }) => same));
  const [first, ...others] = fitting.filter(({ same }) => same === most);
  if (first === undefined) return { kind: 'none' };
  const isAlike = ({ taken }: Fit): boolean =>
    taken.every((type, index) => type !== null && type === first.taken[index]);
  // Which of several is meant else depends on what the server prefers.
  if (!others.every(isAlike)) return { kind: 'unknown' };
  return others.some(({ routine }) => routine.schema === first.routine.schema)
    ? { kind: 'several' }
    : { kind: 'routine', routine: first.routine };
}

/** The type that a call of a routine gives; a set gives that of each row. */
export function resultOfRoutine(routine: Routine, types: Types): string | null {
  const shape = shapeOf(routine);
  if (shape.inputs === null || shape.outputs.length > 1) return null;
  const [only] = shape.outputs;
  const type = only?.type ?? shape.result;
  const written = type === null || type === undefined ? null : (types.written(type) ?? null);
  return written === 'record' ? null : written;
}

/** The columns that a routine gives in a FROM clause; null where they are not known, `alias` names a single value. */
export function columnsOfRoutine(routine: Routine, alias: string, types: Types): readonly TypedColumn[] | null {
  const shape = shapeOf(routine);
  if (shape.inputs === null) return null;
  if (shape.outputs.length > 0)
    return shape.outputs.map(({ name, type }, index) => ({
      name: name !== '' ? name : shape.outputs.length === 1 ? alias : `column${index + 1}`,
      type: types.written(type) ?? null,
    }));
  const result = shape.result === null ? null : (types.written(shape.result) ?? null);
  if (result === null || result === 'record') return null;
  return types.fields(result) ?? [{ name: alias, type: result }];
}

/** The arguments of a call by name and type. */
export const argumentsOf = (args: readonly Node[] | undefined, typeOf: (node: Node) => string | null): Arguments =>
  (args ?? []).map((arg) => {
    const named = as(arg, 'NamedArgExpr');
    return { name: named?.name ?? null, type: typeOf(named?.arg ?? arg) };
  });

/** The types of the columns that a routine gives, one for a single value; null where they are not known. */
export function resultTypes(routine: Routine, types: Types): readonly (string | null)[] | null {
  const columns = columnsOfRoutine(routine, '', types);
  return columns === null ? null : columns.map(({ type }) => type);
}

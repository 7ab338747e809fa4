import type { CreateFunctionStmt, FunctionParameter, ObjectWithArgs, TypeName } from '@pgsql/types';
import type { Routine } from '../catalog/catalog.ts';
import { all, as, nameOfParts, strings } from '../sql/nodes.ts';
import { parseScript } from '../sql/parser.ts';
import { type TypeRef, typeRef } from '../sql/type-name.ts';
import type { CatalogView } from './catalog-view.ts';

/** What a routine takes and gives, as its `CREATE` says it. */
export type Signature = {
  readonly inputs: readonly { readonly name: string; readonly type: TypeRef; readonly hasDefault: boolean }[];
  /** True when the last of the inputs takes any number of arguments. */
  readonly isVariadic: boolean;
  readonly outputs: readonly TypeRef[];
  readonly isProcedure: boolean;
};

const isOutput = ({ mode }: FunctionParameter): boolean =>
  mode === 'FUNC_PARAM_OUT' || mode === 'FUNC_PARAM_TABLE' || mode === 'FUNC_PARAM_INOUT';
const isInput = ({ mode }: FunctionParameter): boolean => mode !== 'FUNC_PARAM_OUT' && mode !== 'FUNC_PARAM_TABLE';

/** The signature that a `CREATE FUNCTION` or `CREATE PROCEDURE` declares. */
export const signatureOf = (create: CreateFunctionStmt): Signature => {
  const parameters = all(create.parameters, 'FunctionParameter');
  return {
    inputs: parameters.filter(isInput).map(({ name = '', argType, defexpr }) => ({
      name,
      type: typeRef(argType),
      hasDefault: defexpr !== undefined,
    })),
    isVariadic: parameters.some(({ mode }) => mode === 'FUNC_PARAM_VARIADIC'),
    outputs: parameters.filter(isOutput).map(({ argType }) => typeRef(argType)),
    isProcedure: create.is_procedure === true,
  };
};

/** The signature of a routine of the catalog; null for an aggregate, whose definition is no `CREATE FUNCTION`. */
export const signatureOfRoutine = (routine: Routine): Signature | null => {
  const script = parseScript(routine.definition);
  const create = script.ok ? as(script.value.statements[0]?.node, 'CreateFunctionStmt') : undefined;
  return create === undefined ? null : signatureOf(create);
};

/** True when a call with so many arguments can mean a routine of this signature. */
export const takesArguments = ({ inputs, isVariadic }: Signature, count: number): boolean => {
  const needed = inputs.filter(({ hasDefault }) => !hasDefault).length - (isVariadic ? 1 : 0);
  return count >= needed && (isVariadic || count <= inputs.length);
};

/** True when two written types are one: a schema counts where both say one. */
const sameType = (a: TypeRef, b: TypeRef): boolean =>
  a.name === b.name && a.array === b.array && (a.schema === null || b.schema === null || a.schema === b.schema);

/** True when two lists of written types are one, in their order. */
export const sameTypes = (a: readonly TypeRef[], b: readonly TypeRef[]): boolean =>
  a.length === b.length && a.every((type, index) => sameType(type, b[index] ?? type));

const typesOf = (types: readonly TypeName[]): readonly TypeRef[] => types.map((type) => typeRef(type));

/**
 * The routines that a `DROP`, `ALTER` or `COMMENT` means: by name alone, or by name and types of arguments. Null when a
 * routine of the name is an aggregate or cannot be read, so that it is not known which are meant.
 */
export const routinesMeant = (database: CatalogView, object: ObjectWithArgs): readonly Routine[] | null => {
  const named = database.routines(nameOfParts(strings(object.objname)));
  if (object.args_unspecified === true) return named;
  const written = typesOf(all(object.objargs, 'TypeName'));
  const meant: Routine[] = [];
  for (const routine of named) {
    const signature = signatureOfRoutine(routine);
    if (signature === null) return null;
    const inputs = signature.inputs.map(({ type }) => type);
    // Arguments may be written with those that only go out.
    if (sameTypes(inputs, written) || (signature.outputs.length > 0 && written.length > inputs.length))
      meant.push(routine);
  }
  return meant;
};

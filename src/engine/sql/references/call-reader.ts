import type { FuncCall, Node } from '@pgsql/types';
import type { Routine } from '../../catalog/catalog.ts';
import { aggregates } from '../aggregates.ts';
import { builtinVolatility } from '../builtin-volatility.ts';
import { firstFound } from '../catalog-lookup.ts';
import { as, nameOfParts, strings, type WrittenName } from '../nodes.ts';
import { argumentsOf, calledOf, columnsOfRoutine, resultOfRoutine } from './calls.ts';
import { inWords } from './in-words.ts';
import { isKnownFunction, isNotTaken, resultOf } from './operators.ts';
import type { Scope, TypedColumn } from './scope.ts';
import type { Expressions, Surroundings } from './surroundings.ts';

/** Reads calls of functions, and texts that are names. */
type CallReader = {
  /** The type of what a call gives. */
  readonly call: (node: FuncCall, scope: Scope) => string | null;
  /** The columns of the row that a call gives; null where it gives none, or they are not known. */
  readonly rowOfCall: (node: FuncCall, scope: Scope) => readonly TypedColumn[] | null;
  /** Tells when a text that the server takes for the name of a relation is none. */
  readonly readRelation: (text: string, location: number | undefined) => void;
};

/** Functions whose text is the name of a sequence, read when the query is. */
const takesSequence = new Set(['nextval', 'currval', 'setval']);

const shown = (type: string | null): string => type ?? 'unknown';

const textOf = (node: Node | undefined): string | undefined => as(node, 'A_Const')?.sval?.sval;

/** Opens the reading of calls. */
export function createCallReader(
  { context, lookup, types, fault }: Surroundings,
  { typeOf, inside, condition }: Pick<Expressions, 'typeOf' | 'inside' | 'condition'>,
): CallReader {
  const routinesOf = ({ schema, name }: WrittenName): readonly Routine[] =>
    schema === 'pg_catalog'
      ? []
      : (schema === null ? context.searchPath : [schema]).flatMap((one) => lookup.routines({ schema: one, name }));

  const readRelation = (text: string, location: number | undefined): void => {
    const written = relationName(text);
    if (written === null || written.schema === 'pg_catalog' || written.name.startsWith('pg_')) return;
    if (firstFound(written, context.searchPath, lookup.relationKind) === undefined)
      fault({ kind: 'relation', sqlstate: '42P01', reason: `relation ${text} does not exist`, ...written, location });
  };

  const call = (node: FuncCall, scope: Scope): string | null => {
    const written = nameOfParts(strings(node.funcname));
    const { schema, name } = written;
    const args = argumentsOf(node.args, (arg) => typeOf(arg, scope));
    inside([node.agg_order, node.over], scope);
    condition(node.agg_filter, scope);
    const location = node.location;
    const routines = routinesOf(written);
    const bases = args.map(({ type }) => types.base(type));
    const isBuiltin =
      schema === 'pg_catalog' ||
      (schema === null && (builtinVolatility(name) !== undefined || isKnownFunction(name) || aggregates.has(name)));
    if (routines.length > 0 && node.func_variadic !== true) {
      const called = calledOf(routines, args, types);
      if (called.kind === 'routine') return resultOfRoutine(called.routine, types);
      if (called.kind === 'unknown' || isBuiltin) return null;
      const field =
        args.length === 1 ? types.fields(args[0]?.type ?? null)?.find((one) => one.name === name) : undefined;
      if (field !== undefined) return field.type;
      const shownCall = `${inWords(name)}(${bases.map(shown).join(', ')})`;
      const [sqlstate, what] = called.kind === 'several' ? ['42725', 'is not unique'] : ['42883', 'does not exist'];
      fault({ kind: 'function', sqlstate, reason: `function ${shownCall} ${what}`, name, schema, location });
      return null;
    }
    if (schema === null || schema === 'pg_catalog') {
      const text = textOf(node.args?.[0]);
      if (takesSequence.has(name) && text !== undefined) readRelation(text, as(node.args?.[0], 'A_Const')?.location);
      if (isNotTaken(name, bases))
        fault({
          kind: 'function',
          sqlstate: '42883',
          reason: `function ${name}(${bases.map(shown).join(', ')}) does not exist`,
          name,
          location,
        });
      const result = resultOf(name, bases);
      if (result !== null || isBuiltin) return result;
    }
    const row = args.length === 1 ? types.fields(args[0]?.type ?? null) : null;
    const field = row?.find((one) => one.name === name);
    if (field !== undefined) return field.type;
    fault({
      kind: 'function',
      sqlstate: '42883',
      reason: `function ${inWords(name)} does not exist`,
      name,
      schema,
      location,
    });
    return null;
  };

  const rowOfCall: CallReader['rowOfCall'] = (node, scope) => {
    const written = nameOfParts(strings(node.funcname));
    const called = calledOf(
      routinesOf(written),
      argumentsOf(node.args, (arg) => typeOf(arg, scope)),
      types,
    );
    return called.kind === 'routine' ? columnsOfRoutine(called.routine, written.name, types) : null;
  };

  return { call, rowOfCall, readRelation };
}

const namePart = /^(?:"((?:[^"]|"")+)"|([\p{L}_][\p{L}\p{N}_$]*))$/u;

/** The name in the text of a regclass: `users`, `app.users`, `"Odd"."Name"`; null for a number or what is no name. */
function relationName(text: string): { readonly schema: string | null; readonly name: string } | null {
  const parts = text.trim().match(/"(?:[^"]|"")+"|[^."\s]+/gu) ?? [];
  const names = parts.map((part) => {
    const [, quoted, plain] = namePart.exec(part) ?? [];
    return quoted?.replaceAll('""', '"') ?? plain?.toLowerCase();
  });
  const [first, second] = names;
  if (first === undefined || names.length > 2 || (names.length === 2 && second === undefined)) return null;
  return second === undefined ? { schema: null, name: first } : { schema: first, name: second };
}

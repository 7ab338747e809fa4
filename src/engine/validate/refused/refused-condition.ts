import type { A_Expr, Node } from '@pgsql/types';
import { aggregates } from '../../sql/aggregates.ts';
import { as, findNodes, strings } from '../../sql/nodes.ts';
import { type ColumnTypes, typeOfExpression } from '../type-of-expression.ts';
import type { Refusal } from './refusal.ts';

type Reason = Omit<Refusal, 'range'>;

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Types whose values can be compared with each other; one that is in none of these may have operators of its own. */
const families: readonly ReadonlySet<string>[] = [
  words('int2 int4 int8 numeric float4 float8'),
  words('text varchar bpchar name'),
  words('date timestamp timestamptz'),
  words('bool'),
  words('uuid'),
  words('jsonb'),
  words('interval'),
];

const comparisons = words('= <> != < > <= >=');
const sums = words('+ - * / %');

const familyOf = (type: string | null) => families.find((family) => type !== null && family.has(type)) ?? null;

const ofComparison = (expression: A_Expr, columns: ColumnTypes): Reason | null => {
  const operator = strings(expression.name).at(-1) ?? '';
  if (expression.kind !== 'AEXPR_OP' || !comparisons.has(operator)) return null;
  const [left, right] = [typeOfExpression(expression.lexpr, columns), typeOfExpression(expression.rexpr, columns)];
  const [ours, theirs] = [familyOf(left), familyOf(right)];
  return ours === null || theirs === null || ours === theirs
    ? null
    : { sqlstate: '42883', reason: `there is no operator ${left} ${operator} ${right}` };
};

/** The type of what is no condition, as far as it is plain; null for what is one, or may be. */
const typeOfNoCondition = (node: Node | undefined, columns: ColumnTypes): string | null => {
  const operation = as(node, 'A_Expr');
  if (operation?.kind === 'AEXPR_OP' && sums.has(strings(operation.name).at(-1) ?? ''))
    return typeOfExpression(operation.lexpr, columns) ?? typeOfExpression(operation.rexpr, columns);
  return as(node, 'ColumnRef') === undefined ? null : typeOfExpression(node, columns);
};

/** Functions that the server has for texts alone, as far as indexes and checks call them. */
const textFunctions = words('lower upper initcap btrim ltrim rtrim left right reverse split_part');

/** Types that are neither texts nor turned into one where a function wants it. */
const withoutText = words(
  'bool date float4 float8 int2 int4 int8 interval json jsonb numeric time timestamp timestamptz uuid',
);

/** True for a type of the server's own, by its name, whose values are no texts and have no collation. */
export const isNoText = (type: string): boolean => withoutText.has(type);

/** A call of a function of texts with what is none, which the server does not turn into one. */
export const callWithoutText = (node: unknown, types: ColumnTypes): Reason | null => {
  for (const { funcname, args } of findNodes(node, 'FuncCall')) {
    const [name = '', another] = strings(funcname).filter((part) => part !== 'pg_catalog');
    const type = another === undefined && textFunctions.has(name) ? typeOfExpression(args?.[0], types) : null;
    if (type !== null && withoutText.has(type))
      return { sqlstate: '42883', reason: `there is no function ${name}(${type})` };
  }
  return null;
};

/** What the server has against the condition of a check, a policy or an index, by the types of the columns; null when nothing is known to be wrong. */
export const refusedCondition = (condition: Node | undefined, columns: ColumnTypes): Reason | null => {
  const aggregate = findNodes(condition, 'FuncCall').find(
    ({ funcname, over }) => over === undefined && funcname?.length === 1 && aggregates.has(strings(funcname)[0] ?? ''),
  );
  if (aggregate !== undefined)
    return { sqlstate: '42803', reason: `${strings(aggregate.funcname)[0]} needs the rows of a query` };
  const type = typeOfNoCondition(condition, columns);
  const family = familyOf(type);
  if (family !== null && !family.has('bool'))
    return { sqlstate: '42804', reason: `the condition is of type ${type}, not boolean` };
  for (const expression of findNodes(condition, 'A_Expr')) {
    const refused = ofComparison(expression, columns);
    if (refused !== null) return refused;
  }
  return callWithoutText(condition, columns);
};

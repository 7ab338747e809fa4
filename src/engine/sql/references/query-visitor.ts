import type { Node, SelectStmt, WithClause } from '@pgsql/types';
import { catalogLookup } from '../catalog-lookup.ts';
import { nameOfExpression } from '../expressions.ts';
import { all, as, strings } from '../nodes.ts';
import { createExpressions } from './expressions.ts';
import { createFromClause } from './from-clause.ts';
import { checkGrouping, withoutPlaces } from './grouping.ts';
import { inWords } from './in-words.ts';
import { commonType, hasNoEquality } from './operators.ts';
import { emptyNamespace, innerScope, relationOf, type Scope, type TypedColumn } from './scope.ts';
import type { QueryFault, Reference, ReferenceContext, Surroundings } from './surroundings.ts';
import { typesIn } from './types.ts';
import { createWrites } from './writes.ts';

type Columns = readonly TypedColumn[] | null;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const starIn = (node: Node | undefined): boolean =>
  (as(node, 'ColumnRef')?.fields ?? as(node, 'A_Indirection')?.indirection ?? []).some(
    (part) => as(part, 'A_Star') !== undefined,
  );

/** Reads queries: calls `found` for what they use and `wrong` for what the server has against them. */
export function createQueryVisitor(
  context: ReferenceContext,
  found: (reference: Reference) => void,
  wrong: (fault: QueryFault) => void,
): Surroundings['query'] {
  const lookup = catalogLookup(context.catalog);
  const surroundings: Surroundings = {
    context,
    lookup,
    types: typesIn(lookup, context.searchPath),
    use: (relation, column, location) => {
      if (relation !== null) found({ relation, column, location: location ?? null });
    },
    fault: ({ location, ...fault }) =>
      wrong({ name: '', schema: null, relation: null, ...fault, location: location ?? null }),
    query,
  };
  const { fault, types } = surroundings;
  const expressions = createExpressions(surroundings);
  const { typeOf, condition, inside } = expressions;
  const from = createFromClause(surroundings, expressions);

  /** A scope with the table expressions of a WITH. */
  const withExpressions = (clause: WithClause | undefined, outer: Scope | null): Scope => {
    const known = new Map<string, Columns>();
    const scope = innerScope(outer, emptyNamespace, known);
    for (const { ctename = '', aliascolnames, ctequery } of all(clause?.ctes, 'CommonTableExpr')) {
      const renamed = strings(aliascolnames);
      const under = (columns: Columns): Columns =>
        columns?.map(({ name, type }, index) => ({ name: renamed[index] ?? name, type })) ??
        (renamed.length > 0 ? renamed.map((name) => ({ name, type: null })) : null);
      if (clause?.recursive === true) {
        // What it starts with says what its columns are.
        const start = as(ctequery, 'SelectStmt')?.larg;
        known.set(ctename, null);
        known.set(ctename, under(start === undefined ? null : quietly({ SelectStmt: start }, scope)));
      }
      const columns = query(ctequery, scope);
      for (const [index, { name, type }] of (known.get(ctename) ?? []).entries()) {
        const whole = columns?.[index]?.type ?? null;
        if (type !== null && whole !== null && type !== 'unknown' && types.base(type) !== types.base(whole))
          fault({
            kind: 'operator',
            sqlstate: '42804',
            reason: `column ${inWords(name)} begins as ${type} and goes on as ${whole}`,
            name: ctename,
            location: undefined,
          });
      }
      if (columns !== null && renamed.length > columns.length)
        fault({
          kind: 'shape',
          sqlstate: '42P10',
          reason: `${renamed.length} names are given to ${columns.length} columns of ${inWords(ctename)}`,
          name: ctename,
          location: undefined,
        });
      known.set(ctename, under(columns));
    }
    return scope;
  };

  /** The columns of a query that will be visited once more. */
  const quietly = (node: Node, scope: Scope): Columns =>
    createQueryVisitor(
      context,
      () => {},
      () => {},
    )(node, scope);

  /** Visits the target list of a query; null when a star stands for columns that are not known. */
  const output = (targets: readonly Node[] | undefined, scope: Scope): Columns => {
    let isKnown = true;
    const columns: TypedColumn[] = [];
    for (const { name, val } of all(targets, 'ResTarget')) {
      const type = typeOf(val, scope);
      if (!starIn(val)) {
        columns.push({ name: name ?? nameOfExpression(val), type });
        continue;
      }
      const parts = strings(as(val, 'ColumnRef')?.fields);
      const composite = as(val, 'A_Indirection');
      const relation = parts.length === 0 ? undefined : relationOf(scope, parts.at(-1) ?? '', parts.at(-2) ?? null);
      const expanded: Columns =
        composite !== undefined
          ? types.fields(quietType(composite.arg, scope))
          : parts.length > 0
            ? (relation?.columns ?? null)
            : scope.isComplete
              ? scope.columns
              : null;
      if (expanded === null) isKnown = false;
      else columns.push(...expanded.map((column) => ({ name: column.name, type: column.type })));
    }
    return isKnown ? columns : null;
  };

  const quietType = (node: Node | undefined, scope: Scope): string | null => {
    const row = as(node, 'ColumnRef');
    const relation = row === undefined ? undefined : relationOf(scope, strings(row.fields).at(-1) ?? '');
    return relation?.table === null || relation === undefined ? null : typeOf(node, scope);
  };

  /** Visits an item of ORDER BY, DISTINCT ON or, where columns come first, GROUP BY: an output by name or place, or an expression. */
  const ordered = (
    node: Node | undefined,
    outputs: Columns,
    targets: readonly Node[],
    scope: Scope,
    what: 'ORDER BY' | 'GROUP BY' | 'DISTINCT ON',
  ): void => {
    const place = as(node, 'A_Const')?.ival?.ival;
    if (as(node, 'A_Const')?.ival !== undefined) {
      if (outputs !== null && (place ?? 0) > outputs.length)
        fault({
          kind: 'shape',
          sqlstate: '42P10',
          reason: `${what} position ${place} is not in the select list`,
          name: '',
          location: as(node, 'A_Const')?.location,
        });
      return;
    }
    const fields = as(node, 'ColumnRef')?.fields ?? [];
    const [name] = fields.length === 1 ? strings(fields) : [];
    const isColumn = name !== undefined && what === 'GROUP BY' && isVisible(scope, name);
    if (name === undefined || isColumn || outputs?.some((column) => column.name === name) !== true) {
      typeOf(node, scope);
      return;
    }
    const meant = all(targets, 'ResTarget').filter((target) => (target.name ?? nameOfExpression(target.val)) === name);
    const alike = new Set(meant.map(({ val }) => withoutPlaces(val)));
    const fromStar = outputs.filter((column) => column.name === name).length - meant.length;
    const isOne = fromStar > 0 && alike.size > 0 ? false : alike.size <= 1 && fromStar <= 1;
    if (!isOne && !(fromStar > 0 && alike.size <= 1 && meansColumn(scope, name, meant[0]?.val)))
      fault({
        kind: 'ambiguous column',
        sqlstate: '42702',
        reason: `${what} ${inWords(name)} is ambiguous`,
        name,
        location: as(node, 'ColumnRef')?.location,
      });
  };

  const isVisible = (scope: Scope, name: string): boolean => scope.columns.some((column) => column.name === name);

  /** True when an output that is written is the very column that a star gives too. */
  const meansColumn = (scope: Scope, name: string, val: Node | undefined): boolean =>
    val === undefined
      ? false
      : strings(as(val, 'ColumnRef')?.fields).at(-1) === name &&
        scope.columns.filter((one) => one.name === name).length === 1;

  const grouped = (node: Node, outputs: Columns, targets: readonly Node[], scope: Scope): void => {
    const set = as(node, 'GroupingSet');
    if (set === undefined) ordered(node, outputs, targets, scope, 'GROUP BY');
    else for (const part of set.content ?? []) grouped(part, outputs, targets, scope);
  };

  const equality = (columns: Columns, what: string): void => {
    const column = columns?.find(({ type }) => hasNoEquality(types.base(type)));
    if (column !== undefined)
      fault({
        kind: 'operator',
        sqlstate: '42883',
        reason: `there is no equality of ${column.type}, which ${what} needs`,
        name: column.name,
        location: undefined,
      });
  };

  const combined = (statement: SelectStmt, scope: Scope): Columns => {
    const [left, right] = [statement.larg, statement.rarg].map((side) =>
      side === undefined ? null : select(side, scope),
    );
    if (left === null || left === undefined || right === null || right === undefined) return left ?? null;
    if (left.length !== right.length) {
      fault({
        kind: 'shape',
        sqlstate: '42601',
        reason: `the queries of a UNION give ${left.length} and ${right.length} columns`,
        name: '',
        location: undefined,
      });
      return null;
    }
    const columns = left.map(({ name, type }, index) => {
      const other = right[index]?.type ?? null;
      const common = commonType(types.base(type), types.base(other));
      if (common.isMissing)
        fault({
          kind: 'operator',
          sqlstate: '42804',
          reason: `UNION types ${type} and ${other} cannot be matched`,
          name,
          location: undefined,
        });
      return { name, type: type === other ? type : common.type };
    });
    if (statement.all !== true) equality(columns, 'UNION');
    for (const { node } of all(statement.sortClause, 'SortBy')) {
      const [name] = strings(as(node, 'ColumnRef')?.fields);
      if (name === undefined) ordered(node, columns, [], scope, 'ORDER BY');
      else if (!columns.some((column) => column.name === name))
        fault({
          kind: 'column',
          sqlstate: '42703',
          reason: `column ${inWords(name)} does not exist`,
          name,
          location: as(node, 'ColumnRef')?.location,
        });
    }
    return columns;
  };

  const rows = (lists: readonly Node[], scope: Scope): Columns => {
    const columns: TypedColumn[] = [];
    for (const { items = [] } of all(lists, 'List'))
      for (const [index, node] of items.entries()) {
        const type = typeOf(node, scope);
        const known = columns[index];
        // VALUES calls its columns column1, column2 and so on.
        columns[index] = {
          name: `column${index + 1}`,
          type: known === undefined ? type : commonType(known.type, type).type,
        };
      }
    return columns;
  };

  const select = (statement: SelectStmt, outer: Scope | null): Columns => {
    const above = withExpressions(statement.withClause, outer);
    if (statement.larg !== undefined) return combined(statement, above);
    const scope: Scope = innerScope(above, from.items(statement.fromClause, above));
    const columns = output(statement.targetList, scope);
    condition(statement.whereClause, scope);
    condition(statement.havingClause, scope);
    const targets = statement.targetList ?? [];
    for (const node of statement.groupClause ?? []) grouped(node, columns, targets, scope);
    for (const { node } of all(statement.sortClause, 'SortBy')) ordered(node, columns, targets, scope, 'ORDER BY');
    for (const node of statement.distinctClause ?? []) ordered(node, columns, targets, scope, 'DISTINCT ON');
    checkGrouping(statement, scope, surroundings);
    inside([statement.windowClause, statement.limitCount, statement.limitOffset], scope);
    if (
      statement.distinctClause !== undefined &&
      all(statement.distinctClause, 'ColumnRef').length === 0 &&
      statement.distinctClause.length <= 1
    )
      equality(columns, 'DISTINCT');
    for (const { lockedRels } of all(statement.lockingClause, 'LockingClause'))
      for (const range of all(lockedRels, 'RangeVar'))
        if (scope.relations.every(({ alias }) => alias !== range.relname))
          fault({
            kind: 'relation',
            sqlstate: '42P01',
            reason: `there is no FROM entry for ${inWords(range.relname ?? '')}`,
            name: range.relname ?? '',
            location: range.location,
          });
    return statement.valuesLists === undefined ? columns : rows(statement.valuesLists, scope);
  };

  const writes = createWrites(surroundings, expressions, from, { withExpressions, output });

  function query(node: Node | undefined, outer: Scope | null): Columns {
    if (node === undefined) return null;
    if ('SelectStmt' in node) return select(node.SelectStmt, outer);
    const written = writes(node, outer);
    if (written !== null) return written.columns;
    // EXPLAIN, PREPARE, DECLARE, COPY (…), CREATE TABLE AS, CREATE VIEW hold their query below.
    const scope = innerScope(outer);
    const called = as(node, 'CallStmt')?.funccall;
    if (called !== undefined) typeOf({ FuncCall: called }, scope);
    below(node, scope);
    return null;
  }

  /** Visits the queries below a statement that is none itself. */
  function below(value: unknown, scope: Scope): void {
    if (Array.isArray(value)) {
      for (const item of value) below(item, scope);
    } else if (isObject(value)) {
      for (const [key, child] of Object.entries(value)) {
        if (/^(Select|Insert|Update|Delete|Merge)Stmt$/.test(key)) query(value as Node, scope);
        else below(child, scope);
      }
    }
  }

  return query;
}

import type { Alias, JoinExpr, Node, RangeFunction, RangeVar } from '@pgsql/types';
import type { ObjectName } from '../../catalog/catalog.ts';
import { resolveName } from '../catalog-lookup.ts';
import { all, as, nameOf, nameOfParts, strings } from '../nodes.ts';
import { typeRef } from '../type-name.ts';
import { argumentsOf, calledOf, columnsOfRoutine } from './calls.ts';
import { inWords } from './in-words.ts';
import { operationOf } from './operators.ts';
import {
  commonTableExpression,
  emptyNamespace,
  innerScope,
  type Namespace,
  namespaceOf,
  type Scope,
  type ScopeRelation,
  type TypedColumn,
  together,
  type VisibleColumn,
} from './scope.ts';
import type { Expressions, Surroundings } from './surroundings.ts';

/** Reads what stands in FROM, and the tables that statements write to. */
export type FromClause = {
  /** What several items bring together; `scope` is that of the query, without them. */
  readonly items: (nodes: readonly Node[] | undefined, scope: Scope, left?: Namespace) => Namespace;
  /** The relation that a range variable names; `target` when it is written to, so that it is no table expression. */
  readonly named: (range: RangeVar, scope: Scope, target?: boolean) => ScopeRelation;
};

const isSystem = ({ schema, name }: { readonly schema: string | null; readonly name: string }): boolean =>
  schema === 'pg_catalog' ||
  schema === 'information_schema' ||
  schema === 'pg_temp' ||
  (schema === null && name.startsWith('pg_'));

/** Opens the reading of FROM clauses. */
export function createFromClause(surroundings: Surroundings, expressions: Expressions): FromClause {
  const { context, lookup, types, use, fault } = surroundings;

  const columnsOf = (name: ObjectName): readonly TypedColumn[] | null =>
    context.isUnsure?.(name) === true
      ? null
      : ((lookup.table(name) ?? lookup.view(name))?.columns.map((column) => ({
          name: column.name,
          type: types.formatted(column.type),
        })) ?? null);

  const relation = (
    alias: Alias | undefined,
    name: string,
    table: ObjectName | null,
    columns: readonly TypedColumn[] | null,
  ): ScopeRelation => {
    const renamed = strings(alias?.colnames);
    const known =
      columns ?? (table === null && renamed.length > 0 ? renamed.map((own) => ({ name: own, type: null })) : null);
    return {
      alias: alias?.aliasname ?? name,
      table,
      isBare: alias?.aliasname === undefined,
      columns:
        known?.map((column, index) => ({ name: renamed[index] ?? column.name, own: column.name, type: column.type })) ??
        null,
    };
  };

  const tooManyNames = (
    alias: Alias | undefined,
    columns: readonly unknown[] | null,
    location: number | undefined,
  ): void => {
    const given = alias?.colnames?.length ?? 0;
    if (columns !== null && given > columns.length)
      fault({
        kind: 'shape',
        sqlstate: '42P10',
        reason: `${given} names are given to ${columns.length} columns of ${inWords(alias?.aliasname ?? '')}`,
        name: alias?.aliasname ?? '',
        location,
      });
  };

  const named: FromClause['named'] = (range, scope, target = false) => {
    const written = nameOf(range);
    const expression = written.schema === null && !target ? commonTableExpression(scope, written.name) : undefined;
    const table =
      expression === undefined
        ? resolveName(written, context.searchPath, (name) => lookup.relationKind(name) !== undefined)
        : null;
    const own = table === null ? (expression ?? null) : columnsOf(table);
    if (
      own === null &&
      table !== null &&
      lookup.relationKind(table) === undefined &&
      context.isUnsure?.(table) !== true &&
      !isSystem(written)
    )
      fault({
        kind: 'relation',
        sqlstate: '42P01',
        reason: `relation ${written.schema === null ? '' : `${inWords(written.schema)}.`}${inWords(written.name)} does not exist`,
        ...written,
        location: range.location,
      });
    tooManyNames(range.alias, own, range.location);
    use(table, null, range.location);
    return relation(range.alias, written.name, table, own);
  };

  /** The columns that both sides of a join have under one name are one. */
  const merged = (
    left: Namespace,
    right: Namespace,
    names: readonly string[],
    location: number | undefined,
  ): Namespace => {
    const both: VisibleColumn[] = [];
    const dropped = new Set<VisibleColumn>();
    for (const name of names) {
      const sides = [left, right].map((side, at) => {
        const [column, another] = side.columns.filter((one) => one.name === name);
        if (another !== undefined)
          fault({
            kind: 'ambiguous column',
            sqlstate: '42702',
            reason: `column ${inWords(name)} appears more than once on one side of USING`,
            name,
            location,
          });
        else if (column === undefined && side.isComplete)
          fault({
            kind: 'column',
            sqlstate: '42703',
            reason: `column ${inWords(name)} of USING is not in the ${at === 0 ? 'left' : 'right'} table`,
            name,
            location,
          });
        return column;
      });
      const [a, b] = sides;
      const sources = [...(a?.sources ?? []), ...(b?.sources ?? [])];
      for (const source of sources) use(source.relation.table, source.own, undefined);
      if (a !== undefined && b !== undefined) {
        const [one, other] = [types.base(a.type), types.base(b.type)];
        if (operationOf('=', one, other).isMissing)
          fault({
            kind: 'operator',
            sqlstate: '42883',
            reason: `there is no operator ${one} = ${other}`,
            name,
            location,
          });
      }
      for (const column of sides) if (column !== undefined) dropped.add(column);
      both.push({ name, type: a?.type === b?.type ? (a?.type ?? null) : null, sources });
    }
    const rest = (side: Namespace): Namespace => ({
      ...side,
      columns: side.columns.filter((column) => !dropped.has(column)),
    });
    return together({ relations: [], columns: both, isComplete: true }, rest(left), rest(right));
  };

  const joined = (join: JoinExpr, scope: Scope, left: Namespace): Namespace => {
    const ours = join.larg === undefined ? emptyNamespace : item(join.larg, scope, left);
    const theirs = join.rarg === undefined ? emptyNamespace : item(join.rarg, scope, together(left, ours));
    const common = ours.columns
      .filter(({ name }) => theirs.columns.some((one) => one.name === name))
      .map(({ name }) => name);
    const names = join.isNatural === true ? [...new Set(common)] : strings(join.usingClause);
    const all = merged(ours, theirs, names, undefined);
    expressions.condition(join.quals, innerScope(scope, together(ours, theirs)));
    if (join.join_using_alias?.aliasname !== undefined) {
      const alias = join.join_using_alias.aliasname;
      const columns = all.columns.slice(0, names.length).map(({ name, type }) => ({ name, type }));
      return { ...all, relations: [...all.relations, relation({ aliasname: alias }, alias, null, columns)] };
    }
    if (join.alias === undefined) return all;
    // Behind an alias the join is one relation, whose columns are still those of the tables.
    const renamed = strings(join.alias.colnames);
    const columns = all.columns.map((column, index) => ({ ...column, name: renamed[index] ?? column.name }));
    const whole = relation({ aliasname: join.alias.aliasname ?? '' }, '', null, all.isComplete ? columns : null);
    return { relations: [whole], columns, isComplete: all.isComplete };
  };

  const functionColumns = (node: RangeFunction, scope: Scope, left: Namespace): readonly TypedColumn[] | null => {
    const calls = all(node.functions, 'List');
    const at = innerScope(scope, left);
    const columns: TypedColumn[] = [];
    let isKnown = true;
    for (const { items = [] } of calls) {
      const [call, definitions] = items;
      const type = expressions.typeOf(call, at);
      const named = all(as(definitions, 'List')?.items ?? node.coldeflist, 'ColumnDef');
      const function_ = as(call, 'FuncCall');
      const { schema, name } = nameOfParts(strings(function_?.funcname));
      const alias = node.alias?.aliasname ?? name;
      if (named.length > 0) {
        for (const { colname = '', typeName } of named)
          columns.push({ name: colname, type: types.written(typeRef(typeName)) ?? null });
        continue;
      }
      const routines = (schema === null ? context.searchPath : [schema]).flatMap((one) =>
        lookup.routines({ schema: one, name }),
      );
      const found = calledOf(
        routines,
        argumentsOf(function_?.args, () => null),
        types,
      );
      const known =
        found.kind === 'routine'
          ? columnsOfRoutine(found.routine, alias, types)
          : routines.length === 0 && /^(?:generate_series|unnest)$/.test(name)
            ? [{ name: alias, type }]
            : null;
      if (known === null) isKnown = false;
      else columns.push(...known);
    }
    if (!isKnown) return null;
    return node.ordinality === true ? [...columns, { name: 'ordinality', type: 'int8' }] : columns;
  };

  function item(node: Node, scope: Scope, left: Namespace): Namespace {
    const range = as(node, 'RangeVar');
    if (range !== undefined) return namespaceOf(named(range, scope));
    const join = as(node, 'JoinExpr');
    if (join !== undefined) return joined(join, scope, left);
    const subselect = as(node, 'RangeSubselect');
    if (subselect !== undefined) {
      const columns = surroundings.query(
        subselect.subquery,
        subselect.lateral === true ? innerScope(scope, left) : scope,
      );
      tooManyNames(subselect.alias, columns, undefined);
      return namespaceOf(relation(subselect.alias, '', null, columns));
    }
    const sample = as(node, 'RangeTableSample');
    if (sample?.relation !== undefined) {
      expressions.inside(sample.args, scope);
      const sampled = item(sample.relation, scope, left);
      const [only] = sampled.relations;
      const view = only?.table === null || only === undefined ? undefined : lookup.view(only.table);
      if (view?.materialized === false)
        fault({
          kind: 'relation',
          sqlstate: '0A000',
          reason: `${inWords(view.name)} is a view, of which no sample is taken`,
          name: view.name,
          location: sample.location,
        });
      return sampled;
    }
    const call = as(node, 'RangeFunction');
    if (call !== undefined) {
      const columns = functionColumns(call, scope, left);
      tooManyNames(call.alias, columns, undefined);
      const [first] = all(call.functions, 'List');
      const name = strings(as(first?.items?.[0], 'FuncCall')?.funcname).at(-1) ?? '';
      return namespaceOf(relation(call.alias, name, null, columns));
    }
    const other = as(node, 'RangeTableFunc') ?? as(node, 'JsonTable');
    expressions.inside(other, innerScope(scope, left));
    return namespaceOf(relation(other?.alias, '', null, null));
  }

  const items: FromClause['items'] = (nodes, scope, left = emptyNamespace) => {
    let all = left;
    for (const node of nodes ?? []) all = together(all, item(node, scope, all));
    return all;
  };

  return { items, named };
}

import type { A_Expr, Node, TypeCast } from '@pgsql/types';
import { clockTypes } from '../clock-types.ts';
import { all, as, strings } from '../nodes.ts';
import { typeRef } from '../type-name.ts';
import { createCallReader } from './call-reader.ts';
import { isNeverCast } from './casts.ts';
import { createColumnNames, isStar } from './column-names.ts';
import { inWords } from './in-words.ts';
import { commonType, operationOf } from './operators.ts';
import { relationOf, type Scope, type TypedColumn } from './scope.ts';
import type { Expressions, Surroundings } from './surroundings.ts';

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isStarred = (node: Node): boolean => isStar(as(node, 'ColumnRef') ?? {});

const textOf = (node: Node | undefined): string | undefined => as(node, 'A_Const')?.sval?.sval;

/** A type as the server names it in its messages. */
const shown = (type: string | null): string => type ?? 'unknown';

/** Opens the reading of expressions. */
export function createExpressions(surroundings: Surroundings): Expressions {
  const { context, types, use, fault } = surroundings;
  const { column, attributeFunction } = createColumnNames(surroundings);
  const { call, rowOfCall, readRelation } = createCallReader(surroundings, { typeOf, inside, condition });

  /** Tells when the text of a constant is no value of the type that its place has. */
  const readText = (node: Node | undefined, type: string | null, location?: number): void => {
    const text = textOf(node);
    const base = types.base(type);
    if (text === undefined || base === null || base === 'unknown') return;
    const made = types.made(base);
    const reason =
      made?.kind === 'enum'
        ? made.labels.includes(text)
          ? null
          : `'${text}' is no label of ${base}`
        : (context.refuses?.({ text }, base) ?? null);
    const sqlstate = '22P02';
    if (reason !== null)
      fault({ kind: 'value', sqlstate, reason, name: '', location: as(node, 'A_Const')?.location ?? location });
  };

  /** The type of two sides together, each a text that the other may have to read. */
  const combine = (
    operator: string,
    left: { readonly node: Node | undefined; readonly type: string | null },
    right: { readonly node: Node | undefined; readonly type: string | null },
    location: number | undefined,
  ): string | null => {
    const [a, b] = [types.base(left.type), types.base(right.type)];
    const { type, isMissing } = operationOf(operator, a, b);
    if (isMissing)
      fault({
        kind: 'operator',
        sqlstate: '42883',
        reason: `there is no operator ${shown(a)} ${operator} ${shown(b)}`,
        name: operator,
        location,
      });
    else if (type === 'bool' && /^(?:=|<>|!=|<|>|<=|>=)$/.test(operator)) {
      if (a === 'unknown') readText(left.node, b);
      if (b === 'unknown') readText(right.node, a);
    }
    return type;
  };

  const operation = (expression: A_Expr, scope: Scope): string | null => {
    const { kind, lexpr, rexpr, location } = expression;
    const parts = strings(expression.name);
    const operator = parts.at(-1) ?? '';
    const left = { node: lexpr, type: typeOf(lexpr, scope) };
    const list = as(rexpr, 'List')?.items;
    if (
      kind === 'AEXPR_IN' ||
      kind?.startsWith('AEXPR_BETWEEN') === true ||
      kind?.startsWith('AEXPR_NOT_BETWEEN') === true
    ) {
      for (const item of list ?? []) combine('=', left, { node: item, type: typeOf(item, scope) }, location);
      return 'bool';
    }
    const rows = as(lexpr, 'RowExpr') === undefined ? undefined : as(rexpr, 'SubLink');
    if (rows?.subLinkType === 'EXPR_SUBLINK') {
      surroundings.query(rows.subselect, scope);
      return 'bool';
    }
    const right = { node: rexpr, type: typeOf(rexpr, scope) };
    // An operator with a schema is one that people made.
    if (parts.length > 1 && parts[0] !== 'pg_catalog') return null;
    switch (kind) {
      case 'AEXPR_OP_ANY':
      case 'AEXPR_OP_ALL': {
        const of = types.base(right.type);
        const array = types.base(left.type);
        if (array?.endsWith('[]') === true && of === 'unknown')
          fault({ kind: 'operator', sqlstate: '42704', reason: `there are no arrays of ${array}`, name: '', location });
        if (of?.endsWith('[]') === true) combine(operator, left, { node: undefined, type: of.slice(0, -2) }, location);
        return 'bool';
      }
      case 'AEXPR_DISTINCT':
      case 'AEXPR_NOT_DISTINCT':
        return combine('=', left, right, location);
      case 'AEXPR_NULLIF':
        combine('=', left, right, location);
        return left.type;
      case 'AEXPR_SIMILAR':
        return 'bool';
      default: {
        if (lexpr === undefined) return operator === '-' || operator === '+' ? types.base(right.type) : null;
        return combine(operator, left, right, location);
      }
    }
  };

  const cast = ({ arg, typeName, location }: TypeCast, scope: Scope): string | null => {
    const from = typeOf(arg, scope);
    const ref = typeRef(typeName);
    const to = types.written(ref);
    if (to === undefined) {
      if (ref.schema !== 'information_schema')
        fault({
          kind: 'type',
          sqlstate: '42704',
          reason: `type ${inWords(ref.name)} does not exist`,
          name: ref.name,
          schema: ref.schema,
          location: typeName?.location ?? location,
        });
      return null;
    }
    if (to === 'regclass') {
      const text = textOf(arg);
      if (text !== undefined) readRelation(text, as(arg, 'A_Const')?.location);
    } else readText(arg, to, location);
    readRow(arg, to, location);
    const [a, b] = [types.base(from), types.base(to)];
    if (a !== null && b !== null && isNeverCast(a, b))
      fault({ kind: 'operator', sqlstate: '42846', reason: `${a} cannot be cast to ${b}`, name: '', location });
    return to;
  };

  /** The type that several branches have together. */
  const branches = (
    nodes: readonly (Node | undefined)[],
    scope: Scope,
    what: string,
    location: number | undefined,
  ): string | null => {
    let type: string | null = 'unknown';
    const kinds = nodes.filter((node) => node !== undefined).map((node) => ({ node, of: typeOf(node, scope) }));
    for (const { of } of kinds) {
      const common = commonType(types.base(type), types.base(of));
      if (common.isMissing) {
        fault({
          kind: 'operator',
          sqlstate: '42804',
          reason: `${what} types ${shown(type)} and ${shown(of)} cannot be matched`,
          name: '',
          location,
        });
        return null;
      }
      // A type that people made stays what it is where all branches are of it.
      type = type === of ? type : common.type;
    }
    for (const { node, of } of kinds) if (of === 'unknown') readText(node, type);
    return type;
  };

  const fieldOf = (
    type: string | null,
    fields: readonly TypedColumn[] | null,
    name: string,
    location: number | undefined,
  ): string | null => {
    const field = fields?.find((one) => one.name === name);
    if (fields !== null && field === undefined && attributeFunction(name) === undefined)
      fault({
        kind: 'column',
        sqlstate: '42703',
        reason: `column ${inWords(name)} is not in ${type ?? 'what the function gives'}`,
        name,
        location,
      });
    return field?.type ?? null;
  };

  const indirection = (
    arg: Node | undefined,
    steps: readonly Node[],
    scope: Scope,
    location: number | undefined,
  ): string | null => {
    let type = typeOf(arg, scope);
    const at = location ?? as(arg, 'ColumnRef')?.location;
    for (const step of steps) {
      const name = as(step, 'String')?.sval;
      const index = as(step, 'A_Indices');
      inside(step, scope);
      const row = as(arg, 'ColumnRef');
      if (name !== undefined) {
        const relation = row === undefined ? undefined : relationOf(scope, strings(row.fields).at(-1) ?? '');
        if (relation !== undefined && step === steps[0]) use(relation.table, name, at);
        const called = type === null && step === steps[0] ? as(arg, 'FuncCall') : undefined;
        const fields = called === undefined ? types.fields(type) : rowOfCall(called, scope);
        type = fieldOf(type, fields, name, at);
      } else if (index !== undefined) {
        const of = types.base(type);
        type =
          index.is_slice === true ? of : of?.endsWith('[]') === true ? of.slice(0, -2) : of === 'jsonb' ? of : null;
        if (of !== null && /^(?:int[248]|numeric|text|varchar|bool|date|uuid|timestamp|timestamptz)$/.test(of))
          fault({ kind: 'operator', sqlstate: '42804', reason: `${of} has no elements`, name: '', location: at });
      } else type = null;
    }
    return type;
  };

  const subquery = (node: Node, scope: Scope): string | null => {
    const link = as(node, 'SubLink');
    if (link === undefined) return null;
    const tested = typeOf(link.testexpr, scope);
    const columns = surroundings.query(link.subselect, scope);
    const location = link.location;
    const isRow = as(link.testexpr, 'RowExpr') !== undefined;
    switch (link.subLinkType) {
      case 'EXISTS_SUBLINK':
        return 'bool';
      case 'ARRAY_SUBLINK':
      case 'EXPR_SUBLINK': {
        if (columns !== null && columns.length > 1)
          fault({
            kind: 'shape',
            sqlstate: '42601',
            reason: 'a subquery gives more than one column',
            name: '',
            location,
          });
        const type = columns?.[0]?.type ?? null;
        return link.subLinkType === 'EXPR_SUBLINK' || type === null ? type : `${type}[]`;
      }
      case 'ANY_SUBLINK':
      case 'ALL_SUBLINK':
        if (columns !== null && columns.length > 1 && !isRow)
          fault({ kind: 'shape', sqlstate: '42601', reason: 'a subquery gives too many columns', name: '', location });
        if (columns?.length === 1 && !isRow)
          combine(
            strings(link.operName).at(-1) ?? '=',
            { node: link.testexpr, type: tested },
            { node: undefined, type: columns[0]?.type ?? null },
            location,
          );
        return 'bool';
      default:
        return null;
    }
  };

  const choice = (node: Node, scope: Scope): string | null => {
    const one = as(node, 'CaseExpr');
    if (one === undefined) return null;
    const whens = all(one.args, 'CaseWhen');
    if (one.arg === undefined) for (const { expr } of whens) condition(expr, scope);
    else {
      const arg = { node: one.arg, type: typeOf(one.arg, scope) };
      for (const { expr } of whens) combine('=', arg, { node: expr, type: typeOf(expr, scope) }, one.location);
    }
    return branches([...whens.map(({ result }) => result), one.defresult], scope, 'CASE', one.location);
  };

  const constant = (node: Node): string | null => {
    const value = as(node, 'A_Const');
    if (value?.ival !== undefined) return 'int4';
    if (value?.fval !== undefined) return /^\d+$/.test(value.fval.fval ?? '') ? 'int8' : 'numeric';
    if (value?.boolval !== undefined) return 'bool';
    return value?.bsval === undefined ? 'unknown' : 'bit';
  };

  const byKind: Readonly<Record<string, (node: Node, scope: Scope) => string | null>> = {
    A_Const: constant,
    ParamRef: ofItsPlace,
    SetToDefault: ofItsPlace,
    ColumnRef: (node, scope) => column(as(node, 'ColumnRef') ?? {}, scope),
    A_Expr: (node, scope) => operation(as(node, 'A_Expr') ?? {}, scope),
    TypeCast: (node, scope) => cast(as(node, 'TypeCast') ?? {}, scope),
    FuncCall: (node, scope) => call(as(node, 'FuncCall') ?? {}, scope),
    SubLink: subquery,
    CaseExpr: choice,
    CoalesceExpr: (node, scope) =>
      branches(as(node, 'CoalesceExpr')?.args ?? [], scope, 'COALESCE', as(node, 'CoalesceExpr')?.location),
    MinMaxExpr: (node, scope) =>
      branches(as(node, 'MinMaxExpr')?.args ?? [], scope, 'GREATEST', as(node, 'MinMaxExpr')?.location),
    A_ArrayExpr: (node, scope) => {
      const type = branches(as(node, 'A_ArrayExpr')?.elements ?? [], scope, 'ARRAY', as(node, 'A_ArrayExpr')?.location);
      return type === null || type === 'unknown' ? null : `${type}[]`;
    },
    A_Indirection: (node, scope) => {
      const part = as(node, 'A_Indirection');
      return indirection(part?.arg, part?.indirection ?? [], scope, undefined);
    },
    BoolExpr: (node, scope) => {
      for (const arg of as(node, 'BoolExpr')?.args ?? []) condition(arg, scope);
      return 'bool';
    },
    NullTest: (node, scope) => {
      inside(as(node, 'NullTest')?.arg, scope);
      return 'bool';
    },
    BooleanTest: (node, scope) => {
      condition(as(node, 'BooleanTest')?.arg, scope);
      return 'bool';
    },
    CollateClause: (node, scope) => typeOf(as(node, 'CollateClause')?.arg, scope),
    SQLValueFunction: ofClock,
    SelectStmt: (node, scope) => {
      surroundings.query(node, scope);
      return null;
    },
  };

  function typeOf(node: Node | undefined, scope: Scope): string | null {
    if (node === undefined) return null;
    for (const kind in node) {
      const read = byKind[kind];
      if (read !== undefined) return read(node, scope);
      inside((node as Record<string, unknown>)[kind], scope);
    }
    return null;
  }

  function inside(value: unknown, scope: Scope): void {
    if (Array.isArray(value)) {
      for (const item of value) inside(item, scope);
      return;
    }
    if (!isObject(value)) return;
    for (const key in value) {
      if (byKind[key] !== undefined) typeOf(value as Node, scope);
      else inside(value[key], scope);
    }
  }

  function condition(node: Node | undefined, scope: Scope): void {
    const type = types.base(typeOf(node, scope));
    if (type === null || type === 'unknown' || type === 'bool') return;
    fault({
      kind: 'operator',
      sqlstate: '42804',
      reason: `a condition is of type ${type}, not boolean`,
      name: strings(as(node, 'ColumnRef')?.fields).at(-1) ?? '',
      location: as(node, 'ColumnRef')?.location,
    });
  }

  /** Tells when a ROW has not as many values as the composite type that it becomes has fields. */
  const readRow = (value: Node | undefined, to: string | null, location: number | undefined): void => {
    const items = as(value, 'RowExpr')?.args;
    const fields = items === undefined ? null : types.fields(to);
    if (items !== undefined && fields !== null && fields.length !== items.length && !items.some(isStarred))
      fault({
        kind: 'operator',
        sqlstate: '42846',
        reason: `a row of ${items.length} values is no ${to}`,
        name: '',
        location,
      });
  };

  const assign: Expressions['assign'] = (value, type, to, location) => {
    readRow(value, to, location);
    const base = types.base(to);
    if (base === null) return;
    if (type === 'unknown') {
      readText(value, to, location);
      return;
    }
    const from = types.base(type);
    const reason = from === null || from === base ? null : (context.refuses?.({ type: from }, base) ?? null);
    if (reason !== null) fault({ kind: 'operator', sqlstate: '42804', reason, name: '', location });
  };

  return { typeOf, condition, inside, assign };
}

/** What takes the type of its place. */
const ofItsPlace = (): string => 'unknown';

const ofClock = (node: Node): string | null => clockTypes[as(node, 'SQLValueFunction')?.op ?? ''] ?? null;

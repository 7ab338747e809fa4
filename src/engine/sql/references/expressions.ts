import type { A_Expr, ColumnRef, FuncCall, Node, TypeCast } from '@pgsql/types';
import { aggregates } from '../aggregates.ts';
import { builtinVolatility } from '../builtin-volatility.ts';
import { firstFound } from '../catalog-lookup.ts';
import { all, as, nameOfParts, strings } from '../nodes.ts';
import { qualifiedName } from '../qualified-name.ts';
import { inWords } from './in-words.ts';
import { typeRef } from '../type-name.ts';
import { argumentsOf, calledOf, resultOfRoutine } from './calls.ts';
import { commonType, isKnownFunction, isNotTaken, operationOf, resultOf } from './operators.ts';
import { meaningOf, relationOf, type Scope, type ScopeRelation } from './scope.ts';
import type { Surroundings } from './surroundings.ts';

/** Reads expressions: gives their types, and tells what they use and what is wrong with them. */
export type Expressions = {
  readonly typeOf: (node: Node | undefined, scope: Scope) => string | null;
  /** Visits what must be true or false. */
  readonly condition: (node: Node | undefined, scope: Scope) => void;
  /** Visits whatever lies below. */
  readonly inside: (value: unknown, scope: Scope) => void;
  /** Tells when a value cannot be assigned to a column of a type. */
  readonly assign: (
    value: Node | undefined,
    type: string | null,
    to: string | null,
    location: number | undefined,
  ) => void;
};

const systemColumns: Readonly<Record<string, string>> = {
  ctid: 'tid',
  tableoid: 'oid',
  xmin: 'xid',
  xmax: 'xid',
  cmin: 'cid',
  cmax: 'cid',
};

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isStar = ({ fields = [] }: ColumnRef): boolean => fields.some((field) => as(field, 'A_Star') !== undefined);

const isStarred = (node: Node): boolean => isStar(as(node, 'ColumnRef') ?? {});

const textOf = (node: Node | undefined): string | undefined => as(node, 'A_Const')?.sval?.sval;

/** Functions whose text is the name of a sequence, read when the query is. */
const takesSequence = new Set(['nextval', 'currval', 'setval']);

/** A type as the server names it in its messages. */
const shown = (type: string | null): string => type ?? 'unknown';

/** Opens the reading of expressions. */
export function createExpressions(surroundings: Surroundings): Expressions {
  const { context, lookup, types, use, fault } = surroundings;

  const rowOf = (relation: ScopeRelation | undefined): string | null =>
    relation?.table === null || relation === undefined ? null : qualifiedName(relation.table);

  const wholeRow = (relation: ScopeRelation, location: number | undefined): string | null => {
    use(relation.table, '*', location);
    return rowOf(relation);
  };

  const isVariable = (name: string): boolean =>
    context.variables?.has(name) === true || context.records?.has(name.toLowerCase()) === true;

  /** True for a function that takes the row and may be written like a column. */
  const attributeFunction = (name: string) =>
    context.searchPath.flatMap((schema) => lookup.routines({ schema, name }))[0];

  const unqualified = (name: string, scope: Scope, location: number | undefined): string | null => {
    const meaning = meaningOf(scope, name);
    if (meaning.kind === 'column') {
      for (const { relation, own } of meaning.column.sources) use(relation.table, own, location);
      if (context.variablesConflict === true && context.variables?.has(name) === true)
        fault({
          kind: 'ambiguous column',
          sqlstate: '42702',
          reason: `${inWords(name)} is a variable and a column`,
          name,
          location,
        });
      return meaning.column.type;
    }
    if (meaning.kind === 'ambiguous') {
      fault({
        kind: 'ambiguous column',
        sqlstate: '42702',
        reason: `column reference ${inWords(name)} is ambiguous`,
        name,
        location,
      });
      return null;
    }
    // The name of a relation alone is its whole row.
    const relation = relationOf(scope, name);
    if (relation !== undefined) return wholeRow(relation, location);
    if (meaning.kind === 'unknown' || isVariable(name)) return null;
    const system = systemColumns[name];
    if (system !== undefined) return system;
    fault({
      kind: 'column',
      sqlstate: '42703',
      reason: `column ${inWords(name)} does not exist`,
      name,
      location,
    });
    return null;
  };

  const column = (reference: ColumnRef, scope: Scope): string | null => {
    const { location } = reference;
    const parts = strings(reference.fields);
    if (isStar(reference) && parts.length === 0) {
      for (const { table } of new Set(scope.columns.flatMap(({ sources }) => sources.map(({ relation }) => relation))))
        use(table, '*', location);
      for (const { table, columns } of scope.relations) if (columns === null) use(table, '*', location);
      return null;
    }
    const name = isStar(reference) ? '*' : (parts.at(-1) ?? '');
    const qualifier = isStar(reference) ? parts.at(-1) : parts.at(-2);
    const schema = (isStar(reference) ? parts.at(-2) : parts.at(-3)) ?? null;
    if (qualifier === undefined) return unqualified(name, scope, location);
    const relation = relationOf(scope, qualifier, schema);
    if (relation !== undefined) {
      const own = relation.columns?.find((one) => one.name === name);
      use(relation.table, own?.own ?? name, location);
      if (own !== undefined) return own.type;
      if (name === '*' || relation.columns === null) return name === '*' ? rowOf(relation) : null;
      const system = relation.table === null ? undefined : systemColumns[name];
      if (system !== undefined) return system;
      const called = attributeFunction(name);
      if (called !== undefined) return resultOfRoutine(called, types);
      fault({
        kind: 'column',
        sqlstate: '42703',
        reason: `column ${inWords(qualifier)}.${inWords(name)} does not exist`,
        name,
        relation: relation.table,
        location,
      });
      return null;
    }
    const records = context.records?.get(qualifier.toLowerCase());
    for (const table of records ?? []) {
      use(table, name, location);
      const known = lookup.table(table) ?? lookup.view(table);
      if (known !== undefined && name !== '*' && !known.columns.some((one) => one.name === name))
        fault({
          kind: 'column',
          sqlstate: '42703',
          reason: `record ${qualifier} has no field ${inWords(name)}`,
          name,
          relation: table,
          location,
        });
    }
    if (records === undefined && !isVariable(qualifier) && !isVariable(parts[0] ?? ''))
      fault({
        kind: 'relation',
        sqlstate: '42P01',
        reason: `there is no FROM entry for ${inWords(qualifier)}`,
        name: qualifier,
        schema,
        location,
      });
    return null;
  };

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

  const readRelation = (text: string, location: number | undefined): void => {
    const written = relationName(text);
    if (written === null || written.schema === 'pg_catalog' || written.name.startsWith('pg_')) return;
    if (firstFound(written, context.searchPath, lookup.relationKind) === undefined)
      fault({ kind: 'relation', sqlstate: '42P01', reason: `relation ${text} does not exist`, ...written, location });
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

  const call = (node: FuncCall, scope: Scope): string | null => {
    const written = nameOfParts(strings(node.funcname));
    const { schema, name } = written;
    const args = argumentsOf(node.args, (arg) => typeOf(arg, scope));
    inside([node.agg_order, node.over], scope);
    condition(node.agg_filter, scope);
    const location = node.location;
    const routines =
      schema === 'pg_catalog'
        ? []
        : (schema === null ? context.searchPath : [schema]).flatMap((one) => lookup.routines({ schema: one, name }));
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
      fault(
        called.kind === 'several'
          ? {
              kind: 'function',
              sqlstate: '42725',
              reason: `function ${shownCall} is not unique`,
              name,
              schema,
              location,
            }
          : {
              kind: 'function',
              sqlstate: '42883',
              reason: `function ${shownCall} does not exist`,
              name,
              schema,
              location,
            },
      );
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

  const fieldOf = (type: string | null, name: string, location: number | undefined): string | null => {
    const fields = types.fields(type);
    const field = fields?.find((one) => one.name === name);
    if (fields !== null && fields !== undefined && field === undefined && attributeFunction(name) === undefined)
      fault({
        kind: 'column',
        sqlstate: '42703',
        reason: `column ${inWords(name)} is not in ${shown(type)}`,
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
        type = fieldOf(type, name, at);
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

const ofClock = (node: Node): string | null => clocks[as(node, 'SQLValueFunction')?.op ?? ''] ?? null;

/** What `current_date` and its like are; `current_user` and its like are names. */
const clocks: Readonly<Record<string, string>> = {
  SVFOP_CURRENT_DATE: 'date',
  SVFOP_CURRENT_TIME: 'timetz',
  SVFOP_CURRENT_TIME_N: 'timetz',
  SVFOP_CURRENT_TIMESTAMP: 'timestamptz',
  SVFOP_CURRENT_TIMESTAMP_N: 'timestamptz',
  SVFOP_LOCALTIME: 'time',
  SVFOP_LOCALTIME_N: 'time',
  SVFOP_LOCALTIMESTAMP: 'timestamp',
  SVFOP_LOCALTIMESTAMP_N: 'timestamp',
};

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

const castable: Readonly<Record<string, RegExp>> = {
  int2: /^(?:int[248]|numeric|float[48]|text|varchar|bpchar|jsonb|bytea|oid|unknown)$/,
  int4: /^(?:int[248]|numeric|float[48]|text|varchar|bpchar|jsonb|bool|bit|bytea|char|oid|unknown|reg.*)$/,
  int8: /^(?:int[248]|numeric|float[48]|text|varchar|bpchar|jsonb|bit|bytea|oid|unknown|reg.*)$/,
  numeric: /^(?:int[248]|numeric|float[48]|text|varchar|bpchar|jsonb|money|unknown)$/,
  float8: /^(?:int[248]|numeric|float[48]|text|varchar|bpchar|jsonb|unknown)$/,
  bool: /^(?:int4|bool|text|varchar|bpchar|jsonb|unknown)$/,
  date: /^(?:date|timestamp|timestamptz|text|varchar|bpchar|unknown)$/,
  timestamp: /^(?:date|timestamp|timestamptz|text|varchar|bpchar|unknown)$/,
  timestamptz: /^(?:date|timestamp|timestamptz|text|varchar|bpchar|unknown)$/,
  uuid: /^(?:uuid|text|varchar|bpchar|bytea|unknown)$/,
};
const plain =
  /^(?:int[248]|numeric|float[48]|bool|date|timestamp|timestamptz|uuid|text|varchar|bpchar|jsonb|interval)$/;

/** True for two types of the server's own between which it has no cast. */
const isNeverCast = (from: string, to: string): boolean => plain.test(from) && castable[to]?.test(from) === false;

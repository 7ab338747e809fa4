import type {
  InsertStmt,
  MergeStmt,
  Node,
  OnConflictClause,
  ReturningClause,
  SelectStmt,
  UpdateStmt,
  WithClause,
} from '@pgsql/types';
import type { Table } from '../../catalog/catalog.ts';
import { catalogLookup } from '../catalog-lookup.ts';
import { nameOfExpression } from '../expressions.ts';
import { all, as, strings } from '../nodes.ts';
import { inWords } from './in-words.ts';
import { createExpressions } from './expressions.ts';
import { createFromClause } from './from-clause.ts';
import { checkGrouping, withoutPlaces } from './grouping.ts';
import { commonType, hasNoEquality } from './operators.ts';
import {
  byAliasOnly,
  emptyNamespace,
  innerScope,
  type Namespace,
  namespaceOf,
  relationOf,
  type Scope,
  type ScopeRelation,
  type TypedColumn,
  together,
} from './scope.ts';
import type { QueryFault, Reference, ReferenceContext, Surroundings } from './surroundings.ts';
import { typesIn } from './types.ts';

type Columns = readonly TypedColumn[] | null;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isDefault = (value: Node | undefined): boolean => as(value, 'SetToDefault') !== undefined;

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
  const { use, fault, types } = surroundings;
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

  const columnOf = (relation: ScopeRelation, name: string) => relation.columns?.find((column) => column.own === name);
  const tableOf = (relation: ScopeRelation): Table | undefined =>
    relation.table === null ? undefined : lookup.table(relation.table);

  /** Tells why a column takes no value but its default. */
  const onlyDefault = (
    relation: ScopeRelation,
    name: string,
    override: string | undefined,
    location: number | undefined,
  ): void => {
    const column = tableOf(relation)?.columns.find((one) => one.name === name);
    const isAlways =
      column?.identity === 'always' && override !== 'OVERRIDING_SYSTEM_VALUE' && override !== 'OVERRIDING_USER_VALUE';
    if (column === undefined || (column.generated === null && !isAlways)) return;
    const reason = column.generated === null ? 'is GENERATED ALWAYS AS IDENTITY' : 'is generated';
    fault({
      kind: 'target',
      sqlstate: '428C9',
      reason: `column ${inWords(name)} ${reason} and takes only DEFAULT`,
      name,
      relation: relation.table,
      location,
    });
  };

  /** Visits a column that is written, and gives the type that its value must have. */
  const target = (
    node: { readonly name?: string | undefined; readonly location?: number; readonly indirection?: readonly Node[] },
    relation: ScopeRelation,
    scope: Scope,
  ): string | null => {
    const name = node.name ?? '';
    use(relation.table, name, node.location);
    inside(node.indirection, scope);
    const column = columnOf(relation, name);
    if (column === undefined && relation.columns !== null)
      fault({
        kind: 'column',
        sqlstate: '42703',
        reason: `column ${inWords(name)} of ${inWords(relation.table?.name ?? relation.alias)} does not exist`,
        name,
        relation: relation.table,
        location: node.location,
      });
    let type = column?.type ?? null;
    for (const step of node.indirection ?? []) {
      const field = as(step, 'String')?.sval;
      const fields = types.fields(type);
      const known = fields?.find((one) => one.name === field);
      if (field !== undefined && fields !== null && known === undefined)
        fault({
          kind: 'column',
          sqlstate: '42703',
          reason: `column ${inWords(field)} is not in ${type}`,
          name: field,
          location: node.location,
        });
      type = known?.type ?? null;
    }
    return type;
  };

  /** Visits what UPDATE and MERGE set. */
  const assigned = (targets: readonly Node[] | undefined, relation: ScopeRelation, scope: Scope): void => {
    for (const one of all(targets, 'ResTarget')) {
      const type = target(one, relation, scope);
      const several = as(one.val, 'MultiAssignRef');
      if (several !== undefined) {
        const items = as(several.source, 'RowExpr')?.args;
        const value = items?.[(several.colno ?? 1) - 1];
        if (value !== undefined) expressions.assign(value, typeOf(value, scope), type, one.location);
        else if (several.colno === 1) inside(as(several.source, 'SubLink')?.subselect ?? several.source, scope);
        continue;
      }
      const value = typeOf(one.val, scope);
      if (isDefault(one.val)) continue;
      onlyDefault(relation, one.name ?? '', undefined, one.location);
      expressions.assign(one.val, value, type, one.location);
    }
  };

  const returning = (clause: ReturningClause | undefined, relation: ScopeRelation, scope: Scope): Columns => {
    if (clause === undefined) return null;
    // Since 18 the row before and after has a name of its own here.
    const names = { old: 'old', new: 'new' };
    for (const { option, value } of all(clause.options, 'ReturningOption'))
      names[option === 'RETURNING_OPTION_OLD' ? 'old' : 'new'] = value ?? '';
    const rows_ = Object.values(names).map((alias) => byAliasOnly(namespaceOf({ ...relation, alias, isBare: false })));
    return output(clause.exprs, innerScope(scope, together(scope, ...rows_)));
  };

  const conflict = (clause: OnConflictClause | undefined, relation: ScopeRelation, scope: Scope): void => {
    if (clause === undefined) return;
    const { infer } = clause;
    const table = tableOf(relation);
    const elements = all(infer?.indexElems, 'IndexElem');
    for (const { name, expr } of elements) {
      if (name !== undefined)
        target({ name, ...(infer?.location === undefined ? {} : { location: infer.location }) }, relation, scope);
      inside(expr, scope);
    }
    inside(infer?.whereClause, scope);
    if (infer?.conname !== undefined) {
      const known = table?.constraints.find((one) => one.name === infer.conname);
      if (table !== undefined && (known === undefined || !/unique|primary key|exclusion/.test(known.kind)))
        fault({
          kind: 'constraint',
          sqlstate: '42704',
          reason: `constraint ${inWords(infer.conname)} does not exist`,
          name: infer.conname,
          relation: relation.table,
          location: infer.location,
        });
    } else if (table !== undefined && elements.length > 0 && elements.every(({ name }) => name !== undefined)) {
      const wanted = new Set(elements.map(({ name }) => name));
      const serves = table.indexes.some(
        ({ unique, valid, keys, predicate }) =>
          unique &&
          valid &&
          (predicate === null || infer?.whereClause !== undefined) &&
          keys.every(({ column }) => column !== null && wanted.has(column)) &&
          new Set(keys.map(({ column }) => column)).size === wanted.size,
      );
      if (!serves && relation.columns !== null)
        fault({
          kind: 'constraint',
          sqlstate: '42P10',
          reason: `no unique constraint or index is on (${[...wanted].map((one) => inWords(one ?? '')).join(', ')})`,
          name: elements[0]?.name ?? '',
          relation: relation.table,
          location: infer?.location,
        });
    }
    const excluded = byAliasOnly(namespaceOf({ ...relation, alias: 'excluded', isBare: false }));
    const at = innerScope(scope, together(scope, excluded));
    assigned(clause.targetList, relation, at);
    condition(clause.whereClause, at);
  };

  /** A column that a row cannot leave out, as far as the table alone says so. */
  const leftOut = (
    relation: ScopeRelation,
    written: readonly (string | undefined)[],
    location: number | undefined,
  ): void => {
    const table = tableOf(relation);
    if (table === undefined || table.triggers.some(({ definition }) => /\bBEFORE\b[^()]*\bINSERT\b/i.test(definition)))
      return;
    const column = table.columns.find((one) => {
      const type = types.formatted(one.type);
      const domain = type === null ? undefined : types.made(type);
      const isFilled =
        one.default !== null || one.identity !== null || one.generated !== null || domain?.kind === 'domain';
      return one.notNull && !isFilled && !written.includes(one.name);
    });
    if (column !== undefined)
      fault({
        kind: 'target',
        sqlstate: '23502',
        reason: `column ${inWords(column.name)} must not be null and gets no value`,
        name: table.name,
        relation: relation.table,
        location,
      });
  };

  const insert = (statement: InsertStmt, outer: Scope | null): Columns => {
    const above = withExpressions(statement.withClause, outer);
    if (statement.relation === undefined) return null;
    const relation = from.named(statement.relation, above, true);
    const scope = innerScope(above, namespaceOf(relation));
    const { selectStmt, override } = statement;
    const { location } = statement.relation;
    const listed = all(statement.cols, 'ResTarget');
    if (listed.length === 0 && selectStmt !== undefined) use(relation.table, '*', location);
    const targets:
      | readonly {
          readonly name: string | undefined;
          readonly type: string | null;
          readonly location: number | undefined;
        }[]
      | null =
      listed.length > 0
        ? listed.map((one) => ({ name: one.name, type: target(one, relation, scope), location: one.location }))
        : (relation.columns?.map(({ own, type }) => ({ name: own, type, location })) ?? null);
    const source = query(selectStmt, above);
    const values = all(as(selectStmt, 'SelectStmt')?.valuesLists, 'List');
    const given = values.length > 0 ? values.map(({ items = [] }) => items) : null;
    const counts =
      given?.some((items) => items.some(starIn)) === true
        ? []
        : (given?.map(({ length }) => length) ?? (source === null ? [] : [source.length]));
    if (targets !== null) {
      for (const count of new Set(counts))
        if (count > targets.length || (listed.length > 0 && count < targets.length))
          fault({
            kind: 'shape',
            sqlstate: '42601',
            reason: `${count} values for ${targets.length} columns of ${inWords(relation.table?.name ?? '')}`,
            name: statement.relation.relname ?? '',
            relation: relation.table,
            location,
          });
      for (const [index, { name = '', type, location: at }] of targets.entries()) {
        const nodes = given?.map((items) => items[index]);
        const isGiven =
          nodes === undefined
            ? source === null
              ? listed.length > 0
              : index < source.length
            : nodes.some((node) => node !== undefined && !isDefault(node));
        if (!isGiven || selectStmt === undefined) continue;
        onlyDefault(relation, name, override, at);
        if (nodes === undefined)
          expressions.assign(
            undefined,
            source?.[index]?.type === 'unknown' ? null : (source?.[index]?.type ?? null),
            type,
            at,
          );
        // One row keeps its own types, several have those that they share.
        for (const node of nodes ?? [])
          if (node !== undefined && !isDefault(node))
            expressions.assign(
              node,
              nodes?.length === 1
                ? (source?.[index]?.type ?? null)
                : as(node, 'A_Const') === undefined
                  ? null
                  : 'unknown',
              type,
              at,
            );
      }
      const width = listed.length > 0 ? targets.length : Math.max(0, ...counts);
      const isAll = listed.length === 0 && counts.length === 0 && selectStmt !== undefined;
      const filled = targets
        .slice(0, width)
        .filter(
          (_, index) =>
            given === null || given.every((items) => items[index] !== undefined && !isDefault(items[index])),
        );
      if (!isAll)
        leftOut(
          relation,
          filled.map(({ name }) => name),
          location,
        );
    }
    conflict(statement.onConflictClause, relation, scope);
    return returning(statement.returningClause, relation, scope);
  };

  /** What is written to together with the rest of a FROM or USING. */
  const changed = (
    statement: Pick<UpdateStmt, 'withClause' | 'relation'>,
    further: readonly Node[] | undefined,
    outer: Scope | null,
  ): { readonly relation: ScopeRelation; readonly scope: Scope } | null => {
    const above = withExpressions(statement.withClause, outer);
    if (statement.relation === undefined) return null;
    const relation = from.named(statement.relation, above, true);
    return { relation, scope: innerScope(above, from.items(further, above, namespaceOf(relation))) };
  };

  const merge = (statement: MergeStmt, outer: Scope | null): Columns => {
    const above = withExpressions(statement.withClause, outer);
    if (statement.relation === undefined) return null;
    const relation = from.named(statement.relation, above, true);
    const source: Namespace = from.items(
      statement.sourceRelation === undefined ? [] : [statement.sourceRelation],
      above,
    );
    const both = innerScope(above, together(namespaceOf(relation), source));
    const onlySource = innerScope(above, source);
    condition(statement.joinCondition, both);
    for (const clause of all(statement.mergeWhenClauses, 'MergeWhenClause')) {
      const scope = clause.matchKind === 'MERGE_WHEN_NOT_MATCHED_BY_TARGET' ? onlySource : both;
      condition(clause.condition, scope);
      if (clause.commandType !== 'CMD_INSERT') {
        assigned(clause.targetList, relation, scope);
        continue;
      }
      const listed = all(clause.targetList, 'ResTarget');
      const targets =
        listed.length > 0
          ? listed.map((one) => ({ name: one.name, type: target(one, relation, scope) }))
          : (relation.columns?.map(({ own, type }) => ({ name: own, type })) ?? []);
      const values = clause.values ?? [];
      if (
        relation.columns !== null &&
        clause.values !== undefined &&
        (values.length > targets.length || (listed.length > 0 && values.length < targets.length))
      )
        fault({
          kind: 'shape',
          sqlstate: '42601',
          reason: `${values.length} values for ${targets.length} columns of ${inWords(relation.table?.name ?? '')}`,
          name: statement.relation.relname ?? '',
          relation: relation.table,
          location: statement.relation.location,
        });
      for (const [index, value] of values.entries()) {
        const type = typeOf(value, scope);
        const to = targets[index];
        if (to === undefined || isDefault(value)) continue;
        onlyDefault(relation, to.name ?? '', clause.override, undefined);
        expressions.assign(value, type, to.type, undefined);
      }
    }
    return returning(statement.returningClause, relation, both);
  };

  function query(node: Node | undefined, outer: Scope | null): Columns {
    if (node === undefined) return null;
    if ('SelectStmt' in node) return select(node.SelectStmt, outer);
    if ('InsertStmt' in node) return insert(node.InsertStmt, outer);
    if ('UpdateStmt' in node) {
      const at = changed(node.UpdateStmt, node.UpdateStmt.fromClause, outer);
      if (at === null) return null;
      assigned(node.UpdateStmt.targetList, at.relation, at.scope);
      condition(node.UpdateStmt.whereClause, at.scope);
      return returning(node.UpdateStmt.returningClause, at.relation, at.scope);
    }
    if ('DeleteStmt' in node) {
      const at = changed(node.DeleteStmt, node.DeleteStmt.usingClause, outer);
      if (at === null) return null;
      condition(node.DeleteStmt.whereClause, at.scope);
      return returning(node.DeleteStmt.returningClause, at.relation, at.scope);
    }
    if ('MergeStmt' in node) return merge(node.MergeStmt, outer);
    // EXPLAIN, PREPARE, DECLARE, COPY (…), CREATE TABLE AS, CREATE VIEW hold their query below; others name relations.
    const scope = innerScope(outer);
    const called = as(node, 'CallStmt')?.funccall;
    if (called !== undefined) typeOf({ FuncCall: called }, scope);
    const copy = as(node, 'CopyStmt');
    if (copy?.relation !== undefined) {
      const relation = from.named(copy.relation, scope, true);
      for (const name of strings(copy.attlist))
        target(
          { name, ...(copy.relation.location === undefined ? {} : { location: copy.relation.location }) },
          relation,
          scope,
        );
    }
    for (const range of [
      ...all(as(node, 'TruncateStmt')?.relations, 'RangeVar'),
      ...all(as(node, 'LockStmt')?.relations, 'RangeVar'),
    ])
      from.named(range, scope, true);
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

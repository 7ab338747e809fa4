import type {
  DeleteStmt,
  InsertStmt,
  MergeStmt,
  Node,
  OnConflictClause,
  ReturningClause,
  UpdateStmt,
  WithClause,
} from '@pgsql/types';
import { all, as, strings } from '../nodes.ts';
import { isStar } from './column-names.ts';
import type { FromClause } from './from-clause.ts';
import { inWords } from './in-words.ts';
import {
  byAliasOnly,
  innerScope,
  namespaceOf,
  type Scope,
  type ScopeRelation,
  type TypedColumn,
  together,
} from './scope.ts';
import type { Expressions, Surroundings } from './surroundings.ts';
import { createWriteTargets, isDefault } from './write-targets.ts';

type Columns = readonly TypedColumn[] | null;

/** Reads statements that write; null for one that does not. */
type Writes = (node: Node, outer: Scope | null) => { readonly columns: Columns } | null;

/** What statements that write have in common with SELECT. */
type Shared = {
  /** A scope with the table expressions of a WITH. */
  readonly withExpressions: (clause: WithClause | undefined, outer: Scope | null) => Scope;
  /** Visits a target list; null when a star stands for columns that are not known. */
  readonly output: (targets: readonly Node[] | undefined, scope: Scope) => Columns;
};

const starIn = (node: Node | undefined): boolean => isStar(as(node, 'ColumnRef') ?? {});

/** Opens the reading of statements that write. */
export function createWrites(
  surroundings: Surroundings,
  expressions: Expressions,
  from: FromClause,
  { withExpressions, output }: Shared,
): Writes {
  const { query, use, fault, types } = surroundings;
  const { typeOf, condition, inside } = expressions;
  const { tableOf, onlyDefault, target, assigned } = createWriteTargets(surroundings, expressions);

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
      if (name !== undefined) target({ name, location: infer?.location }, relation, scope);
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
            reason: `there are ${count} values for ${targets.length} columns of ${inWords(relation.table?.name ?? '')}`,
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
    const source = from.items(statement.sourceRelation === undefined ? [] : [statement.sourceRelation], above);
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
          reason: `there are ${values.length} values for ${targets.length} columns of ${inWords(relation.table?.name ?? '')}`,
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

  const update = (statement: UpdateStmt, outer: Scope | null): Columns => {
    const at = changed(statement, statement.fromClause, outer);
    if (at === null) return null;
    assigned(statement.targetList, at.relation, at.scope);
    condition(statement.whereClause, at.scope);
    return returning(statement.returningClause, at.relation, at.scope);
  };

  const remove = (statement: DeleteStmt, outer: Scope | null): Columns => {
    const at = changed(statement, statement.usingClause, outer);
    if (at === null) return null;
    condition(statement.whereClause, at.scope);
    return returning(statement.returningClause, at.relation, at.scope);
  };

  /** COPY, TRUNCATE and LOCK name relations without a query. */
  const named = (node: Node, outer: Scope | null): void => {
    const scope = innerScope(outer);
    const copy = as(node, 'CopyStmt');
    if (copy?.relation !== undefined) {
      const relation = from.named(copy.relation, scope, true);
      for (const name of strings(copy.attlist)) target({ name, location: copy.relation.location }, relation, scope);
    }
    for (const range of [
      ...all(as(node, 'TruncateStmt')?.relations, 'RangeVar'),
      ...all(as(node, 'LockStmt')?.relations, 'RangeVar'),
    ])
      from.named(range, scope, true);
  };

  return (node, outer) => {
    if ('InsertStmt' in node) return { columns: insert(node.InsertStmt, outer) };
    if ('UpdateStmt' in node) return { columns: update(node.UpdateStmt, outer) };
    if ('DeleteStmt' in node) return { columns: remove(node.DeleteStmt, outer) };
    if ('MergeStmt' in node) return { columns: merge(node.MergeStmt, outer) };
    named(node, outer);
    return null;
  };
}

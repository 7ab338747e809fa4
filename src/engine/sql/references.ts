import type { Node, RangeVar } from '@pgsql/types';
import type { Catalog, ObjectName } from '../catalog/catalog.ts';
import { catalogLookup, resolveName } from './catalog-lookup.ts';
import { nameOfExpression } from './expressions.ts';
import { all, as, type NodeContent, nameOf, strings } from './nodes.ts';
import {
  commonTableExpression,
  innerScope,
  isNobodys,
  ownerOf,
  relationOf,
  type Scope,
  type ScopeRelation,
} from './references/scope.ts';

/**
 * One use of a table or view in a query. `column` is null where the relation itself is named, and `*` where all its
 * columns are used without being named, as by `SELECT *` or an `INSERT` without a list.
 */
export type Reference = {
  readonly relation: ObjectName;
  readonly column: string | null;
  /** The UTF-8 byte of the text at which it stands; null where the parse tree does not say. */
  readonly location: number | null;
};

/** A name in a query that stands for nothing: a relation, or a column where those of every relation are known. */
export type MissingName = {
  readonly kind: 'relation' | 'column';
  readonly schema: string | null;
  readonly name: string;
  /** The relation that does not have the column; null when it was not said whose it is. */
  readonly relation: ObjectName | null;
  /** The UTF-8 byte of the text at which it stands; null where the parse tree does not say. */
  readonly location: number | null;
};

/** What names in a query stand for. */
export type ReferenceContext = {
  readonly catalog: Catalog;
  readonly searchPath: readonly string[];
  /** Names that are rows of a table without a FROM, such as NEW and OLD in the function of a trigger. */
  readonly records?: ReadonlyMap<string, readonly ObjectName[]>;
  /** Relations whose columns the catalog does not tell for certain. */
  readonly isUnsure?: (relation: ObjectName) => boolean;
};

type Visitor = {
  /** Visits a query and gives the names of its columns, null when they are not known. */
  readonly query: (node: Node | undefined, outer: Scope | null) => readonly string[] | null;
};

const aliasOf = (alias: { readonly aliasname?: string } | undefined, name: string): string => alias?.aliasname ?? name;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const noNames: ReadonlySet<string> = new Set();

function createVisitor(
  context: ReferenceContext,
  found: (reference: Reference) => void,
  missing: (name: MissingName) => void = () => {},
): Visitor {
  const lookup = catalogLookup(context.catalog);
  /** What the columns of the result are called: ORDER BY and GROUP BY may say so. */
  let results = noNames;

  const columnsOf = (name: ObjectName): readonly string[] | null =>
    context.isUnsure?.(name) === true
      ? null
      : ((lookup.table(name) ?? lookup.view(name))?.columns.map((column) => column.name) ?? null);

  const use = (relation: ObjectName | null, column: string | null, location: number | undefined): void => {
    if (relation !== null) found({ relation, column, location: location ?? null });
  };

  /** Puts a relation that a query names into its scope. */
  const named = (range: RangeVar, scope: Scope): ScopeRelation => {
    const written = nameOf(range);
    const expression = written.schema === null ? commonTableExpression(scope, written.name) : undefined;
    const table =
      expression === undefined
        ? resolveName(written, context.searchPath, (name) => lookup.relationKind(name) !== undefined)
        : null;
    const own = table === null ? (expression ?? null) : columnsOf(table);
    if (own === null && table !== null && lookup.relationKind(table) === undefined)
      missing({ kind: 'relation', ...written, relation: null, location: range.location ?? null });
    const renamed = strings(range.alias?.colnames);
    const relation = {
      alias: aliasOf(range.alias, written.name),
      table,
      columns: own?.map((name, index) => ({ name: renamed[index] ?? name, own: name })) ?? null,
    };
    scope.relations.push(relation);
    use(table, null, range.location);
    return relation;
  };

  const unnamed = (alias: NodeContent<'Alias'> | undefined, columns: readonly string[] | null, scope: Scope): void => {
    const renamed = strings(alias?.colnames);
    const names = columns?.map((name, index) => renamed[index] ?? name) ?? (renamed.length > 0 ? renamed : null);
    scope.relations.push({
      alias: aliasOf(alias, ''),
      table: null,
      columns: names?.map((name) => ({ name, own: name })) ?? null,
    });
  };

  const column = (reference: NodeContent<'ColumnRef'>, scope: Scope): void => {
    const { fields, location } = reference;
    const parts = strings(fields);
    const isStar = (fields ?? []).some((field) => as(field, 'A_Star') !== undefined);
    if (isStar && parts.length === 0) {
      for (const { table } of scope.relations) use(table, '*', location);
      return;
    }
    const name = isStar ? '*' : (parts.at(-1) ?? '');
    const qualifier = isStar ? parts.at(-1) : parts.at(-2);
    if (qualifier === undefined) {
      const owner = ownerOf(scope, name);
      if (owner !== null) use(owner.relation.table, owner.own, location);
      // The name of a relation alone is its whole row.
      else if (relationOf(scope, name) !== undefined) use(relationOf(scope, name)?.table ?? null, '*', location);
      else if (!results.has(name) && isNobodys(scope))
        missing({ kind: 'column', schema: null, name, relation: null, location: location ?? null });
      return;
    }
    const relation = relationOf(scope, qualifier);
    if (relation !== undefined) {
      const own = relation.columns?.find((one) => one.name === name)?.own;
      if (own === undefined && relation.columns !== null && name !== '*')
        missing({ kind: 'column', schema: null, name, relation: relation.table, location: location ?? null });
      use(relation.table, own ?? name, location);
      return;
    }
    for (const table of context.records?.get(qualifier.toLowerCase()) ?? []) use(table, name, location);
  };

  /** Visits whatever lies below a node that is no query of its own. */
  const inside = (value: unknown, scope: Scope): void => {
    if (Array.isArray(value)) {
      for (const item of value) inside(item, scope);
      return;
    }
    if (!isObject(value)) return;
    const node = value as Node;
    const reference = as(node, 'ColumnRef');
    if (reference !== undefined) column(reference, scope);
    else if ('SelectStmt' in node) query(node, scope);
    else for (const child of Object.values(value)) inside(child, scope);
  };

  const usingColumns = (names: readonly string[], scope: Scope): void => {
    for (const name of names)
      for (const { table, columns } of scope.relations)
        if (columns?.some((one) => one.name === name) === true) use(table, name, undefined);
  };

  const from = (node: Node, scope: Scope): void => {
    const range = as(node, 'RangeVar');
    if (range !== undefined) {
      named(range, scope);
      return;
    }
    const join = as(node, 'JoinExpr');
    if (join !== undefined) {
      if (join.larg !== undefined) from(join.larg, scope);
      if (join.rarg !== undefined) from(join.rarg, scope);
      usingColumns(strings(join.usingClause), scope);
      inside(join.quals, scope);
      return;
    }
    const subselect = as(node, 'RangeSubselect');
    if (subselect !== undefined) {
      unnamed(subselect.alias, query(subselect.subquery, scope), scope);
      return;
    }
    const sample = as(node, 'RangeTableSample');
    if (sample?.relation !== undefined) {
      from(sample.relation, scope);
      inside(sample.args, scope);
      return;
    }
    const call = as(node, 'RangeFunction') ?? as(node, 'RangeTableFunc') ?? as(node, 'JsonTable');
    inside(call, scope);
    unnamed(call?.alias, null, scope);
  };

  const withClause = (clause: NodeContent<'WithClause'> | undefined, scope: Scope): void => {
    for (const expression of all(clause?.ctes, 'CommonTableExpr')) {
      const name = expression.ctename ?? '';
      const renamed = strings(expression.aliascolnames);
      if (clause?.recursive === true) scope.expressions.set(name, renamed.length > 0 ? renamed : null);
      const columns = query(expression.ctequery, scope);
      scope.expressions.set(name, renamed.length > 0 ? renamed : columns);
    }
  };

  /** The names that a target list gives its columns; null when a star stands for columns that are not known. */
  const outputOf = (targets: readonly Node[] | undefined, scope: Scope): readonly string[] | null => {
    const names: string[] = [];
    for (const { name, val } of all(targets, 'ResTarget')) {
      const reference = as(val, 'ColumnRef');
      const isStar = (reference?.fields ?? []).some((field) => as(field, 'A_Star') !== undefined);
      if (!isStar) {
        names.push(name ?? nameOfExpression(val));
        continue;
      }
      const qualifier = strings(reference?.fields).at(-1);
      const meant = scope.relations.filter(({ alias }) => qualifier === undefined || alias === qualifier);
      if (meant.length === 0 || meant.some(({ columns }) => columns === null)) return null;
      names.push(...meant.flatMap(({ columns }) => columns?.map((one) => one.name) ?? []));
    }
    return names;
  };

  const select = (statement: NodeContent<'SelectStmt'>, outer: Scope | null): readonly string[] | null => {
    const scope = innerScope(outer);
    withClause(statement.withClause, scope);
    if (statement.larg !== undefined && statement.rarg !== undefined) {
      const columns = select(statement.larg, scope);
      select(statement.rarg, scope);
      return columns;
    }
    for (const item of statement.fromClause ?? []) from(item, scope);
    const { fromClause: _from, withClause: _with, intoClause: _into, sortClause, groupClause, ...rest } = statement;
    inside(rest, scope);
    const columns = outputOf(statement.targetList, scope);
    results = new Set(columns ?? []);
    inside([sortClause, groupClause], scope);
    results = noNames;
    // VALUES calls its columns column1, column2 and so on.
    const row = all(statement.valuesLists, 'List')[0]?.items;
    return row === undefined ? columns : row.map((_, index) => `column${index + 1}`);
  };

  /** Visits the columns that an INSERT or UPDATE writes and the values that they get. */
  const assigned = (targets: readonly Node[] | undefined, relation: ScopeRelation, scope: Scope): void => {
    for (const target of all(targets, 'ResTarget')) {
      use(relation.table, target.name ?? null, target.location);
      inside(target.val, scope);
      inside(target.indirection, scope);
    }
  };

  const returning = (
    clause: NodeContent<'ReturningClause'> | undefined,
    relation: ScopeRelation,
    scope: Scope,
  ): readonly string[] | null => {
    // Since 18 the row before and after has a name of its own here.
    const names = { old: 'old', new: 'new' };
    for (const { option, value } of all(clause?.options, 'ReturningOption'))
      names[option === 'RETURNING_OPTION_OLD' ? 'old' : 'new'] = value ?? '';
    for (const alias of Object.values(names)) scope.relations.push({ ...relation, alias });
    inside(clause?.exprs, scope);
    return outputOf(clause?.exprs, scope);
  };

  const insert = (statement: NodeContent<'InsertStmt'>, outer: Scope | null): readonly string[] | null => {
    const scope = innerScope(outer);
    withClause(statement.withClause, scope);
    query(statement.selectStmt, scope);
    if (statement.relation === undefined) return null;
    const relation = named(statement.relation, scope);
    if ((statement.cols ?? []).length === 0 && statement.selectStmt !== undefined)
      use(relation.table, '*', statement.relation.location);
    assigned(statement.cols, relation, scope);
    const conflict = statement.onConflictClause;
    scope.relations.push({ ...relation, alias: 'excluded' });
    for (const element of all(conflict?.infer?.indexElems, 'IndexElem')) {
      if (element.name !== undefined) use(relation.table, element.name, conflict?.infer?.location);
      inside(element.expr, scope);
    }
    inside(conflict?.infer?.whereClause, scope);
    assigned(conflict?.targetList, relation, scope);
    inside(conflict?.whereClause, scope);
    return returning(statement.returningClause, relation, scope);
  };

  const update = (statement: NodeContent<'UpdateStmt'>, outer: Scope | null): readonly string[] | null => {
    const scope = innerScope(outer);
    withClause(statement.withClause, scope);
    if (statement.relation === undefined) return null;
    const relation = named(statement.relation, scope);
    for (const item of statement.fromClause ?? []) from(item, scope);
    assigned(statement.targetList, relation, scope);
    inside(statement.whereClause, scope);
    return returning(statement.returningClause, relation, scope);
  };

  const remove = (statement: NodeContent<'DeleteStmt'>, outer: Scope | null): readonly string[] | null => {
    const scope = innerScope(outer);
    withClause(statement.withClause, scope);
    if (statement.relation === undefined) return null;
    const relation = named(statement.relation, scope);
    for (const item of statement.usingClause ?? []) from(item, scope);
    inside(statement.whereClause, scope);
    return returning(statement.returningClause, relation, scope);
  };

  const merge = (statement: NodeContent<'MergeStmt'>, outer: Scope | null): readonly string[] | null => {
    const scope = innerScope(outer);
    withClause(statement.withClause, scope);
    if (statement.relation === undefined) return null;
    const relation = named(statement.relation, scope);
    if (statement.sourceRelation !== undefined) from(statement.sourceRelation, scope);
    inside(statement.joinCondition, scope);
    for (const clause of all(statement.mergeWhenClauses, 'MergeWhenClause')) {
      inside([clause.condition, clause.values], scope);
      assigned(clause.targetList, relation, scope);
    }
    return returning(statement.returningClause, relation, scope);
  };

  function query(node: Node | undefined, outer: Scope | null): readonly string[] | null {
    if (node === undefined) return null;
    if ('SelectStmt' in node) return select(node.SelectStmt, outer);
    if ('InsertStmt' in node) return insert(node.InsertStmt, outer);
    if ('UpdateStmt' in node) return update(node.UpdateStmt, outer);
    if ('DeleteStmt' in node) return remove(node.DeleteStmt, outer);
    if ('MergeStmt' in node) return merge(node.MergeStmt, outer);
    // EXPLAIN, PREPARE, DECLARE, COPY (…), CREATE TABLE AS, CREATE VIEW hold their query below; others name relations.
    const scope = innerScope(outer);
    const copied = as(node, 'CopyStmt')?.relation;
    if (copied !== undefined) named(copied, scope);
    for (const range of [
      ...all(as(node, 'TruncateStmt')?.relations, 'RangeVar'),
      ...all(as(node, 'LockStmt')?.relations, 'RangeVar'),
    ])
      named(range, scope);
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

  return { query };
}

/**
 * The relations and columns that a statement reads and the catalog does not hold, in the order of the text. Columns are
 * only missing where those of all relations in reach are known. Empty for a statement nested too deeply to be followed.
 */
export function missingNamesIn(statement: Node, context: ReferenceContext): readonly MissingName[] {
  const names: MissingName[] = [];
  const visitor = createVisitor(
    context,
    () => {},
    (name) => names.push(name),
  );
  try {
    visitor.query(statement, null);
  } catch (cause) {
    if (cause instanceof RangeError) return [];
    throw cause;
  }
  return names;
}

/**
 * The tables, views and columns of a catalog that a statement reads or writes, each use once, in the order of the text
 * where the parse tree keeps it. Columns of what the catalog does not know are left out. Null when the statement is
 * nested too deeply to be followed.
 */
export function referencesIn(statement: Node, context: ReferenceContext): readonly Reference[] | null {
  const references = new Map<string, Reference>();
  const visitor = createVisitor(context, (reference) => {
    const { relation, column, location } = reference;
    const key = JSON.stringify([relation.schema, relation.name, column, location]);
    if (!references.has(key)) references.set(key, reference);
  });
  try {
    visitor.query(statement, null);
  } catch (cause) {
    if (cause instanceof RangeError) return null;
    throw cause;
  }
  return [...references.values()];
}

import type { FuncCall, Node, SelectStmt } from '@pgsql/types';
import { aggregates } from '../aggregates.ts';
import { nameOfExpression } from '../expressions.ts';
import { all, as, findNodes, nameOfParts, strings } from '../nodes.ts';
import { meaningOf, relationOf, type Scope, type ScopeRelation, type VisibleColumn } from './scope.ts';
import type { ReferenceContext, Surroundings } from './surroundings.ts';

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** The text of a node, the same for nodes that are written alike. */
export const withoutPlaces = (node: unknown): string =>
  JSON.stringify(node, (key, value: unknown) => (key === 'location' ? undefined : value));

const isAggregate = (call: FuncCall, context: ReferenceContext): boolean => {
  const { schema, name } = nameOfParts(strings(call.funcname));
  if (call.over !== undefined) return false;
  return (
    aggregates.has(name) ||
    context.catalog.routines.some(
      (routine) =>
        routine.kind === 'aggregate' && routine.name === name && (schema === null || routine.schema === schema),
    )
  );
};

/** The nodes in which columns must be grouped by: neither below an aggregate nor in a query of their own. */
const isClosed = (node: Node, context: ReferenceContext): boolean => {
  const call = as(node, 'FuncCall');
  return (
    'SubLink' in node ||
    'SelectStmt' in node ||
    'GroupingFunc' in node ||
    (call !== undefined && isAggregate(call, context))
  );
};

const hasAggregate = (root: unknown, context: ReferenceContext): boolean => {
  if (Array.isArray(root)) return root.some((item) => hasAggregate(item, context));
  if (!isObject(root)) return false;
  const call = as(root as Node, 'FuncCall');
  if (call !== undefined && isAggregate(call, context)) return true;
  return !('SubLink' in root) && Object.values(root).some((child) => hasAggregate(child, context));
};

type Source = VisibleColumn['sources'][number];

/**
 * Tells of the first column that a query with groups shows without grouping by it. A primary key that is grouped by
 * carries the other columns of its table.
 */
export function checkGrouping(statement: SelectStmt, scope: Scope, { context, lookup, fault }: Surroundings): void {
  const { groupClause = [], targetList = [], havingClause } = statement;
  const sorted = all(statement.sortClause, 'SortBy').flatMap(({ node }) => node ?? []);
  const isGrouped = groupClause.length > 0 || havingClause !== undefined || hasAggregate([targetList, sorted], context);
  if (!isGrouped || !scope.isComplete || findNodes(groupClause, 'GroupingSet').length > 0) return;
  const targets = all(targetList, 'ResTarget');
  const outputNamed = (name: string): Node | undefined =>
    targets.find((target) => (target.name ?? nameOfExpression(target.val)) === name)?.val;
  const own = (column: VisibleColumn | undefined): boolean => column !== undefined && scope.columns.includes(column);

  /** Where a column of this query comes from; null for one of an outer query. */
  const sourcesOf = (fields: readonly string[]): readonly Source[] | null => {
    const name = fields.at(-1) ?? '';
    if (fields.length > 1) {
      const relation = relationOf(scope, fields.at(-2) ?? '', fields.at(-3) ?? null);
      const column = relation?.columns?.find((one) => one.name === name);
      return relation === undefined || column === undefined || !scope.relations.includes(relation)
        ? null
        : [{ relation, own: column.own }];
    }
    const meaning = meaningOf(scope, name);
    return meaning.kind === 'column' && own(meaning.column) ? meaning.column.sources : null;
  };

  const groups = groupClause.map((node) => {
    const place = as(node, 'A_Const')?.ival?.ival;
    if (place !== undefined) return targets[place - 1]?.val ?? node;
    const fields = strings(as(node, 'ColumnRef')?.fields);
    const [name] = fields;
    return fields.length === 1 && name !== undefined && sourcesOf(fields) === null ? (outputNamed(name) ?? node) : node;
  });
  const written = new Set(groups.map(withoutPlaces));
  const carried: Source[] = groups.flatMap((node) => sourcesOf(strings(as(node, 'ColumnRef')?.fields)) ?? []);
  const isIn = (source: Source): boolean =>
    carried.some(({ relation, own: name }) => relation === source.relation && name === source.own);
  const follows = (relation: ScopeRelation): boolean => {
    const table = relation.table === null ? undefined : lookup.table(relation.table);
    const key = table?.constraints.find(({ kind }) => kind === 'primary key')?.columns ?? [];
    return key.length > 0 && key.every((name) => isIn({ relation, own: name }));
  };
  const isCarried = (sources: readonly Source[]): boolean =>
    sources.some((source) => isIn(source) || follows(source.relation));

  let isTold = false;
  const tell = (name: string, location: number | undefined): void => {
    if (isTold) return;
    isTold = true;
    fault({
      kind: 'shape',
      sqlstate: '42803',
      reason: `column ${name} is neither grouped by nor aggregated`,
      name,
      location,
    });
  };
  const look = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const item of value) look(item);
      return;
    }
    if (!isObject(value)) return;
    const node = value as Node;
    if (written.has(withoutPlaces(node)) || isClosed(node, context)) return;
    const column = as(node, 'ColumnRef');
    if (column === undefined) {
      for (const child of Object.values(value)) look(child);
      return;
    }
    const fields = strings(column.fields);
    if ((column.fields ?? []).some((field) => as(field, 'A_Star') !== undefined)) {
      const relation = fields.length === 0 ? undefined : relationOf(scope, fields.at(-1) ?? '', fields.at(-2) ?? null);
      const missing = scope.columns.find(
        ({ sources }) =>
          (relation === undefined || sources.some((one) => one.relation === relation)) && !isCarried(sources),
      );
      if (missing !== undefined) tell(missing.name, column.location);
      return;
    }
    const sources = sourcesOf(fields);
    if (sources !== null && !isCarried(sources)) tell(fields.at(-1) ?? '', column.location);
  };
  look(targetList.map((target) => as(target, 'ResTarget')?.val));
  look(havingClause);
  for (const node of sorted) {
    const fields = strings(as(node, 'ColumnRef')?.fields);
    const [name] = fields;
    if (fields.length !== 1 || name === undefined || outputNamed(name) === undefined) look(node);
  }
}

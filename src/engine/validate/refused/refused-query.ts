import type { ColumnRef, FuncCall, Node, RangeVar, SelectStmt } from '@pgsql/types';
import type { Table } from '../../catalog/catalog.ts';
import { aggregates } from '../../sql/aggregates.ts';
import { builtinVolatility } from '../../sql/builtin-volatility.ts';
import { nameOfExpression } from '../../sql/expressions.ts';
import { all, as, findNodes, nameOf, strings } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import type { CatalogView } from '../catalog-view.ts';
import type { CheckContext } from '../rule.ts';
import type { Refusal } from './refusal.ts';

type Reason = Omit<Refusal, 'range'>;

/** A table or view in a FROM clause by the name that it has there. */
type Source = { readonly label: string; readonly columns: readonly string[]; readonly table: Table | null };

const sourceOf = (database: CatalogView, relation: RangeVar): Source | null => {
  const written = nameOf(relation);
  const table = database.table(written);
  const columns = table?.columns ?? database.view(written)?.columns;
  return columns === undefined || relation.alias?.colnames !== undefined
    ? null
    : { label: relation.alias?.aliasname ?? written.name, columns: columns.map(({ name }) => name), table };
};

/** What is read from, where that is tables and views alone whose columns stay apart; null otherwise. */
const sourcesOf = (database: CatalogView, select: SelectStmt): readonly Source[] | null => {
  const { fromClause = [] } = select;
  const others = ['RangeSubselect', 'RangeFunction', 'RangeTableFunc', 'JsonTable', 'RangeTableSample'] as const;
  if (select.withClause !== undefined || others.some((kind) => findNodes(fromClause, kind).length > 0)) return null;
  const joins = findNodes(fromClause, 'JoinExpr');
  if (joins.some((join) => join.isNatural === true || join.usingClause !== undefined || join.alias !== undefined))
    return null;
  const sources = findNodes(fromClause, 'RangeVar').map((relation) => sourceOf(database, relation));
  const known = sources.filter((source) => source !== null);
  return known.length === sources.length ? known : null;
};

const isStar = ({ fields = [] }: ColumnRef): boolean => fields.some((field) => 'A_Star' in field);

/** The names of the columns that a query gives; null when its text and the catalog do not tell. */
const namesOf = (sources: readonly Source[] | null, select: SelectStmt): readonly string[] | null => {
  const names: string[] = [];
  for (const { name, val } of all(select.targetList, 'ResTarget')) {
    const column = as(val, 'ColumnRef');
    if (column === undefined || !isStar(column)) names.push(name ?? nameOfExpression(val));
    else if (sources === null) return null;
    else {
      const label = strings(column.fields).at(-1);
      names.push(...sources.flatMap((source) => (label === undefined || source.label === label ? source.columns : [])));
    }
  }
  return names;
};

/** Which source a column is of; null when that is not certain. */
const ownerOf = (sources: readonly Source[], column: ColumnRef): { source: Source; name: string } | null => {
  const fields = strings(column.fields);
  const name = fields.at(-1) ?? '';
  const label = fields.length > 1 ? fields.at(-2) : undefined;
  const owners = sources.filter(
    (source) => source.columns.includes(name) && (label === undefined || source.label === label),
  );
  const [source, another] = owners;
  return source === undefined || another !== undefined ? null : { source, name };
};

const isAggregate = ({ funcname, over }: FuncCall): boolean =>
  over === undefined && aggregates.has(strings(funcname).at(-1) ?? '');

/** Columns that an expression reads outside of aggregates; queries in it are left out, their columns may be their own. */
const columnsOutside = (node: Node): readonly ColumnRef[] => {
  const within = new Set<unknown>([
    ...findNodes(node, 'FuncCall')
      .filter((call) => isAggregate(call))
      .flatMap((call) => findNodes(call, 'ColumnRef')),
    ...findNodes(node, 'SubLink').flatMap((query) => findNodes(query.subselect, 'ColumnRef')),
    ...findNodes(node, 'GroupingFunc').flatMap((call) => findNodes(call, 'ColumnRef')),
  ]);
  return findNodes(node, 'ColumnRef').filter((column) => !within.has(column));
};

const withoutPlaces = (node: unknown): string =>
  JSON.stringify(node, (key, value: unknown) => (key === 'location' ? undefined : value));

/** True where a function that is called may be an aggregate of somebody's own. */
const mayAggregate = ({ catalog }: CatalogView, select: SelectStmt): boolean =>
  (catalog.routines.some(({ kind }) => kind === 'aggregate') ||
    catalog.extensions.some(({ name }) => name !== 'plpgsql')) &&
  findNodes(select.targetList, 'FuncCall').some(
    (call) => !isAggregate(call) && builtinVolatility(strings(call.funcname).at(-1) ?? '') === undefined,
  );

/** A column that a query with groups shows without grouping by it. */
const ofGroups = (database: CatalogView, select: SelectStmt, sources: readonly Source[]): Reason | null => {
  const { groupClause = [] } = select;
  const targets = all(select.targetList, 'ResTarget');
  const groups = groupClause.map((group) => {
    const place = as(group, 'A_Const')?.ival?.ival;
    const alias = strings(as(group, 'ColumnRef')?.fields);
    const named = alias.length === 1 ? targets.find(({ name }) => name === alias[0])?.val : undefined;
    const isColumn = alias.length === 1 && sources.some(({ columns }) => columns.includes(alias[0] ?? ''));
    return place === undefined ? (isColumn ? group : (named ?? group)) : (targets[place - 1]?.val ?? group);
  });
  const isGrouped =
    groupClause.length > 0 || targets.some(({ val }) => findNodes([val], 'FuncCall').some((call) => isAggregate(call)));
  if (!isGrouped || findNodes(groupClause, 'GroupingSet').length > 0 || mayAggregate(database, select)) return null;
  const written = new Set(groups.map(withoutPlaces));
  const grouped = groups.flatMap((group) => {
    const column = as(group, 'ColumnRef');
    return column === undefined ? [] : (ownerOf(sources, column) ?? []);
  });
  const follows = (source: Source): boolean => {
    const key = source.table?.constraints.find(({ kind }) => kind === 'primary key')?.columns ?? [];
    return key.length > 0 && key.every((name) => grouped.some((one) => one.source === source && one.name === name));
  };
  for (const { val } of targets) {
    if (val === undefined || written.has(withoutPlaces(val))) continue;
    for (const column of columnsOutside(val)) {
      const owner = isStar(column) ? null : ownerOf(sources, column);
      if (owner === null || follows(owner.source)) continue;
      if (grouped.some(({ source, name }) => source === owner.source && name === owner.name)) continue;
      // A larger part of the expression may be what is grouped by.
      if (groups.some((group) => as(group, 'ColumnRef') === undefined && findNodes(group, 'ColumnRef').length > 0))
        continue;
      return { sqlstate: '42803', reason: `${quoteIdentifier(owner.name)} is neither grouped by nor aggregated` };
    }
  }
  return null;
};

const twiceIn = (names: readonly string[]): string | undefined =>
  names.find((name, at) => name !== '?column?' && names.indexOf(name) < at);

/** What the server has against the query of a view or of a table made from one, by its own shape. */
export const refusedQuery = (context: CheckContext): readonly Refusal[] => {
  const { node } = context.statement;
  const view = as(node, 'ViewStmt');
  const made = as(node, 'CreateTableAsStmt');
  const aliases = strings(view?.aliases ?? made?.into?.colNames);
  const select = as(view?.query ?? made?.query, 'SelectStmt');
  if (select === undefined || select.valuesLists !== undefined || (made?.if_not_exists ?? false)) return [];
  let first = select;
  while (first.larg !== undefined) first = first.larg;
  const sources = sourcesOf(context.database, first);
  const names = namesOf(sources, first);
  const shown = names === null ? aliases : names.map((name, at) => aliases[at] ?? name);
  const twice = twiceIn(shown);
  const reason: Reason | null =
    names !== null && aliases.length > names.length
      ? { sqlstate: '42601', reason: `${aliases.length} names are given to ${names.length} columns` }
      : twice !== undefined
        ? { sqlstate: '42701', reason: `two columns are called ${quoteIdentifier(twice)}` }
        : sources === null || first !== select
          ? null
          : ofGroups(context.database, first, sources);
  return reason === null ? [] : [{ ...reason, range: context.source.head(2) }];
};

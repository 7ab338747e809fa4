import type { CreateTableAsStmt, Node, RangeVar, RefreshMatViewStmt, ViewStmt } from '@pgsql/types';
import type { Catalog, Dependency, ObjectName, View } from '../../catalog/catalog.ts';
import { sameName } from '../catalog-lookup.ts';
import { all, columnsIn, findNodes, strings } from '../nodes.ts';
import { tokensOf } from '../tokens.ts';
import { bareTable } from './bare-objects.ts';
import { editView, withItem } from './catalog-edit.ts';
import { optionValue } from './option-values.ts';
import { queryColumns, renamedColumns } from './query-columns.ts';
import type { Simulation } from './simulation.ts';

/** What a view's query uses: relations, and those of their columns that the query mentions. */
function dependenciesOf(
  simulation: Simulation,
  view: ObjectName,
  kind: string,
  query: Node | undefined,
): readonly Dependency[] {
  const mentioned = new Set(columnsIn(query));
  const star = findNodes(query, 'A_Star').length > 0;
  return findNodes(query, 'RangeVar').flatMap((source) => {
    const on = simulation.relation(source);
    const table = simulation.lookup.table(on);
    const columns = table?.columns ?? simulation.lookup.view(on)?.columns;
    if (columns === undefined) return [];
    const used = columns.filter((column) => star || mentioned.has(column.name));
    const edge = (column: string | null): Dependency => ({
      dependent: { kind, schema: view.schema, name: view.name },
      on: { kind: table === undefined ? 'view' : 'table', schema: on.schema, name: on.name, column },
    });
    return used.length === 0 ? [edge(null)] : used.map((column) => edge(column.name));
  });
}

const withoutDependent = (dependencies: Catalog['dependencies'], name: ObjectName): Catalog['dependencies'] =>
  dependencies.filter(({ dependent }) => !sameName(dependent, name));

function addView(simulation: Simulation, view: View, query: Node | undefined): Catalog {
  const { catalog } = simulation;
  const kind = view.materialized ? 'materialized view' : 'view';
  return {
    ...catalog,
    views: withItem(catalog.views, view),
    dependencies: [...withoutDependent(catalog.dependencies, view), ...dependenciesOf(simulation, view, kind, query)],
  };
}

function bareView(name: ObjectName, definition: string, materialized: boolean): View {
  return {
    schema: name.schema,
    name: name.name,
    materialized,
    definition,
    columns: [],
    indexes: [],
    triggers: [],
    options: [],
    populated: true,
    owner: '',
    comment: null,
  };
}

const checkOptions: Readonly<Record<string, readonly string[] | undefined>> = {
  LOCAL_CHECK_OPTION: ['check_option=local'],
  CASCADED_CHECK_OPTION: ['check_option=cascaded'],
};

/** `CREATE [OR REPLACE] VIEW`. */
export function createView(simulation: Simulation, statement: ViewStmt, text: string): Catalog {
  const existing = simulation.lookup.view(simulation.newName(statement.view));
  const name = simulation.newName(statement.view);
  if (existing === undefined && simulation.lookup.relationKind(name) !== undefined) return simulation.catalog;
  const columns = queryColumns(simulation, statement.query);
  if (columns === null) simulation.uncertain(name);
  const view: View = {
    ...(existing ?? bareView(name, '', false)),
    definition: queryText(text),
    // Without WITH, the options of the view that is replaced are gone.
    options: [
      ...all(statement.options, 'DefElem').map(({ defname = '', arg }) => `${defname}=${optionValue(arg)}`),
      ...(checkOptions[statement.withCheckOption ?? ''] ?? []),
    ],
    columns: renamedColumns(columns ?? [], strings(statement.aliases)),
  };
  return addView(simulation, view, statement.query);
}

/** The query of a `CREATE … AS query` text, without its comments, as the server would give it back in one piece. */
function queryText(text: string): string {
  const tokens = tokensOf(text);
  let depth = 0;
  const start = tokens.find((token) => {
    const piece = text.slice(token.start, token.end);
    if (piece === '(') depth += 1;
    if (piece === ')') depth -= 1;
    return token.kind === 'word' && depth === 0 && piece.toLowerCase() === 'as';
  });
  if (start === undefined) return '';
  return tokens
    .filter((token) => token.start >= start.end)
    .map((token) => (token.kind === 'comment' ? ' ' : text.slice(token.start, token.end)))
    .join('')
    .replace(/\s+with\s+(?:(?:no\s+)?data|(?:(?:local|cascaded)\s+)?check\s+option)\s*$/i, '')
    .trim();
}

/** `CREATE TABLE AS`, `SELECT INTO` and `CREATE MATERIALIZED VIEW`. */
export function createFromQuery(
  simulation: Simulation,
  target: RangeVar | undefined,
  query: Node | undefined,
  options: {
    readonly materialized: boolean;
    readonly populated: boolean;
    readonly aliases: readonly string[];
    readonly text: string;
  },
): Catalog {
  const name = simulation.newName(target);
  if (simulation.lookup.relationKind(name) !== undefined) return simulation.catalog;
  const columns = queryColumns(simulation, query);
  if (columns === null) simulation.uncertain(name);
  const known = renamedColumns(columns ?? [], options.aliases);
  if (options.materialized) {
    const view = { ...bareView(name, queryText(options.text), true), columns: known, populated: options.populated };
    return addView(simulation, view, query);
  }
  const table = {
    ...bareTable(name),
    columns: known.map((column) => ({
      ...column,
      notNull: false,
      default: null,
      identity: null,
      generated: null,
      collation: null,
      storage: null,
      compression: null,
      statisticsTarget: null,
      local: true,
    })),
  };
  return { ...simulation.catalog, tables: withItem(simulation.catalog.tables, table) };
}

/** `CREATE TABLE AS` and `CREATE MATERIALIZED VIEW`. */
export const createTableAs = (simulation: Simulation, statement: CreateTableAsStmt, text: string): Catalog =>
  createFromQuery(simulation, statement.into?.rel, statement.query, {
    materialized: statement.objtype === 'OBJECT_MATVIEW',
    populated: statement.into?.skipData !== true,
    aliases: strings(statement.into?.colNames),
    text,
  });

/** `REFRESH MATERIALIZED VIEW`, which may leave it empty. */
export const refresh = (simulation: Simulation, { relation, skipData }: RefreshMatViewStmt): Catalog =>
  editView(simulation.catalog, simulation.relation(relation), (view) => ({ ...view, populated: skipData !== true }));

import type { Catalog, ObjectName, Table } from '../../catalog/catalog.ts';
import { catalogLookup } from '../../sql/catalog-lookup.ts';
import { as, strings } from '../../sql/nodes.ts';
import { objectsOf } from '../../sql/objects.ts';
import type { Script, Statement } from '../../sql/parser.ts';
import { keyOf } from '../../sql/table-index.ts';
import { tokensOf } from '../../sql/tokens.ts';
import { batchesOf, settingsInForce } from '../../sql/transactions.ts';

/** Words and quoted names in a text, as the names that they stand for. */
function wordsIn(text: string): ReadonlySet<string> {
  const words = new Set<string>();
  for (const { kind, start, end } of tokensOf(text)) {
    const piece = text.slice(start, end);
    if (kind === 'word') words.add(piece.toLowerCase());
    else if (kind === 'quoted identifier') words.add(piece.slice(1, -1).replaceAll('""', '"'));
    // The body of a DO block is a string of SQL.
    else if (kind === 'string' && piece.length > 2) {
      for (const word of piece.matchAll(/[\p{L}_][\p{L}\p{N}_$]*/gu)) words.add(word[0].toLowerCase());
    }
  }
  return words;
}

function tablesOfStatement(statement: Statement, catalog: Catalog, path: readonly string[]): readonly ObjectName[] {
  const { node } = statement;
  const lookup = catalogLookup(catalog);
  const named = objectsOf(statement, catalog, path);
  const drop = as(node, 'DropStmt');
  if (drop?.removeType === 'OBJECT_SCHEMA') {
    const schemas = strings(drop.objects);
    return catalog.tables.filter(({ schema }) => schemas.includes(schema));
  }
  if ('DoStmt' in node || 'CallStmt' in node || 'SelectStmt' in node) {
    const words = wordsIn(statement.text);
    return [...named, ...catalog.tables.filter(({ name }) => words.has(name))];
  }
  const types = named.filter((name) => lookup.type(name) !== undefined && lookup.table(name) === undefined);
  const ofTypes = catalog.tables.filter(({ columns }) =>
    columns.some(({ type }) => types.some(({ name }) => wordsIn(type).has(name))),
  );
  return [...named, ...ofTypes];
}

/** The tables of a catalog that the statements of a script name, or whose columns are of a type that they name. */
export function touchedTables(script: Script, catalog: Catalog): readonly Table[] {
  const lookup = catalogLookup(catalog);
  const settings = settingsInForce(script.statements, batchesOf(script.statements, 'file'));
  const found = new Map<string, Table>();
  for (const [index, statement] of script.statements.entries()) {
    const path = settings[index]?.searchPath ?? catalog.server.searchPath;
    for (const name of tablesOfStatement(statement, catalog, path)) {
      const table = lookup.table(name);
      if (table !== undefined) found.set(keyOf(table), table);
    }
  }
  return [...found.values()];
}

/** The topmost partitioned table above a partition; of another table itself. */
export function rootOf(catalog: Catalog, table: Table): Table {
  const parent = table.partitionOf === null ? undefined : catalogLookup(catalog).table(table.partitionOf.parent);
  return parent === undefined ? table : rootOf(catalog, parent);
}

/** The tables that store the rows of a table: its partitions at the bottom, of another table itself. */
export function storesOf(catalog: Catalog, table: Table): readonly Table[] {
  if (table.kind !== 'partitioned table') return [table];
  return catalogLookup(catalog)
    .descendantsOf(table)
    .filter(({ kind }) => kind !== 'partitioned table');
}

/**
 * The tables, by key, that need rows so that the touched ones can be tried: these, what they reference and what
 * references them, and whatever those cannot be filled without.
 */
export function withNeighbours(catalog: Catalog, touched: readonly Table[]): ReadonlyMap<string, Table> {
  const lookup = catalogLookup(catalog);
  const roots = touched.map((table) => rootOf(catalog, table));
  const found = new Map(roots.map((table) => [keyOf(table), table]));
  const parentsOf = (table: Table, onlyRequired: boolean): readonly Table[] =>
    table.constraints.flatMap(({ references, columns }) => {
      if (references === null) return [];
      const isRequired = columns.every((name) =>
        table.columns.some((column) => column.name === name && column.notNull),
      );
      const parent = onlyRequired && !isRequired ? undefined : lookup.table(references.table);
      return parent === undefined ? [] : [rootOf(catalog, parent)];
    });
  for (const table of roots) {
    const children = lookup.referencesTo(table).map(({ table: child }) => rootOf(catalog, child));
    for (const neighbour of [...parentsOf(table, false), ...children]) found.set(keyOf(neighbour), neighbour);
  }
  // A map visits what is added to it on the way.
  for (const table of found.values()) {
    for (const parent of parentsOf(table, true)) if (!found.has(keyOf(parent))) found.set(keyOf(parent), parent);
  }
  return found;
}

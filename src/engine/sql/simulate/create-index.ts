import type { IndexElem, IndexStmt } from '@pgsql/types';
import type { Catalog, Index, ObjectName } from '../../catalog/catalog.ts';
import { all, as, strings } from '../nodes.ts';
import { qualifiedName } from '../qualified-name.ts';
import { quoteIdentifier } from '../quote-identifier.ts';
import { tokensOf } from '../tokens.ts';
import { indexWords } from './bare-objects.ts';
import { editTable, editView, withIndex } from './catalog-edit.ts';
import { handDown } from './inheritance.ts';
import { chooseName, storedName } from './object-names.ts';
import { advance, type Simulation } from './simulation.ts';
import { firstLocation } from './source-text.ts';

function keyOfElement(simulation: Simulation, element: IndexElem): Index['keys'][number] {
  const descending = element.ordering === 'SORTBY_DESC';
  // A column in parentheses is a column all the same.
  const column = element.name ?? strings(as(element.expr, 'ColumnRef')?.fields)[0] ?? null;
  return {
    column,
    expression: column === null ? simulation.source.element(firstLocation(element.expr)) : null,
    descending,
    nullsFirst:
      element.nulls_ordering === 'SORTBY_NULLS_FIRST' || (descending && element.nulls_ordering !== 'SORTBY_NULLS_LAST'),
  };
}

/** The predicate of a partial index: everything behind the last top-level WHERE. */
function predicateText(statement: IndexStmt, text: string): string | null {
  // A condition that is always true makes no partial index.
  if (statement.whereClause === undefined || as(statement.whereClause, 'A_Const')?.boolval?.boolval === true)
    return null;
  return /\bwhere\b\s*(.*)$/is.exec(text)?.[1]?.trim() ?? null;
}

/** What `pg_get_indexdef` would say, with the keys and what follows them as they are written. */
function definitionText(simulation: Simulation, statement: IndexStmt, owner: ObjectName, name: string): string {
  const written = simulation.source.element(statement.relation?.location);
  const keys = tokensOf(written).find(({ kind, start }) => kind === 'symbol' && written[start] === '(');
  const unique = statement.unique === true ? 'UNIQUE ' : '';
  const method = statement.accessMethod ?? 'btree';
  const place = `${quoteIdentifier(name)} ON ${qualifiedName(owner)} USING ${method}`;
  return `CREATE ${unique}INDEX ${place} ${written.slice(keys?.start ?? written.length)}`;
}

/** `CREATE INDEX`, on the partitions too. */
export function createIndex(simulation: Simulation, statement: IndexStmt, text: string): Catalog {
  const owner = simulation.relation(statement.relation);
  const elements = all(statement.indexParams, 'IndexElem');
  const parts = {
    keys: elements.map((element) => keyOfElement(simulation, element)),
    include: all(statement.indexIncludingParams, 'IndexElem').flatMap((element) => element.name ?? []),
  };
  const index = (on: ObjectName, name: string, parent: ObjectName | null): Index => ({
    name,
    method: statement.accessMethod ?? 'btree',
    unique: statement.unique === true,
    nullsNotDistinct: statement.nulls_not_distinct === true,
    // Of a partitioned table alone it waits for those of the partitions.
    valid:
      statement.relation?.inh === true || !simulation.lookup.childrenOf(on).some((one) => one.partitionOf !== null),
    ...parts,
    predicate: predicateText(statement, text),
    definition: definitionText(simulation, statement, on, name),
    constraint: null,
    parent,
    replicaIdentity: false,
    clustered: false,
    comment: null,
  });
  const add = (current: Simulation, table: ObjectName, parent: ObjectName | null, given: string | undefined) => {
    const taken = (name: string) => current.lookup.relationKind({ schema: table.schema, name }) !== undefined;
    if (given !== undefined && taken(storedName(given))) return { simulation: current, name: given };
    const name = given === undefined ? chooseName(table.name, indexWords(parts), 'idx', taken) : storedName(given);
    const isView = current.lookup.view(table) !== undefined;
    const catalog = isView
      ? editView(current.catalog, table, (view) => withIndex(view, index(table, name, parent)))
      : editTable(current.catalog, table, (found) => withIndex(found, index(table, name, parent)));
    return { simulation: advance(current, catalog), name };
  };
  const first = add(simulation, owner, null, statement.idxname);
  if (statement.relation?.inh !== true) return first.simulation.catalog;
  return handDown(first.simulation, simulation.lookup.table(owner));
}

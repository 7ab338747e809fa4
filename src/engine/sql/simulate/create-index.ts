import type { IndexElem, IndexStmt } from '@pgsql/types';
import type { Catalog, Index, ObjectName } from '../../catalog/catalog.ts';
import { all } from '../nodes.ts';
import { indexWords } from './bare-objects.ts';
import { editTable, editView, withIndex } from './catalog-edit.ts';
import { handDown } from './inheritance.ts';
import { chooseName, storedName } from './object-names.ts';
import { advance, type Simulation } from './simulation.ts';
import { firstLocation } from './source-text.ts';

function keyOfElement(simulation: Simulation, element: IndexElem): Index['keys'][number] {
  const descending = element.ordering === 'SORTBY_DESC';
  return {
    column: element.name ?? null,
    expression: element.name === undefined ? simulation.source.element(firstLocation(element.expr)) : null,
    descending,
    nullsFirst:
      element.nulls_ordering === 'SORTBY_NULLS_FIRST' || (descending && element.nulls_ordering !== 'SORTBY_NULLS_LAST'),
  };
}

/** The predicate of a partial index: everything behind the last top-level WHERE. */
function predicateText(statement: IndexStmt, text: string): string | null {
  if (statement.whereClause === undefined) return null;
  return /\bwhere\b\s*(.*)$/is.exec(text)?.[1]?.trim() ?? null;
}

/** `CREATE INDEX`, on the partitions too. */
export function createIndex(simulation: Simulation, statement: IndexStmt, text: string): Catalog {
  const owner = simulation.relation(statement.relation);
  const elements = all(statement.indexParams, 'IndexElem');
  const including = all(statement.indexIncludingParams, 'IndexElem');
  const index = (name: string, parent: ObjectName | null): Index => ({
    name,
    method: statement.accessMethod ?? 'btree',
    unique: statement.unique === true,
    nullsNotDistinct: statement.nulls_not_distinct === true,
    valid: true,
    keys: elements.map((element) => keyOfElement(simulation, element)),
    include: including.flatMap((element) => element.name ?? []),
    predicate: predicateText(statement, text),
    definition: text,
    constraint: null,
    parent,
    replicaIdentity: false,
    clustered: false,
    comment: null,
  });
  const add = (current: Simulation, table: ObjectName, parent: ObjectName | null, given: string | undefined) => {
    const taken = (name: string) => current.lookup.relationKind({ schema: table.schema, name }) !== undefined;
    if (given !== undefined && taken(storedName(given))) return { simulation: current, name: given };
    const words = indexWords(index('', null));
    const name = given === undefined ? chooseName(table.name, words, 'idx', taken) : storedName(given);
    const isView = current.lookup.view(table) !== undefined;
    const catalog = isView
      ? editView(current.catalog, table, (view) => withIndex(view, index(name, parent)))
      : editTable(current.catalog, table, (found) => withIndex(found, index(name, parent)));
    return { simulation: advance(current, catalog), name };
  };
  const first = add(simulation, owner, null, statement.idxname);
  if (statement.relation?.inh !== true) return first.simulation.catalog;
  return handDown(first.simulation, simulation.lookup.table(owner));
}

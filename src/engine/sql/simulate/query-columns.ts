import type { Node, SelectStmt } from '@pgsql/types';
import type { ObjectName, View } from '../../catalog/catalog.ts';
import { nameOfExpression } from '../expressions.ts';
import { all, as, findNodes, strings } from '../nodes.ts';
import { typeRef } from '../type-name.ts';
import { shownType } from './define-column.ts';
import type { Simulation } from './simulation.ts';

/** A column of a query's result; an empty type is one that is not known here. */
export type QueryColumn = { readonly name: string; readonly type: string };

type Source = { readonly label: string; readonly columns: readonly QueryColumn[] };

/** The columns of the tables and views in a FROM clause; null when one of them is not known. */
function sourcesOf(simulation: Simulation, select: SelectStmt): readonly Source[] | null {
  const sources: Source[] = [];
  if (select.withClause !== undefined || findNodes(select.fromClause, 'RangeSubselect').length > 0) return null;
  if (findNodes(select.fromClause, 'RangeFunction').length > 0) return null;
  // USING and NATURAL merge columns of a star.
  if (
    findNodes(select.fromClause, 'JoinExpr').some((join) => join.isNatural === true || join.usingClause !== undefined)
  ) {
    return null;
  }
  for (const relation of findNodes(select.fromClause, 'RangeVar')) {
    const name: ObjectName = simulation.relation(relation);
    const columns = simulation.lookup.table(name)?.columns ?? simulation.lookup.view(name)?.columns;
    if (columns === undefined || relation.alias?.colnames !== undefined) return null;
    sources.push({ label: relation.alias?.aliasname ?? name.name, columns });
  }
  return sources;
}

function columnType(sources: readonly Source[] | null, fields: readonly string[]): string {
  const name = fields.at(-1);
  const label = fields.length > 1 ? fields.at(-2) : undefined;
  const found = (sources ?? [])
    .filter((source) => label === undefined || source.label === label)
    .flatMap((source) => source.columns.filter((column) => column.name === name));
  return found.length === 1 ? (found[0]?.type ?? '') : '';
}

/** The columns that a query yields; null when its text alone does not tell. */
export function queryColumns(simulation: Simulation, query: Node | undefined): readonly QueryColumn[] | null {
  let select = as(query, 'SelectStmt');
  while (select?.larg !== undefined) select = select.larg;
  if (select === undefined || select.valuesLists !== undefined) return null;
  const sources = sourcesOf(simulation, select);
  const columns: QueryColumn[] = [];
  for (const target of all(select.targetList, 'ResTarget')) {
    const reference = as(target.val, 'ColumnRef');
    const fields = strings(reference?.fields);
    if (reference !== undefined && (reference.fields ?? []).some((field) => 'A_Star' in field)) {
      if (sources === null) return null;
      for (const source of sources)
        if (fields.length === 0 || source.label === fields.at(-1)) columns.push(...source.columns);
      continue;
    }
    const cast = as(target.val, 'TypeCast');
    const type = cast === undefined ? columnType(sources, fields) : shownType(simulation, typeRef(cast.typeName));
    columns.push({
      name: target.name ?? nameOfExpression(target.val),
      type: reference === undefined && cast === undefined ? '' : type,
    });
  }
  return columns.map(({ name, type }) => ({ name, type }));
}

/** A view's columns under the names of an explicit column list. */
export const renamedColumns = (columns: readonly QueryColumn[], aliases: readonly string[]): View['columns'] =>
  columns.map((column, index) => ({ name: aliases[index] ?? column.name, type: column.type, comment: null }));

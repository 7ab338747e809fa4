import type { Table } from '../../catalog/catalog.ts';
import { parseExpression } from '../../sql/expressions.ts';
import { columnsIn } from '../../sql/nodes.ts';

type Columns = { readonly columns: readonly Pick<Table['columns'][number], 'name'>[] };

/** The names in an expression that are not columns of the table; null when it is not an expression at all. */
export function unknownColumns(table: Columns, text: string): readonly string[] | null {
  const node = parseExpression(text);
  if (node === null) return null;
  return columnsIn(node).filter((name) => !table.columns.some((column) => column.name === name));
}

/** The columns of the table that an expression names, in the table's order. */
export function columnsNamed(table: Columns, text: string): readonly string[] {
  const node = parseExpression(text);
  const named = new Set(node === null ? [] : columnsIn(node));
  return table.columns.map((column) => column.name).filter((name) => named.has(name));
}

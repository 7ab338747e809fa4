import type { Catalog } from '../../catalog/catalog.ts';
import { qualifiedName } from '../../sql/qualified-name.ts';

const mostColumns = 40;
const mostCharacters = 300_000;

/** All tables with the names of their columns, one a line; without columns where that would be too much to read. */
export function relationList(catalog: Catalog): string {
  // A line break in a name would let it pass for another relation.
  const flat = (text: string): string => text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ');
  const tables = catalog.tables.filter((table) => table.partitionOf === null);
  const withColumns = tables.map((table) => {
    const names = table.columns.slice(0, mostColumns).map((column) => column.name);
    const rest = table.columns.length > mostColumns ? ', …' : '';
    return flat(`${qualifiedName(table)} (${names.join(', ')}${rest})`);
  });
  const text = withColumns.join('\n');
  return text.length <= mostCharacters ? text : tables.map((table) => flat(qualifiedName(table))).join('\n');
}

import { placeholderFor } from '../../sql/placeholder-value.ts';
import { qualifiedName } from '../../sql/qualified-name.ts';
import { literal, type Sql, sql, toText } from '../../sql/sql.ts';
import type { Catalog, Column, Table } from '../catalog.ts';

/** What the rows of a table get in a column that is added and required, and how that is undone for later rows. */
export type Filler = {
  readonly words: string;
  readonly column: (column: Column) => Column;
  /** The action of `ALTER COLUMN` after which new rows have to bring a value. */
  readonly undo: Sql;
};

/** The filler of a required column; null when no value is known to fit every row. */
export function fillerFor(table: Table, column: Column, catalog: Catalog): Filler | null {
  const references = table.constraints.some(
    ({ kind, columns }) => kind === 'foreign key' && columns.length === 1 && columns[0] === column.name,
  );
  if (references) return null;
  const differs = isUniqueAlone(table, column.name);
  if (differs && /^(?:smallint|integer|bigint)$/.test(column.type)) {
    const numbered = (each: Column): Column => ({ ...each, identity: 'by default' });
    return { words: 'a number of its own', column: numbered, undo: sql`DROP IDENTITY` };
  }
  const value = fillingValue(column.type, differs, catalog);
  if (value === null) return null;
  const text = toText(value);
  return { words: text, column: (each) => ({ ...each, default: text }), undo: sql`DROP DEFAULT` };
}

function isUniqueAlone(table: Table, column: string): boolean {
  const keys = table.constraints.filter(({ kind }) => kind === 'primary key' || kind === 'unique');
  return (
    keys.some(({ columns }) => columns.length === 1 && columns[0] === column) ||
    table.indexes.some(({ unique, keys: parts }) => unique && parts.length === 1 && parts[0]?.column === column)
  );
}

function fillingValue(type: string, differs: boolean, catalog: Catalog): Sql | null {
  const own = catalog.types.find((each) => [qualifiedName(each), each.name].includes(type));
  if (own?.kind === 'enum') {
    const [label] = own.labels;
    return label === undefined || differs ? null : literal(label);
  }
  if (own?.kind === 'domain') return own.constraints.length > 0 ? null : fillingValue(own.baseType, differs, catalog);
  return placeholderFor(type, differs);
}

import type { ObjectName, Table } from '../catalog/catalog.ts';
import { sameName } from '../sql/catalog-lookup.ts';
import { parseType } from '../sql/type-name.ts';
import type { CatalogView } from './catalog-view.ts';

/** The tables that have a column of this type or of an array of it. */
export const tablesOfType = (database: CatalogView, type: ObjectName): readonly Table[] =>
  database.catalog.tables.filter((table) =>
    table.columns.some((column) => {
      const written = parseType(column.type);
      const known = written === null ? null : database.type(written);
      return known !== null && sameName(known, type);
    }),
  );

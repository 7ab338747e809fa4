import type { Table } from '../catalog/catalog.ts';
import type { CheckContext } from './rule.ts';

/** The tables of a schema that the migration did not make itself; none where no catalog is known. */
export const otherTables = ({ hasCatalog, database, created }: CheckContext, schema: string): readonly Table[] =>
  hasCatalog ? database.catalog.tables.filter((table) => table.schema === schema && !created.has('table', table)) : [];

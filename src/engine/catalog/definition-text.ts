import { quoteIdentifier } from '../sql/quote-identifier.ts';
import type { Catalog } from './catalog.ts';
import type { CatalogObject } from './catalog-objects.ts';
import { renderCatalog } from './render.ts';

/** The statements that make one object and what belongs to it, without the rights on it. */
export function definitionText(catalog: Catalog, object: CatalogObject): string {
  const nothing: Catalog = {
    ...catalog,
    extensions: [],
    schemas: [],
    tables: [],
    views: [],
    sequences: [],
    types: [],
    routines: [],
    grants: [],
    otherObjects: [],
    dependencies: [],
  };
  const rendered = (part: Partial<Catalog>): string =>
    renderCatalog({ ...nothing, ...part }, { rights: false })
      .filter(({ kind }) => kind !== 'setting' && kind !== 'schema')
      .map((statement) => `${statement.sql};`)
      .join('\n\n');
  const belonging = ({ schema, name }: { readonly schema: string; readonly name: string }) =>
    (catalog.otherObjects ?? []).filter(({ table }) => table?.schema === schema && table.name === name);
  switch (object.kind) {
    case 'database':
      return '';
    case 'table':
      return rendered({ tables: [object.table], otherObjects: belonging(object.table) });
    case 'view':
      return rendered({ views: [object.view], otherObjects: belonging(object.view) });
    case 'sequence':
      // A sequence of an identity column has no statement of its own.
      return rendered({ sequences: [{ ...object.sequence, ownedBy: null }] });
    case 'type':
      return rendered({ types: [object.type] });
    case 'routine':
      return rendered({ routines: [object.routine] });
    case 'extension': {
      const { name, schema } = object.extension;
      return `CREATE EXTENSION ${quoteIdentifier(name)} WITH SCHEMA ${quoteIdentifier(schema)};`;
    }
    case 'other':
      return [object.object.definition, ...(object.object.further ?? [])].map((sql) => `${sql};`).join('\n\n');
  }
}

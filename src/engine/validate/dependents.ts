import type { ObjectName } from '../catalog/catalog.ts';
import { quoteIdentifier } from '../sql/quote-identifier.ts';
import type { CatalogView } from './catalog-view.ts';
import { publicationsOf } from './publications.ts';
import { shown } from './wording.ts';

/** Something that PostgreSQL knows to use a column. */
type Dependent = { readonly kind: string; readonly words: string };

const isColumn = (recorded: string | null, column: string): boolean =>
  recorded === column || recorded === quoteIdentifier(column);

const isName = (recorded: string, name: string): boolean => recorded === name || recorded === quoteIdentifier(name);

/** False for what an earlier statement has dropped already. */
const isThere = (database: CatalogView, table: ObjectName, kind: string, schema: string, name: string): boolean => {
  const last = name.split('.').at(-1)?.replaceAll('"', '') ?? '';
  const on = database.table(table);
  switch (kind) {
    case 'view':
    case 'materialized view':
      return database.catalog.views.some((view) => view.schema === schema && isName(name, view.name));
    case 'trigger':
      return on === null || on.triggers.some((trigger) => trigger.name === last);
    case 'policy':
      return on === null || on.policies.some((policy) => policy.name === last);
    case 'publication':
      return on === null || publicationsOf(database, on).some((publication) => publication.name === name);
    default:
      return true;
  }
};

/** What depends on a column of a table, from the server's own dependency graph, in its order, each once. */
export const dependentsOf = (database: CatalogView, table: ObjectName, column: string): readonly Dependent[] => {
  const found = new Map<string, Dependent>();
  for (const { dependent, on } of database.catalog.dependencies) {
    if (on.schema !== table.schema || !isName(on.name, table.name) || !isColumn(on.column, column)) continue;
    if (!isThere(database, table, dependent.kind, dependent.schema, dependent.name)) continue;
    const schema = dependent.schema === 'public' || dependent.schema === '' ? null : dependent.schema;
    const words = `${dependent.kind} ${schema === null ? '' : `${shown({ schema: null, name: schema })}.`}${dependent.name}`;
    found.set(words, { kind: dependent.kind, words });
  }
  return [...found.values()];
};

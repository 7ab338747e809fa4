import type { ObjectName } from '../catalog/catalog.ts';
import { quoteIdentifier } from '../sql/quote-identifier.ts';
import type { CatalogView } from './catalog-view.ts';
import { shown } from './wording.ts';

/** Something that PostgreSQL knows to use a column. */
export type Dependent = { readonly kind: string; readonly words: string };

const isColumn = (recorded: string | null, column: string): boolean =>
  recorded === column || recorded === quoteIdentifier(column);

const isName = (recorded: string, name: string): boolean => recorded === name || recorded === quoteIdentifier(name);

/** What depends on a column of a table, from the server's own dependency graph, in its order, each once. */
export const dependentsOf = (database: CatalogView, table: ObjectName, column: string): readonly Dependent[] => {
  const found = new Map<string, Dependent>();
  for (const { dependent, on } of database.catalog.dependencies) {
    if (on.schema !== table.schema || !isName(on.name, table.name) || !isColumn(on.column, column)) continue;
    const schema = dependent.schema === 'public' ? null : dependent.schema;
    const words = `${dependent.kind} ${schema === null ? '' : `${shown({ schema: null, name: schema })}.`}${dependent.name}`;
    found.set(words, { kind: dependent.kind, words });
  }
  return [...found.values()];
};

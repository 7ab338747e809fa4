import type { Catalog, ObjectName, Table, View } from '../../catalog/catalog.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';

/** Something outside a table that uses it or one of its columns. */
export type Dependant = { readonly kind: string; readonly schema: string; readonly name: string };

const member = (relation: string, name: string): string => `${quoteIdentifier(relation)}.${quoteIdentifier(name)}`;

/** What uses a column, apart from the table's own indexes and constraints, which come and go with the column. */
export function dependantsOfColumn(catalog: Catalog, table: Table, column: string): readonly Dependant[] {
  const found = catalog.dependencies.filter(
    ({ on }) => on.schema === table.schema && on.name === table.name && on.column === column,
  );
  const own = member(table.name, column);
  const goesAlong = new Set(['index', 'constraint', 'sequence', 'default', 'statistics']);
  return found
    .map(({ dependent }) => dependent)
    .filter(
      (each) =>
        !goesAlong.has(each.kind) && !(each.kind === 'column' && each.schema === table.schema && each.name === own),
    );
}

/** What uses a table as a whole or any of its columns, apart from what belongs to the table. */
export function dependantsOfTable(catalog: Catalog, table: Table): readonly Dependant[] {
  const belongs = new Set([
    'index',
    'constraint',
    'sequence',
    'default',
    'statistics',
    'trigger',
    'policy',
    'column',
    'rule',
    'table',
    'publication',
  ]);
  const found = catalog.dependencies
    .filter(({ on }) => on.schema === table.schema && on.name === table.name)
    .map(({ dependent }) => dependent)
    .filter(
      (each) =>
        !belongs.has(each.kind) || (each.kind === 'column' && !each.name.startsWith(`${quoteIdentifier(table.name)}.`)),
    );
  return [...new Map(found.map((each) => [`${each.kind}\0${each.schema}\0${each.name}`, each])).values()];
}

/** Dependants as a person names them. */
export const inWords = (dependants: readonly Dependant[]): string =>
  dependants
    .map(({ kind, schema, name }) => (schema === '' ? `${kind} ${name}` : `${kind} ${schema}.${name}`))
    .join(', ');

/** The views that use something, and the views that use those, in an order in which they can be made. */
export function viewsUsing(catalog: Catalog, direct: readonly Dependant[]): readonly View[] {
  const isView = (each: Dependant): boolean => each.kind === 'view' || each.kind === 'materialized view';
  const wanted = new Map<string, View>();
  const visit = (name: ObjectName): void => {
    const key = `${name.schema}\0${name.name}`;
    const view = catalog.views.find((each) => each.schema === name.schema && each.name === name.name);
    if (view === undefined || wanted.has(key)) return;
    wanted.set(key, view);
    for (const { dependent, on } of catalog.dependencies) {
      if (on.schema === name.schema && on.name === name.name && isView(dependent)) visit(dependent);
    }
  };
  for (const each of direct) if (isView(each)) visit(each);
  const ordered: View[] = [];
  const place = (view: View): void => {
    if (ordered.includes(view)) return;
    for (const { dependent, on } of catalog.dependencies) {
      if (dependent.schema !== view.schema || dependent.name !== view.name || !isView(dependent)) continue;
      const needed = wanted.get(`${on.schema}\0${on.name}`);
      if (needed !== undefined && needed !== view) place(needed);
    }
    ordered.push(view);
  };
  for (const view of wanted.values()) place(view);
  return ordered;
}

import type { ObjectName } from '../catalog/catalog.ts';
import type { CatalogView } from './catalog-view.ts';
import { shownObject } from './wording.ts';

const quoted = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** True when a text names something as a word of its own. */
const names = (text: string, name: string): boolean =>
  new RegExp(`(?<![\\w$])"?${quoted(name)}"?(?![\\w$])`).test(text);

/**
 * The views and functions whose texts name a table, and the column when one is given, in words. Texts are searched as
 * text: what builds its SQL while it runs is not found.
 */
export const usersOf = (database: CatalogView, table: ObjectName, column: string | null): readonly string[] => {
  const uses = (text: string) => names(text, table.name) && (column === null || names(text, column));
  const views = database.catalog.views
    .filter((view) => uses(view.definition))
    .map((view) => `${view.materialized ? 'materialized view' : 'view'} ${shownObject(view)}`);
  const routines = database.catalog.routines
    .filter((routine) => uses(routine.definition))
    .map((routine) => `${routine.kind} ${shownObject(routine)}`);
  return [...views, ...routines];
};

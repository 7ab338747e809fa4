import type { Catalog, View } from '../../catalog/catalog.ts';
import { renderComments } from '../../catalog/render/render-comments.ts';
import { renderIndex, renderTrigger } from '../../catalog/render/render-members.ts';
import { renderGrants } from '../../catalog/render/render-rights.ts';
import { renderView } from '../../catalog/render/render-view.ts';
import { identifier, qualified, sql } from '../../sql/sql.ts';
import { type PlannedStatement, planned, restored } from './step.ts';

/** Drops views, the last made first, so that none stands on another. */
export const dropViews = (_catalog: Catalog, views: readonly View[]): readonly PlannedStatement[] =>
  [...views]
    .reverse()
    .map((view) =>
      planned(
        'It uses the column and is made again below.',
        view.materialized ? sql`DROP MATERIALIZED VIEW ${qualified(view)}` : sql`DROP VIEW ${qualified(view)}`,
      ),
    );

/** Makes views again as they were: text, options, indexes, triggers, comments, owner and rights. */
export function restoreViews(catalog: Catalog, views: readonly View[]): readonly PlannedStatement[] {
  return views.flatMap((view) => {
    const only: Catalog = {
      ...catalog,
      schemas: [],
      extensions: [],
      tables: [],
      sequences: [],
      types: [],
      routines: [],
      otherObjects: [],
      views: [view],
      grants: (catalog.grants ?? []).filter((grant) => grant.schema === view.schema && grant.name === view.name),
    };
    const superuser =
      view.owner === ''
        ? []
        : [
            planned(
              null,
              view.materialized
                ? sql`ALTER MATERIALIZED VIEW ${qualified(view)} OWNER TO ${identifier(view.owner)}`
                : sql`ALTER VIEW ${qualified(view)} OWNER TO ${identifier(view.owner)}`,
            ),
          ];
    return [
      ...restored(`Brings ${view.name} back.`, renderView(view)),
      ...restored(null, [
        ...view.indexes.flatMap((index) => renderIndex(view, index)),
        ...view.triggers.flatMap((trigger) => renderTrigger(view, trigger)),
        ...renderComments(only),
      ]),
      ...superuser,
      ...restored(null, renderGrants(only)),
    ];
  });
}

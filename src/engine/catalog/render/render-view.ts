import { qualifiedName } from '../../sql/qualified-name.ts';
import { identifier, qualified, rendered, type Sql, sql } from '../../sql/sql.ts';
import type { View } from '../catalog.ts';
import { optionList } from './render-options.ts';
import { type RenderedStatement, statementOf } from './rendered-statement.ts';

/** The statements that make a view with the defaults of its columns. */
export function renderView(view: View): readonly RenderedStatement[] {
  const path = qualifiedName(view);
  const name = qualified(view);
  const query = rendered(view.definition.trim().replace(/;$/, ''));
  const options = view.options.length === 0 ? sql`` : sql` WITH (${optionList(view.options)})`;
  const pieces: Sql[] = view.materialized
    ? [
        sql`CREATE MATERIALIZED VIEW ${name}${options} AS\n${query}\n${view.populated ? sql`WITH DATA` : sql`WITH NO DATA`}`,
      ]
    : [sql`CREATE VIEW ${name}${options} AS\n${query}`];
  for (const column of view.columns) {
    if (column.default == null) continue;
    pieces.push(
      sql`ALTER VIEW ${name} ALTER COLUMN ${identifier(column.name)} SET DEFAULT ${rendered(column.default)}`,
    );
  }
  return pieces.map((piece) => statementOf(view.materialized ? 'materialized view' : 'view', path, piece));
}

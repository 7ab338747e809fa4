import { qualifiedName } from '../../sql/qualified-name.ts';
import { identifier, joinSql, qualified, rendered, type Sql, sql } from '../../sql/sql.ts';
import type { View } from '../catalog.ts';
import { optionList } from './render-options.ts';
import { type RenderedStatement, statementOf } from './rendered-statement.ts';

/** The statements that make a view with the defaults of its columns, or that put it in the place of `standInForView`. */
export function renderView(view: View, options: { readonly replace?: boolean } = {}): readonly RenderedStatement[] {
  const path = qualifiedName(view);
  const name = qualified(view);
  const query = rendered(view.definition.trim().replace(/;$/, '').replaceAll(markOfCycle, 'TO $2 $1 DEFAULT $4 $3'));
  const create = options.replace === true ? sql`CREATE OR REPLACE VIEW` : sql`CREATE VIEW`;
  const storage = view.options.length === 0 ? sql`` : sql` WITH (${optionList(view.options)})`;
  const pieces: Sql[] = view.materialized
    ? [
        sql`CREATE MATERIALIZED VIEW ${name}${storage} AS\n${query}\n${view.populated ? sql`WITH DATA` : sql`WITH NO DATA`}`,
      ]
    : [sql`${create} ${name}${storage} AS\n${query}`];
  for (const column of view.columns) {
    if (column.default == null) continue;
    pieces.push(
      sql`ALTER VIEW ${name} ALTER COLUMN ${identifier(column.name)} SET DEFAULT ${rendered(column.default)}`,
    );
  }
  return pieces.map((piece) => statementOf(view.materialized ? 'materialized view' : 'view', path, piece));
}

// The server writes the marks of CYCLE as casts, which its own grammar does not take there.
const markOfCycle = /\bTO ('(?:[^']|'')*')::([a-z][a-z ]*) DEFAULT ('(?:[^']|'')*')::([a-z][a-z ]*)(?= USING )/g;

/** A view with the same columns and no query, for a circle of objects that need it before it can be made. */
export function standInForView(view: View): RenderedStatement {
  const columns = view.columns.map((column) => {
    const collation = column.collation == null ? sql`` : sql` COLLATE ${rendered(column.collation)}`;
    return sql`NULL::${rendered(column.type)}${collation} AS ${identifier(column.name)}`;
  });
  return statementOf(
    'view',
    qualifiedName(view),
    sql`CREATE VIEW ${qualified(view)} AS\nSELECT ${joinSql(columns, sql`,\n    `)}`,
  );
}

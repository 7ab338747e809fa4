import { err, ok } from '../../shared/result.ts';
import type { Catalog, Table } from '../catalog/catalog.ts';
import { identifier, qualified, type Sql, sql, toText } from '../sql/sql.ts';
import { type KeeperNames, keeperNames, stopKeeping } from './kept-in-step.ts';
import { type Offer, type RecipeStatement, scriptOf } from './recipe.ts';
import { audienceNotes, fillEverywhere, keepingObstacle, together } from './second-column.ts';
import { requireSteps } from './table-members.ts';

/** A stored generated column that is to be added. */
export type ComputedColumn = {
  readonly name: string;
  /** The type, with its collation where one is written. */
  readonly type: Sql;
  /** The expression as it is written. */
  readonly expression: Sql;
  readonly notNull: boolean;
};

/**
 * Creates the trigger that writes the column. The row that is written stands under the table's name, so that the
 * expression means in it what it means in the table.
 */
const keepComputed = (table: Table, column: ComputedColumn, names: KeeperNames): readonly RecipeStatement[] => [
  {
    sql: sql`CREATE FUNCTION ${qualified(names.function)}() RETURNS trigger LANGUAGE plpgsql AS $lockstep$
#variable_conflict use_column
BEGIN
  NEW.${identifier(column.name)} := (SELECT ${column.expression} FROM (SELECT NEW.*) AS ${identifier(table.name)});
  RETURN NEW;
END
$lockstep$`,
  },
  {
    sql: sql`CREATE TRIGGER ${identifier(names.trigger)} BEFORE INSERT OR UPDATE ON ${qualified(table)} FOR EACH ROW EXECUTE FUNCTION ${qualified(names.function)}()`,
  },
];

/** Adds a column that a trigger computes where GENERATED would write every row under a lock, or says why not. */
export function computedColumnRecipe(catalog: Catalog, table: Table, column: ComputedColumn): Offer {
  const reason = keepingObstacle(catalog, table);
  if (reason !== null) return err(reason);
  const shown = `${table.schema}.${table.name}`;
  if (table.columns.some(({ name }) => name === column.name))
    return err(`${shown} has a column ${column.name} already`);
  const own = qualified(table);
  const name = identifier(column.name);
  const names = keeperNames(catalog, table, column.name);
  return ok({
    title: `Add ${column.name} to ${shown}, computed by a trigger`,
    notes: [
      `${column.name} becomes an ordinary column with the same values: a trigger computes them, and overwrites what code writes into it instead of refusing it.`,
      ...audienceNotes(catalog, table),
    ],
    steps: [
      {
        slug: 'add_computed_column',
        title: `Add ${column.name} and compute it for rows that are written from now on`,
        before: null,
        up: scriptOf([
          { sql: sql`ALTER TABLE ${own} ADD COLUMN ${name} ${column.type}` },
          ...keepComputed(table, column, names),
        ]),
        down: scriptOf(
          together([
            ...stopKeeping(table, names),
            {
              sql: sql`ALTER TABLE ${own} DROP COLUMN ${name}`,
              ignores: { 'ban-drop-column': 'its values are computed from other columns' },
            },
          ]),
        ),
      },
      {
        slug: 'fill_computed_column',
        title: `Compute ${column.name} for the rows that are there`,
        before: null,
        up: scriptOf(
          fillEverywhere(catalog, table, {
            column: column.name,
            value: column.expression,
            where: sql`filled.${name} IS NULL AND (${column.expression}) IS NOT NULL`,
          }),
        ),
        down: scriptOf([{ comment: 'Values that were filled in do no harm.', sql: sql`SELECT 1` }]),
      },
      ...(column.notNull
        ? requireSteps(table, [column.name], {
            deploy: `Make sure that the code writes no row for which ${column.name} comes out as NULL.`,
            mend: `Mend the rows for which it does: ${toText(sql`SELECT * FROM ${own} WHERE ${name} IS NULL`)} lists them.`,
          })
        : []),
    ],
  });
}

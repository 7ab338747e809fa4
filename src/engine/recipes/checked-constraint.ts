import type { Table } from '../catalog/catalog.ts';
import { identifier, qualified, rendered, sql, toText } from '../sql/sql.ts';
import { type Recipe, scriptOf } from './recipe.ts';
import { together } from './replaced-column.ts';

/** A check or a foreign key that is to be added; `definition` is what stands behind its name. */
export type NewConstraint = {
  readonly name: string;
  readonly definition: string;
  /** The condition that rows may violate: of a check; null for a foreign key. */
  readonly condition: string | null;
};

/**
 * Adds a constraint for new rows first, leaves time to repair the ones that violate it, and validates it then; null for
 * what is not a plain table.
 */
export function checkedConstraintRecipe(table: Table, constraint: NewConstraint): Recipe | null {
  if (table.kind !== 'table') return null;
  const own = qualified(table);
  const name = identifier(constraint.name);
  const add = { sql: sql`ALTER TABLE ${own} ADD CONSTRAINT ${name} ${rendered(constraint.definition)} NOT VALID` };
  const reason = 'it takes back what this recipe added';
  const drop = { sql: sql`ALTER TABLE ${own} DROP CONSTRAINT ${name}`, ignores: { 'drop-constraint': reason } };
  const violators =
    constraint.condition === null
      ? 'that refer to nothing'
      : `that violate it, which ${toText(sql`SELECT * FROM ${own} WHERE NOT (${rendered(constraint.condition)})`)} shows`;
  return {
    title: `Add ${constraint.name} to ${table.schema}.${table.name} for new rows, repair the others, and validate it then`,
    notes: [],
    steps: [
      {
        slug: 'add_not_valid',
        title: `Add ${constraint.name} for rows that are written from now on`,
        before: 'Make sure that the code writes no row that violates it.',
        up: scriptOf([add]),
        down: scriptOf([drop]),
      },
      {
        slug: 'validate_constraint',
        title: `Validate ${constraint.name}`,
        before: `Repair the rows ${violators}, a thousand at a time.`,
        up: scriptOf([{ sql: sql`ALTER TABLE ${own} VALIDATE CONSTRAINT ${name}` }]),
        down: scriptOf(together([drop, add])),
      },
    ],
  };
}

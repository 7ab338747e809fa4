import { err, ok } from '../../shared/result.ts';
import type { Table } from '../catalog/catalog.ts';
import { identifier, qualified, rendered, sql, toText } from '../sql/sql.ts';
import { type Offer, scriptOf } from './recipe.ts';
import { together } from './second-column.ts';

/** A check or a foreign key that is to be added; `definition` is what stands behind its name. */
export type NewConstraint = {
  readonly name: string;
  readonly definition: string;
  /** The condition that rows may violate: of a check; null for a foreign key. */
  readonly condition: string | null;
};

/**
 * Adds a constraint for new rows first, leaves time to repair the ones that violate it, and validates it then, or
 * says why that cannot be.
 */
export function checkedConstraintRecipe(table: Table, constraint: NewConstraint): Offer {
  if (table.kind === 'foreign table') return err(`${table.schema}.${table.name} is a foreign table`);
  if (table.kind === 'partitioned table' && constraint.condition === null)
    return err(`a foreign key of a partitioned table can only be NOT VALID in each of its partitions`);
  const own = qualified(table);
  const name = identifier(constraint.name);
  const add = { sql: sql`ALTER TABLE ${own} ADD CONSTRAINT ${name} ${rendered(constraint.definition)} NOT VALID` };
  const reason = 'it takes back what this recipe added';
  const drop = { sql: sql`ALTER TABLE ${own} DROP CONSTRAINT ${name}`, ignores: { 'drop-constraint': reason } };
  const violators =
    constraint.condition === null
      ? 'that refer to nothing'
      : `that violate it, which ${toText(sql`SELECT * FROM ${own} WHERE NOT (${rendered(constraint.condition)})`)} shows`;
  return ok({
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
  });
}

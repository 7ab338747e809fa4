import type { Catalog, ObjectName, Table } from '../catalog/catalog.ts';
import { fitName } from '../plan/write/free-name.ts';
import { identifier, qualified, type Sql, sql } from '../sql/sql.ts';
import type { RecipeStatement } from './recipe.ts';

/** Two columns of a table that a trigger keeps in step; the casts turn a value of one into a value of the other. */
export type ColumnPair = {
  readonly old: { readonly name: string; readonly cast: Sql };
  readonly fresh: { readonly name: string; readonly cast: Sql };
};

/** Names of the function and of the trigger, which is the last one to fire before a row is written. */
export type KeeperNames = { readonly function: ObjectName; readonly trigger: string };

/** Free names for what keeps two columns in step. */
export function keeperNames(catalog: Catalog, table: Table, column: string): KeeperNames {
  const stem = fitName(`${table.name}_${column}`, '_in_step');
  let name = stem;
  for (let i = 1; catalog.routines.some((each) => each.schema === table.schema && each.name === name); i++)
    name = fitName(`${table.name}_${column}`, `_in_step${i}`);
  return { function: { schema: table.schema, name }, trigger: fitName(`zz_${table.name}_${column}`, '_in_step') };
}

/**
 * Creates the trigger: an insert may fill either column, an update changes either, and where both are written the new
 * one counts. A row that was not filled yet is filled when it is written. Values are compared as text, because not every
 * type can be compared, and equal values may still look different.
 */
export function keepInStep(table: Table, { old, fresh }: ColumnPair, names: KeeperNames): readonly RecipeStatement[] {
  const a = identifier(old.name);
  const b = identifier(fresh.name);
  return [
    {
      sql: sql`CREATE FUNCTION ${qualified(names.function)}() RETURNS trigger LANGUAGE plpgsql AS $lockstep$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.${b}::text IS DISTINCT FROM OLD.${b}::text THEN
    NEW.${a} := NEW.${b}${old.cast};
  ELSIF TG_OP = 'UPDATE' AND NEW.${a}::text IS DISTINCT FROM OLD.${a}::text THEN
    NEW.${b} := NEW.${a}${fresh.cast};
  ELSIF NEW.${b} IS NULL THEN
    NEW.${b} := NEW.${a}${fresh.cast};
  ELSIF TG_OP = 'INSERT' OR NEW.${a} IS NULL THEN
    NEW.${a} := NEW.${b}${old.cast};
  END IF;
  RETURN NEW;
END
$lockstep$`,
    },
    {
      sql: sql`CREATE TRIGGER ${identifier(names.trigger)} BEFORE INSERT OR UPDATE ON ${qualified(table)} FOR EACH ROW EXECUTE FUNCTION ${qualified(names.function)}()`,
    },
  ];
}

/** Takes the trigger and its function away. */
export const stopKeeping = (table: Table, names: KeeperNames): readonly RecipeStatement[] => {
  const reason = 'it was made by this recipe, and only for the time between its steps';
  return [
    {
      sql: sql`DROP TRIGGER ${identifier(names.trigger)} ON ${qualified(table)}`,
      ignores: { 'drop-trigger': reason },
    },
    {
      sql: sql`DROP FUNCTION ${qualified(names.function)}()`,
      ignores: { 'drop-function-or-signature-change': reason },
    },
  ];
};

import type { Catalog, ObjectName, Table } from '../catalog/catalog.ts';
import { fitName } from '../plan/write/free-name.ts';
import { identifier, joinSql, qualified, type Sql, sql } from '../sql/sql.ts';
import type { RecipeStatement } from './recipe.ts';

/** Two columns of a table that a trigger keeps in step; the casts turn a value of one into a value of the other. */
export type ColumnPair = {
  readonly old: { readonly name: string; readonly cast: Sql };
  readonly fresh: { readonly name: string; readonly cast: Sql };
};

/** Names of the function and of the trigger, which is the last one to fire before a row is written. */
export type KeeperNames = { readonly function: ObjectName; readonly trigger: string };

const codePoints = (name: string): readonly number[] => [...name].map((each) => each.codePointAt(0) ?? 0);

/** True when PostgreSQL fires the one trigger before the other: by the bytes of their names, which UTF-8 orders like these. */
function firesBefore(one: string, other: string): boolean {
  const [a, b] = [codePoints(one), codePoints(other)];
  const at = a.findIndex((code, index) => code !== b[index]);
  return at < 0 ? a.length < b.length : (a[at] ?? 0) < (b[at] ?? -1);
}

const lastPrefixes = ['zz', '~~', '\u{fffd}'];

/** The first name of a row of names, cut to what PostgreSQL keeps, that nobody has. */
function firstFree(taken: ReadonlySet<string>, stem: string): string {
  for (let number = 0; ; number++) {
    const name = fitName(stem, `_in_step${number === 0 ? '' : number}`);
    if (!taken.has(name)) return name;
  }
}

/** Free names for what keeps two columns in step. */
export function keeperNames(catalog: Catalog, table: Table, column: string): KeeperNames {
  const own = catalog.routines.filter(({ schema }) => schema === table.schema).map(({ name }) => name);
  const triggers = table.triggers.map(({ name }) => name);
  const stem = `${table.name}_${column}`;
  const names = lastPrefixes.map((prefix) => firstFree(new Set(triggers), `${prefix}_${stem}`));
  const last = names.find((name) => triggers.every((other) => firesBefore(other, name)));
  return {
    function: { schema: table.schema, name: firstFree(new Set(own), stem) },
    trigger: last ?? names.at(-1) ?? stem,
  };
}

/**
 * How a trigger's function runs that writes into another table: as the owner of both, because whoever may write into the one
 * need not be one who may write into the other. Generated columns and checks find what they name.
 */
export const asOwner = ({ server }: Catalog, { schema }: Table): Sql => {
  const path = new Set(['pg_catalog', ...server.searchPath, schema, 'pg_temp']);
  return sql`SECURITY DEFINER SET search_path = ${joinSql([...path].map(identifier))}`;
};

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

/** Takes the trigger and its function away. Of a partitioned table it belongs into a transaction. */
export const stopKeeping = (table: Table, names: KeeperNames): readonly RecipeStatement[] => {
  const reason = 'it was made by this recipe, and only for the time between its steps';
  return [
    ...(table.kind === 'partitioned table'
      ? [
          {
            sql: sql`LOCK TABLE ${qualified(table)} IN ACCESS EXCLUSIVE MODE`,
            ignores: {
              'explicit-lock-table': 'DROP TRIGGER locks partitions before their parent, those who write the other way',
            },
          },
        ]
      : []),
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

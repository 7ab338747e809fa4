import { err, ok } from '../../shared/result.ts';
import type { Catalog, Column, Table } from '../catalog/catalog.ts';
import { fitName } from '../plan/write/free-name.ts';
import { identifier, joinSql, qualified, rendered, type Sql, sql } from '../sql/sql.ts';
import { dropObstacle, stopRequiring } from './drop-column.ts';
import { copyInBatches, fillInBatches } from './fill-in-batches.ts';
import { asOwner, type KeeperNames, keeperNames } from './kept-in-step.ts';
import { type Offer, type RecipeStatement, scriptOf } from './recipe.ts';
import { addBare, together } from './second-column.ts';
import { type Member, membersOver, restoreMembers } from './table-members.ts';

/** Columns of a table that move to another one; the pairs say which column of the other table takes which. */
export type Split = {
  readonly catalog: Catalog;
  readonly table: Table;
  /** The other table, and the statements that make it. */
  readonly target: Table;
  readonly creates: readonly string[];
  readonly key: readonly ColumnPlace[];
  readonly moved: readonly ColumnPlace[];
};

/** A column and what it is called in the other table. */
export type ColumnPlace = { readonly from: string; readonly to: string };

/** What keeps the two tables in step: on the one that is split, and on the other one. */
type Keepers = { readonly away: KeeperNames; readonly back: KeeperNames };

const list = (columns: readonly string[]): Sql => joinSql(columns.map(identifier));
const of = (record: string, columns: readonly string[]): Sql =>
  joinSql(columns.map((column) => sql`${rendered(record)}.${identifier(column)}`));
const assigned = (places: readonly (readonly [string, Sql])[]): Sql =>
  joinSql(places.map(([column, value]) => sql`${identifier(column)} = ${value}`));
const all = (conditions: readonly Sql[]): Sql => joinSql(conditions, sql` AND `);
const some = (conditions: readonly Sql[]): Sql => joinSql(conditions, sql` OR `);

/** A row of the table without any of the values has none in the other table, so that new code can insert it there. */
const holdsAny = (record: string, moved: readonly ColumnPlace[]): Sql =>
  some(moved.map(({ from }) => sql`${rendered(record)}.${identifier(from)} IS NOT NULL`));

const matching = (
  left: string,
  right: string,
  key: readonly ColumnPlace[],
  sides: { readonly left: keyof ColumnPlace; readonly right: keyof ColumnPlace },
): Sql =>
  all(
    key.map(
      (each) =>
        sql`${rendered(left)}.${identifier(each[sides.left])} = ${rendered(right)}.${identifier(each[sides.right])}`,
    ),
  );

/** What one of the two writes is not written back by the other. */
const once = (work: Sql): Sql => sql`BEGIN
  IF pg_catalog.current_setting('lockstep.in_step', true) IS DISTINCT FROM 'on' THEN
    PERFORM pg_catalog.set_config('lockstep.in_step', 'on', true);
${work}
    PERFORM pg_catalog.set_config('lockstep.in_step', 'off', true);
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END`;

/** What code writes into either table is written into the other one too. */
function keepBoth(split: Split, { away, back }: Keepers): readonly RecipeStatement[] {
  const { table, target, key, moved } = split;
  const own = qualified(table);
  const other = qualified(target);
  const columns = [...key, ...moved];
  const isRequired = target.columns.some(({ name, notNull }) => notNull && moved.some(({ to }) => to === name));
  const held = matching('held', 'OLD', key, { left: 'to', right: 'from' });
  const emptied = isRequired
    ? sql`DELETE FROM ${other} AS held WHERE ${matching('held', 'NEW', key, { left: 'to', right: 'from' })}`
    : sql`UPDATE ${other} AS held SET ${assigned(moved.map(({ to }) => [to, sql`NULL`]))} WHERE ${matching('held', 'NEW', key, { left: 'to', right: 'from' })}`;
  const keeper = (names: KeeperNames, work: Sql): RecipeStatement => ({
    sql: sql`CREATE FUNCTION ${qualified(names.function)}() RETURNS trigger LANGUAGE plpgsql ${asOwner(split.catalog, table)} AS $lockstep$
${once(work)}
$lockstep$`,
  });
  const trigger = (names: KeeperNames, on: Sql, when: Sql, suffix = ''): RecipeStatement => ({
    sql: sql`CREATE TRIGGER ${identifier(fitName(names.trigger, suffix))} ${when} ON ${on} FOR EACH ROW EXECUTE FUNCTION ${qualified(names.function)}()`,
  });
  return [
    keeper(
      away,
      sql`    IF TG_OP = 'DELETE' THEN
      DELETE FROM ${other} AS held WHERE ${held};
    ELSE
      IF TG_OP = 'UPDATE' AND ROW(${of(
        'NEW',
        key.map(({ from }) => from),
      )}) IS DISTINCT FROM ROW(${of(
        'OLD',
        key.map(({ from }) => from),
      )}) THEN
        UPDATE ${other} AS held SET ${assigned(key.map(({ from, to }) => [to, sql`NEW.${identifier(from)}`]))} WHERE ${held};
      END IF;
      IF ${holdsAny('NEW', moved)} THEN
        INSERT INTO ${other} (${list(columns.map(({ to }) => to))}) VALUES (${of(
          'NEW',
          columns.map(({ from }) => from),
        )})
        ON CONFLICT (${list(key.map(({ to }) => to))}) DO UPDATE SET ${assigned(moved.map(({ to }) => [to, sql`EXCLUDED.${identifier(to)}`]))};
      ELSIF TG_OP = 'UPDATE' THEN
        ${emptied};
      END IF;
    END IF;`,
    ),
    keeper(
      back,
      sql`    IF TG_OP = 'DELETE' THEN
      UPDATE ${own} AS held SET ${assigned(moved.map(({ from }) => [from, sql`NULL`]))} WHERE ${matching('held', 'OLD', key, { left: 'from', right: 'to' })};
    ELSE
      UPDATE ${own} AS held SET ${assigned(moved.map(({ from, to }) => [from, sql`NEW.${identifier(to)}`]))} WHERE ${matching('held', 'NEW', key, { left: 'from', right: 'to' })};
    END IF;`,
    ),
    trigger(away, own, sql`AFTER INSERT OR UPDATE OF ${list(columns.map(({ from }) => from))}`),
    // Before the row goes: a foreign key of the other table would refuse it otherwise.
    trigger(away, own, sql`BEFORE DELETE`, '_delete'),
    trigger(back, other, sql`AFTER INSERT OR UPDATE OR DELETE`),
  ];
}

const passing = 'it was made by this recipe, and only for the time between its steps';

/**
 * Takes away what keeps both in step, table by table. Code that writes into both locks either first: nothing may hold the one
 * table while it waits for the other.
 */
function stopBoth({ table, target }: Split, { away, back }: Keepers) {
  const trigger = (name: string, on: Table): RecipeStatement => ({
    sql: sql`DROP TRIGGER ${identifier(name)} ON ${qualified(on)}`,
    ignores: { 'drop-trigger': passing },
  });
  return {
    onTarget: [trigger(back.trigger, target)],
    onTable: [trigger(away.trigger, table), trigger(fitName(away.trigger, '_delete'), table)],
    functions: [away, back].map(
      (names): RecipeStatement => ({
        sql: sql`DROP FUNCTION ${qualified(names.function)}()`,
        ignores: { 'drop-function-or-signature-change': passing },
      }),
    ),
  };
}

/** Why the columns cannot move while code with the old place and code with the new one runs; null where they can. */
function obstacle({ catalog, table, target, key, moved }: Split, columns: readonly Column[]): string | null {
  for (const column of columns) {
    const reason = dropObstacle(catalog, table, column);
    if (reason !== null) return reason;
    if (column.default !== null)
      return `${column.name} has a default, which code that no longer names it would write again`;
    const place = moved.find(({ from }) => from === column.name)?.to;
    const taken = target.columns.find(({ name }) => name === place);
    if (taken?.notNull === true && !column.notNull && columns.length > 1)
      return `${target.schema}.${target.name} requires ${taken.name}, and rows of ${table.schema}.${table.name} may have none`;
  }
  const places = new Set(key.map(({ to }) => to));
  const isKey = target.constraints.some(
    ({ kind, columns: of }) =>
      (kind === 'primary key' || kind === 'unique') &&
      of.length === places.size &&
      of.every((each) => places.has(each)),
  );
  if (!isKey)
    return `${target.schema}.${target.name} has no key over ${[...places].join(', ')} by which its rows could be found`;
  const needed = target.columns.find(
    ({ name, notNull, default: value, identity, generated }) =>
      notNull &&
      value === null &&
      identity === null &&
      generated === null &&
      ![...key, ...moved].some(({ to }) => to === name),
  );
  return needed === undefined
    ? null
    : `${target.schema}.${target.name} requires ${needed.name}, which ${table.schema}.${table.name} has no value for`;
}

/** Moves columns into another table while code that knows them in either place runs, or says why not. */
export function splitTableRecipe(split: Split): Offer {
  const { catalog, table, target, creates, key, moved } = split;
  const columns = table.columns.filter(({ name }) => moved.some(({ from }) => from === name));
  const reason = obstacle(split, columns);
  if (reason !== null) return err(reason);
  const members = new Map<string, readonly Member[]>();
  for (const { name } of columns) {
    const found = membersOver(catalog, table, name);
    if (!found.ok) return found;
    members.set(name, found.value);
  }
  const keepers: Keepers = {
    away: keeperNames(catalog, table, target.name),
    back: keeperNames(catalog, target, table.name),
  };
  const stopped = stopBoth(split, keepers);
  const named = columns.map(({ name }) => name).join(', ');
  const [shown, place] = [table, target].map(({ schema, name }) => `${schema}.${name}`);
  const required = columns.filter(({ notNull }) => notNull);
  const placeOf = (column: string): Sql => identifier(moved.find(({ from }) => from === column)?.to ?? column);
  return ok({
    title: `Move ${named} of ${shown} to ${place} while code with either place runs`,
    notes: [
      `A row of ${shown} without a value in ${named} gets no row in ${place}: code that joins the two has to allow for that.`,
    ],
    steps: [
      ...required.map((column) => stopRequiring(table, column)),
      {
        slug: 'create_other_table',
        title: `Create ${place} and keep it in step with ${shown}`,
        before: null,
        up: scriptOf([...creates.map((text) => ({ sql: rendered(text) })), ...keepBoth(split, keepers)]),
        down: scriptOf([
          ...stopped.onTarget,
          ...together(stopped.onTable),
          ...stopped.functions,
          {
            sql: sql`DROP TABLE ${qualified(target)}`,
            ignores: { 'ban-drop-table': `every value that it has from ${shown} stands there` },
          },
        ]),
      },
      {
        slug: 'copy_rows',
        title: `Copy ${named} of the rows that are there`,
        before: null,
        up: scriptOf([
          copyInBatches(table, {
            into: sql`${qualified(target)} (${list([...key, ...moved].map(({ to }) => to))})`,
            values: of(
              'copied',
              [...key, ...moved].map(({ from }) => from),
            ),
            where: sql`(${holdsAny('copied', moved)})`,
          }),
        ]),
        down: scriptOf([{ comment: 'Rows that were copied do no harm.', sql: sql`SELECT 1` }]),
      },
      {
        slug: 'drop_moved_columns',
        title: `Drop ${named} of ${shown}`,
        before: `Deploy code that reads and writes ${place} only, and wait until no code names ${named} of ${shown}.`,
        up: scriptOf([
          ...stopped.onTarget,
          ...together([
            ...stopped.onTable,
            ...columns.map(({ name }) => ({
              sql: sql`ALTER TABLE ${qualified(table)} DROP COLUMN ${identifier(name)}`,
              ignores: { 'ban-drop-column': `every value of it stands in ${place}` },
            })),
          ]),
          ...stopped.functions,
        ]),
        down: scriptOf([
          ...columns.flatMap((column) => addBare(catalog, table, column)),
          ...keepBoth(split, keepers),
          ...columns.map(({ name }) =>
            fillInBatches(table, {
              column: name,
              value: sql`aside.${placeOf(name)}`,
              from: sql`${qualified(target)} AS aside`,
              where: matching('aside', 'filled', key, { left: 'to', right: 'from' }),
            }),
          ),
          ...columns.flatMap(({ name }) => restoreMembers(table, members.get(name) ?? [], name)),
        ]),
      },
    ],
  });
}

import { err, ok } from '../../shared/result.ts';
import type { Catalog, Table } from '../catalog/catalog.ts';
import { renderGrant } from '../catalog/render/render-rights.ts';
import { fitName } from '../plan/write/free-name.ts';
import { qualifiedName } from '../sql/qualified-name.ts';
import { identifier, joinSql, literal, qualified, rendered, type Sql, sql } from '../sql/sql.ts';
import { copyInBatches } from './fill-in-batches.ts';
import { asOwner, type KeeperNames, keeperNames } from './kept-in-step.ts';
import { membersLeftBehind, partitioningObstacle } from './partitioning-obstacle.ts';
import { type Offer, type RecipeStatement, scriptOf } from './recipe.ts';
import { together } from './second-column.ts';

/** A table whose rows move into a partitioned one, which takes over its name. */
export type Partitioning = {
  readonly catalog: Catalog;
  readonly table: Table;
  /** The partitioned table, under the name that it has at first, and the statements that make it with its partitions. */
  readonly fresh: Table;
  readonly creates: readonly string[];
  /** What the first table is called in the end. */
  readonly parked: string;
};

const list = (columns: readonly string[]): Sql => joinSql(columns.map(identifier));
const of = (record: string, columns: readonly string[]): Sql =>
  joinSql(columns.map((column) => sql`${rendered(record)}.${identifier(column)}`));
const same = (columns: readonly string[]): Sql =>
  joinSql(
    columns.map((column) => sql`held.${identifier(column)} = OLD.${identifier(column)}`),
    sql` AND `,
  );

/** The columns that are written: not those that the server computes. */
const writtenColumns = ({ columns }: Table): readonly string[] =>
  columns.filter(({ generated }) => generated === null).map(({ name }) => name);

const keyOfTable = ({ constraints }: Table): readonly string[] =>
  constraints.find(({ kind }) => kind === 'primary key')?.columns ?? [];

const passing = 'it was made by this recipe, and only for the time between its steps';

/**
 * Writes what code writes into `table` into `copy` too. A row that changes is taken out and put in again: it may belong into another partition. One that a batch has
 * copied meanwhile is overwritten.
 */
function mirror(catalog: Catalog, table: Table, copy: Table, columns: readonly string[], names: KeeperNames) {
  const key = keyOfTable(copy);
  const others = columns.filter((column) => !key.includes(column));
  const overwrite =
    others.length === 0
      ? sql`DO NOTHING`
      : sql`DO UPDATE SET ${joinSql(others.map((column) => sql`${identifier(column)} = EXCLUDED.${identifier(column)}`))}`;
  const make: readonly RecipeStatement[] = [
    {
      sql: sql`CREATE FUNCTION ${qualified(names.function)}() RETURNS trigger LANGUAGE plpgsql ${asOwner(catalog, table)} AS $lockstep$
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    TRUNCATE ${qualified(copy)};
    RETURN NULL;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM ${qualified(copy)} AS held WHERE ${same(key)};
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO ${qualified(copy)} (${list(columns)}) OVERRIDING SYSTEM VALUE VALUES (${of('NEW', columns)})
    ON CONFLICT (${list(key)}) ${overwrite};
  END IF;
  RETURN NULL;
END
$lockstep$`,
    },
    {
      sql: sql`CREATE TRIGGER ${identifier(names.trigger)} AFTER INSERT OR UPDATE OR DELETE ON ${qualified(table)} FOR EACH ROW EXECUTE FUNCTION ${qualified(names.function)}()`,
    },
    {
      sql: sql`CREATE TRIGGER ${identifier(truncating(names))} AFTER TRUNCATE ON ${qualified(table)} FOR EACH STATEMENT EXECUTE FUNCTION ${qualified(names.function)}()`,
    },
  ];
  const drop: readonly RecipeStatement[] = [
    ...[names.trigger, truncating(names)].map((trigger) => ({
      sql: sql`DROP TRIGGER ${identifier(trigger)} ON ${qualified(table)}`,
      ignores: { 'drop-trigger': passing },
    })),
    {
      sql: sql`DROP FUNCTION ${qualified(names.function)}()`,
      ignores: { 'drop-function-or-signature-change': passing },
    },
  ];
  return { make, drop };
}

const truncating = ({ trigger }: KeeperNames): string => fitName(trigger, '_truncate');

/** Numbers of new rows go on where those of the other table have come to. */
const goOnFrom = (from: Sql, to: Sql): RecipeStatement => ({
  sql: sql`SELECT pg_catalog.setval(${to}, pg_catalog.pg_sequence_last_value(${from})) WHERE pg_catalog.pg_sequence_last_value(${from}) IS NOT NULL`,
});

/** What hands the numbering of rows over: to the partitioned table, and back to the one that is kept. */
function numbering({ catalog, table, fresh }: Partitioning, placed: Table, kept: Table) {
  const counted = catalog.sequences.filter(
    ({ ownedBy }) => ownedBy?.table.schema === table.schema && ownedBy.table.name === table.name,
  );
  const all = counted.map((sequence) => {
    const column = sequence.ownedBy?.column ?? '';
    const own = sql`${literal(qualifiedName(sequence))}::pg_catalog.regclass`;
    const isIdentity = fresh.columns.some(({ name, identity }) => name === column && identity !== null);
    const sequenceOf = (name: Table): Sql =>
      sql`pg_catalog.pg_get_serial_sequence(${literal(qualifiedName(name))}, ${literal(column)})::pg_catalog.regclass`;
    const ownedBy = (owner: Table): RecipeStatement => ({
      sql: sql`ALTER SEQUENCE ${qualified(sequence)} OWNED BY ${qualified(owner)}.${identifier(column)}`,
    });
    return isIdentity
      ? { over: goOnFrom(own, sequenceOf(fresh)), back: goOnFrom(sequenceOf(placed), own) }
      : { over: ownedBy(fresh), back: ownedBy(kept) };
  });
  return { over: all.map(({ over }) => over), back: all.map(({ back }) => back) };
}

const lockAll = (tables: readonly Table[]): readonly RecipeStatement[] => [
  { sql: sql`SET LOCAL lock_timeout = '5s'` },
  {
    comment: 'In the order in which code that writes locks them.',
    sql: sql`LOCK TABLE ${joinSql(tables.map(qualified))} IN ACCESS EXCLUSIVE MODE`,
    ignores: {
      'explicit-lock-table': 'nothing may be written between the two names, and the transaction only renames',
    },
  },
];

const rename = (table: Table, name: string): RecipeStatement => ({
  sql: sql`ALTER TABLE ${qualified(table)} RENAME TO ${identifier(name)}`,
  ignores: { 'renaming-table': 'a table with the same rows answers to the name from this transaction on' },
});

/** Makes a table partitioned while code reads and writes it, by way of a partitioned copy, or says why not. */
export function partitionTableRecipe(partitioning: Partitioning): Offer {
  const { catalog, table, fresh, creates, parked } = partitioning;
  const reason = partitioningObstacle(catalog, table, fresh);
  if (reason !== null) return err(reason);
  const columns = writtenColumns(table);
  const away = mirror(catalog, table, fresh, columns, keeperNames(catalog, table, fresh.name));
  const placed: Table = { ...fresh, name: table.name };
  const kept: Table = { ...table, name: parked };
  const back = mirror(catalog, placed, kept, columns, keeperNames(catalog, placed, parked));
  const numbers = numbering(partitioning, placed, kept);
  const grants = (catalog.grants ?? []).filter(
    (grant) => grant.kind === 'table' && grant.schema === table.schema && grant.name === table.name && !grant.revoked,
  );
  const [shown, copy] = [`${table.schema}.${table.name}`, `${fresh.schema}.${fresh.name}`];
  return ok({
    title: `Make ${shown} partitioned while it is read and written`,
    notes: [
      `For the time between the steps every write is made twice, and ${shown} is on the disk twice.`,
      `${table.schema}.${parked} stays in the end; drop it when nobody misses it.`,
      ...membersLeftBehind(table, fresh).map((member) => `${copy} lacks what ${shown} has: ${member}.`),
    ],
    steps: [
      {
        slug: 'create_partitioned_table',
        title: `Create ${copy} and write into it what is written into ${shown}`,
        before: `See that ${copy} has a partition for every row: one that finds none fails in both tables.`,
        up: scriptOf([
          ...creates.map((text) => ({ sql: rendered(text) })),
          ...grants.map((grant) => ({ sql: rendered(renderGrant({ ...grant, name: fresh.name }).sql) })),
          ...away.make,
        ]),
        down: scriptOf([
          ...together(away.drop),
          {
            sql: sql`DROP TABLE ${qualified(fresh)}`,
            ignores: { 'ban-drop-table': `every row of it stands in ${shown}` },
          },
        ]),
      },
      {
        slug: 'copy_rows',
        title: 'Copy the rows that are there',
        before: null,
        up: scriptOf([
          copyInBatches(table, {
            into: sql`${qualified(fresh)} (${list(columns)}) OVERRIDING SYSTEM VALUE`,
            values: of('copied', columns),
            where: sql`true`,
          }),
          { sql: sql`ANALYZE ${qualified(fresh)}` },
        ]),
        down: scriptOf([{ comment: 'Rows that were copied do no harm.', sql: sql`SELECT 1` }]),
      },
      {
        slug: 'swap_tables',
        title: `Give ${copy} the name ${table.name}`,
        before: `Compare the two tables, and try the queries that matter on ${copy}: those that do not name the partition key read every partition.`,
        up: scriptOf(
          together([
            ...lockAll([table, fresh]),
            ...away.drop,
            ...numbers.over,
            rename(table, parked),
            rename(fresh, table.name),
            ...back.make,
          ]),
        ),
        down: scriptOf(
          together([
            ...lockAll([placed, kept]),
            ...back.drop,
            ...numbers.back,
            rename(placed, fresh.name),
            rename(kept, table.name),
            ...away.make,
          ]),
        ),
      },
      {
        slug: 'stop_keeping_in_step',
        title: `Write no longer into ${table.schema}.${parked}`,
        before: 'Wait until nobody wants to go back.',
        up: scriptOf(together([...lockAll([placed, kept]), ...back.drop])),
        down: scriptOf([
          ...together([
            ...lockAll([placed, kept]),
            ...back.make,
            {
              sql: sql`TRUNCATE ${qualified(kept)}`,
              ignores: { 'ban-truncate': `it is out of date, and every row is copied from ${shown} again` },
            },
          ]),
          {
            sql: sql`INSERT INTO ${qualified(kept)} (${list(columns)}) OVERRIDING SYSTEM VALUE
SELECT ${of('copied', columns)} FROM ${qualified(placed)} AS copied
FOR SHARE
ON CONFLICT DO NOTHING`,
            ignores: {
              'unbatched-backfill': 'no code reads this table, and new partitions have to be read with the others',
            },
          },
        ]),
      },
    ],
  });
}

import pg from 'pg';
import { dumpEntries } from './dump-entries.ts';
import { dumpDatabase } from './pg-dump.ts';
import type { PostgresServer } from './postgres-server.ts';
import type { ShadowPair } from './shadow-pairs.ts';

/** What a server did with a migration; `restored` and `lost` are null where they could not be found out. */
export type RollbackTruth = {
  readonly name: string;
  readonly upError: string | null;
  /** True when `pg_dump` says the same before up and after down, the order of columns aside. */
  readonly restored: boolean | null;
  /** What `pg_dump` says otherwise: first lines of entries. */
  readonly changed: readonly string[];
  /** Tables and columns of which a row that was there before up is gone or has another value. */
  readonly lost: readonly string[] | null;
};

type Row = Readonly<Record<string, unknown>>;

/** Entries of a dump, in which neither columns nor privileges have an order. */
const unordered = (dump: string): ReadonlySet<string> =>
  new Set(
    dumpEntries(dump).map((entry) =>
      / Type: (?:FOREIGN )?TABLE;/.test(entry) ? entry.replaceAll(/,$/gm, '').split('\n').sort().join('\n') : entry,
    ),
  );

/** How many of the rows have no equal, in the given columns, among others. */
function missing(rows: readonly Row[], others: readonly Row[], columns: readonly string[]): number {
  const textOf = (row: Row): string => JSON.stringify(columns.map((column) => row[column] ?? null));
  const open = new Map<string, number>();
  for (const row of others) open.set(textOf(row), (open.get(textOf(row)) ?? 0) + 1);
  return rows.filter((row) => {
    const left = open.get(textOf(row)) ?? 0;
    open.set(textOf(row), left - 1);
    return left <= 0;
  }).length;
}

/**
 * Runs up and down of each migration on a server of one's own, once without rows and once with those of the chain, each
 * time on a database that only the earlier ups have made. Roles that they make are dropped.
 */
export async function rollbackTruth(
  server: PostgresServer,
  pairs: readonly ShadowPair[],
): Promise<readonly RollbackTruth[]> {
  const settings = { ...server.settings, database: 'chain' };
  const refusalOf = (text: string): Promise<string | null> =>
    server.execute(text, 'chain').then(
      () => null,
      (cause: unknown) => String(cause),
    );
  const query = async (database: string, text: string): Promise<readonly Row[]> => {
    const client = new pg.Client({ ...settings, database, ssl: false });
    await client.connect();
    try {
      return (await client.query(text)).rows;
    } finally {
      await client.end();
    }
  };
  const build = async (texts: readonly string[]): Promise<void> => {
    await server.execute('drop database if exists chain with (force)');
    const roles = await query('postgres', 'select quote_ident(rolname) as role from pg_roles where oid > 16383');
    for (const { role } of roles) await server.execute(`drop role ${role}`);
    await server.execute("create database chain template template0 encoding 'UTF8'");
    for (const text of texts) await server.execute(text, 'chain');
  };
  const content = async (): Promise<ReadonlyMap<string, readonly Row[]>> => {
    const tables = await query(
      'chain',
      `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and n.nspname !~ '^pg_|^information_schema$'`,
    );
    const found = new Map<string, readonly Row[]>();
    for (const { name } of tables) {
      const rows = await query('chain', `select to_jsonb(t) as row from only ${name} t`);
      found.set(
        String(name),
        rows.map(({ row }) => row as Row),
      );
    }
    return found;
  };

  const applied: ShadowPair[] = [];
  const truth: RollbackTruth[] = [];
  for (const pair of pairs) {
    await build(applied.map(({ up }) => up));
    const before = unordered(await dumpDatabase(settings));
    const upError = await refusalOf(pair.up);
    if (upError !== null) {
      truth.push({ name: pair.name, upError, restored: null, changed: [], lost: null });
      continue;
    }
    const downError = await refusalOf(pair.down);
    const after = unordered(await dumpDatabase(settings));
    const differing = [...before].filter((entry) => !after.has(entry));
    differing.push(...[...after].filter((entry) => !before.has(entry)));
    const changed = differing.map((entry) => entry.split('\n')[0] ?? '');

    await build(applied.flatMap(({ up, rows }) => [up, rows]));
    const was = await content();
    let lost: string[] | null = null;
    if ((await refusalOf(pair.up)) === null && (await refusalOf(pair.down)) === null) {
      const is = await content();
      lost = [...was].flatMap(([table, rows]) => {
        const others = is.get(table) ?? [];
        const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
        if (missing(rows, others, columns) === 0) return [];
        return columns.filter((column) => missing(rows, others, [column]) > 0).map((column) => `${table}.${column}`);
      });
    }
    truth.push({ name: pair.name, upError, restored: downError === null && changed.length === 0, changed, lost });
    applied.push(pair);
  }
  return truth;
}

import type { Clock } from '../ports/clock.ts';
import type { ShadowDatabase } from '../ports/shadow-databases.ts';
import { type Rate, type Work, works } from './throughput.ts';

/** What was measured of a server, and on what. */
export type MeasuredThroughput = {
  /** What is done in a second: the median of the rounds. Bytes are of wide rows, rows are narrow ones. */
  readonly rates: Readonly<Record<Work, Rate>>;
  readonly rounds: number;
  readonly wide: TableSize;
  readonly narrow: TableSize;
  /** True where the server can hold the tables in memory: then what was read did not come from a disk. */
  readonly inMemory: boolean;
  readonly seconds: number;
};

type TableSize = { readonly rows: number; readonly bytes: number };

export type MeasureOptions = {
  readonly clock: Clock;
  /** Bytes that the wide table may have. */
  readonly largest: number;
  /** Told what begins, in words. */
  readonly onProgress?: (what: string) => void;
};

/** Of so many bytes, less than what is moved out of line or compressed. */
const wideRow = 1000;

/** Of a narrow table, so that it is about half as large as the wide one. */
const narrowRowsPerWide = 8;

/** Bytes that are loaded first, to learn how many can be. */
const probe = 8 * 1024 ** 2;

/** Milliseconds that loading the wide table may take; everything after it takes a multiple of that. */
const loadTime = 1000;

const mostRounds = 5;
const fewestRounds = 3;

/** Milliseconds after which no further round begins; and after which not even the fewest are waited for. */
const enough = 15_000;
const tooLong = 40_000;

type Kind = 'wide' | 'narrow';

const tables = `create table wide (id bigint primary key, n int not null, filler text not null);
create table narrow (id int primary key, n int not null)`;

const load: Readonly<Record<Kind, (from: number, to: number) => string>> = {
  wide: (from, to) =>
    `insert into wide select i, i % 1000, pg_catalog.repeat(pg_catalog.md5(i::text), 30)
     from pg_catalog.generate_series(${from}, ${to}) i`,
  narrow: (from, to) => `insert into narrow select i, i % 1000 from pg_catalog.generate_series(${from}, ${to}) i`,
};

type Timed = { readonly statement: string /** Takes it back, without being timed. */; readonly after?: string };

const statementsFor = (table: Kind, round: number): Readonly<Record<Work, Timed>> => ({
  read: {
    statement: `alter table ${table} add constraint not_negative check (n >= 0)`,
    after: `alter table ${table} drop constraint not_negative`,
  },
  'index-build': { statement: `create index by_n on ${table} (n, id)`, after: 'drop index by_n' },
  'change-rows': { statement: `update ${table} set n = n + 1` },
  rewrite: { statement: `alter table ${table} alter column n type ${round % 2 === 0 ? 'bigint' : 'int'}` },
});

/** Rewriting comes last in a round: what changing rows left is gone then. */
const inOrder: readonly Work[] = ['read', 'index-build', 'change-rows', 'rewrite'];

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** Two figures say all that such a measurement knows. */
const rounded = (value: number): number => {
  const step = 10 ** Math.max(Math.floor(Math.log10(value)) - 1, 0);
  return Math.max(Math.round(value / step) * step, 1);
};

/**
 * Times in an empty throw-away database what estimates rest on: reading, rewriting and indexing a table and changing its
 * rows, in several rounds of which the medians count. The time of an answer's way is taken off. Leaves its tables there.
 * Throws `ShadowFailure` and `SqlFailure`.
 */
export async function measureThroughput(
  database: ShadowDatabase,
  { clock, largest, onProgress = () => undefined }: MeasureOptions,
): Promise<MeasuredThroughput> {
  const started = clock.elapsed();
  const time = async (statement: string): Promise<number> => {
    const begun = clock.elapsed();
    await database.execute(statement);
    return clock.elapsed() - begun;
  };
  const numberOf = async (expression: string): Promise<number> => {
    const [row] = await database.query(`select (${expression})::pg_catalog.float8 as value`);
    return Number(row?.['value']);
  };

  // As the runner of a migration has it: a commit waits until it is on the disk.
  await database.execute('set synchronous_commit to on');
  await database.execute(tables);
  const ways: number[] = [];
  for (let index = 0; index < 5; index += 1) ways.push(await time('select'));
  const way = median(ways);

  onProgress('Loading');
  const probed = Math.ceil(Math.min(probe, largest) / wideRow);
  const probeTime = Math.max(await time(load.wide(1, probed)), 1);
  const wideRows = Math.max(Math.floor(Math.min(largest / wideRow, (probed * loadTime) / probeTime)), probed);
  if (wideRows > probed) await database.execute(load.wide(probed + 1, wideRows));
  const narrowRows = wideRows * narrowRowsPerWide;
  await database.execute(load.narrow(1, narrowRows));
  const sizes: Readonly<Record<Kind, TableSize>> = {
    wide: { rows: wideRows, bytes: await numberOf(`pg_catalog.pg_table_size('wide')`) },
    narrow: { rows: narrowRows, bytes: await numberOf(`pg_catalog.pg_table_size('narrow')`) },
  };
  const cache = await numberOf(`pg_catalog.pg_size_bytes(pg_catalog.current_setting('effective_cache_size'))`);

  const times: Record<Kind, Record<Work, number[]>> = {
    wide: { read: [], rewrite: [], 'index-build': [], 'change-rows': [] },
    narrow: { read: [], rewrite: [], 'index-build': [], 'change-rows': [] },
  };
  let rounds = 0;
  const goesOn = (): boolean => {
    const spent = clock.elapsed() - started;
    return rounds < mostRounds && spent < (rounds < fewestRounds ? tooLong : enough);
  };
  while (rounds === 0 || goesOn()) {
    onProgress(`Round ${rounds + 1} of at most ${mostRounds}`);
    for (const table of ['wide', 'narrow'] as const) {
      // As an old table is: each row has been seen as committed before.
      await database.execute(`vacuum (analyze) ${table}`);
      const statements = statementsFor(table, rounds);
      for (const work of inOrder) {
        const { statement, after } = statements[work];
        times[table][work].push(Math.max((await time(statement)) - way, 0.1));
        if (after !== undefined) await database.execute(after);
      }
    }
    rounds += 1;
  }

  const perSecond = (amount: number, table: Kind, work: Work): number =>
    rounded((amount * 1000) / median(times[table][work]));
  const rates = Object.fromEntries(
    works.map((work) => [
      work,
      { bytes: perSecond(sizes.wide.bytes, 'wide', work), rows: perSecond(sizes.narrow.rows, 'narrow', work) },
    ]),
  ) as Record<Work, Rate>;
  return {
    rates,
    rounds,
    ...sizes,
    inMemory: sizes.wide.bytes < cache,
    seconds: Math.round((clock.elapsed() - started) / 100) / 10,
  };
}

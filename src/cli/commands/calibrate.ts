import { realpath } from 'node:fs/promises';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { saveFile } from '../../adapters/files/save-file.ts';
import { freeRoom } from '../../adapters/postgresql/free-room.ts';
import { resolveDatabaseUrl } from '../../adapters/postgresql/resolve-database-url.ts';
import type { ShadowDatabase } from '../../engine/ports/shadow-databases.ts';
import { SqlFailure } from '../../engine/ports/sql-client.ts';
import { shadowErrorOf } from '../../engine/shadow/shadow-error.ts';
import { loadParser } from '../../engine/sql/parser.ts';
import { bytesInWords, bytesSchema } from '../../engine/sql/quantity.ts';
import { type MeasuredThroughput, measureThroughput } from '../../engine/throughput/measure-throughput.ts';
import { throughputOf } from '../../engine/throughput/throughput-of.ts';
import { type CommandContext, CommandFailure, wrongUsage } from '../command-context.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { parseConfig } from '../parse-config.ts';
import { configFile, readProjectConfig } from '../project-config.ts';
import { readText } from '../read-file.ts';
import { calibrationText } from '../reporters/calibration-text.ts';
import { shadowVariable, withShadowOption } from '../shadow-option.ts';
import { withShadows } from '../with-shadows.ts';
import { withThroughput } from '../with-throughput.ts';

const megabyte = 1024 ** 2;

/** Bytes of the largest table: what a server has done in some seconds, and the embedded PostgreSQL in its memory. */
const usualSize = { server: 32 * megabyte, embedded: 16 * megabyte };

/** What the tables with their indexes and dead rows take at most, and the write-ahead log of all rounds, in sizes of the largest. */
const copies = { tables: 5, log: 35 };

const smallest = megabyte;

function sizeIn(text: string): number {
  const parsed = bytesSchema.safeParse(text);
  if (parsed.success && parsed.data >= smallest) return parsed.data;
  throw new InvalidArgumentError(`It is a size such as 32 MB, and ${bytesInWords(smallest)} or more.`);
}

const oneDay = 24 * 60 * 60;

/** Seconds that a measurement may take, after which its database is dropped. */
const limitOf = (size: number): number => Math.min(60 + Math.ceil(size / (megabyte / 2)), oneDay);

/** What the numbers will be said to hold for. */
async function placeName(where: string, context: CommandContext): Promise<string> {
  if (where === 'embedded') return `the embedded PostgreSQL of ${hostname()}`;
  const resolved = await resolveDatabaseUrl(where, context.environment);
  if (!resolved.ok) throw new CommandFailure(resolved.error);
  const { host, port } = resolved.value.settings;
  return `${host}:${port}`;
}

async function requireRoom(database: ShadowDatabase, size: number, context: CommandContext): Promise<void> {
  const [tables, log] = [size * copies.tables, size * copies.log];
  const room = database.kind === 'embedded' ? null : await freeRoom(database);
  if (room !== null && room < tables + log)
    throw wrongUsage(
      '--size',
      `the disk of the server has ${bytesInWords(room)} left, and ${bytesInWords(tables + log)} may be written: take less`,
    );
  const unknown = room === null && database.kind === 'server' ? '; how much room its disk has it does not say' : '';
  context.note(
    `Making tables of up to ${bytesInWords(tables)} for some seconds, and up to ${bytesInWords(log)} of write-ahead log${unknown}`,
  );
}

async function measureOn(where: string, size: number | undefined, context: CommandContext) {
  const { signal, clock } = context;
  const place = { named: where, catalog: null, migrations: [], serverVersion: undefined };
  return withShadows(place, context, async (databases) => {
    let database: ShadowDatabase | null = null;
    try {
      const largest = size ?? (where === 'embedded' ? usualSize.embedded : usualSize.server);
      database = await databases.open({ extensions: [], signal, timeoutSeconds: limitOf(largest) });
      await requireRoom(database, largest, context);
      const measured = await measureThroughput(database, { clock, largest, onProgress: context.note });
      return { measured, serverVersion: database.serverVersion };
    } catch (cause) {
      if (cause instanceof CommandFailure) throw cause;
      if (cause instanceof SqlFailure) throw new CommandFailure({ code: 'postgres.rejected', ...cause.refusal });
      throw new CommandFailure(shadowErrorOf(cause, signal));
    } finally {
      await database?.close();
    }
  });
}

/** The configuration that is to be written, which has to be one before anything is measured. */
async function configToWrite(named: string | undefined): Promise<string> {
  const { path } = await readProjectConfig(named, process.cwd());
  if (path === null)
    throw wrongUsage('--write', `there is no ${configFile} here: "lockstep validate --init" writes one`);
  return realpath(path);
}

async function writeTo(path: string, measured: ReturnType<typeof throughputOf>): Promise<void> {
  const text = withThroughput(await readText(path), measured);
  // What it says now has to be what was measured, whatever the layout of the file was.
  parseConfig(text, path);
  const saved = await saveFile(path, new TextEncoder().encode(text));
  if (!saved.ok) throw new CommandFailure(saved.error);
}

/** `lockstep calibrate`: measures what a server gets done in a second, on which estimates rest. */
export const calibrateCommand = (context: CommandContext, done: (code: ExitCode) => void): Command =>
  withShadowOption(new Command('calibrate'), `the server that ${shadowVariable} names, else embedded`)
    .description('measure how fast a server reads, rewrites, indexes and changes tables, for estimates')
    .option('--size <size>', 'of the largest table (default: 32 MB, embedded 16 MB)', sizeIn)
    .option('--write', `write the numbers into ${configFile}`, false)
    .option('--config <file>', `the configuration to write into (default: the nearest ${configFile})`)
    .option('--json', 'print the result as JSON', false)
    .action(async (options) => {
      const { size, config } = options;
      if (config !== undefined && !options.write) throw wrongUsage('--config', 'needs --write');
      const path = options.write ? await configToWrite(config) : null;
      const where = options.shadow ?? (context.environment[shadowVariable] || 'embedded');
      await loadParser();
      const on = await placeName(where, context);
      const { measured, serverVersion } = await measureOn(where, size, context);
      const throughput = throughputOf(measured, { on, at: context.clock.now().slice(0, 10) });
      if (path !== null) await writeTo(path, throughput);
      context.print(
        options.json
          ? JSON.stringify(calibrationReport(measured, throughput, serverVersion, path), null, 2)
          : calibrationText(measured, throughput, { embedded: where === 'embedded', serverVersion }),
      );
      if (path !== null) context.note(`Wrote the numbers into ${resolve(path)}`);
      done(exitCodes.clean);
    });

const calibrationReport = (
  { rates, rounds, seconds, inMemory, wide, narrow }: MeasuredThroughput,
  throughput: ReturnType<typeof throughputOf>,
  serverVersion: number,
  path: string | null,
) => ({
  version: 1,
  server: { engine: 'postgresql', version: serverVersion },
  rates,
  throughput,
  inMemory,
  tables: { wide, narrow },
  rounds,
  seconds,
  written: path,
});

import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { readMigrations } from '../../adapters/files/read-migrations.ts';
import { withReasons } from '../../engine/shadow/choose-shadow.ts';
import { shadowChain } from '../../engine/shadow/shadow-chain.ts';
import { loadParser } from '../../engine/sql/parser.ts';
import { readCatalog, withCatalogOptions } from '../catalog-source.ts';
import { type CommandContext, CommandFailure, wrongUsage } from '../command-context.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { noteMigrations } from '../note-migrations.ts';
import { readProjectConfig } from '../project-config.ts';
import { queryTexts } from '../query-texts.ts';
import { shadowText } from '../reporters/shadow-text.ts';
import { runShadow } from '../run-shadow.ts';
import { withRunnerOptions } from '../runner-options.ts';
import { namedServerVersion } from '../server-version.ts';
import { withShadowOption } from '../shadow-option.ts';
import { withShadows } from '../with-shadows.ts';

const isFolder = async (path: string) => (await stat(path).catch(() => null))?.isDirectory() ?? false;

const MOST_ROWS = 1_000;

function rowCount(text: string): number {
  const rows = Number(text);
  if (/^\d+$/.test(text) && rows <= MOST_ROWS) return rows;
  throw new InvalidArgumentError(`It is a whole number from 0 to ${MOST_ROWS}.`);
}

/** `lockstep shadow-run`: proves on a throw-away database that up works and down restores. */
export const shadowRunCommand = (context: CommandContext, done: (code: ExitCode) => void): Command =>
  withRunnerOptions(
    withShadowOption(
      withCatalogOptions(
        new Command('shadow-run').argument('<path>', 'a migration, or a folder of them replayed in order'),
      ),
    ),
  )
    .description('prove on a throw-away database that up works and down restores')
    .option('--rows <n>', 'synthetic rows for each table; 0 tries none (default: 12)', rowCount)
    .option('--queries <path>', 'a .sql file, or a folder of them, with queries that must go on working')
    .option('--continue', 'go on with the next migration when an up fails', false)
    .option('--json', 'print the result as JSON', false)
    .action(async (path: string, options) => {
      await loadParser();
      const read = readMigrations([path]);
      if (!read.ok) throw new CommandFailure(read.error);
      const [first, ...more] = read.value;
      if (first === undefined) throw wrongUsage('PATH', 'there is no .sql file in it');
      const catalog = await readCatalog(options, context);

      const queries = await queryTexts(options.queries, context);
      const config = await readProjectConfig(options.config, process.cwd());
      const serverVersion = namedServerVersion(options.serverVersion, config);
      const rules = {
        serverVersion,
        transaction: options.transaction ?? config.transaction ?? 'auto',
        rows: options.rows,
        queries,
      };
      const place = { named: options.shadow, catalog, migrations: read.value, serverVersion };
      if (more.length === 0 && !((await isFolder(path)) && first.name !== basename(resolve(path)))) {
        const report = await withShadows(place, context, async (databases, why) =>
          withReasons(await runShadow(first, catalog, context, { databases, ...rules }), why),
        );
        context.print(options.json ? JSON.stringify(report, null, 2) : shadowText(report));
        done(report.restored ? exitCodes.clean : exitCodes.findings);
        return;
      }
      const links = await withShadows(place, context, async (databases, why) => {
        const chain = await shadowChain({
          catalog,
          migrations: read.value.map(({ name, up, down }) => ({ name, up: up?.text ?? '', down: down?.text ?? null })),
          databases,
          clock: context.clock,
          signal: context.signal,
          continueAfterFailure: options.continue,
          ...rules,
          onProgress: noteMigrations(context, read.value.length),
        });
        if (!chain.ok) throw new CommandFailure(chain.error);
        return chain.value.map(({ name, result }) => ({ name, result: withReasons(result, why) }));
      });
      context.print(
        options.json
          ? JSON.stringify({ version: 1, chain: links }, null, 2)
          : links.map(({ name, result }) => `${name}\n${shadowText(result)}`).join('\n\n'),
      );
      done(links.every(({ result }) => result.restored) ? exitCodes.clean : exitCodes.findings);
    });

import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { readMigrations } from '../../adapters/files/read-migrations.ts';
import { withReasons } from '../../engine/shadow/choose-shadow.ts';
import { compareEnd } from '../../engine/shadow/compare-end.ts';
import { loadParser } from '../../engine/sql/parser.ts';
import { readSide, sideName } from '../catalog-side.ts';
import { readCatalog, withCatalogOptions } from '../catalog-source.ts';
import { type CommandContext, CommandFailure, wrongUsage } from '../command-context.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { ignoreOption } from '../ignore-option.ts';
import { readProjectConfig } from '../project-config.ts';
import { proveChain } from '../prove-chain.ts';
import { queryTexts } from '../query-texts.ts';
import { chainText, endReport } from '../reporters/chain-text.ts';
import { shadowText } from '../reporters/shadow-text.ts';
import { runShadow } from '../run-shadow.ts';
import { withRunnerOptions } from '../runner-options.ts';
import { schemaList } from '../schema-list.ts';
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
    .option(
      '--compare-with <database>',
      'a URL, a .sql file or a .json snapshot: what a folder, from an empty database or the one named, should end in',
    )
    .addOption(ignoreOption())
    .option('--json', 'print the result as JSON', false)
    .action(async (path: string, options) => {
      await loadParser();
      const read = readMigrations([path]);
      if (!read.ok) throw new CommandFailure(read.error);
      const [first, ...more] = read.value;
      if (first === undefined) throw wrongUsage('PATH', 'there is no .sql file in it');
      const isOne = more.length === 0 && !((await isFolder(path)) && first.name !== basename(resolve(path)));
      const { compareWith, ignore = [], schemas } = options;
      if (isOne && compareWith !== undefined) throw wrongUsage('--compare-with', 'needs a folder of migrations');
      if (options.ignore !== undefined && compareWith === undefined)
        throw wrongUsage('--ignore', 'needs --compare-with');
      const other =
        compareWith === undefined
          ? null
          : await readSide(compareWith, context, schemas === undefined ? {} : { schemas });
      // DATABASE_URL names a database on which a folder has been applied, not one that it starts from.
      const namesStart = [options.database, options.schema, options.snapshot].some((named) => named !== undefined);
      const catalog = other !== null && !namesStart ? null : await readCatalog(options, context);

      const queries = await queryTexts(options.queries, context);
      const config = await readProjectConfig(options.config, process.cwd());
      const rules = {
        serverVersion: namedServerVersion(options.serverVersion, config) ?? other?.server.version,
        transaction: options.transaction ?? config.transaction ?? 'auto',
        rows: options.rows,
        queries,
      };
      if (isOne) {
        const place = { named: options.shadow, catalog, migrations: read.value, serverVersion: rules.serverVersion };
        const report = await withShadows(place, context, async (databases, why) =>
          withReasons(await runShadow(first, catalog, context, { databases, ...rules }), why),
        );
        context.print(options.json ? JSON.stringify(report, null, 2) : shadowText(report));
        done(report.restored ? exitCodes.clean : exitCodes.findings);
        return;
      }
      const { links, end } = await proveChain(
        read.value,
        catalog,
        { ...rules, shadow: options.shadow, continueAfterFailure: options.continue, readEnd: other !== null },
        context,
      );
      const comparison =
        other === null || compareWith === undefined
          ? undefined
          : {
              sides: [path, sideName(compareWith, other)] as const,
              found: end && compareEnd(end, other, { ignore, schemas: schemaList(schemas) }),
            };
      context.print(
        options.json
          ? JSON.stringify({ version: 1, chain: links, ...(comparison && { end: endReport(comparison) }) }, null, 2)
          : chainText(links, comparison, context.colour),
      );
      const isAsCompared = comparison === undefined || comparison.found?.differences.length === 0;
      done(isAsCompared && links.every(({ result }) => result.restored) ? exitCodes.clean : exitCodes.findings);
    });

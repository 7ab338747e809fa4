import { Command, Option } from 'commander';
import { readMigrations } from '../../adapters/files/read-migrations.ts';
import type { Catalog } from '../../engine/catalog/catalog.ts';
import { type Facts, factsSchema } from '../../engine/catalog/facts.ts';
import { loadParser } from '../../engine/sql/parser.ts';
import type { Severity, Tier, ValidationReport } from '../../engine/validate/report.ts';
import { summarize } from '../../engine/validate/summarize.ts';
import { validateMigration } from '../../engine/validate/validate-migration.ts';
import { readCatalog, withCatalogOptions } from '../catalog-source.ts';
import { type CommandContext, CommandFailure, wrongUsage } from '../command-context.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { formatOf } from '../format-option.ts';
import { readText } from '../read-file.ts';
import { validationText } from '../reporters/validation-text.ts';
import { runShadow } from '../run-shadow.ts';

const newestServer = 180_000;

async function readFacts(path: string): Promise<Facts> {
  const text = await readText(path);
  const refused = (reason: string) => wrongUsage('--facts', `${path} is not a facts file: ${reason}`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw refused(cause instanceof Error ? cause.message : String(cause));
  }
  const parsed = factsSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw refused(
    issue === undefined ? 'something is missing' : `${issue.path.join('.') || 'the file'}: ${issue.message}`,
  );
}

function serverVersion(named: string | undefined, catalog: Catalog | null): number {
  if (named === undefined) return catalog?.server.version ?? newestServer;
  const major = Number(named);
  if (!Number.isInteger(major) || major < 12 || major > 18) throw wrongUsage('--server-version', 'must be 12 to 18');
  return major * 10_000;
}

function chooseTier(named: Tier | undefined, catalog: Catalog | null): Tier {
  if (named === undefined) return catalog === null ? 'parse' : 'catalog';
  if (named !== 'parse' && catalog === null) {
    throw wrongUsage('--tier', `${named} needs a catalog: add --database, --schema or --snapshot`);
  }
  return named;
}

const reaches = (report: ValidationReport, threshold: Severity | 'never'): boolean => {
  const { errors, warnings } = report.summary;
  const notRestored = report.migrations.some(({ shadow }) => shadow !== null && !shadow.restored);
  if (threshold === 'never') return false;
  return errors > 0 || notRestored || (threshold === 'warning' && warnings > 0);
};

/** `lockstep validate`: says what the statements of migrations do, and what is wrong with them. */
export const validateCommand = (context: CommandContext, done: (code: ExitCode) => void): Command =>
  withCatalogOptions(new Command('validate').argument('<path...>', 'migrations: files, pairs or folders'))
    .description('check migrations against rules and, where one is named, a catalog')
    .addOption(new Option('--tier <tier>', 'how deep to look').choices(['parse', 'catalog', 'shadow']))
    .option('--facts <file>', 'sizes, as `introspect --format facts` writes them')
    .option('--server-version <major>', 'the version that the migration will run on')
    .addOption(
      new Option('--transaction <mode>', 'what the runner does with a file')
        .choices(['auto', 'file', 'none'])
        .default('auto'),
    )
    .addOption(new Option('--format <format>', 'how to print the report').choices(['text', 'json']).default('text'))
    .option('--json', 'short for --format json')
    .addOption(
      new Option('--fail-on <severity>', 'what makes the exit code 1')
        .choices(['error', 'warning', 'never'])
        .default('error'),
    )
    .action(async (paths: readonly string[], options) => {
      await loadParser();
      const migrations = await readMigrations(paths);
      if (!migrations.ok) throw new CommandFailure(migrations.error);
      if (migrations.value.length === 0) throw wrongUsage('PATH', 'there is no .sql file in it');
      const catalog = await readCatalog(options, context);
      const tier = chooseTier(options.tier, catalog);
      const facts = options.facts === undefined ? (catalog?.facts ?? null) : await readFacts(options.facts);
      const version = serverVersion(options.serverVersion, catalog);

      const reports = [];
      for (const migration of migrations.value) {
        const { name, up, down } = migration;
        const report = validateMigration(
          {
            name,
            up: up?.text ?? '',
            down: down?.text ?? null,
            files: { up: up?.path ?? null, down: down?.path ?? null },
          },
          {
            catalog: tier === 'parse' ? null : catalog,
            facts,
            tier,
            serverVersion: version,
            transaction: options.transaction,
            today: context.clock.now().slice(0, 10),
          },
        );
        const readable = migration.up !== null && !report.findings.some(({ rule }) => rule === 'syntax-error');
        const shadow = tier === 'shadow' && readable ? await runShadow(migration, catalog, context) : null;
        reports.push(shadow === null ? report : { ...report, shadow });
      }
      const report = summarize(reports, { tier, serverVersion: version });
      context.print(
        formatOf(options) === 'json'
          ? JSON.stringify(report, null, 2)
          : validationText(report, migrations.value, context.colour),
      );
      done(reaches(report, options.failOn) ? exitCodes.findings : exitCodes.clean);
    });

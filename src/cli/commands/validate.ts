import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { Catalog } from '../../engine/catalog/catalog.ts';
import type { Facts } from '../../engine/catalog/facts.ts';
import type { CopyForUps } from '../../engine/shadow/copy-for-ups.ts';
import { loadParser } from '../../engine/sql/parser.ts';
import { profileSchema } from '../../engine/validate/profile.ts';
import type { Tier, ValidationReport } from '../../engine/validate/report.ts';
import { summarize } from '../../engine/validate/summarize.ts';
import { validationSettingsSchema } from '../../engine/validate/validation-settings.ts';
import { type CatalogOptions, readCatalog, readCatalogWithCopy, withCatalogOptions } from '../catalog-source.ts';
import { checkInOrder } from '../check-in-order.ts';
import { chooseMigrations } from '../choose-migrations.ts';
import { type CommandContext, wrongUsage } from '../command-context.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type FailOn, reaches } from '../fail-on.ts';
import { formatOf } from '../format-option.ts';
import { configFile, readProjectConfig } from '../project-config.ts';
import { queryTexts } from '../query-texts.ts';
import { validationFormats } from '../reporters/validation-formats.ts';
import { withRunnerOptions } from '../runner-options.ts';
import { namedServerVersion } from '../server-version.ts';
import { withShadowOption } from '../shadow-option.ts';
import { sourceRoot } from '../source-root.ts';
import { withProofs } from '../with-proofs.ts';
import { writeConfig } from '../write-config.ts';
import { writeRecipes } from '../write-recipes.ts';

const newestServer = 180_000;

/** The catalog that the options name, with a copy to run ups on where the tier is the one that does so. */
async function readCatalogFor(
  tier: Tier | undefined,
  options: CatalogOptions,
  context: CommandContext,
  ups: readonly string[],
): Promise<{ readonly catalog: Catalog | null; readonly copy: CopyForUps | null }> {
  const isNamed = [options.database, options.schema, options.snapshot].some((named) => named !== undefined);
  // `DATABASE_URL` is often there for the application: whoever wants the parse tier need not have that server running.
  if (tier === 'parse' && !isNamed && options.schemas === undefined) return { catalog: null, copy: null };
  // The parse tier runs nothing, and what a shadow run says of an up is more than a copy could.
  const runsOnCopy = tier === undefined || tier === 'catalog';
  return runsOnCopy
    ? readCatalogWithCopy(options, context, ups)
    : { catalog: await readCatalog(options, context), copy: null };
}

function chooseTier(named: Tier | undefined, catalog: Catalog | null): Tier {
  if (named === undefined) return catalog === null ? 'parse' : 'catalog';
  if (named !== 'parse' && catalog === null) {
    throw wrongUsage('--tier', `${named} needs a catalog: add --database, --schema or --snapshot`);
  }
  return named;
}

async function factsIn(path: string): Promise<Facts> {
  const { readFacts } = await import('../read-facts.ts');
  return readFacts(path);
}

const fails = (report: ValidationReport, failOn: FailOn): boolean =>
  report.migrations.some(
    ({ findings, shadow }) =>
      findings.some(({ severity }) => reaches(severity, failOn)) ||
      (failOn !== 'never' && shadow !== null && !shadow.restored),
  );

/** `lockstep validate`: says what the statements of migrations do, and what is wrong with them. */
export const validateCommand = (context: CommandContext, done: (code: ExitCode) => void): Command =>
  withRunnerOptions(
    withShadowOption(
      withCatalogOptions(
        new Command('validate').argument(
          '[path...]',
          `migrations: files, pairs or folders (default: those of ${configFile})`,
        ),
      ),
    ),
  )
    .description('check migrations against rules and, where one is named, a catalog')
    .addOption(new Option('--tier <tier>', 'how deep to look').choices(['parse', 'catalog', 'shadow'] as const))
    .option('--facts <file>', 'sizes, as `introspect --format facts` writes them')
    .option('--queries <path>', 'a .sql file or a folder of them: what applications run')
    .addOption(
      new Option('--profile <profile>', 'which rules: "strict" adds those of types and conventions').choices(
        profileSchema.options,
      ),
    )
    .addOption(
      new Option('--format <format>', 'how to print the report')
        .choices(Object.keys(validationFormats))
        .default('text'),
    )
    .option('--json', 'short for --format json')
    .addOption(
      new Option('--fail-on <severity>', 'what makes the exit code 1 (default: "error")').choices([
        'error',
        'warning',
        'never',
      ] as const),
    )
    .option('--write-recipes <folder>', 'write the migrations that findings offer in place of an unsafe one')
    .option('--since <revision>', 'only migrations that are new or changed since a Git revision')
    .option('--init', `write a ${configFile} to start from, and check nothing`)
    .action(async (paths: readonly string[], options) => {
      if (options.init === true) {
        context.print(`Wrote ${await writeConfig(process.cwd())}`);
        return;
      }
      await loadParser();
      const config = await readProjectConfig(options.config, process.cwd());
      const chosen = await chooseMigrations(paths, config, options.since);
      const migrations = chosen.map(({ files }) => files);
      const namesCatalog = [options.database, options.schema, options.snapshot].some((named) => named !== undefined);
      const { schema, snapshot } = config;
      const configured = {
        ...(schema === undefined ? {} : { schema }),
        ...(snapshot === undefined ? {} : { snapshot }),
      };
      const factsFile = options.facts === undefined ? config.facts : resolve(options.facts);
      const namedFacts = factsFile === undefined ? null : await factsIn(factsFile);
      const queriesPath = options.queries ?? config.queries;
      const texts = await queryTexts(queriesPath, context);
      const queries = texts.map(({ text, path, line }) => ({ text, source: `${path}:${line}`, calls: null }));
      const namedVersion = namedServerVersion(options.serverVersion, config);
      const transaction = options.transaction ?? config.transaction ?? 'auto';
      const failOn = options.failOn ?? config['fail-on'] ?? 'error';
      const settings = validationSettingsSchema.parse({
        profile: options.profile ?? config.profile,
        rules: config.rules ?? {},
        thresholds: config.thresholds,
        throughput: config.throughput,
        ignoredSchemas: config['ignored-schemas'],
        conventions: config.conventions,
      });

      const namedTier = options.tier ?? config.tier;
      const { catalog, copy } = await readCatalogFor(
        namedTier,
        namesCatalog ? options : { ...configured, ...options },
        context,
        migrations.map(({ up }) => up?.text ?? ''),
      );
      const tier = chooseTier(namedTier, catalog);
      const facts = namedFacts ?? catalog?.facts ?? null;
      const version = namedVersion ?? catalog?.server.version ?? newestServer;

      const checked = await checkInOrder(
        chosen,
        { catalog: tier === 'parse' ? null : catalog, copy },
        { facts, queries, tier, serverVersion: version, transaction, settings },
        context,
      );
      const reports =
        tier === 'shadow'
          ? await withProofs(
              checked,
              migrations,
              catalog === null ? null : { ...catalog, facts },
              { transaction, queries: texts, shadow: options.shadow, serverVersion: namedVersion },
              context,
            )
          : checked;
      if (options.writeRecipes !== undefined) await writeRecipes(options.writeRecipes, reports, context);
      const report = summarize(reports, { tier, serverVersion: version });
      const format = formatOf(options) as keyof typeof validationFormats;
      context.print(
        validationFormats[format](report, {
          files: migrations,
          folder: sourceRoot(context.environment, process.cwd()),
          failOn,
          colour: context.colour,
        }),
      );
      done(fails(report, failOn) ? exitCodes.findings : exitCodes.clean);
    });

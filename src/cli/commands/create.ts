import { Command, Option } from 'commander';
import { writeNewFiles } from '../../adapters/files/write-new-files.ts';
import type { ExportInput } from '../../engine/export/export-target.ts';
import { lockstep } from '../../engine/export/lockstep.ts';
import { slug } from '../../engine/export/slug.ts';
import { loadParser } from '../../engine/sql/parser.ts';
import { validateMigration } from '../../engine/validate/validate-migration.ts';
import { requireCatalog, withCatalogOptions } from '../catalog-source.ts';
import { type CommandContext, CommandFailure } from '../command-context.ts';
import { draftMigration } from '../draft-migration.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { draftText } from '../reporters/draft-text.ts';

/** `lockstep create`: turns a request in English into an up and a down file. */
export const createCommand = (context: CommandContext, done: (code: ExitCode) => void): Command =>
  withCatalogOptions(new Command('create').argument('<request>', 'what should change, in English'))
    .description('draft an up and a down migration from a request')
    .addOption(
      new Option('--planner <planner>', 'who writes the SQL')
        .choices(['auto', 'built-in', 'anthropic'])
        .default('auto'),
    )
    .option('--model <id>', 'the model that writes the SQL')
    .option('--out <folder>', 'where the files go', '.')
    .addOption(new Option('--format <target>', 'the file format').choices([lockstep.id]).default(lockstep.id))
    .option('--name <slug>', 'the name in the file names')
    .option('--dry-run', 'write nothing and explain', false)
    .option('--json', 'print the result as JSON', false)
    .action(async (request: string, options) => {
      await loadParser();
      const catalog = await requireCatalog(options, context);
      const drafted = await draftMigration(
        { request, catalog, planner: options.planner, model: options.model },
        context,
      );
      if (!drafted.ok) throw new CommandFailure(drafted.error);
      const draft = options.name === undefined ? drafted.value : { ...drafted.value, slug: slug(options.name) };
      const validation = validateMigration(
        { name: draft.slug, up: draft.up, down: draft.down },
        { catalog, tier: 'catalog' },
      );
      const input: ExportInput = {
        request,
        draft,
        baseFingerprint: catalog.fingerprint,
        portableBaseFingerprint: catalog.portableFingerprint ?? null,
        validation,
        shadowRun: null,
        at: context.clock.now(),
      };
      const files = lockstep.files(input);
      let written: readonly string[] = [];
      if (!options.dryRun) {
        const result = await writeNewFiles(options.out, files, { createDirectory: true });
        if (!result.ok) throw new CommandFailure(result.error);
        written = result.value;
      }
      if (options.json) {
        context.print(
          JSON.stringify(
            { version: 1, draft, findings: validation.findings, files: written, written: !options.dryRun },
            null,
            2,
          ),
        );
      } else {
        context.print(draftText({ draft, findings: validation.findings, files, written }));
      }
      done(exitCodes.clean);
    });

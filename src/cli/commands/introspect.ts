import { Command, Option } from 'commander';
import { compactForm } from '../../engine/catalog/prompt-form.ts';
import { renderCatalog } from '../../engine/catalog/render.ts';
import { estimatedTokens } from '../../engine/generate/estimated-tokens.ts';
import { readOnlyRoleScript } from '../../engine/introspect/postgresql/read-only-role-script.ts';
import { countInWords } from '../../engine/sql/quantity.ts';
import { requireCatalog, withCatalogOptions } from '../catalog-source.ts';
import { type CommandContext, wrongUsage } from '../command-context.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { formatOf } from '../format-option.ts';
import { catalogSummary } from '../reporters/catalog-summary.ts';

/** The answer is the form alone; how long it is goes beside it. */
function printPrompt(form: string, context: CommandContext): void {
  context.print(form);
  context.note(`about ${countInWords(estimatedTokens(form))} tokens`);
}

/** `lockstep introspect`: reads a database and prints its catalog in one of several forms. */
export const introspectCommand = (context: CommandContext, done: (code: ExitCode) => void): Command =>
  withCatalogOptions(new Command('introspect'))
    .description('read a database and print its catalog')
    .addOption(
      new Option('--format <format>', 'how to print it')
        .choices(['summary', 'json', 'ddl', 'prompt', 'facts'])
        .default('summary'),
    )
    .option('--json', 'short for --format json')
    .option('--role-script <role>', 'print instead what makes a role that can read this catalog, and not one row')
    .action(async (options) => {
      const catalog = await requireCatalog(options, context);
      if (options.roleScript !== undefined) {
        const schemas = catalog.schemas.map(({ name }) => name);
        context.print(readOnlyRoleScript({ role: options.roleScript, database: catalog.server.database, schemas }));
        done(exitCodes.clean);
        return;
      }
      switch (formatOf(options)) {
        case 'json':
          context.print(JSON.stringify(catalog, null, 2));
          break;
        case 'ddl':
          context.print(
            renderCatalog(catalog)
              .map(({ sql }) => `${sql};`)
              .join('\n\n'),
          );
          break;
        case 'prompt':
          printPrompt(compactForm(catalog, catalog.tables), context);
          break;
        case 'facts':
          if (catalog.facts === null)
            throw wrongUsage('--format', 'facts come from a server: a schema file has no sizes');
          context.print(JSON.stringify(catalog.facts, null, 2));
          break;
        default:
          context.print(catalogSummary(catalog));
      }
      done(exitCodes.clean);
    });

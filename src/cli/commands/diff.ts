import { Command, Option } from 'commander';
import { changeCatalog } from '../../engine/catalog/change/change-catalog.ts';
import { compareCatalogs } from '../../engine/catalog/compare.ts';
import { groupDifferences } from '../../engine/catalog/group-differences.ts';
import { renameCandidates } from '../../engine/catalog/rename-candidates.ts';
import { readSide, sideName } from '../catalog-side.ts';
import type { CommandContext } from '../command-context.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { formatOf } from '../format-option.ts';
import { ignoreOption } from '../ignore-option.ts';
import { changeSqlText } from '../reporters/change-sql-text.ts';
import { diffText } from '../reporters/diff-text.ts';

/** `lockstep diff`: says what two databases disagree on. */
export const diffCommand = (context: CommandContext, done: (code: ExitCode) => void): Command =>
  new Command('diff')
    .argument('<a>', 'a URL, a .sql file or a .json snapshot')
    .argument('<b>', 'a URL, a .sql file or a .json snapshot')
    .description('compare two databases')
    .addOption(
      new Option('--format <format>', 'how to print the differences; sql is what turns A into B')
        .choices(['text', 'json', 'sql'])
        .default('text'),
    )
    .option('--json', 'short for --format json')
    .option('--one-transaction', 'with --format sql: all in one transaction, although it blocks longer', false)
    .addOption(ignoreOption())
    .action(async (a: string, b: string, options) => {
      const ignore = options.ignore ?? [];
      const [before, after] = [await readSide(a, context), await readSide(b, context)];
      const differences = compareCatalogs(before, after, { ignore });
      const equal = differences.length === 0;
      const candidates = renameCandidates(before, after, { ignore });
      if (formatOf(options) === 'json') {
        context.print(JSON.stringify({ version: 1, equal, differences, renameCandidates: candidates }, null, 2));
      } else if (formatOf(options) === 'sql') {
        const form = options.oneTransaction ? 'transaction' : 'online';
        const script = changeCatalog(before, after, { ignore, form });
        context.print(changeSqlText({ script, candidates, form, sides: [sideName(a, before), sideName(b, after)] }));
      } else {
        const groups = groupDifferences(differences, before, after);
        const sides = [sideName(a, before), sideName(b, after)] as const;
        context.print(diffText({ differences, groups, candidates, sides, ignored: ignore }, context.colour));
      }
      done(equal ? exitCodes.clean : exitCodes.findings);
    });

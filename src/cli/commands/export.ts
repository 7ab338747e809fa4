import { Command, Option } from 'commander';
import { writeNewFiles } from '../../adapters/files/write-new-files.ts';
import { lockstep } from '../../engine/export/lockstep.ts';
import { slug } from '../../engine/export/slug.ts';
import { type CommandContext, CommandFailure, wrongUsage } from '../command-context.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { migrationsIn } from '../migrations-in.ts';

/** `lockstep export`: writes a migration in the file format of a migration tool. */
export const exportCommand = (context: CommandContext, done: (code: ExitCode) => void): Command =>
  new Command('export')
    .argument('<path>', 'a migration')
    .description('write a migration in the format of a migration tool')
    .addOption(new Option('--to <target>', 'the file format').choices([lockstep.id]).makeOptionMandatory())
    .option('--out <folder>', 'where the files go', '.')
    .option('--json', 'print the names of the files as JSON', false)
    .action(async (path: string, options) => {
      const [migration, ...more] = migrationsIn([path]);
      if (more.length > 0) throw wrongUsage(path, 'holds several migrations; export one at a time');
      const title = migration.name.replace(/^\d+[_-]?/, '') || migration.name;
      const files = lockstep.files({
        request: '',
        draft: {
          planner: 'hand-written',
          slug: slug(title),
          title,
          up: migration.up?.text.trim() ?? '',
          down: migration.down?.text.trim() ?? '',
          assumptions: [],
          questions: [],
          risks: [],
          estimatedLockTime: null,
          receipt: null,
        },
        baseFingerprint: null,
        portableBaseFingerprint: null,
        validation: null,
        shadowRun: null,
        at: context.clock.now(),
      });
      const written = await writeNewFiles(options.out, files, { createDirectory: true });
      if (!written.ok) throw new CommandFailure(written.error);
      context.print(
        options.json
          ? JSON.stringify({ version: 1, target: options.to, files: written.value }, null, 2)
          : written.value.join('\n'),
      );
      done(exitCodes.clean);
    });

import { type Command, Option } from 'commander';
import { configFile } from './project-config.ts';

/** Adds the options that say where and how the migrations will run, which the configuration may say too. */
export const withRunnerOptions = (command: Command): Command =>
  command
    .option('--server-version <major>', 'the version that the migration will run on')
    .addOption(
      new Option('--transaction <mode>', 'what the runner does with a file (default: "auto")').choices([
        'auto',
        'file',
        'none',
      ]),
    )
    .option('--config <file>', `the configuration (default: the nearest ${configFile})`);

import { Command, CommanderError } from 'commander';
import { version } from '../../package.json';
import { describeError } from '../shared/describe-error.ts';
import { type CommandContext, CommandFailure } from './command-context.ts';
import { compileWasmOnce } from './compile-wasm-once.ts';
import { type ExitCode, exitCodeOf, exitCodes } from './exit-codes.ts';
import { printable } from './reporters/printable.ts';

/** What each command is made of is only loaded when it is wanted: a check of one file should not wait for the rest. */
const commands = {
  introspect: async () => (await import('./commands/introspect.ts')).introspectCommand,
  create: async () => (await import('./commands/create.ts')).createCommand,
  validate: async () => (await import('./commands/validate.ts')).validateCommand,
  'shadow-run': async () => (await import('./commands/shadow-run.ts')).shadowRunCommand,
  export: async () => (await import('./commands/export.ts')).exportCommand,
  diff: async () => (await import('./commands/diff.ts')).diffCommand,
  calibrate: async () => (await import('./commands/calibrate.ts')).calibrateCommand,
} as const;

/** The command that the arguments begin with; all of them when they ask for help, or for what there is not. */
const wantedCommands = ([name]: readonly string[]) => {
  if (name === '--version' || name === '-V') return [];
  const wanted = Object.entries(commands).filter(([known]) => known === name);
  return Promise.all((wanted.length > 0 ? wanted : Object.entries(commands)).map(([, load]) => load()));
};

/** How long a cancelled command may take to end in order, and where something of it has to be taken away. */
const grace = { usual: 700, withThingsElsewhere: 10_000 };

/** Whoever reads the answer may stop early, as `head` does; the exit code still tells what the command found. */
function onUnwritten(cause: NodeJS.ErrnoException): void {
  if (cause.code === 'EPIPE') return;
  process.stderr.write(`The answer could not be written: ${cause.message}\n`);
  process.exit(exitCodes.worldFailed);
}

/** Runs the command line and returns its exit code. */
async function runCommandLine(argv: readonly string[]): Promise<ExitCode> {
  const abort = new AbortController();
  let madeElsewhere = 0;
  const exit = () => process.exit(exitCodes.worldFailed);
  const stop = () => {
    if (abort.signal.aborted) exit();
    abort.abort();
    // Work that does not let go in time is left to end with the process.
    const later = grace.withThingsElsewhere - grace.usual;
    setTimeout(() => (madeElsewhere === 0 ? exit() : setTimeout(exit, later).unref()), grace.usual).unref();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  process.stdout.on('error', onUnwritten);
  const context: CommandContext = {
    print: (text) => process.stdout.write(`${text}\n`),
    note: (text) => process.stderr.write(`${printable(text)}\n`),
    clock: { now: () => new Date().toISOString(), elapsed: () => performance.now() },
    signal: abort.signal,
    toItsEnd: async (work) => {
      madeElsewhere += 1;
      try {
        return await work();
      } finally {
        madeElsewhere -= 1;
      }
    },
    environment: process.env,
    colour: process.stdout.isTTY === true && !process.env['NO_COLOR'],
  };
  let code: ExitCode = exitCodes.clean;
  const done = (result: ExitCode) => {
    code = result;
  };
  const program = new Command('lockstep')
    .description('Changes live PostgreSQL databases without fear: draft, check, prove, export.')
    .version(version)
    .configureOutput({
      writeOut: (text) => context.print(text.trimEnd()),
      writeErr: (text) => context.note(text.trimEnd()),
    });
  program.exitOverride();

  try {
    for (const make of await wantedCommands(argv))
      program.addCommand(make(context, done).copyInheritedSettings(program).exitOverride());
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (cause) {
    if (cause instanceof CommanderError) return cause.exitCode === 0 ? exitCodes.clean : exitCodes.wrongUsage;
    if (cause instanceof CommandFailure) {
      const { title, whatHappened, whatToDo } = describeError(cause.error);
      context.note([title, whatHappened, whatToDo].filter(Boolean).join('\n'));
      return exitCodeOf(cause.error);
    }
    context.note(
      `This is a bug in Lockstep. Please report it with the text below.\n${cause instanceof Error ? cause.stack : String(cause)}`,
    );
    return exitCodes.bug;
  }
}

compileWasmOnce();
const code = await runCommandLine(process.argv.slice(2));
// The answer may still be on its way through a pipe: exit only when stdout has taken all of it, or has said why not.
process.stdout.write('', () => setImmediate(() => process.exit(code)));

import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Logger } from 'pino';
import { redactText } from './redact-text.ts';

/** The log of the main process: a file in the user-data folder, without secrets. */
export type Log = {
  readonly info: (event: string, facts?: Readonly<Record<string, string | number | boolean | null>>) => void;
  readonly warn: (event: string, problem: unknown) => void;
  /** Writes a bug down and returns the incident number under which it can be found. */
  readonly bug: (problem: unknown, where: string) => string;
};

/** Opens the log in a folder. The file is written by the first line, so starting costs nothing; a full disk loses lines, never work. */
export function openLog(folder: string): Log {
  let opened: Promise<Logger> | null = null;
  const write = (line: (logger: Logger) => void): void => {
    opened ??= openLogger(folder);
    opened.then(line).catch(() => {
      // There is no place left to say so, and a log that cannot be written must not end the application.
    });
  };
  return {
    info: (event, facts) => write((logger) => logger.info(redactFacts(facts ?? {}), redactText(event))),
    warn: (event, problem) => write((logger) => logger.warn({ problem: describe(problem) }, redactText(event))),
    bug: (problem, where) => {
      const incident = randomUUID().slice(0, 8);
      write((logger) => logger.error({ incident, where, problem: describe(problem) }, 'bug'));
      return incident;
    },
  };
}

async function openLogger(folder: string): Promise<Logger> {
  const { pino } = await import('pino');
  mkdirSync(folder, { recursive: true });
  const destination = pino.destination({ dest: path.join(folder, 'lockstep.log'), sync: false });
  destination.on('error', () => {});
  return pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}

function describe(problem: unknown): string {
  const text = problem instanceof Error ? (problem.stack ?? `${problem.name}: ${problem.message}`) : String(problem);
  // Errors of bundled engines quote their whole minified source line.
  return redactText(text.length > 8000 ? `${text.slice(0, 8000)} …` : text);
}

function redactFacts(facts: Readonly<Record<string, string | number | boolean | null>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, typeof value === 'string' ? redactText(value) : value]),
  );
}

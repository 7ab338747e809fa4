import { contentsOf } from '../sql/stand-in-extensions/known-extensions.ts';
import type { ShadowRunReport } from './report.ts';

/** SQLSTATEs of what is not there: a function, an operator, a type, a class of operators, a schema. */
const ABSENT: ReadonlySet<string> = new Set(['42883', '42704', '3F000']);

/** A relation that is not there and has a schema: extensions keep their own apart. */
const absentElsewhere = (sqlstate: string, message: string): boolean =>
  sqlstate === '42P01' && /^relation "[^"]+\.[^"]+"/.test(message);

/**
 * Why a run says nothing about the migration: it stopped for want of something that an extension may bring of which the
 * shadow database has only a stand-in. Undefined where it does say something.
 */
export function whyUnproved(steps: ShadowRunReport['steps'], stubbed: readonly string[]): string | undefined {
  const failed = steps.find(({ error }) => error !== undefined);
  const stoodFor = [...new Set(stubbed)].flatMap((label) => /^extension (.+)$/.exec(label)?.[1] ?? []).sort();
  const unknown = stoodFor.filter((name) => contentsOf(name) === undefined);
  // Where nothing is known of one, it is likelier to lack something than one of which much is known.
  const extensions = unknown.length > 0 ? unknown : stoodFor;
  if (failed?.error === undefined || extensions.length === 0) return undefined;
  const { sqlstate, message, line } = failed.error;
  if (!ABSENT.has(sqlstate) && !absentElsewhere(sqlstate, message)) return undefined;
  const lacking = extensions.length === 1 ? 'the extension' : 'the extensions';
  return (
    `${failed.name === 'down' ? 'Down' : 'Up'} stops at line ${line}: ${message}. The shadow database does not have ` +
    `${lacking} ${extensions.join(', ')}, and what stands in lacks this: only a server that has all of it can prove the migration.`
  );
}

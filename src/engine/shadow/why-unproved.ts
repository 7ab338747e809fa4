import { contentsOf } from '../sql/stand-in-extensions/known-extensions.ts';
import type { ShadowRunReport } from './report.ts';

/** SQLSTATEs of what is not there and an extension may bring: a function, an operator, a type, a schema. */
const MISSING: ReadonlySet<string> = new Set(['42883', '42704', '3F000']);

/** What is not there and an earlier migration may have made: also a table and a column. */
const NOT_MADE: ReadonlySet<string> = new Set([...MISSING, '42P01', '42703']);

/** A relation that is not there and has a schema: extensions keep their own apart. */
const isElsewhere = (sqlstate: string, message: string): boolean =>
  sqlstate === '42P01' && /^relation "[^"]+\.[^"]+"/.test(message);

/**
 * Why a run says nothing about the migration: it stopped for want of what an extension may bring of which the shadow
 * database has only a stand-in (`stubbed` has its label), or of what `earlier` migrations would have made that stopped so
 * themselves. Undefined where it does say something.
 */
export function whyUnproved(
  steps: ShadowRunReport['steps'],
  stubbed: readonly string[],
  earlier: readonly string[] = [],
): string | undefined {
  const failed = steps.find(({ error }) => error !== undefined);
  if (failed?.error === undefined) return undefined;
  const { sqlstate, message, line } = failed.error;
  const stops = `${failed.name === 'down' ? 'Down' : 'Up'} stops at line ${line}: ${message}.`;
  const stoodFor = [...new Set(stubbed)].flatMap((label) => /^extension (.+)$/.exec(label)?.[1] ?? []).sort();
  const unknown = stoodFor.filter((name) => contentsOf(name) === undefined);
  // Where nothing is known of one, it is likelier to lack something than one of which much is known.
  const extensions = unknown.length > 0 ? unknown : stoodFor;
  if (extensions.length > 0 && (MISSING.has(sqlstate) || isElsewhere(sqlstate, message))) {
    return (
      `${stops} The shadow database does not have the extension${extensions.length === 1 ? '' : 's'} ` +
      `${extensions.join(', ')}, and what stands in lacks this: only a server that has all of it can prove the migration.`
    );
  }
  if (earlier.length === 0 || !NOT_MADE.has(sqlstate)) return undefined;
  return `${stops} What could not be proved before it is not there: ${earlier.join(', ')}.`;
}

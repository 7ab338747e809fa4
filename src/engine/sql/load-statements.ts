import type { CancelSignal } from '../ports/cancel.ts';
import type { ShadowDatabase } from '../ports/shadow-databases.ts';
import { SqlFailure, type SqlRefusal } from '../ports/sql-client.ts';
import { quoteIdentifier } from './quote-identifier.ts';
import { dispensableName, extensionNamedBy, type StandIn, standInFor } from './stand-in.ts';

/** What loading left: what the database lacks and got a stand-in for, and the statement that stopped it. */
export type LoadOutcome = {
  readonly stubbed: readonly string[];
  readonly failed: { readonly index: number; readonly refusal: SqlRefusal } | null;
};

/** Statements sent in one message: they are one transaction, which saves most of the time per statement. */
const BATCH = 40;

/** Every remedy solves one want; a statement with more wants than this is at fault itself. */
const REMEDIES = 12;

/** How many functions of unknown results one statement may want: with each more, all combinations are tried. */
const FITTED = 2;

/** What a server says of an extension that it does not have. */
const NOT_AVAILABLE: SqlRefusal = { sqlstate: '0A000', message: 'the extension is not available' };

async function refusalOf(work: Promise<void>): Promise<SqlRefusal | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof SqlFailure) return error.refusal;
    throw error;
  }
}

/**
 * Runs statements that build a schema, each exactly once and in order, in transactions of its own choice. What the
 * database lacks (extensions, roles, languages, foreign servers, collations) is stood in for and listed; the first
 * statement that is at fault itself stops the load.
 */
export async function loadStatements(
  database: Pick<ShadowDatabase, 'execute' | 'makeRole'>,
  statements: readonly string[],
  options: {
    readonly signal?: CancelSignal;
    readonly onProgress?: (done: number) => void;
    /** Extensions that may be created; every other is stood in for. Absent: whatever the database can create. */
    readonly availableExtensions?: readonly string[];
  } = {},
): Promise<LoadOutcome> {
  const stubbed = new Set<string>();
  const leftOut = new Set<string>();
  const isBarred = (statement: string): boolean => {
    const extension = options.availableExtensions === undefined ? undefined : extensionNamedBy(statement);
    return extension !== undefined && options.availableExtensions?.includes(extension) === false;
  };
  const run = async (text: string): Promise<SqlRefusal | null> =>
    isBarred(text) ? NOT_AVAILABLE : refusalOf(database.execute(text, options.signal));
  const makeRole = (name: string): Promise<void> =>
    database.makeRole?.(name) ?? database.execute(`create role ${quoteIdentifier(name)}`, options.signal);

  const missing = () => ({
    extension: [...stubbed].some((label) => label.startsWith('extension ')),
    leftOut,
    available: options.availableExtensions ?? [],
  });

  /** Tries stand-ins until the statement passes, those for its next want inside those for the first; null if none do. */
  const fit = async (statement: string, standIn: StandIn, depth = 0): Promise<readonly (string | null)[] | null> => {
    for (const { make, unmake } of standIn.tries ?? []) {
      if ((await run(make)) !== null) continue;
      const refusal = await run(statement);
      if (refusal === null) return [standIn.label];
      const next = depth < FITTED ? standInFor(refusal, statement, missing()) : null;
      const deeper = next?.tries === undefined ? null : await fit(statement, next, depth + 1);
      if (deeper !== null) return [standIn.label, ...deeper];
      await run(unmake);
    }
    return null;
  };

  const loadOne = async (original: string): Promise<SqlRefusal | null> => {
    let statement = original;
    for (let remedies = 0; ; remedies += 1) {
      const refusal = await run(statement);
      if (refusal === null) return null;
      const standIn = remedies < REMEDIES ? standInFor(refusal, statement, missing()) : null;
      if (standIn === null) return refusal;
      if (standIn.tries !== undefined) {
        const fitting = await fit(statement, standIn);
        for (const label of fitting ?? []) if (label !== null) stubbed.add(label);
        return fitting === null ? refusal : null;
      }
      // A stand-in that is there already, or that cannot be made, shows in the next attempt.
      if (standIn.role !== undefined) await refusalOf(makeRole(standIn.role));
      for (const first of standIn.first) await run(first);
      if (standIn.label !== null) stubbed.add(standIn.label);
      if (standIn.statement === null) {
        const name = dispensableName(original);
        if (name !== null) leftOut.add(name);
        return null;
      }
      statement = standIn.statement;
    }
  };

  for (let start = 0; start < statements.length; start += BATCH) {
    const batch = statements.slice(start, start + BATCH);
    const isRun = !batch.some(isBarred) && (await run(batch.join('\n;\n'))) === null;
    if (!isRun) {
      for (const [offset, statement] of batch.entries()) {
        const refusal = await loadOne(statement);
        if (refusal !== null) {
          return { stubbed: [...stubbed].sort(), failed: { index: start + offset, refusal } };
        }
      }
    }
    options.onProgress?.(Math.min(start + BATCH, statements.length));
  }
  return { stubbed: [...stubbed].sort(), failed: null };
}

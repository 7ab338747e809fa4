import type { Catalog } from '../catalog/catalog.ts';
import type { CancelSignal } from '../ports/cancel.ts';
import type { Clock } from '../ports/clock.ts';
import { ShadowFailure } from '../ports/shadow-failure.ts';
import type { SqlRefusal } from '../ports/sql-client.ts';
import { parseScript, type Statement } from '../sql/parser.ts';
import type { TransactionMode } from '../sql/transactions.ts';
import type { RefusedStatement } from '../validate/refused/refused-statements.ts';
import type { CopyForUps } from './copy-for-ups.ts';
import { mayBeInTheRest } from './part-to-clone.ts';
import { prepareFor, statementsOf } from './prepare-shadow.ts';
import { runScript } from './run-script.ts';
import { beginSession } from './shadow-session.ts';
import { guardOf } from './statement-guard.ts';
import { targetServer } from './target-server.ts';

/** How an up went on a copy of the schema. */
export type UpOnCopy =
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly statement: RefusedStatement }
  /** It stopped for a reason that says nothing about the database that the copy stands for. */
  | { readonly kind: 'unknown' };

/** Seconds: on empty tables every statement that ends at all has ended long before. */
const SECONDS = 15;

/** SQLSTATE classes of refusals that the schema and the statement alone decide. */
const decidedBySchema = /^(?:0A|2B|39|3F|42)/;

/** Further ones that a statement which holds its own values decides. */
const decidedByValues = /^(?:21000|22|23502|23505|23514|25001|428C9|55000|55006|55P04)/;

/** What other rows, other rights or another place decide: parents of a row, a divisor that was counted, rights. */
const decidedElsewhere = /^(?:22012|42501)/;

/** What only a build of the server or its surroundings lack, or an older version still has. */
const aboutThisServer =
  /in this build|requires the server to be built|unsupported XML|ICU is not|^(?:collation|tablespace|role|access method) |unrecognized configuration parameter|could not access file|partitioned tables cannot be unlogged/i;

/** Code whose statements come from data that the copy does not have. */
const runsCode = ({ node }: Statement): boolean => 'DoStmt' in node || 'CallStmt' in node || 'SelectStmt' in node;

const saysSomething = ({ sqlstate, message }: SqlRefusal, statement: Statement): boolean =>
  !aboutThisServer.test(message) &&
  !decidedElsewhere.test(sqlstate) &&
  (decidedBySchema.test(sqlstate) || (decidedByValues.test(sqlstate) && !runsCode(statement)));

/**
 * Runs an up as its runner would on a copy that holds no rows of the database, and says at which statement the server
 * stops. What was committed before stays, so that the next migration meets it. Never throws for what the up does.
 */
export async function firstRefusal(options: {
  readonly copy: CopyForUps;
  readonly catalog: Catalog;
  readonly up: string;
  readonly transaction: TransactionMode;
  /** `server_version_num` of the server that the up is for. */
  readonly serverVersion: number;
  readonly clock: Clock;
  /** Seconds that the up may take; 15 when absent. */
  readonly timeoutSeconds?: number | undefined;
  readonly signal?: CancelSignal | undefined;
}): Promise<UpOnCopy> {
  const { copy, catalog, up, transaction, clock, signal } = options;
  const { database, availableExtensions } = copy;
  const parsed = parseScript(up);
  if (!parsed.ok) return { kind: 'unknown' };
  const target = targetServer({
    named: options.serverVersion,
    catalog,
    ups: statementsOf([up]),
    shadow: database,
  });
  try {
    database.limit(options.timeoutSeconds ?? SECONDS);
    await prepareFor(database, [up], availableExtensions, signal);
    await beginSession(database, null, signal);
    const outcome = await runScript({
      database,
      text: up,
      direction: 'up',
      transaction,
      availableExtensions,
      target,
      catalog,
      settings: null,
      observe: false,
      clock,
      signal,
    });
    await beginSession(database, null, signal);
    const { error } = outcome;
    // A stand-in for an extension has none of its functions and types.
    if (outcome.stubbed.length > 0) return { kind: 'unknown' };
    if (error === null) return { kind: 'taken' };
    const statement = parsed.value.statements[outcome.statements.length - 1];
    if (statement === undefined) return { kind: 'unknown' };
    const guard = guardOf(statement, { kind: database.kind, extensions: availableExtensions, target });
    if (guard !== null || !saysSomething(error, statement)) return { kind: 'unknown' };
    if (copy.isPart && mayBeInTheRest(error)) return { kind: 'unknown' };
    return { kind: 'refused', statement: { index: statement.index, ...error } };
  } catch (cause) {
    if (cause instanceof ShadowFailure && signal?.aborted !== true) return { kind: 'unknown' };
    throw cause;
  }
}

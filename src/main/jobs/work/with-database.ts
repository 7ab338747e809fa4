import { connectPostgresql } from '../../../adapters/postgresql/connect.ts';
import { sessionErrorOf } from '../../../adapters/postgresql/session-error.ts';
import { ShadowFailure } from '../../../engine/ports/shadow-failure.ts';
import type { SqlClient } from '../../../engine/ports/sql-client.ts';
import type { ServerIdentity } from '../../../shared/connection-profile.ts';
import type { LockstepError } from '../../../shared/errors.ts';
import { err, type Result } from '../../../shared/result.ts';
import { Secret } from '../../../shared/secret.ts';
import type { DatabaseSource } from '../job-table.ts';
import type { SampleDoor } from './sample-door.ts';
import { sampleIdentity } from './sample-identity.ts';

type Surroundings = {
  readonly sample: SampleDoor;
  readonly signal: AbortSignal;
  readonly onPhase: (phase: string) => void;
};

/**
 * Works with a read-only session on a database and ends the session afterwards; the sample database stays open. What a
 * server refuses comes back as data, everything else that `work` throws passes through.
 */
export async function withDatabase<T>(
  source: DatabaseSource,
  { sample, signal, onPhase }: Surroundings,
  work: (client: SqlClient, identity: ServerIdentity) => Promise<Result<T, LockstepError>>,
): Promise<Result<T, LockstepError>> {
  try {
    if (source.kind === 'sample') {
      const onProgress = ({ phase }: { readonly phase: 'making' | 'opening' }): void =>
        onPhase(phase === 'making' ? 'Making the sample database' : 'Opening the sample database');
      return await sample.use({ signal, onProgress }, async (client) => work(client, await sampleIdentity(client)));
    }
    onPhase('Connecting');
    const { settings, statementTimeoutSeconds } = source;
    const password = source.password === null ? null : new Secret(source.password);
    const connected = await connectPostgresql(settings, password, { signal, statementTimeoutSeconds });
    if (!connected.ok) return connected;
    const session = connected.value;
    try {
      return await work(session, session.identity);
    } finally {
      await session.close();
    }
  } catch (problem) {
    const error = signal.aborted ? ({ code: 'cancelled' } as const) : expected(problem, source);
    if (error === null) throw problem;
    return err(error);
  }
}

function expected(problem: unknown, source: DatabaseSource): LockstepError | null {
  if (problem instanceof ShadowFailure) return problem.error;
  return sessionErrorOf(problem, source.kind === 'sample' ? 0 : source.statementTimeoutSeconds);
}

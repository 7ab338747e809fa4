import type { DatabaseLike, ShadowDatabase } from '../../engine/ports/shadow-databases.ts';
import { markLent, requireLent, returnLent, takeLent } from './lent-database.ts';
import { createShadow, dropShadow, requireShadow, type Swept, sweepShadows } from './shadow-keeper.ts';
import type { ShadowServerFacts } from './shadow-server-facts.ts';
import type { WritingSession } from './writing-session.ts';

/**
 * How a server houses shadow databases. All works in the session beside them, and throws `SqlFailure` and `ShadowFailure`;
 * what is asked to change or drop anything makes sure first that it is Lockstep's.
 */
export type Housing = {
  readonly form: NonNullable<ShadowDatabase['form']>;
  /** What this form is and cannot do, in sentences. */
  readonly remarks: readonly string[];
  /** Takes away what runs that died had left. */
  readonly sweep: (session: WritingSession) => Promise<Swept>;
  /** Makes an empty place, marked as a shadow's, and gives the name of its database. */
  readonly make: (
    session: WritingSession,
    like: DatabaseLike | null,
  ) => Promise<{ readonly name: string; readonly lacks: readonly string[] }>;
  /** Throws unless this very session is in the named database, and that is a shadow's. */
  readonly require: (session: WritingSession, name: string) => Promise<void>;
  /** Takes the shadow away with everything in it and the sessions that it has. */
  readonly drop: (session: WritingSession, name: string) => Promise<void>;
};

/** Each shadow in a database that Lockstep makes for it and drops. */
const ownDatabases = ({ version }: ShadowServerFacts): Housing => ({
  form: 'database',
  remarks: [],
  sweep: (session) => sweepShadows(session, version),
  make: createShadow,
  require: requireShadow,
  drop: (session, name) => dropShadow(session, name, version),
});

/** One shadow after the other in the database that somebody lent for it. */
const lentDatabase = ({ version, user, database }: ShadowServerFacts): Housing => ({
  form: 'schema-only',
  remarks: [
    `${user} may not create databases, so only schemas are copied: into ${database}, which is emptied again`,
    'Roles, a second database and extensions that only a superuser can create are not made there',
  ],
  sweep: async (session) => ({ dropped: (await takeLent(session, version)) ? [database] : [], left: [] }),
  make: markLent,
  require: requireLent,
  drop: (session) => returnLent(session, version),
});

/** A database for each shadow where the role may create them, else the one that was lent. */
export const housingOf = (facts: ShadowServerFacts): Housing =>
  facts.createsDatabases ? ownDatabases(facts) : lentDatabase(facts);

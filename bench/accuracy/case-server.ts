import { openWritingSession, type WritingSession } from '../../src/adapters/postgresql/writing-session.ts';
import type { Catalog } from '../../src/engine/catalog/catalog.ts';
import { introspect } from '../../src/engine/introspect/introspect.ts';
import { type PostgresServer, startPostgresServer } from '../../test/support/postgres-server.ts';
import type { AccuracyCase } from './read-cases.ts';

/**
 * A real server on which the set-ups of cases are made once and copied. It is quick with cases in the order of their
 * files, because it keeps the database of one shared schema at a time.
 */
export type CaseServer = {
  /** The catalog of a case's set-up, without facts: every table counts as large and busy, as the labels assume. */
  readonly catalogOf: (of: AccuracyCase) => Promise<Catalog>;
  /** Lends a session with the case's set-up. What is done there is undone, so a case may do what leaves traces. */
  readonly lend: (of: AccuracyCase, use: (session: WritingSession) => Promise<void>) => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** A shared schema: the database that is copied, and a session in a copy in which everything is rolled back. */
type Stage = {
  readonly shared: string;
  readonly template: string;
  readonly database: string;
  readonly session: WritingSession;
  /** Roles belong to the whole server: those that were there before the schema. */
  readonly roles: readonly string[];
};

const leavesTraces =
  /\b(concurrently|begin|start transaction|commit|rollback|end|savepoint|reindex schema|vacuum|add value|lock|do|alter system|drop database)\b/i;
const clock = { now: () => '2026-11-22T08:00:00Z', elapsed: () => 0 };

/** Starts the server. */
export async function startCaseServer(): Promise<CaseServer> {
  const server = await startPostgresServer({ own: true, configuration: { autovacuum: 'off', wal_level: 'logical' } });
  const keeper = await open(server, server.settings.database);
  const catalogs = new Map<string, Catalog>();
  let stage: Stage | null = null;
  let made = 0;

  const rolesNow = async () =>
    (await keeper.query('select rolname from pg_catalog.pg_roles')).map(({ rolname }) => String(rolname));
  const copy = async (template: string): Promise<string> => {
    made += 1;
    await keeper.execute(`create database case_${made} template ${template} strategy file_copy`);
    return `case_${made}`;
  };
  const forget = async (databases: readonly string[], roles: readonly string[]) => {
    for (const database of databases) await keeper.execute(`drop database ${database} with (force)`);
    const gone = (await rolesNow()).filter((role) => !roles.includes(role));
    for (const role of gone) await keeper.execute(`drop role "${role.replaceAll('"', '""')}"`);
  };
  const leaveStage = async () => {
    if (stage === null) return;
    await stage.session.close();
    await forget([stage.database, stage.template], stage.roles);
    stage = null;
  };
  const stageOf = async ({ shared }: AccuracyCase): Promise<Stage> => {
    if (stage?.shared === shared) return stage;
    await leaveStage();
    const roles = await rolesNow();
    const template = await copy('template0');
    await server.execute(shared, template);
    const database = await copy(template);
    const session = await open(server, database);
    stage = { shared, template, database, session, roles };
    return stage;
  };
  const apart = async (of: AccuracyCase, use: (session: WritingSession) => Promise<void>) => {
    const { template } = await stageOf(of);
    const roles = await rolesNow();
    const database = await copy(template);
    const session = await open(server, database);
    try {
      if (of.given !== '') await session.execute(of.given);
      await use(session);
    } finally {
      await session.close();
      await forget([database], roles);
    }
  };
  return {
    catalogOf: async (of) => {
      const known = catalogs.get(of.setup);
      if (known !== undefined) return known;
      await apart(of, async (session) => {
        catalogs.set(of.setup, { ...(await introspect(session, { clock, facts: false })), facts: null });
      });
      return catalogs.get(of.setup) as Catalog;
    },
    lend: async (of, use) => {
      if (of.transaction === 'file' || leavesTraces.test(of.migration)) return apart(of, use);
      const { session } = await stageOf(of);
      await session.execute(`begin; ${of.given}`);
      await use(session).finally(async () => {
        await session.execute('rollback');
        await session.execute('discard all');
      });
    },
    stop: async () => {
      await keeper.close();
      await server.stop();
    },
  };
}

async function open(server: PostgresServer, database: string): Promise<WritingSession> {
  const opened = await openWritingSession({ ...server.settings, database }, null, []);
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
}

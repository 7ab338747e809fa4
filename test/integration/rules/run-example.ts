import pg from 'pg';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import type { SqlClient } from '../../../src/engine/ports/sql-client.ts';
import type { StatementEffects } from '../../../src/engine/sql/effects.ts';
import { isStrongerLock, type LockMode, lockModes } from '../../../src/engine/sql/lock-mode.ts';
import { parseScript, type Statement } from '../../../src/engine/sql/parser.ts';
import type { ConnectionSettings } from '../../../src/shared/connection-profile.ts';

/** What a server did for one statement, or what was predicted that it does, in one form: `relation: MODE` and names. */
export type Doing = {
  readonly locks: readonly string[];
  readonly rewrites: readonly string[];
  readonly scans: readonly string[];
};

/** One statement of an example on a server: what it did there, or why it failed. */
export type Ran = { readonly statement: Statement; readonly did: Doing | null; readonly sqlstate: string | null };

/** A session of its own on a real server, for one example after the other. */
export type ExampleSession = {
  /**
   * Runs the setup in an emptied database and then the statements, each in a transaction of its own, up to the first that
   * fails; with the catalog as the setup left it. Null when the setup itself needs a newer server.
   */
  readonly run: (
    setup: string,
    up: string,
  ) => Promise<{ readonly catalog: Catalog; readonly ran: readonly Ran[] } | null>;
  /** The SQLSTATE with which the statements as they are written fail, transactions included; null when none fails, and in words when the setup itself needs a newer server. */
  readonly failure: (setup: string, up: string) => Promise<string | null | { readonly needsNewer: true }>;
  readonly close: () => Promise<void>;
};

/** Everything that examples make goes; what outlasts a schema too. */
const emptied = `
  do $$ declare one text; begin
    for one in select nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema' loop
      execute format('drop schema %I cascade', one);
    end loop;
    for one in select pubname from pg_publication loop execute format('drop publication %I', one); end loop;
    create schema public;
    grant usage on schema public to public;
  end $$`;

const relations = `
  select c.oid::int8 as oid, c.relkind::text as kind, pg_relation_filenode(c.oid) as file,
    quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name, coalesce(s.seq_scan, 0)::int8 as reads
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  left join pg_stat_xact_user_tables s on s.relid = c.oid
  where c.oid >= 16384 and c.relkind <> 'c' and n.nspname not like 'pg\\_%'`;

const locks = `select relation::int8 as oid, mode from pg_locks
  where locktype = 'relation' and pid = pg_backend_pid()`;

type Relation = {
  readonly oid: string;
  readonly kind: string;
  readonly file: unknown;
  readonly name: string;
  readonly reads: string;
};
type Lock = { readonly oid: string; readonly mode: string };

const modeOf = (name: string): LockMode | undefined =>
  lockModes.find((mode) => mode.replaceAll(' ', '').toLowerCase() === name.replace(/Lock$/, '').toLowerCase());

function doing(before: readonly Relation[], after: readonly Relation[], held: readonly Lock[]): Doing {
  const known = new Map(before.map((relation) => [relation.oid, relation]));
  const strongest = new Map<string, LockMode>();
  for (const lock of held) {
    const relation = known.get(lock.oid);
    const mode = modeOf(lock.mode);
    // A sequence that a default takes from keeps nobody waiting.
    const counts =
      relation !== undefined && !/^[iI]$/.test(relation.kind) && !(relation.kind === 'S' && mode === 'ROW EXCLUSIVE');
    if (!counts || mode === undefined || mode === 'ACCESS SHARE') continue;
    const other = strongest.get(relation.name);
    if (other === undefined || isStrongerLock(mode, other)) strongest.set(relation.name, mode);
  }
  const now = new Map(after.map((relation) => [relation.oid, relation]));
  const kept = before.filter(({ oid, kind }) => now.has(oid) && /^[rm]$/.test(kind));
  const rewritten = kept.filter(({ oid, file }) => now.get(oid)?.file !== file);
  const read = kept.filter(
    (relation) => !rewritten.includes(relation) && Number(now.get(relation.oid)?.reads) > Number(relation.reads),
  );
  return {
    locks: [...strongest].map(([name, mode]) => `${name}: ${mode}`).sort(),
    rewrites: rewritten.map(({ name }) => name).sort(),
    scans: read.map(({ name }) => name).sort(),
  };
}

/** A prediction in the form of an observation, which has no indexes. */
export function predicted(effects: Pick<StatementEffects, 'locks' | 'rewrites' | 'scans'>, before: Catalog): Doing {
  const indexes = new Set(
    [...before.tables, ...before.views].flatMap((owner) =>
      owner.indexes.map((index) => `${owner.schema}.${index.name}`),
    ),
  );
  const unquoted = (name: string) => name.replaceAll('"', '');
  return {
    locks: effects.locks
      .filter(({ relation }) => !indexes.has(unquoted(relation)))
      .map(({ relation, mode }) => `${relation}: ${mode}`)
      .sort(),
    rewrites: [...effects.rewrites].sort(),
    scans: [...effects.scans].sort(),
  };
}

const statementsOf = (text: string): readonly Statement[] => {
  const script = parseScript(text);
  if (!script.ok) throw new Error(script.error.message);
  return script.value.statements;
};

/** What an older server says of words, and of options, that it does not know. */
const newer: ReadonlySet<string> = new Set(['42601', '22023']);

const stateOf = (error: unknown): string => {
  if (error instanceof pg.DatabaseError && error.code !== undefined) return error.code;
  throw error;
};

/** Opens a session that runs examples, always from an empty database. */
export async function openExampleSession(settings: ConnectionSettings): Promise<ExampleSession> {
  const { host, port, database, user } = settings;
  const client = new pg.Client({ host, port, database, user });
  // What a server says beside its answers is not looked at here.
  client.on('notice', () => undefined);
  await client.connect();
  /** False when the server is too old for the setup. */
  const prepared = async (setup: string): Promise<boolean> => {
    await client.query('rollback');
    await client.query('discard all');
    await client.query(emptied);
    const failure = setup === '' ? null : await client.query(setup).then(() => null, stateOf);
    if (failure !== null && !newer.has(failure)) throw new Error(`the setup fails with ${failure}: ${setup}`);
    return failure === null;
  };
  const observe = async (statement: Statement): Promise<Ran> => {
    try {
      // One message for all of it; the answers come one for each statement.
      const answers = (await client.query(
        `begin; ${relations}; ${statement.text}\n; set constraints all immediate; ${relations}; ${locks}; commit`,
      )) as unknown as readonly pg.QueryResult[];
      const [held, after] = [answers.at(-2), answers.at(-3)];
      const did = doing(
        (answers[1]?.rows ?? []) as Relation[],
        (after?.rows ?? []) as Relation[],
        (held?.rows ?? []) as Lock[],
      );
      return { statement, did, sqlstate: null };
    } catch (error) {
      await client.query('rollback');
      return { statement, did: null, sqlstate: stateOf(error) };
    }
  };
  const alone = async (statement: Statement): Promise<Ran> => {
    const sqlstate = await client.query(statement.text).then(() => null, stateOf);
    return { statement, did: null, sqlstate };
  };
  // Many examples begin alike.
  const read = new Map<string, Catalog>();
  const source: SqlClient = {
    query: async (text, parameters = []) =>
      (await client.query(text, [...parameters])).rows as Record<string, unknown>[],
  };
  const catalogAfter = async (setup: string): Promise<Catalog> => {
    const known = read.get(setup);
    if (known !== undefined) return known;
    const clock = { now: () => '2026-11-22T08:00:00Z', elapsed: () => 0 };
    const catalog = await introspect(source, { clock, facts: false });
    read.set(setup, catalog);
    return catalog;
  };
  return {
    run: async (setup, up) => {
      if (!(await prepared(setup))) return null;
      const catalog = await catalogAfter(setup);
      const ran: Ran[] = [];
      for (const statement of statementsOf(up)) {
        if ('TransactionStmt' in statement.node) continue;
        const first = await observe(statement);
        // 25001: it cannot run in a transaction, so that its locks cannot be looked at either.
        const one = first.sqlstate === '25001' ? await alone(statement) : first;
        ran.push(one);
        if (one.sqlstate !== null) break;
      }
      return { catalog, ran };
    },
    failure: async (setup, up) => {
      if (!(await prepared(setup))) return { needsNewer: true };
      for (const { text } of statementsOf(up)) {
        const sqlstate = await client.query(text).then(() => null, stateOf);
        if (sqlstate !== null) return sqlstate;
      }
      return null;
    },
    close: () => client.end(),
  };
}

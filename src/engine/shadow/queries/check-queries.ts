import type { Catalog } from '../../catalog/catalog.ts';
import type { Facts } from '../../catalog/facts.ts';
import type { CancelSignal } from '../../ports/cancel.ts';
import type { ShadowDatabase } from '../../ports/shadow-databases.ts';
import { SqlFailure } from '../../ports/sql-client.ts';
import { ownNames } from '../../sql/newer-names.ts';
import { parseScript } from '../../sql/parser.ts';
import { statementDetails } from '../../sql/statement-report.ts';
import type { TransactionMode } from '../../sql/transactions.ts';
import { openRehearsal } from '../rehearse-statement.ts';
import { beginSession, type SessionSettings, setSearchPath } from '../shadow-session.ts';
import type { TargetServer } from '../target-server.ts';
import { type Answer, describeQueries, type Question, type ResultColumn } from './describe-queries.ts';
import { type KnownQuery, knownQueries, type QueryText } from './known-queries.ts';
import type { QueriesReport } from './queries-report.ts';

/** What checking the known queries needs. The database is in the state of `catalog`, and is left in it. */
export type CheckQueriesOptions = {
  readonly database: ShadowDatabase;
  readonly catalog: Catalog;
  readonly facts: Facts | null;
  readonly up: string;
  readonly transaction: TransactionMode;
  readonly settings: SessionSettings | null;
  readonly availableExtensions: readonly string[];
  readonly target: TargetServer | null;
  /** Further texts with queries. */
  readonly texts: readonly QueryText[];
  readonly signal?: CancelSignal | undefined;
};

type Asked = { readonly known: KnownQuery; readonly question: Question };

const named = ({ query, source, name }: KnownQuery) => ({ query, source, name });

/** SQL routines whose bodies the server holds as text; those that it parsed itself cannot break unseen. */
async function routinesOf(database: ShadowDatabase, signal: CancelSignal | undefined): Promise<readonly Asked[]> {
  const rows = await database.query(
    `select p.oid::int8 as oid, p.oid::pg_catalog.regprocedure::text as name
     from pg_catalog.pg_proc p
     join pg_catalog.pg_language l on l.oid = p.prolang and l.lanname = 'sql'
     join pg_catalog.pg_namespace n on n.oid = p.pronamespace
     where n.nspname <> 'information_schema' and n.nspname !~ '^pg_' and p.prosrc <> ''
       and not exists (select from pg_catalog.pg_depend d
         where d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass and d.objid = p.oid and d.deptype = 'e')
     order by 2`,
    [],
    signal,
  );
  return rows.map((row) => ({
    known: { source: 'function', name: String(row['name']), query: String(row['name']), text: '', isSelect: false },
    question: { kind: 'routine', text: String(row['oid']) },
  }));
}

async function routinesLeft(
  database: ShadowDatabase,
  asked: readonly Asked[],
  signal: CancelSignal | undefined,
): Promise<ReadonlySet<string>> {
  const oids = asked.flatMap(({ question }) => (question.kind === 'routine' ? [question.text] : []));
  const rows = await database.query(
    'select oid::int8 as oid from pg_catalog.pg_proc where oid = any ($1::int8[]::oid[])',
    [oids],
    signal,
  );
  return new Set(rows.map((row) => String(row['oid'])));
}

/** What PL/pgSQL routines are made of, by their names as known queries say them. */
async function bodiesOf(
  database: ShadowDatabase,
  signal: CancelSignal | undefined,
): Promise<ReadonlyMap<string, string>> {
  const rows = await database.query(
    `select pg_catalog.format('%I.%I(%s)', n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)) as name,
       pg_catalog.md5(p.prosrc) as body
     from pg_catalog.pg_proc p
     join pg_catalog.pg_language l on l.oid = p.prolang and l.lanname = 'plpgsql'
     join pg_catalog.pg_namespace n on n.oid = p.pronamespace
     where n.nspname <> 'information_schema' and n.nspname !~ '^pg_'`,
    [],
    signal,
  );
  return new Map(rows.map((row) => [String(row['name']), String(row['body'])]));
}

/** Where in a query the server stumbles, which it only says when it is asked directly. */
async function positionIn(
  database: ShadowDatabase,
  { known, question }: Asked,
  signal: CancelSignal | undefined,
): Promise<number | null> {
  // The text of a routine's query has its variables replaced: a place in it would mislead.
  if (question.kind === 'routine' || known.source === 'function') return null;
  const prefix = 'prepare lockstep_query as ';
  await database.execute('savepoint lockstep_position', signal);
  try {
    await database.execute(prefix + question.text, signal);
    return null;
  } catch (cause) {
    if (!(cause instanceof SqlFailure)) throw cause;
    const position = (cause.refusal.position ?? 0) - prefix.length;
    return position > 0 ? position : null;
  } finally {
    await database.execute('rollback to savepoint lockstep_position', signal);
  }
}

const sameColumns = (a: readonly ResultColumn[], b: readonly ResultColumn[]): boolean =>
  a.length === b.length && a.every(({ name, type }, index) => name === b[index]?.name && type === b[index]?.type);

/**
 * Asks the server about every known query before up and after it, in a transaction that is rolled back: which do not run
 * any more, which give other columns, which lost an index. A query that did not run before either is listed as such.
 * Null when up is not SQL or fails. Throws only `ShadowFailure`.
 */
export async function checkQueries(options: CheckQueriesOptions): Promise<QueriesReport | null> {
  const { database, catalog, facts, signal } = options;
  const up = parseScript(options.up);
  if (!up.ok) return null;
  const queries = knownQueries(catalog, facts, options.texts);
  await beginSession(database, options.settings, signal);
  await database.execute('begin', signal);
  try {
    const routines = await routinesOf(database, signal);
    const bodies = await bodiesOf(database, signal);
    const first: readonly Asked[] = [
      ...routines,
      ...queries.map((known) => ({
        known,
        question: { kind: known.isSelect ? ('select' as const) : ('prepare' as const), text: known.text },
      })),
    ];
    if (first.length === 0) return { checked: 0, broken: [], changed: [], lostIndexes: [], notCheckable: [] };
    const answers = await describeQueries(
      database,
      first.map(({ question }) => question),
      signal,
    );
    const works: { readonly asked: Asked; readonly before: Extract<Answer, { kind: 'works' }> }[] = [];
    const again: Asked[] = [];
    const notCheckable: NonNullable<QueriesReport['notCheckable']>[number][] = [];
    const sort = (asked: Asked, answer: Answer | undefined): void => {
      if (answer?.kind === 'works') works.push({ asked, before: answer });
      // No view has two columns of one name, but a query may.
      else if (asked.question.kind === 'select')
        again.push({ ...asked, question: { ...asked.question, kind: 'prepare' } });
      else notCheckable.push({ ...named(asked.known), reason: answer?.message ?? 'the server said nothing about it' });
    };
    for (const [index, asked] of first.entries()) sort(asked, answers[index]);
    const second = await describeQueries(
      database,
      again.map(({ question }) => question),
      signal,
    );
    for (const [index, asked] of [...again].entries()) sort(asked, second[index]);

    const rehearsal = await openRehearsal({ ...options, own: ownNames(options.catalog, up.value.statements) });
    const details = statementDetails({
      up: up.value,
      down: null,
      catalog,
      facts,
      serverVersion: database.serverVersion,
      transaction: options.transaction,
    });
    for (const detail of details) if ((await rehearsal.run(detail)) !== null) return null;
    await database.execute(`reset session authorization; reset all; ${setSearchPath(options.settings)}`, signal);

    const left = await routinesLeft(
      database,
      works.map(({ asked }) => asked),
      signal,
    );
    const bodiesLeft = await bodiesOf(database, signal);
    // What up drops or writes anew runs no more as it was, whether or not it still could.
    const still = works.filter(({ asked: { known, question } }) => {
      if (question.kind === 'routine') return left.has(question.text);
      if (known.source !== 'function' || known.name === null) return true;
      return bodies.get(known.name) === bodiesLeft.get(known.name);
    });
    const after = await describeQueries(
      database,
      still.map(({ asked }) => asked.question),
      signal,
    );
    const broken: QueriesReport['broken'][number][] = [];
    const changed: NonNullable<QueriesReport['changed']>[number][] = [];
    const lostIndexes: NonNullable<QueriesReport['lostIndexes']>[number][] = [];
    for (const [index, { asked, before }] of still.entries()) {
      const now = after[index];
      if (now === undefined) continue;
      if (now.kind === 'refused') {
        const position = await positionIn(database, asked, signal);
        const { message: error, sqlstate } = now;
        broken.push({ ...named(asked.known), error, sqlstate, ...(position === null ? {} : { position }) });
        continue;
      }
      if (before.columns !== null && now.columns !== null && !sameColumns(before.columns, now.columns)) {
        changed.push({ ...named(asked.known), before: before.columns, after: now.columns });
      }
      const gone = before.indexes.filter((name) => !now.indexes.includes(name));
      // Another index may do as well; only a query that is left with fewer has lost one.
      if (now.indexes.length < before.indexes.length) lostIndexes.push({ ...named(asked.known), indexes: gone });
    }
    return { checked: still.length, broken, changed, lostIndexes, notCheckable };
  } finally {
    await database.execute('rollback', signal);
  }
}

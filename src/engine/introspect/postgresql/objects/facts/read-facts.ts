import type { Facts } from '../../../../catalog/facts.ts';
import { SqlFailure } from '../../../../ports/sql-client.ts';
import { quoteIdentifier } from '../../../../sql/quote-identifier.ts';
import type { CatalogReader } from '../../catalog-reader.ts';
import { factQueries } from './fact-queries.ts';
import { knownStatements } from './known-statements.ts';
import { sequenceFacts } from './sequence-facts.ts';
import { staleRelations, tableFacts } from './table-facts.ts';

/** How many steps of a reader `readFacts` takes at most. */
export const factSteps = 15;

type NotVisible = NonNullable<Facts['notVisible']>[number];

/**
 * Reads the facts inside the transaction that the reader reads in, and leaves its settings as they were. What the role may
 * not see, or what would have to wait for somebody's lock, is left out and listed in `notVisible`. All that does not need
 * an earlier answer is on its way when the call returns.
 */
export async function readFacts(reader: CatalogReader, capturedAt: string): Promise<Facts> {
  const notVisible: NotVisible[] = [];
  const hide = (what: string, why: string) => notVisible.push({ what, why });

  /** The rows, or null when the server refuses them: either way the transaction then goes on where it was. */
  const optional = <Row>(what: string, read: () => Promise<readonly Row[]>): Promise<readonly Row[] | null> => {
    const answer = read();
    const undone = reader.run('rollback to savepoint lockstep_fact');
    const rows = answer.then(
      (found) => undone.then(() => found),
      (cause: unknown) => {
        if (!(cause instanceof SqlFailure) || isGone(cause.refusal.sqlstate)) throw cause;
        hide(what, cause.refusal.sqlstate === '55P03' ? lockedByOthers : cause.refusal.message);
        return undone.then(() => null);
      },
    );
    // It may fail before anybody waits for it.
    rows.catch(() => undefined);
    return rows;
  };
  const { schemas } = reader.scope;

  const limited = ['savepoint lockstep_facts', limitWaiting, 'savepoint lockstep_fact'].map((one) => reader.run(one));
  const asked = {
    state: optional('the state of the server', () => reader.rows(factQueries.server)),
    tables: reader.columnar(factQueries.tables, [schemas]),
    indexes: reader.columnar(factQueries.indexes, [schemas]),
    columns: optional('statistics of columns', () => reader.columnar(factQueries.columns, [schemas])),
    sequences: optional('positions of sequences', () => reader.columnar(factQueries.sequences, [schemas])),
    openTransactions: optional('open transactions', () => reader.rows(factQueries.openTransactions)),
    prepared: optional('prepared transactions', () => reader.rows(factQueries.preparedTransactions)),
    slots: optional('replication slots', () => reader.rows(factQueries.replicationSlots)),
    standbys: optional('standbys', () => reader.rows(factQueries.standbys)),
    logical: optional('publications', () => reader.rows(factQueries.logicalReplication)),
    settings: optional('settings of the server', () => reader.rows(factQueries.settings)),
    roleSettings: optional('settings of roles', () => reader.rows(factQueries.roleSettings)),
    statementsExtension: optional(frequentQueries, () => reader.rows(factQueries.statementsExtension)),
  };
  await Promise.all(limited);
  const [tables, indexes] = await Promise.all([asked.tables, asked.indexes]);
  const stale = staleRelations(tables, indexes);
  const uncounted = `sizes of files that nobody has counted yet (${stale.length})`;
  const files = stale.length === 0 ? [] : await optional(uncounted, () => reader.columnar(factQueries.files, [stale]));
  const state = (await asked.state)?.[0] ?? null;
  const columns = await asked.columns;
  const sequences = await asked.sequences;
  const openTransactions = await asked.openTransactions;
  const prepared = await asked.prepared;
  const slots = await asked.slots;
  const standbys = await asked.standbys;
  const logical = (await asked.logical)?.[0];
  const settings = await asked.settings;
  const roleSettings = await asked.roleSettings;
  const statements = await readStatements(await asked.statementsExtension);

  const unreadable = tables.filter(({ readable }) => !readable).length;
  if (columns !== null && unreadable > 0) {
    hide(`statistics of the columns of ${unreadable} of ${tables.length} tables`, 'the role may not read these tables');
  }
  const refused = files === null ? 0 : stale.length - files.length;
  if (refused > 0) hide(`sizes of files that nobody has counted yet (${refused})`, lockedByOthers);
  const closed = sequences?.filter(({ readable }) => !readable).length ?? 0;
  if (closed > 0) hide(`positions of ${closed} of ${sequences?.length ?? 0} sequences`, needsSequencePrivilege);
  const locked = sequences?.filter((sequence) => sequence.readable && sequence.locked).length ?? 0;
  if (locked > 0) hide(`positions of ${locked} of ${sequences?.length ?? 0} sequences`, lockedByOthers);
  if ((state?.hiddenSessions ?? 0) > 0) {
    hide(`transactions of other roles (sessions: ${state?.hiddenSessions})`, needsAllStats);
  }
  if ((state?.hiddenStandbys ?? 0) > 0) hide(`lag of standbys (${state?.hiddenStandbys})`, needsAllStats);
  const ownSettings = (settings ?? []).filter(({ own }) => own).map(({ name }) => name);
  if (ownSettings.length > 0) hide(ownSettings.join(', '), 'Lockstep sets its own values for its sessions');

  await Promise.all(
    ['rollback to savepoint lockstep_facts', 'release savepoint lockstep_facts'].map((one) => reader.run(one)),
  );
  return {
    capturedAt,
    ...tableFacts({
      tables,
      indexes,
      columns: columns ?? [],
      files: new Map((files ?? []).flatMap(({ oid, bytes }) => (bytes === null ? [] : [[oid, bytes]]))),
      blockSize: state?.blockSize ?? defaultBlockSize,
    }),
    ...(sequences === null ? {} : { sequences: sequences.map(sequenceFacts) }),
    ...(openTransactions === null ? {} : { openTransactions }),
    ...(prepared === null ? {} : { preparedTransactions: prepared }),
    ...(slots === null ? {} : { replicationSlots: slots }),
    ...(standbys === null ? {} : { standbys }),
    ...(logical === undefined ? {} : logical),
    ...(statements === null ? {} : { statements }),
    ...(settings === null
      ? {}
      : { settings: settings.filter(({ own }) => !own).map(({ own: _own, ...setting }) => setting) }),
    ...(roleSettings === null ? {} : { roleSettings }),
    ...(state === null ? {} : { server: serverFacts(state) }),
    notVisible,
  };

  async function readStatements(
    extensions: readonly { readonly schema: string }[] | null,
  ): Promise<Facts['statements'] | null> {
    const [extension] = extensions ?? [];
    if (extension === undefined) {
      hide(frequentQueries, 'the extension pg_stat_statements is not installed');
      return null;
    }
    const path = quoteIdentifier(extension.schema);
    const found = reader.run("select pg_catalog.set_config('search_path', $1, true)", [path]);
    const rows = await optional(frequentQueries, () => reader.rows(factQueries.statements));
    await found;
    if (rows === null) return null;
    if (rows.some(({ hidden }) => hidden)) hide('texts of queries of other roles', needsAllStats);
    return knownStatements(
      rows.flatMap(({ hidden, meanMilliseconds, ...row }) =>
        hidden ? [] : [{ ...row, meanMilliseconds: meanMilliseconds ?? 0 }],
      ),
    );
  }
}

/** Facts are worth little waiting: a quarter of a second for a lock, ten seconds for a query. */
const limitWaiting = `select pg_catalog.set_config('lock_timeout', '250', true) as lock_timeout,
  pg_catalog.set_config('statement_timeout', '10000', true) as statement_timeout`;

const frequentQueries = 'texts of frequent queries';

const lockedByOthers = 'another session holds an ACCESS EXCLUSIVE lock';
const needsAllStats = 'the role is not a member of pg_read_all_stats';
const needsSequencePrivilege = 'the role has neither SELECT nor USAGE on them';

/** Of nearly every server. */
const defaultBlockSize = 8192;

/** The session has ended, or the server is ending it. */
const isGone = (sqlstate: string): boolean => sqlstate.startsWith('08') || sqlstate.startsWith('57P');

function serverFacts({
  hiddenSessions: _sessions,
  hiddenStandbys: _standbys,
  blockSize: _blockSize,
  ...server
}: NonNullable<Facts['server']> & {
  readonly hiddenSessions: number;
  readonly hiddenStandbys: number;
  readonly blockSize: number;
}): NonNullable<Facts['server']> {
  return server;
}

import type { Catalog, Table } from '../../catalog/catalog.ts';
import type { Facts } from '../../catalog/facts.ts';
import type { CancelSignal } from '../../ports/cancel.ts';
import type { ShadowDatabase } from '../../ports/shadow-databases.ts';
import type { SqlRefusal } from '../../ports/sql-client.ts';
import { catalogLookup } from '../../sql/catalog-lookup.ts';
import { ownNames } from '../../sql/newer-names.ts';
import { findNodes } from '../../sql/nodes.ts';
import { parseScript } from '../../sql/parser.ts';
import { qualifiedName } from '../../sql/qualified-name.ts';
import { type StatementDetail, statementDetails } from '../../sql/statement-report.ts';
import { keyOf } from '../../sql/table-index.ts';
import { modeOf, type TransactionModes } from '../../sql/transactions.ts';
import { type Breaking, openRehearsal } from '../rehearse-statement.ts';
import { beginSession, type SessionSettings, setSearchPath } from '../shadow-session.ts';
import type { TargetServer } from '../target-server.ts';
import { anticipatedCatalog } from './anticipated-catalog.ts';
import { filledColumns } from './filled-columns.ts';
import { findLosses, type LossWatch, openLossWatch } from './losses.ts';
import type { RowStyle } from './plan-row.ts';
import type { DataReport } from './rows-report.ts';
import { type Seeding, seedTables } from './seed-tables.ts';
import { stressesOf } from './stresses.ts';
import { rootOf, touchedTables, withNeighbours } from './touched-tables.ts';

/** What a trial with rows needs. The database is in the state of `catalog`, and is left in it. */
export type RowsTrialOptions = {
  readonly database: ShadowDatabase;
  readonly catalog: Catalog;
  readonly facts: Facts | null;
  readonly up: string;
  readonly down: string;
  readonly transaction: TransactionModes;
  readonly settings: SessionSettings | null;
  readonly availableExtensions: readonly string[];
  readonly target: TargetServer | null;
  /** Rows for each table. */
  readonly rows: number;
  readonly signal?: CancelSignal | undefined;
};

/** Easier rows after rows that a statement refused. */
const EASIER = { mixed: 'plain', plain: 'numeric', numeric: null } as const;

/** Conditions that one statement is tried under. */
const STRESSES = 60;

/** Times that the trial begins again with easier rows before it goes on without any. */
const RESTARTS = 12;

/** Refusals of what a transaction cannot hold: an end of it, and a value of an enum that is not committed yet. */
const NEEDS_COMMIT: ReadonlySet<string> = new Set(['2D000', '55P04']);

/** Refusals of a value that is longer or greater than a type holds. */
const TOO_LONG: ReadonlySet<string> = new Set(['22001', '22003']);

/** What the rows showed; `isGone` says that the database is not in the state of the catalog any more. */
export type RowsTrial = { readonly data: DataReport | null; readonly isGone: boolean };

type Failure = { readonly detail: StatementDetail; readonly refusal: SqlRefusal };

/** The tables of the baseline that a statement is about, the topmost of their partition trees. */
function blamedTables(detail: StatementDetail, catalog: Catalog): readonly Table[] {
  const lookup = catalogLookup(catalog);
  return detail.report.objects.flatMap((name) => {
    const table = lookup.table(name);
    return table === undefined ? [] : [rootOf(catalog, table)];
  });
}

const statementOf = ({ direction, statement }: StatementDetail) => ({ direction, index: statement.index });

/** Easier rows for the tables that a statement stumbled over, for all when none is named. True when there are any. */
function easeRows(styles: Map<string, RowStyle | null>, blamed: readonly Table[]): readonly string[] {
  const named = blamed.map(keyOf).filter((key) => (styles.get(key) ?? null) !== null);
  const keys = named.length > 0 ? named : [...styles.keys()].filter((key) => styles.get(key) !== null);
  for (const key of keys) styles.set(key, EASIER[styles.get(key) ?? 'numeric']);
  return keys;
}

/**
 * Puts synthetic rows into what the migration touches, runs up and down over them, and says which rows and values did
 * not come back and which rows a statement would fail on. All of it is one transaction that is rolled back; where one
 * cannot hold the statements, they run once more in their own, and the database is gone. Null when a text is not SQL.
 * Throws only `ShadowFailure`.
 */
export async function tryWithRows(options: RowsTrialOptions): Promise<RowsTrial> {
  const { database, signal } = options;
  const [up, down] = [parseScript(options.up), parseScript(options.down)];
  if (!up.ok || !down.ok) return { data: null, isGone: false };
  const details = statementDetails({
    up: up.value,
    down: down.value,
    catalog: options.catalog,
    facts: options.facts,
    serverVersion: database.serverVersion,
    transaction: options.transaction,
  });
  let catalog = anticipatedCatalog(options.catalog, details, { narrow: false });
  const tablesIn = (one: Catalog): ReturnType<typeof withNeighbours> =>
    withNeighbours(one, [...touchedTables(up.value, one), ...touchedTables(down.value, one)]);
  let tables = tablesIn(catalog);
  let isNarrow = false;
  if (tables.size === 0) return { data: { rowsSeeded: 0, lost: [] }, isGone: false };
  const styles = new Map<string, RowStyle | null>([...tables.keys()].map((key) => [key, 'mixed']));
  const broken = new Map<StatementDetail, readonly Breaking[]>();
  const tried = new Set<StatementDetail>();
  const names = (keys: readonly string[]): string =>
    keys.map((key) => qualifiedName(tables.get(key) ?? { schema: '', name: key })).join(', ');

  const rehearsal = await openRehearsal({
    ...options,
    own: ownNames(options.catalog, [...up.value.statements, ...down.value.statements]),
  });

  let isLasting = false;

  /** Runs one direction; the statement that was refused when one was. */
  const run = async (direction: 'up' | 'down', watch: LossWatch): Promise<Failure | null> => {
    const filled = new Set<string>();
    for (const detail of details) {
      if (detail.direction !== direction) continue;
      if (isLasting) {
        const refusal = await rehearsal.runLasting(detail);
        if (refusal !== null) return { detail, refusal };
        await watch.after(detail);
        continue;
      }
      if (!tried.has(detail)) {
        const stresses = stressesOf(detail).filter(({ condition }) => !filled.has(condition));
        const found = await rehearsal.tryUnder(detail, stresses.slice(0, STRESSES));
        if (found.length > 0) broken.set(detail, found);
      }
      for (const column of filledColumns(detail)) filled.add(`${column} holds a null`);
      const refusal = await rehearsal.run(detail);
      if (refusal !== null) return { detail, refusal };
      tried.add(detail);
      await watch.after(detail);
    }
    return null;
  };

  /** What is known of a refusal once the rows were made easier. */
  const explain = ({ detail, refusal }: Failure, keys: readonly string[]): void => {
    const style = keys.map((key) => styles.get(key) ?? null).find((one) => one !== 'plain');
    const addsColumn = findNodes(detail.statement.node, 'AlterTableCmd').some(
      ({ subtype }) => subtype === 'AT_AddColumn',
    );
    const isAny = addsColumn && refusal.sqlstate === '23502';
    const rows = isAny ? 'rows' : 'rows such as the synthetic ones';
    const what =
      style === null ? rows : style === 'numeric' ? 'texts that are not numbers' : 'nulls or repeated values';
    const condition = `${names(keys)} holds ${what}`;
    broken.set(detail, [{ condition, refusal }]);
  };

  await beginSession(database, options.settings, signal);
  await database.execute('begin', signal);
  try {
    await database.execute('savepoint lockstep_start', signal);
    let stoppedAt: Failure | null = null;
    let seeding: Seeding = { rows: new Map(), notSeeded: [] };
    let report: Pick<DataReport, 'lost' | 'added'> = { lost: [] };
    for (let round = 0; ; round += 1) {
      seeding = await seedTables({
        database,
        catalog,
        facts: options.facts,
        tables,
        count: options.rows,
        styleOf: (table) => styles.get(keyOf(table)) ?? null,
        signal,
      });
      const watch = await openLossWatch({ database, catalog, tables: [...tables.values()], signal });
      let failure = await run('up', watch);
      if (failure === null) {
        await database.execute(`reset session authorization; reset all; ${setSearchPath(options.settings)}`, signal);
        failure = await run('down', watch);
      }
      if (failure === null) {
        report = await findLosses(watch);
        stoppedAt = null;
        break;
      }
      stoppedAt = failure;
      if (isLasting) break;
      if (
        NEEDS_COMMIT.has(failure.refusal.sqlstate) &&
        modeOf(options.transaction, failure.detail.direction) !== 'file'
      ) {
        // Nothing can be tried twice from here on: rows that later statements may stumble over are left out.
        isLasting = true;
        for (const [key, style] of styles) if (style === 'mixed') styles.set(key, 'plain');
        await database.execute('rollback to savepoint lockstep_start', signal);
        continue;
      }
      if (TOO_LONG.has(failure.refusal.sqlstate) && !isNarrow) {
        // Rows with nulls and repeated values show more: first they are made to fit the narrower types.
        isNarrow = true;
        catalog = anticipatedCatalog(options.catalog, details, { narrow: true });
        tables = tablesIn(catalog);
        if (!broken.has(failure.detail)) {
          const condition = `${names(blamedTables(failure.detail, catalog).map(keyOf))} holds values that do not fit`;
          broken.set(failure.detail, [{ condition, refusal: failure.refusal }]);
        }
        await database.execute('rollback to savepoint lockstep_start', signal);
        continue;
      }
      if (round > RESTARTS) for (const key of styles.keys()) styles.set(key, null);
      const eased = round > RESTARTS + 1 ? [] : easeRows(styles, blamedTables(failure.detail, catalog));
      // Refused with every table empty: the rows have nothing to do with it.
      if (eased.length === 0 && round <= RESTARTS + 1) broken.delete(failure.detail);
      if (eased.length === 0) break;
      explain(failure, eased);
      await database.execute('rollback to savepoint lockstep_start', signal);
    }
    const emptied = [...styles].filter(([, style]) => style === null).map(([key]) => names([key]));
    const data: DataReport = {
      rowsSeeded: [...seeding.rows.values()].reduce((sum, count) => sum + count, 0),
      ...report,
      wouldFail: [...broken].flatMap(([detail, found]) =>
        found.map(({ condition, refusal: { sqlstate, message } }) => ({
          direction: detail.direction,
          statement: detail.statement.index,
          condition,
          sqlstate,
          message,
        })),
      ),
      notSeeded: [
        ...seeding.notSeeded,
        ...(stoppedAt === null ? emptied : []).map((table) => ({
          table,
          reason: 'a statement fails while it holds rows',
        })),
      ],
      stoppedAt: stoppedAt === null ? null : { ...statementOf(stoppedAt.detail), ...refusalOf(stoppedAt) },
    };
    return { data, isGone: isLasting };
  } finally {
    await database.execute('rollback', signal);
  }
}

const refusalOf = ({ refusal: { sqlstate, message } }: Failure) => ({ sqlstate, message });

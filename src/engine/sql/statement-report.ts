import type { Catalog, ObjectName } from '../catalog/catalog.ts';
import type { Facts } from '../catalog/facts.ts';
import type { Throughput } from '../throughput/throughput.ts';
import type { Direction, StatementReport } from '../validate/report.ts';
import { catalogLookup, resolveName } from './catalog-lookup.ts';
import { lossOf } from './data-loss.ts';
import { type EffectsContext, effectsOf, type StatementEffects } from './effects.ts';
import { emptyCatalog } from './empty-catalog.ts';
import { estimateDuration } from './estimate.ts';
import { lazy } from './lazy.ts';
import { as, nameOf } from './nodes.ts';
import { objectsOf } from './objects.ts';
import type { Script, Statement } from './parser.ts';
import { qualifiedName } from './qualified-name.ts';
import { type SimulationResult, simulate } from './simulate.ts';
import {
  type Batch,
  batchesOf,
  type HeldLock,
  heldLocks,
  modeOf,
  rollbackTargets,
  type SettingsInForce,
  settingsInForce,
  type TransactionModes,
} from './transactions.ts';

/** A migration and what is known of the place where it will run. */
export type StatementReportInput = {
  readonly up: Script;
  readonly down: Script | null;
  readonly catalog: Catalog | null;
  readonly facts: Facts | null;
  readonly serverVersion: number;
  readonly transaction: TransactionModes;
  /** How fast the server is; an ordinary one when absent. */
  readonly throughput?: Throughput | undefined;
};

/** One statement with everything that was worked out about it. */
export type StatementDetail = {
  readonly direction: Direction;
  readonly statement: Statement;
  /** The database as the statement finds it; without a catalog, only what earlier statements made. */
  readonly before: Catalog;
  /** The tables that statements before it made. */
  readonly created: Created;
  readonly effects: StatementEffects;
  readonly batch: Batch;
  /** Locks that earlier statements of its transaction still hold. */
  readonly held: readonly HeldLock[];
  readonly settings: SettingsInForce;
  /** What it makes of the database, were it not taken back, and what is not certain then; worked out when first asked for. */
  readonly after: () => SimulationResult;
  /** What it leaves; worked out when first asked for. */
  readonly end: () => End;
  readonly report: StatementReport;
};

/** Whether a dotted name is that of a table that the migration made: what its last statement about it says. */
type Created = { readonly name: string; readonly made: boolean; readonly before: Created } | null;

/** What walking through one direction leaves: the catalog, and which tables it made. */
type End = { readonly catalog: Catalog; readonly created: Created };

function isCreated(created: Created, name: string): boolean {
  for (let known = created; known !== null; known = known.before) if (known.name === name) return known.made;
  return false;
}

/** The table that a statement makes, if it makes one. */
function madeBy(statement: Statement, before: Catalog, after: Catalog, path: readonly string[]): ObjectName | null {
  const { node } = statement;
  const target =
    as(node, 'CreateStmt')?.relation ??
    as(node, 'CreateTableAsStmt')?.into?.rel ??
    as(node, 'SelectStmt')?.intoClause?.rel;
  if (target === undefined || before === after) return null;
  const was = catalogLookup(before);
  const is = catalogLookup(after);
  return resolveNew(
    nameOf(target),
    path,
    (name) => was.relationKind(name) === undefined && is.relationKind(name) !== undefined,
  );
}

function resolveNew(
  written: { readonly schema: string | null; readonly name: string },
  path: readonly string[],
  isNew: (name: ObjectName) => boolean,
): ObjectName | null {
  const name = resolveName(written, path, isNew);
  return isNew(name) ? name : null;
}

/** Where a rename or a change of schema takes a relation; null when the statement moves none. */
function movedBy(statement: Statement, before: Catalog, path: readonly string[]): [ObjectName, ObjectName] | null {
  const rename = as(statement.node, 'RenameStmt');
  const move = as(statement.node, 'AlterObjectSchemaStmt');
  const relation = rename?.relation ?? move?.relation;
  if (relation === undefined || (rename !== undefined && rename.subname !== undefined)) return null;
  const lookup = catalogLookup(before);
  const from = resolveName(nameOf(relation), path, (name) => lookup.relationKind(name) !== undefined);
  return [from, { schema: move?.newschema ?? from.schema, name: rename?.newname ?? from.name }];
}

function remember(
  created: Created,
  statement: Statement,
  before: Catalog,
  after: Catalog,
  path: readonly string[],
): Created {
  const made = madeBy(statement, before, after, path);
  if (made !== null) return { name: qualifiedName(made), made: true, before: created };
  const moved = movedBy(statement, before, path)?.map(qualifiedName);
  const [from, to] = moved ?? [];
  if (from === undefined || to === undefined || !isCreated(created, from)) return created;
  return { name: from, made: false, before: { name: to, made: true, before: created } };
}

function reportOf(
  direction: Direction,
  statement: Statement,
  context: EffectsContext,
  effects: StatementEffects,
  input: StatementReportInput,
  created: Created,
): StatementReport {
  const changesRows = 'UpdateStmt' in statement.node || 'DeleteStmt' in statement.node;
  return {
    direction,
    index: statement.index,
    text: statement.text,
    line: statement.line,
    column: statement.column,
    kind: statement.kind,
    objects: objectsOf(statement, context.catalog, context.searchPath),
    effects: {
      locks: effects.locks,
      rewrites: effects.rewrites,
      scans: effects.scans,
      transaction: effects.transaction,
    },
    estimate: estimateDuration(effects, changesRows, {
      facts: input.facts,
      isCreated: (name) => isCreated(created, name),
      throughput: input.throughput ?? {},
    }),
    ...lossOf(statement.node, context),
  };
}

type Step = Pick<StatementDetail, 'statement' | 'before' | 'created' | 'effects' | 'after' | 'end' | 'report'>;

const unset: SettingsInForce = { lockTimeout: null, statementTimeout: null, searchPath: null, timeZone: null };

const samePath = (a: SettingsInForce, b: SettingsInForce): boolean =>
  a.timeZone === b.timeZone && a.searchPath?.join('\0') === b.searchPath?.join('\0');

function stepOf(
  direction: Direction,
  statement: Statement,
  { catalog: before, created }: End,
  inForce: SettingsInForce,
  input: StatementReportInput,
): Step {
  const searchPath = inForce.searchPath ?? before.server.searchPath;
  const context: EffectsContext = {
    catalog: before,
    partial: input.catalog === null,
    serverVersion: input.serverVersion,
    searchPath,
    ...(inForce.timeZone === null ? {} : { timeZone: inForce.timeZone }),
  };
  const effects = effectsOf(statement, context);
  const report = reportOf(direction, statement, context, effects, input, created);
  const after = lazy(() => simulate(before, statement, { searchPath, serverVersion: input.serverVersion }));
  const end = lazy(() => {
    const { catalog } = after();
    return { catalog, created: remember(created, statement, before, catalog, searchPath) };
  });
  return { statement, before, created, effects, after, end, report };
}

/** What was worked out for a statement that may stand elsewhere now. */
function moved(known: StatementDetail, statement: Statement): Step {
  if (known.statement === statement) return known;
  const { index, line, column } = statement;
  return { ...known, statement, report: { ...known.report, index, line, column } };
}

/** The details by the trees of their statements, which stay what they are wherever a change moves them. */
const byTree = (details: readonly StatementDetail[]): ReadonlyMap<Statement['node'], StatementDetail> =>
  new Map(details.map((detail) => [detail.statement.node, detail]));

function walk(
  direction: Direction,
  script: Script,
  input: StatementReportInput,
  start: () => End,
  earlier: readonly StatementDetail[],
): readonly StatementDetail[] {
  const batches = batchesOf(script.statements, modeOf(input.transaction, direction));
  const settings = settingsInForce(script.statements, batches);
  const targets = rollbackTargets(script.statements, batches);
  const known = byTree(earlier);
  const ends: (() => End)[] = [];
  // What the last statement leaves is of interest to few: each simulation waits until somebody looks at its outcome.
  let end = start;
  const steps = script.statements.map((statement, index) => {
    const state = end();
    const inForce = settings[index] ?? unset;
    const before = known.get(statement.node);
    const isKnown =
      before?.before === state.catalog &&
      before.created === state.created &&
      samePath(before.settings, inForce) &&
      !('TransactionStmt' in statement.node);
    const step = isKnown ? moved(before, statement) : stepOf(direction, statement, state, inForce, input);
    const target = targets[index] ?? null;
    end = target === null ? step.end : (ends[target] ?? start);
    ends.push(end);
    return { ...step, end };
  });
  const held = heldLocks(
    batches,
    steps.map((step) => step.effects),
    targets,
  );
  return steps.map(
    (step, index): StatementDetail => ({
      ...step,
      direction,
      batch: batches[index] ?? { number: null, openedBy: null },
      held: held[index] ?? [],
      settings: settings[index] ?? unset,
    }),
  );
}

/**
 * Everything about every statement of a migration; the down starts from where the up ends. `earlier` is what this gave
 * before a change of the scripts, with all else the same: what it says of statements that find the same database, with
 * the same settings, is taken over.
 */
export function statementDetails(
  input: StatementReportInput,
  earlier: readonly StatementDetail[] = [],
): readonly StatementDetail[] {
  const start = (): End => ({ catalog: input.catalog ?? emptyCatalog, created: null });
  const before = (direction: Direction) => earlier.filter((detail) => detail.direction === direction);
  const up = walk('up', input.up, input, start, before('up'));
  if (input.down === null) return up;
  return [...up, ...walk('down', input.down, input, up.at(-1)?.end ?? start, before('down'))];
}

/** What the report of a migration says of its statements. */
export const statementReports = (input: StatementReportInput): readonly StatementReport[] =>
  statementDetails(input).map((detail) => detail.report);

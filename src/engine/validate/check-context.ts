import { all, as, nameOf } from '../sql/nodes.ts';
import { createOffsets, type Offsets } from '../sql/offsets.ts';
import type { Script, Statement } from '../sql/parser.ts';
import type { StatementDetail } from '../sql/statement-report.ts';
import { keyOf } from '../sql/table-index.ts';
import { type Batch, modeOf } from '../sql/transactions.ts';
import { type CatalogView, catalogView } from './catalog-view.ts';
import { createdHere } from './created-here.ts';
import type { LintInput } from './linter.ts';
import type { Direction } from './report.ts';
import { rowLimitOf } from './row-limit.ts';
import type { AlteredTable, CheckContext, Left } from './rule.ts';
import { boundedStanding, emptyStanding, newStanding, standingOf } from './standing.ts';
import { type StatementSource, statementSource } from './statement-source.ts';
import type { Past } from './told-before.ts';

type Memory = ReturnType<typeof createdHere>;

const alone: Batch = { number: null, openedBy: null };

/** What the statements of one direction share. */
type Walk = {
  readonly input: LintInput;
  readonly direction: Direction;
  readonly script: Script;
  readonly details: readonly StatementDetail[];
  /** The database as each statement finds it. */
  readonly views: readonly CatalogView[];
  readonly sourceOf: (statement: Statement) => StatementSource;
  readonly created: Memory;
  readonly createdByUp: Memory | null;
  /** Keys of what the statements so far may have changed in a way that cannot be followed. */
  readonly uncertain: Set<string>;
};

/** A statement as rules are asked about it; a class, so that all of them have one shape, which every rule reads. */
class StatementContext implements CheckContext {
  readonly direction: Direction;
  readonly statement: Statement;
  readonly source: StatementSource;
  readonly sourceOf: CheckContext['sourceOf'];
  readonly database: CatalogView;
  readonly hasCatalog: boolean;
  readonly original: CheckContext['original'];
  readonly facts: CheckContext['facts'];
  readonly knownQueries: CheckContext['knownQueries'];
  readonly created: CheckContext['created'];
  readonly createdByUp: CheckContext['created'];
  readonly serverVersion: number;
  readonly runnerWraps: boolean;
  readonly transaction: Batch;
  readonly effects: CheckContext['effects'];
  readonly held: CheckContext['held'];
  readonly settings: CheckContext['settings'];
  readonly conventions: CheckContext['conventions'];
  readonly #walk: Walk;
  readonly #detail: StatementDetail;
  readonly #anythingUncertain: boolean;
  readonly #altered = new Map<Statement, AlteredTable | null>();
  #offsets: Offsets | null = null;
  #lookedAround = false;

  /** `anythingUncertain` when earlier statements may have changed anything. */
  constructor(walk: Walk, detail: StatementDetail, database: CatalogView, anythingUncertain: boolean) {
    const { input } = walk;
    this.direction = walk.direction;
    this.statement = detail.statement;
    this.source = walk.sourceOf(detail.statement);
    this.sourceOf = walk.sourceOf;
    this.database = database;
    this.hasCatalog = input.catalog !== null;
    this.original = input.catalog;
    this.facts = input.facts;
    this.knownQueries = input.queries;
    this.created = walk.created;
    this.createdByUp = walk.createdByUp ?? walk.created;
    this.serverVersion = input.serverVersion;
    this.runnerWraps = modeOf(input.transaction, walk.direction) === 'file';
    this.transaction = detail.batch;
    this.effects = detail.effects;
    this.held = detail.held;
    this.settings = detail.settings;
    this.conventions = input.settings.conventions;
    this.#walk = walk;
    this.#detail = detail;
    this.#anythingUncertain = anythingUncertain;
  }

  get script(): Script {
    this.#lookedAround = true;
    return this.#walk.script;
  }

  get upScript(): Script {
    this.#lookedAround = true;
    return this.#walk.input.up;
  }

  get downScript(): Script | null {
    this.#lookedAround = true;
    return this.#walk.input.down;
  }

  /** True when a rule has looked at the file around the statement, also behind it, since this was last asked. */
  lookedAround(): boolean {
    const looked = this.#lookedAround;
    this.#lookedAround = false;
    return looked;
  }

  readonly offset: CheckContext['offset'] = (location) => {
    const { text, start, byteStart } = this.statement;
    if (location === undefined) return start;
    this.#offsets ??= createOffsets(text);
    return start + this.#offsets.fromByte(location - byteStart);
  };

  readonly isUncertain: CheckContext['isUncertain'] = (name) =>
    this.#anythingUncertain || this.#walk.uncertain.has(keyOf(name));

  readonly left: CheckContext['left'] = () => this.#leftBy(this.#detail, []);

  readonly leftAtEnd: CheckContext['leftAtEnd'] = () => {
    this.#lookedAround = true;
    const later = this.#walk.details.slice(this.statement.index + 1);
    return this.#leftBy(later.at(-1) ?? this.#detail, later);
  };

  /** What a statement leaves, after others that come later than this one. */
  #leftBy(last: StatementDetail, later: readonly StatementDetail[]): Left {
    const outcomes = [this.#detail, ...later].map((detail) => detail.after());
    const uncertain = new Set(outcomes.flatMap((outcome) => outcome.uncertain.map(keyOf)));
    const anything = outcomes.some(({ unknown }) => unknown);
    return {
      catalog: last.end().catalog,
      isUnsure: (relation) => anything || this.isUncertain(relation) || uncertain.has(keyOf(relation)),
    };
  }

  readonly isNew: CheckContext['isNew'] = (relation) =>
    this.#walk.created.isNew(relation) || this.#walk.createdByUp?.isNew(relation) === true;

  readonly transactionOf: CheckContext['transactionOf'] = (index) => {
    this.#lookedAround = true;
    return this.#walk.details[index]?.batch ?? alone;
  };

  readonly standing: CheckContext['standing'] = (written) => {
    const { database } = this;
    const { input, created, createdByUp } = this.#walk;
    const name = database.resolve(written);
    const isMade = (made: Memory | null) => made !== null && (made.has('table', name) || made.has('view', name));
    if (isMade(created) || isMade(createdByUp)) return newStanding;
    const partitioned = database.table(name)?.kind === 'partitioned table';
    const partitions = partitioned || input.facts !== null ? database.descendantsOf(name) : [];
    // A partitioned table has no rows of its own.
    if (partitioned && partitions.length === 0) return emptyStanding;
    const limit = input.facts === null ? rowLimitOf(database, database.table(name)) : null;
    if (limit !== null) return boundedStanding(limit);
    return standingOf(name, input.facts, partitions, input.settings.thresholds);
  };

  readonly alter: CheckContext['alter'] = (other = this.statement) => {
    const known = this.#altered.get(other);
    if (known !== undefined) return known;
    const made = this.#alteredBy(other);
    this.#altered.set(other, made);
    return made;
  };

  #alteredBy(other: Statement): AlteredTable | null {
    const alter = as(other.node, 'AlterTableStmt');
    if (alter === undefined || (alter.objtype !== 'OBJECT_TABLE' && alter.objtype !== 'OBJECT_FOREIGN_TABLE'))
      return null;
    const database = this.#walk.views[other.index] ?? this.database;
    const written = nameOf(alter.relation);
    const table = database.table(written);
    // With IF EXISTS and no such table the statement does nothing.
    if (alter.missing_ok === true && this.hasCatalog && table === null) return null;
    const source = this.sourceOf(other);
    const ranges = source.actions();
    return {
      written,
      name: database.resolve(written),
      table,
      standing: this.standing(written),
      only: alter.relation?.inh !== true,
      actions: all(alter.cmds, 'AlterTableCmd').map((cmd, index) => ({ cmd, range: ranges[index] ?? source.range })),
    };
  }
}

/** A statement as rules are asked about it. */
export type Visited = {
  readonly script: Script;
  readonly detail: StatementDetail;
  readonly context: CheckContext;
  /** Null where nobody keeps it. */
  readonly past: Past | null;
  /** True when somebody has looked at the file around the statement, also behind it, since this was last asked. */
  readonly lookedAround: () => boolean;
};

/** Called once per statement, in order, with what is known when it starts. */
type Visit = (visited: Visited) => void;

/** How it stands before the first statement of a direction: what the other one has created, and what has happened. */
type Beginning = { readonly created: Memory | null; readonly past: Past | null };

const walkDirection = (
  input: LintInput,
  direction: Direction,
  script: Script,
  details: readonly StatementDetail[],
  beginning: Beginning,
  visit: Visit,
): Beginning => {
  const sources = new Map<Statement, StatementSource>();
  const sourceOf = (statement: Statement): StatementSource => {
    const known = sources.get(statement);
    if (known !== undefined) return known;
    const made = statementSource(script.text, statement);
    sources.set(statement, made);
    return made;
  };
  const walk: Walk = {
    input,
    direction,
    script,
    details,
    views: details.map(({ before, settings }) => catalogView(before, settings.searchPath)),
    sourceOf,
    created: createdHere(),
    createdByUp: beginning.created,
    uncertain: new Set(),
  };
  let anythingUncertain = false;
  let { past } = beginning;
  for (const [index, detail] of details.entries()) {
    const last = details[index - 1]?.after();
    for (const name of last?.uncertain ?? []) walk.uncertain.add(keyOf(name));
    anythingUncertain ||= last?.unknown === true;
    const database = walk.views[index] ?? catalogView(detail.before, null);
    const context = new StatementContext(walk, detail, database, anythingUncertain);
    visit({ script, detail, context, past, lookedAround: () => context.lookedAround() });
    const isRemembered = walk.created.remember(detail.statement, database);
    past = past?.behind(detail, isRemembered) ?? null;
  }
  return { created: walk.created, past };
};

/** Walks through the up, then through the down from where the up ended; `past` is that of the first statement, if it is kept. */
export const walkMigration = (
  input: LintInput,
  details: readonly StatementDetail[],
  past: Past | null,
  visit: Visit,
): void => {
  const of = (direction: Direction) => details.filter((detail) => detail.direction === direction);
  const behindUp = walkDirection(input, 'up', input.up, of('up'), { created: null, past }, visit);
  if (input.down !== null) walkDirection(input, 'down', input.down, of('down'), behindUp, visit);
};

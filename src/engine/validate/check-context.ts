import { all, as, nameOf, type WrittenName } from '../sql/nodes.ts';
import type { Script, Statement } from '../sql/parser.ts';
import type { StatementDetail } from '../sql/statement-report.ts';
import { keyOf } from '../sql/table-index.ts';
import type { Batch } from '../sql/transactions.ts';
import { type CatalogView, catalogView } from './catalog-view.ts';
import { createdHere } from './created-here.ts';
import type { LintInput } from './linter.ts';
import type { Direction } from './report.ts';
import { rowLimitOf } from './row-limit.ts';
import type { AlteredTable, CheckContext } from './rule.ts';
import { boundedStanding, emptyStanding, newStanding, type Standing, standingOf } from './standing.ts';
import { type StatementSource, statementSource } from './statement-source.ts';

type Memory = ReturnType<typeof createdHere>;

const alteredTable = (
  statement: Statement,
  source: StatementSource,
  database: CatalogView,
  standing: (written: WrittenName) => Standing,
  hasCatalog: boolean,
): AlteredTable | null => {
  const alter = as(statement.node, 'AlterTableStmt');
  if (alter === undefined || (alter.objtype !== 'OBJECT_TABLE' && alter.objtype !== 'OBJECT_FOREIGN_TABLE'))
    return null;
  const written = nameOf(alter.relation);
  // With IF EXISTS and no such table the statement does nothing.
  if (alter.missing_ok === true && hasCatalog && database.table(written) === null) return null;
  const ranges = source.actions();
  return {
    written,
    name: database.resolve(written),
    table: database.table(written),
    standing: standing(written),
    only: alter.relation?.inh !== true,
    actions: all(alter.cmds, 'AlterTableCmd').map((cmd, i) => ({ cmd, range: ranges[i] ?? source.range })),
  };
};

/** A statement as rules are asked about it. */
export type Visited = {
  readonly script: Script;
  readonly detail: StatementDetail;
  readonly context: CheckContext;
  /** True when somebody has looked at the file around the statement, also behind it, since this was last asked. */
  readonly lookedAround: () => boolean;
};

/** Called once per statement, in order, with what is known when it starts. */
type Visit = (visited: Visited) => void;

const alone: Batch = { number: null, openedBy: null };

const walkDirection = (
  input: LintInput,
  direction: Direction,
  script: Script,
  details: readonly StatementDetail[],
  createdByUp: Memory | null,
  visit: Visit,
): Memory => {
  const sources = new Map<Statement, StatementSource>();
  const sourceOf = (statement: Statement): StatementSource => {
    const made = sources.get(statement) ?? statementSource(script.text, statement);
    sources.set(statement, made);
    return made;
  };
  const created = createdHere();
  const uncertain = new Set<string>();
  let anything = false;
  const views = details.map(({ before, settings }) => catalogView(before, settings.searchPath));
  for (const [index, detail] of details.entries()) {
    const { statement } = detail;
    const last = details[index - 1]?.after();
    for (const name of last?.uncertain ?? []) uncertain.add(keyOf(name));
    anything ||= last?.unknown === true;
    const database = views[index] ?? catalogView(detail.before, null);
    const standing = (written: WrittenName): Standing => {
      const name = database.resolve(written);
      if ([created, createdByUp].some((made) => made?.has('table', name) === true || made?.has('view', name) === true))
        return newStanding;
      const partitioned = database.table(name)?.kind === 'partitioned table';
      const partitions = partitioned || input.facts !== null ? database.descendantsOf(name) : [];
      // A partitioned table has no rows of its own.
      if (partitioned && partitions.length === 0) return emptyStanding;
      const limit = input.facts === null ? rowLimitOf(database, database.table(name)) : null;
      if (limit !== null) return boundedStanding(limit);
      return standingOf(name, input.facts, partitions, input.settings.thresholds);
    };
    const alteredBy = new Map<Statement, AlteredTable | null>();
    const alter = (other: Statement = statement): AlteredTable | null => {
      const known = alteredBy.get(other);
      if (known !== undefined) return known;
      const made = alteredTable(
        other,
        sourceOf(other),
        views[other.index] ?? database,
        standing,
        input.catalog !== null,
      );
      alteredBy.set(other, made);
      return made;
    };
    let around = false;
    const context: CheckContext = {
      direction,
      get script() {
        around = true;
        return script;
      },
      get upScript() {
        around = true;
        return input.up;
      },
      statement,
      source: sourceOf(statement),
      sourceOf,
      offset: (location) => (location === undefined ? statement.start : script.offsets.fromByte(location)),
      database,
      hasCatalog: input.catalog !== null,
      isUncertain: (name) => anything || uncertain.has(keyOf(name)),
      facts: input.facts,
      knownQueries: input.queries,
      created,
      createdByUp: createdByUp ?? created,
      standing,
      isNew: (relation) => created.isNew(relation) || createdByUp?.isNew(relation) === true,
      serverVersion: input.serverVersion,
      runnerWraps: input.transaction === 'file',
      transaction: detail.batch,
      transactionOf: (other) => {
        around = true;
        return details[other]?.batch ?? alone;
      },
      effects: detail.effects,
      held: detail.held,
      settings: detail.settings,
      conventions: input.settings.conventions,
      alter,
    };
    visit({
      script,
      detail,
      context,
      lookedAround: () => {
        const looked = around;
        around = false;
        return looked;
      },
    });
    created.remember(statement, database);
  }
  return created;
};

/** Walks through the up, then through the down from where the up ended. */
export const walkMigration = (input: LintInput, details: readonly StatementDetail[], visit: Visit): void => {
  const of = (direction: Direction) => details.filter((detail) => detail.direction === direction);
  const created = walkDirection(input, 'up', input.up, of('up'), null, visit);
  if (input.down !== null) walkDirection(input, 'down', input.down, of('down'), created, visit);
};

import type { Catalog } from '../catalog/catalog.ts';
import { emptyCatalog } from '../sql/empty-catalog.ts';
import { all, as, nameOf, type WrittenName } from '../sql/nodes.ts';
import type { Script, Statement } from '../sql/parser.ts';
import { type Batch, batchesOf } from '../sql/transactions.ts';
import { afterStatement } from './after-statement.ts';
import { type CatalogView, catalogView } from './catalog-view.ts';
import { createdHere } from './created-here.ts';
import type { LintInput } from './linter.ts';
import type { Direction } from './report.ts';
import type { AlteredTable, CheckContext } from './rule.ts';
import { newStanding, type Standing, standingOf } from './standing.ts';
import { type StatementSource, statementSource } from './statement-source.ts';

type Memory = ReturnType<typeof createdHere>;

const alteredTable = (
  statement: Statement,
  source: StatementSource,
  database: CatalogView,
  standing: (written: WrittenName) => Standing,
): AlteredTable | null => {
  const alter = as(statement.node, 'AlterTableStmt');
  if (alter === undefined || (alter.objtype !== 'OBJECT_TABLE' && alter.objtype !== 'OBJECT_FOREIGN_TABLE'))
    return null;
  const written = nameOf(alter.relation);
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

type Step = { readonly statement: Statement; readonly database: CatalogView };

/** Called once per statement, in order, with what is known when it starts. */
export type Visit = (direction: Direction, script: Script, context: CheckContext) => void;

const walkDirection = (
  input: LintInput,
  direction: Direction,
  script: Script,
  start: Catalog,
  createdByUp: Memory | null,
  visit: Visit,
): { readonly end: Catalog; readonly created: Memory } => {
  const scopes = batchesOf(script.statements, input.transaction);
  const alone: Batch = { number: null, openedBy: null };
  const sources = new Map<Statement, StatementSource>();
  const sourceOf = (statement: Statement): StatementSource => {
    const made = sources.get(statement) ?? statementSource(script.text, statement);
    sources.set(statement, made);
    return made;
  };
  const created = createdHere();
  const steps: Step[] = [];
  let database = catalogView(start);
  for (const statement of script.statements) {
    const before = database;
    steps.push({ statement, database: before });
    const standing = (written: WrittenName): Standing => {
      const name = before.resolve(written);
      if (created.has('table', name) || createdByUp?.has('table', name) === true) return newStanding;
      return standingOf(name, input.facts, input.facts === null ? [] : before.descendantsOf(name));
    };
    const alteredBy = new Map<Statement, AlteredTable | null>();
    const alter = (other: Statement = statement): AlteredTable | null => {
      const known = alteredBy.get(other);
      if (known !== undefined) return known;
      const made = alteredTable(other, sourceOf(other), steps[other.index]?.database ?? before, standing);
      alteredBy.set(other, made);
      return made;
    };
    visit(direction, script, {
      direction,
      script,
      upScript: input.up,
      statement,
      source: sourceOf(statement),
      sourceOf,
      offset: (location) => (location === undefined ? statement.start : script.offsets.fromByte(location)),
      database: before,
      databaseBefore: (index) => steps[index]?.database ?? before,
      hasCatalog: input.catalog !== null,
      facts: input.facts,
      created,
      createdByUp: createdByUp ?? created,
      standing,
      serverVersion: input.serverVersion,
      runnerWraps: input.transaction === 'file',
      transaction: scopes[statement.index] ?? alone,
      transactionOf: (index) => scopes[index] ?? alone,
      alter,
    });
    created.remember(statement, before);
    database = afterStatement(before, statement);
  }
  return { end: database.catalog, created };
};

/** Walks through the up, then through the down from where the up ended. */
export const walkMigration = (input: LintInput, visit: Visit): void => {
  const start = input.catalog ?? emptyCatalog;
  const up = walkDirection(input, 'up', input.up, start, null, visit);
  if (input.down !== null) walkDirection(input, 'down', input.down, up.end, up.created, visit);
};

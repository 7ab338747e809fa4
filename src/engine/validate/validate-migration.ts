import type { Catalog } from '../catalog/catalog.ts';
import type { Facts } from '../catalog/facts.ts';
import { parseScript, type Script, type SqlProblem } from '../sql/parser.ts';
import { tokenAt } from '../sql/tokens.ts';
import type { TransactionModes } from '../sql/transactions.ts';
import { type KnownQuery, queriesOfFacts } from './known-queries.ts';
import { type LintInput, type LintMemory, lint } from './linter.ts';
import type { MigrationHistory } from './migration-history.ts';
import { notChecked } from './not-checked.ts';
import type { RefusedStatement } from './refused/refused-statements.ts';
import type { Direction, Finding, MigrationReport, Tier } from './report.ts';
import type { Rule } from './rule.ts';
import { syntaxError } from './rules/syntax-error.ts';
import { ToldBefore } from './told-before.ts';
import { defaultSettings, rulesInForce, type ValidationSettings } from './validation-settings.ts';

/** A migration as it is written; `down` null when there is none. */
export type MigrationText = {
  readonly name: string;
  readonly up: string;
  readonly down: string | null;
  readonly files?: { readonly up: string | null; readonly down: string | null };
};

/** What is known of the place where the migration will run. */
export type ValidationOptions = {
  /** Null: the parse tier, which knows only what the migration itself creates. */
  readonly catalog?: Catalog | null;
  /** Taken instead of the catalog's own facts when given. */
  readonly facts?: Facts | null;
  /** Queries that applications run, besides those that the facts know. */
  readonly queries?: readonly KnownQuery[];
  /** The migrations of the same folder, this one included. */
  readonly history?: MigrationHistory;
  readonly tier?: Tier;
  /** `server_version_num` of the target; the catalog's when absent, 18 when there is none. */
  readonly serverVersion?: number;
  readonly transaction?: TransactionModes;
  /** Where a copy of the schema refused the up, when one was asked. */
  readonly refused?: RefusedStatement | null;
  /** `YYYY-MM-DD`: decides which suppressions have expired. Absent: none has. */
  readonly today?: string;
  readonly settings?: ValidationSettings;
  /** Only these rules, whatever the settings say. */
  readonly rules?: readonly Rule[];
};

const syntaxFinding = (text: string, problem: SqlProblem, direction: Direction): Finding => {
  const end = problem.position < text.length ? tokenAt(text, problem.position).end : problem.position;
  const width = text.slice(problem.position, end).split('\n')[0]?.length ?? 0;
  return {
    rule: syntaxError.id,
    category: syntaxError.category,
    severity: 'error',
    direction,
    statement: null,
    line: problem.line,
    column: problem.column,
    endLine: problem.line,
    endColumn: problem.column + width,
    message: problem.message,
    why: syntaxError.docs.why,
    instead: syntaxError.docs.instead,
    evidence: { sqlstate: '42601' },
    fix: null,
  };
};

const emptyScript = (): Script => {
  const parsed = parseScript('');
  if (!parsed.ok) throw new Error('an empty text must parse');
  return parsed.value;
};

/**
 * Checks one migration: every rule on every statement of up and down, each statement seen with the catalog as the ones
 * before it left it. A text that does not parse gives a finding with PostgreSQL's message; the other text is still
 * checked. Synchronous; `loadParser` must have finished before.
 */
export const validateMigration = (migration: MigrationText, options: ValidationOptions = {}): MigrationReport =>
  check(migration, situationOf(options), null);

/**
 * Checks a migration again and again while it is written: each call gives what `validateMigration` would, and works out
 * only what the change since the last call can have touched.
 */
export const validationInSteps = (options: ValidationOptions = {}): ((migration: MigrationText) => MigrationReport) => {
  const situation = situationOf(options);
  const memory: Memory = { up: null, down: null, lint: { details: [], told: new ToldBefore() } };
  return (migration) => check(migration, situation, memory);
};

/** The texts as they were when they last could be read, and what was worked out for them. */
type Memory = { up: Script | null; down: Script | null; readonly lint: LintMemory };

type Situation = Required<Omit<ValidationOptions, 'history'>> & Pick<LintInput, 'history'>;

/** Everything but the migration itself, with what holds where nothing is said. */
const situationOf = (options: ValidationOptions): Situation => {
  const catalog = options.catalog ?? null;
  const facts = options.facts ?? catalog?.facts ?? null;
  const serverVersion = options.serverVersion ?? catalog?.server.version ?? 180_000;
  const settings = options.settings ?? defaultSettings;
  return {
    catalog,
    facts,
    queries: [...queriesOfFacts(facts), ...(options.queries ?? [])],
    history: options.history ?? null,
    tier: options.tier ?? (catalog === null ? 'parse' : 'catalog'),
    serverVersion,
    transaction: options.transaction ?? 'auto',
    refused: options.refused ?? null,
    today: options.today ?? '0000-00-00',
    settings,
    rules: options.rules ?? rulesInForce(settings),
  };
};

const check = (migration: MigrationText, situation: Situation, memory: Memory | null): MigrationReport => {
  const up = parseScript(migration.up, memory?.up);
  const down = migration.down === null ? null : parseScript(migration.down, memory?.down);
  if (memory !== null && up.ok) memory.up = up.value;
  if (memory !== null && down?.ok === true) memory.down = down.value;
  const problems: Finding[] = [];
  if (!up.ok) problems.push(syntaxFinding(migration.up, up.error, 'up'));
  if (down !== null && !down.ok) problems.push(syntaxFinding(migration.down ?? '', down.error, 'down'));
  // Without its up a down cannot be judged: the objects that it takes back are unknown.
  const result = up.ok
    ? lint(
        {
          ...situation,
          name: migration.name,
          up: up.value,
          down: down?.ok === true ? down.value : null,
          downExpected: down === null || down.ok,
        },
        situation.rules,
        memory?.lint,
      )
    : { findings: [], statements: [], suppressed: [], unsure: [] };
  const scripts = { up: up.ok ? up.value : emptyScript(), down: down?.ok === true ? down.value : null };
  return {
    name: migration.name,
    files: migration.files ?? { up: null, down: null },
    statements: result.statements,
    findings: [...problems, ...result.findings],
    notChecked: notChecked({
      ...situation,
      scripts: down === null || down.ok ? scripts : { ...scripts, down: null },
      parsed: { up: up.ok, down: down === null || down.ok },
      unsure: result.unsure,
      suppressed: result.suppressed,
    }),
    shadow: null,
  };
};

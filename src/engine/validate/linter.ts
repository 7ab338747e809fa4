import type { Catalog } from '../catalog/catalog.ts';
import type { Facts } from '../catalog/facts.ts';
import type { Offer } from '../recipes/recipe.ts';
import { recipeFor } from '../recipes/recipe-for.ts';
import type { Script, Statement } from '../sql/parser.ts';
import { type StatementDetail, statementDetails } from '../sql/statement-report.ts';
import { modeOf, type TransactionModes } from '../sql/transactions.ts';
import { allRules } from './all-rules.ts';
import { applyEdits } from './apply-edits.ts';
import { type Visited, walkMigration } from './check-context.ts';
import { foldFindings, type LocatedFinding } from './fold-findings.ts';
import type { KnownQuery } from './known-queries.ts';
import type { MigrationHistory } from './migration-history.ts';
import { openBlocks } from './open-blocks.ts';
import { outlastsRollback } from './outlasts-rollback.ts';
import { isForeseen, type RefusedStatement, refusedOnCopy } from './refused/refused-statements.ts';
import type { Direction, Finding, StatementReport } from './report.ts';
import { type RoundTrip, roundTripOf } from './round-trip.ts';
import type { Found, PairContext, Rule } from './rule.ts';
import { rulebookOf } from './rulebook.ts';
import { faultOf, type Suppression, suppressionsIn } from './suppressions.ts';
import type { ToldBefore } from './told-before.ts';
import { severityUnder, type ValidationSettings } from './validation-settings.ts';

/** One migration, parsed, with everything that is known about where it will run. */
export type LintInput = {
  readonly name: string;
  readonly up: Script;
  readonly down: Script | null;
  /** False when a down exists that could not be read: its absence is then no finding. */
  readonly downExpected: boolean;
  /** The migrations of the same folder; null when only this one is known. */
  readonly history: MigrationHistory | null;
  readonly catalog: Catalog | null;
  readonly facts: Facts | null;
  readonly queries: readonly KnownQuery[];
  readonly serverVersion: number;
  readonly transaction: TransactionModes;
  /** Where a copy of the schema refused the up; null when it did not, or nobody asked one. */
  readonly refused: RefusedStatement | null;
  readonly settings: ValidationSettings;
  /** `YYYY-MM-DD`, for suppressions that expire. */
  readonly today: string;
};

/** What the rules found, and the suppressions that hid something. */
type LintResult = {
  readonly findings: readonly Finding[];
  readonly statements: readonly StatementReport[];
  readonly suppressed: readonly string[];
  /** What the effects could not know, each once. */
  readonly unsure: readonly string[];
};

const locate = (
  rule: Rule,
  found: Found,
  direction: Direction,
  script: Script,
  statement: Statement | null,
): LocatedFinding => {
  const start = script.offsets.lineColumn(found.range.start);
  const end = script.offsets.lineColumn(found.range.end);
  return {
    rule,
    start: found.range.start,
    end: found.range.end,
    finding: {
      rule: rule.id,
      category: rule.category,
      severity: found.severity ?? rule.severity,
      direction,
      statement: statement?.index ?? null,
      line: start.line,
      column: start.column,
      endLine: end.line,
      endColumn: end.column,
      message: found.message,
      why: found.why ?? rule.docs.why,
      instead: found.instead ?? rule.docs.instead,
      evidence: found.evidence ?? {},
      fix:
        found.fix === undefined || found.fix === null
          ? null
          : { title: found.fix.title, sql: applyEdits(script.text, found.fix.edits) },
    },
  };
};

const offered = (offer: Offer): Pick<Finding, 'recipe' | 'noRecipe'> =>
  offer.ok ? { recipe: offer.value } : { noRecipe: offer.error };

const statementAt = (script: Script, offset: number): Statement | null =>
  script.statements.find((statement) => statement.start <= offset && offset <= statement.end) ?? null;

const rankOf = { error: 0, warning: 1, info: 2 } as const;

const inOrder = (a: LocatedFinding, b: LocatedFinding): number =>
  (a.finding.direction === b.finding.direction ? 0 : a.finding.direction === 'up' ? -1 : 1) ||
  a.start - b.start ||
  rankOf[a.finding.severity] - rankOf[b.finding.severity] ||
  (a.finding.rule < b.finding.rule ? -1 : 1);

const invalidSuppressions = (
  rules: readonly Rule[],
  script: Script,
  direction: Direction,
  today: string,
): { readonly valid: readonly Suppression[]; readonly found: readonly LocatedFinding[] } => {
  const written = suppressionsIn(script);
  if (written.length === 0) return { valid: [], found: [] };
  const rule = rules.find((candidate) => candidate.id === 'invalid-suppression');
  // A suppression of a rule that is not asked for now is no mistake.
  const known = new Set([...allRules, ...rules].map(({ id }) => id));
  const valid: Suppression[] = [];
  const found: LocatedFinding[] = [];
  for (const suppression of written) {
    const fault = faultOf(suppression, known, today);
    if (fault === null) valid.push(suppression);
    else if (rule !== undefined) {
      const statement = suppression.statement === null ? null : (script.statements[suppression.statement] ?? null);
      found.push(
        locate(rule, { range: suppression.range, message: `This suppression ${fault}` }, direction, script, statement),
      );
    }
  }
  return { valid, found };
};

const hides = (suppression: Suppression, finding: Finding): boolean =>
  suppression.rule === finding.rule &&
  (suppression.statement === finding.statement || (finding.statement === null && suppression.statement === 0));

/** Rules that cannot be asked inside a block: its variables look like columns, its conditions and handlers are not seen. */
const blindInBlocks: ReadonlySet<string> = new Set([
  'syntax-or-unknown-object',
  'object-already-exists',
  'transaction-nesting',
  'uncommitted-transaction',
  'set-local-outside-transaction',
  'statement-refused',
]);

/** What is kept of a text until its next change; the rules and all else but the scripts must stay the same. */
export type LintMemory = { details: readonly StatementDetail[]; readonly told: ToldBefore };

/** Asks a rule about a statement, unless its answer is known; remembers what no other statement can change. */
const ask = (
  rule: Rule,
  { context, lookedAround }: Visited,
  answers: Map<Rule, readonly Found[]> | null,
): readonly Found[] => {
  if (answers === null) return rule.check?.(context) ?? [];
  const known = answers.get(rule);
  if (known !== undefined) return known;
  lookedAround();
  const found = rule.check?.(context) ?? [];
  if (!lookedAround()) answers.set(rule, found);
  return found;
};

const look = (
  input: LintInput,
  details: readonly StatementDetail[],
  rules: readonly Rule[],
  told: ToldBefore | null,
): readonly LocatedFinding[] => {
  const located: LocatedFinding[] = [];
  const { forStatement } = rulebookOf(rules, input);
  walkMigration(input, details, told?.start ?? null, (visited) => {
    const { script, detail, context, past } = visited;
    const answers = told?.of(detail, past) ?? null;
    for (const rule of forStatement(context.statement))
      for (const found of ask(rule, visited, answers)) {
        const one = locate(rule, found, context.direction, script, context.statement);
        const offer = recipeFor(rule.id, found, context);
        if (offer === null) located.push(one);
        else located.push({ ...one, finding: { ...one.finding, ...offered(offer) } });
      }
  });
  return located;
};

/** What the rules say of the statements that stand in `DO` blocks, told of the blocks themselves. */
const lookIntoBlocks = (input: LintInput, rules: readonly Rule[]): readonly LocatedFinding[] =>
  (['up', 'down'] as const).flatMap((direction) => {
    const script = input[direction];
    const opened = script === null ? null : openBlocks(script, modeOf(input.transaction, direction));
    if (script === null || opened === null) return [];
    const inside = { ...input, [direction]: opened };
    const details = statementDetails({ ...inside, throughput: input.settings.throughput });
    const sighted = rules.filter(({ id }) => !blindInBlocks.has(id));
    return look(inside, details, sighted, null).flatMap((one) => {
      const block = script.statements.find(
        ({ node, start, end }) => 'DoStmt' in node && start <= one.start && one.end <= end,
      );
      if (block === undefined || one.finding.direction !== direction) return [];
      // A fix would edit the opened text, not the file.
      return [{ ...one, finding: { ...one.finding, statement: block.index, fix: null } }];
    });
  });

/**
 * Runs the rules over the up and the down of one migration: every statement is seen with the catalog as the statements
 * before it left it. Several rules that see one cause give one finding; suppressed findings are left out and counted.
 * With a memory, what stands before the last change is not worked out again.
 */
export const lint = (input: LintInput, rules: readonly Rule[], memory: LintMemory | null = null): LintResult => {
  const suppressed: string[] = [];

  const details = statementDetails({ ...input, throughput: input.settings.throughput }, memory?.details);
  if (memory !== null) memory.details = details;
  const located = [...look(input, details, rules, memory?.told ?? null), ...lookIntoBlocks(input, rules)].filter(
    outlastsRollback(input),
  );
  let trip: RoundTrip | null | undefined;
  const pair: PairContext = {
    ...input,
    roundTrip: () => {
      if (trip === undefined) trip = input.down === null ? null : roundTripOf(details, input);
      return trip;
    },
  };
  for (const rule of rulebookOf(rules, input).forPair)
    for (const found of rule.checkPair?.(pair) ?? []) {
      const script = found.direction === 'up' ? input.up : (input.down ?? input.up);
      located.push(locate(rule, found, found.direction, script, statementAt(script, found.range.start)));
    }

  const { refused } = input;
  if (refused !== null && !isForeseen(refused, located)) {
    const rule = rules.find(({ id }) => id === 'statement-refused');
    const statement = input.up.statements[refused.index] ?? null;
    if (rule !== undefined) located.push(locate(rule, refusedOnCopy(refused, input.up), 'up', input.up, statement));
  }

  const concernsOnlyIgnored = (direction: Direction, statement: number | null): boolean => {
    if (input.settings.ignoredSchemas.length === 0) return false;
    const objects = details.find(({ report }) => report.direction === direction && report.index === statement)?.report
      .objects;
    if (objects === undefined || objects.length === 0) return false;
    return objects.every(({ schema }) => input.settings.ignoredSchemas.includes(schema));
  };
  let shown = foldFindings(located)
    .filter(({ finding }) => !concernsOnlyIgnored(finding.direction, finding.statement))
    .map((one) => ({
      ...one,
      finding: { ...one.finding, severity: severityUnder(input.settings, one.rule, one.finding) },
    }));
  for (const direction of ['up', 'down'] as const) {
    const script = direction === 'up' ? input.up : input.down;
    if (script === null) continue;
    const { valid, found } = invalidSuppressions(rules, script, direction, input.today);
    shown = shown.filter(({ finding }) => {
      const hiding =
        finding.direction === direction ? valid.find((suppression) => hides(suppression, finding)) : undefined;
      if (hiding !== undefined)
        suppressed.push(`${finding.rule} at line ${finding.line} of the ${direction} (${hiding.reason})`);
      return hiding === undefined;
    });
    shown = [...shown, ...found];
  }
  return {
    findings: shown.toSorted(inOrder).map(({ finding }) => finding),
    statements: details.map(({ report }) => report),
    suppressed,
    unsure: [...new Set(details.flatMap(({ effects }) => effects.unsure))],
  };
};

import { byObject } from '../../../../../engine/sql/by-object.ts';
import type { StatementReport } from '../../../../../engine/validate/report.ts';
import { subjectsOf, wordsOf } from './statement-subjects.ts';
import { actionsOf } from './statement-title.ts';

/**
 * How an up statement is taken back: by a statement of the down (`inverse`), together with another one (`covered`), not
 * at all because nothing is left to take back (`not needed`), or not at all (`none`). Indexes count within a direction.
 */
export type StatementLink =
  | { readonly up: number; readonly kind: 'inverse'; readonly down: number }
  | { readonly up: number; readonly kind: 'covered'; readonly by: number; readonly down: number | null }
  | { readonly up: number; readonly kind: 'not needed' }
  | { readonly up: number; readonly kind: 'none' };

const opposites: readonly (readonly [string, string])[] = [
  ['AddColumn', 'DropColumn'],
  ['AddConstraint', 'DropConstraint'],
  ['SetNotNull', 'DropNotNull'],
  ['ColumnDefault', 'ColumnDefault'],
  ['AlterColumnType', 'AlterColumnType'],
  ['RenameColumn', 'RenameColumn'],
  ['RenameConstraint', 'RenameConstraint'],
  ['Rename', 'Rename'],
  ['RenameValue', 'RenameValue'],
  ['SetSchema', 'SetSchema'],
  ['ChangeOwner', 'ChangeOwner'],
  ['AttachPartition', 'DetachPartition'],
  ['AddIdentity', 'DropIdentity'],
  ['EnableRowSecurity', 'DisableRowSecurity'],
  ['SetStatistics', 'SetStatistics'],
  ['SetRelOptions', 'ResetRelOptions'],
  ['Grant', 'Revoke'],
  ['Comment', 'Comment'],
  ['Update', 'Update'],
  ['Insert', 'Delete'],
  ['CreateTableAs', 'DropTable'],
  ['CreateFunction', 'CreateFunction'],
  ['CreateView', 'CreateView'],
  ['CreateEnum', 'DropType'],
  ['DropType', 'CreateEnum'],
  ['AddConstraint', 'DropIndex'],
  ['CreateIndex', 'DropConstraint'],
];

const leavesNothing = /^(Transaction\.|Set$|SetLocal$|Reset$|Analyze$|Vacuum$|Select$|Lock$)/;

function areOpposite(up: string, down: string): boolean {
  if (up.startsWith('Create') && down === `Drop${up.slice('Create'.length)}`) return true;
  if (up.startsWith('Drop') && down === `Create${up.slice('Drop'.length)}`) return true;
  return opposites.some(([a, b]) => (a === up && b === down) || (a === down && b === up));
}

const undoes = (a: StatementReport, b: StatementReport): boolean =>
  actionsOf(a.kind).some((left) => actionsOf(b.kind).some((right) => areOpposite(left, right)));

const statementsKept = 2000;
const mentioned = byObject(statementsKept, ({ text }: StatementReport) => wordsOf(text));
const named = byObject(statementsKept, ({ text }: StatementReport) => subjectsOf(text));

function sharedWords(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let count = 0;
  for (const word of a) if (b.has(word)) count += 1;
  return count;
}

const makesSomething = (statement: StatementReport): boolean =>
  actionsOf(statement.kind).some((action) => /^(Add|Create)/.test(action));

const tablesOf = (statement: StatementReport): readonly string[] => statement.objects.map((object) => object.name);

/** True when what `maker` makes without a name can be called so: `users_email_key`. */
const isNamedByServer = (maker: StatementReport, subjects: ReadonlySet<string>): boolean =>
  makesSomething(maker) && tablesOf(maker).some((table) => [...subjects].some((one) => one.startsWith(`${table}_`)));

/** True unless the statements name different things: adding one column is not taken back by dropping another. */
function mayBeAboutTheSame(one: StatementReport, other: StatementReport): boolean {
  const [mine, theirs] = [named(one), named(other)];
  if (mine.size === 0) return theirs.size === 0 || !makesSomething(one) || isNamedByServer(one, theirs);
  if (theirs.size === 0) return !makesSomething(other) || isNamedByServer(other, mine);
  return sharedWords(mine, theirs) > 0;
}

/** How well the statements fit as a pair; 0 means not at all. Words weigh most, then the reverse order. */
function likeness(up: StatementReport, down: StatementReport, distance: number): number {
  if (!undoes(up, down) || !mayBeAboutTheSame(up, down)) return 0;
  const shared = sharedWords(mentioned(up), mentioned(down));
  return shared === 0 ? 0 : shared + 1 / (1 + distance);
}

/** True when taking back `maker` also takes back `statement`: it works on what `maker` made. */
function goesWith(statement: StatementReport, maker: StatementReport): boolean {
  if (!makesSomething(maker)) return false;
  const mine = mentioned(statement);
  const isPartOfTable = actionsOf(maker.kind).every((action) => action.startsWith('Add'));
  if (isPartOfTable && !tablesOf(maker).some((table) => mine.has(table))) return false;
  return sharedWords(named(maker), mine) > 0;
}

function explainUnlinked(
  index: number,
  up: readonly StatementReport[],
  inverseOf: ReadonlyMap<number, number>,
): StatementLink {
  const statement = up[index] as StatementReport;
  if (leavesNothing.test(statement.kind)) return { up: index, kind: 'not needed' };
  const maker = up.findIndex(
    (other, position) => position < index && inverseOf.has(position) && goesWith(statement, other),
  );
  if (maker >= 0) return { up: index, kind: 'covered', by: maker, down: inverseOf.get(maker) ?? null };
  const undone = up.findIndex(
    (other, position) => position !== index && likeness(statement, other, 0) > 1 && !inverseOf.has(position),
  );
  if (undone >= 0) return { up: index, kind: 'covered', by: undone, down: null };
  if (actionsOf(statement.kind).includes('ValidateConstraint')) return { up: index, kind: 'not needed' };
  return { up: index, kind: 'none' };
}

/**
 * Joins each up statement with the down statement that takes it back, best pair first; of equal pairs the one nearer to
 * reverse order wins. What has no partner is explained.
 */
export function linkStatements(
  up: readonly StatementReport[],
  down: readonly StatementReport[],
): readonly StatementLink[] {
  const pairs = up.flatMap((statement, index) =>
    down.map((candidate, position) => ({
      index,
      position,
      score: likeness(statement, candidate, Math.abs(down.length - 1 - position - index)),
    })),
  );
  const inverseOf = new Map<number, number>();
  const taken = new Set<number>();
  for (const pair of pairs.toSorted((a, b) => b.score - a.score)) {
    if (pair.score === 0 || inverseOf.has(pair.index) || taken.has(pair.position)) continue;
    inverseOf.set(pair.index, pair.position);
    taken.add(pair.position);
  }
  return up.map((_, index) => {
    const partner = inverseOf.get(index);
    return partner === undefined
      ? explainUnlinked(index, up, inverseOf)
      : { up: index, kind: 'inverse', down: partner };
  });
}

/** What a link says, for the channel's tooltip and for screen readers. */
export function linkInWords(link: StatementLink): string {
  const number = link.up + 1;
  switch (link.kind) {
    case 'inverse':
      return `Statement ${number} is taken back by down statement ${link.down + 1}`;
    case 'covered':
      return link.down === null
        ? `Statement ${number} and statement ${link.by + 1} cancel each other`
        : `Statement ${number} needs no inverse: it goes with statement ${link.by + 1}`;
    case 'not needed':
      return `Statement ${number} leaves nothing to take back`;
    case 'none':
      return `Statement ${number} has no inverse`;
  }
}

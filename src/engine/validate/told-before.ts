import type { StatementDetail } from '../sql/statement-report.ts';
import type { HeldLock, SettingsInForce } from '../sql/transactions.ts';
import type { Found, Rule } from './rule.ts';
import type { SourceRange } from './statement-source.ts';

type Tree = StatementDetail['statement']['node'];

const sameSettings = (a: SettingsInForce, b: SettingsInForce): boolean =>
  a.lockTimeout === b.lockTimeout &&
  a.statementTimeout === b.statementTimeout &&
  a.timeZone === b.timeZone &&
  a.searchPath?.join('\0') === b.searchPath?.join('\0');

const sameLocks = (a: readonly HeldLock[], b: readonly HeldLock[]): boolean =>
  a.length === b.length &&
  a.every(({ relation, mode, since }, at) => {
    const other = b[at];
    return other?.relation === relation && other.mode === mode && other.since === since;
  });

/**
 * What has happened before a statement, as far as rules can see it: the same object whenever statements with the same
 * outcome stand in front, so that to compare two is to compare objects.
 */
export class Past {
  readonly #futures = new WeakMap<Tree, { readonly detail: StatementDetail; readonly past: Past }>();

  /** The past of what follows a statement; the same one where the statement leaves no trace. */
  behind(detail: StatementDetail, isRemembered: boolean): Past {
    const { statement, before, settings } = detail;
    const { catalog, uncertain, unknown } = detail.after();
    if (!isRemembered && catalog === before && uncertain.length === 0 && !unknown) return this;
    const known = this.#futures.get(statement.node);
    if (known?.detail.before === before && sameSettings(known.detail.settings, settings)) return known.past;
    const past = new Past();
    this.#futures.set(statement.node, { detail, past });
    return past;
  }
}

/** Where a statement stood, and what rules have said of it there. */
type Answers = {
  readonly past: Past | null;
  readonly detail: StatementDetail;
  readonly found: Map<Rule, readonly Found[]>;
};

const sameSituation = (a: StatementDetail, b: StatementDetail): boolean =>
  a.before === b.before &&
  a.effects === b.effects &&
  a.statement.index === b.statement.index &&
  a.batch.number === b.batch.number &&
  a.batch.openedBy === b.batch.openedBy &&
  sameSettings(a.settings, b.settings) &&
  sameLocks(a.held, b.held);

const shifted = <R extends SourceRange>(range: R, by: number): R => ({
  ...range,
  start: range.start + by,
  end: range.end + by,
});

const moved = (found: Found, by: number): Found => ({
  ...found,
  range: shifted(found.range, by),
  ...(found.fix == null ? {} : { fix: { ...found.fix, edits: found.fix.edits.map((edit) => shifted(edit, by)) } }),
});

/** What rules have said of statements, for the next time that a text with the same statements is checked. */
export class ToldBefore {
  readonly #answers = new WeakMap<Tree, Answers>();
  readonly #start = new Past();

  /** The past of the first statement of the up. */
  get start(): Past {
    return this.#start;
  }

  /** What was said of a statement, with ranges that fit where it stands now; empty when its situation is another one. */
  of(detail: StatementDetail, past: Past | null): Map<Rule, readonly Found[]> {
    const { node, start } = detail.statement;
    const known = this.#answers.get(node);
    const by = start - (known?.detail.statement.start ?? start);
    const isSame = known !== undefined && known.past === past && sameSituation(known.detail, detail);
    const found =
      isSame && by === 0
        ? known.found
        : new Map([...(isSame ? known.found : [])].map(([rule, said]) => [rule, said.map((one) => moved(one, by))]));
    this.#answers.set(node, { past, detail, found });
    return found;
  }
}

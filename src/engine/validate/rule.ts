import type { AlterTableCmd, AlterTableType } from '@pgsql/types';
import type { Catalog, ObjectName, Table } from '../catalog/catalog.ts';
import type { Facts } from '../catalog/facts.ts';
import type { StatementEffects } from '../sql/effects.ts';
import type { NodeName, WrittenName } from '../sql/nodes.ts';
import type { Script, Statement } from '../sql/parser.ts';
import type { Batch, HeldLock, SettingsInForce } from '../sql/transactions.ts';
import type { CatalogView } from './catalog-view.ts';
import type { Conventions } from './conventions.ts';
import type { CreatedHere } from './created-here.ts';
import type { KnownQuery } from './known-queries.ts';
import type { MigrationHistory } from './migration-history.ts';
import type { Direction, RuleCategory, Severity } from './report.ts';
import type { RoundTrip } from './round-trip.ts';
import type { Standing } from './standing.ts';
import type { SourceRange, StatementSource } from './statement-source.ts';

/** Replaces the text between two offsets of the file. */
export type TextEdit = SourceRange & { readonly text: string };

/** A safe rewrite, as edits that leave everything else of the file alone. */
export type Fix = { readonly title: string; readonly edits: readonly TextEdit[] };

/** What a check reports; what is left out comes from the rule. */
export type Found = {
  readonly range: SourceRange;
  readonly message: string;
  readonly severity?: Severity;
  readonly why?: string;
  readonly instead?: string;
  readonly evidence?: Readonly<Record<string, unknown>>;
  readonly fix?: Fix | null;
};

/** One action of an `ALTER TABLE`, with the clause that writes it. */
export type AlterAction = { readonly cmd: AlterTableCmd; readonly range: SourceRange };

/** An `ALTER TABLE` of an ordinary, partitioned or foreign table. */
export type AlteredTable = {
  readonly written: WrittenName;
  readonly name: ObjectName;
  /** Null when no catalog knows it. */
  readonly table: Table | null;
  readonly standing: Standing;
  readonly only: boolean;
  readonly actions: readonly AlterAction[];
};

/** A catalog that statements leave, and of which relations it is not known how they stand then. */
export type Left = { readonly catalog: Catalog; readonly isUnsure: (relation: ObjectName) => boolean };

/** Everything a check may know when it looks at one statement. */
export type CheckContext = {
  readonly direction: Direction;
  readonly script: Script;
  /** The up of this migration, also when the down is looked at. */
  readonly upScript: Script;
  /** The down of this migration; null without one. */
  readonly downScript: Script | null;
  readonly statement: Statement;
  readonly source: StatementSource;
  /** The source of any statement of the same file. */
  readonly sourceOf: (statement: Statement) => StatementSource;
  /** The offset in the file of a parse-tree `location`. */
  readonly offset: (location: number | undefined) => number;
  /** The database as it is when this statement starts; holds only what the migration made when `hasCatalog` is false. */
  readonly database: CatalogView;
  readonly hasCatalog: boolean;
  /** The catalog that the migration finds; null when none is known. */
  readonly original: Catalog | null;
  /** What this statement leaves; worked out when first asked for. */
  readonly left: () => Left;
  /** What the last statement of this direction leaves. */
  readonly leftAtEnd: () => Left;
  /** True when an earlier statement may have changed the object in a way that cannot be followed. */
  readonly isUncertain: (name: ObjectName) => boolean;
  readonly facts: Facts | null;
  /** Queries that applications are known to run. */
  readonly knownQueries: readonly KnownQuery[];
  /** What this direction has created so far. */
  readonly created: CreatedHere;
  /** What the up creates, when this is the down; else the same as `created`. */
  readonly createdByUp: CreatedHere;
  readonly standing: (written: WrittenName) => Standing;
  /** True for a dotted name, as effects write it, of a table that this migration created. */
  readonly isNew: (relation: string) => boolean;
  /** `server_version_num`. */
  readonly serverVersion: number;
  /** True when the runner itself puts the whole file into a transaction. */
  readonly runnerWraps: boolean;
  readonly transaction: Batch;
  /** The transaction of any statement of the same file, by its index. */
  readonly transactionOf: (index: number) => Batch;
  readonly effects: StatementEffects;
  /** Locks that earlier statements of the same transaction still hold. */
  readonly held: readonly HeldLock[];
  readonly settings: SettingsInForce;
  /** What the team has agreed on. */
  readonly conventions: Conventions;
  /** The `ALTER TABLE` of this statement, or of another one of the file; null when it is something else. */
  readonly alter: (statement?: Statement) => AlteredTable | null;
};

/** The two files of a migration, for checks that are about the pair. */
export type PairContext = {
  readonly name: string;
  readonly up: Script;
  readonly down: Script | null;
  /** False when a down exists that does not parse: its absence is then no finding. */
  readonly downExpected: boolean;
  /** The migrations of the same folder; null when only this one is known. */
  readonly history: MigrationHistory | null;
  /** What up and then down leave of the database, worked out when first asked for; null without a down. */
  readonly roundTrip: () => RoundTrip | null;
};

/** What a check of the pair reports: a range in one of the files, or the file as a whole. */
export type FoundInPair = Found & { readonly direction: Direction };

/** A case that is test and documentation at once. */
export type RuleExample = {
  readonly name: string;
  /** SQL that makes the catalog; absent: the rule is tried without a catalog. */
  readonly setup?: string;
  readonly facts?: readonly ({ readonly table: string; readonly rows: number; readonly bytes: number } & Partial<
    Omit<Facts['tables'][number], 'name'>
  >)[];
  /** What a live server tells beside its tables; only together with `facts`. */
  readonly live?: Partial<Omit<Facts, 'tables' | 'capturedAt'>>;
  /** Queries that applications run. */
  readonly queries?: readonly string[];
  /** Major version, 18 when absent. */
  readonly serverVersion?: number;
  readonly transaction?: 'auto' | 'file' | 'none';
  readonly up: string;
  readonly down?: string;
  /** The migrations of its folder; its own is the last. */
  readonly history?: MigrationHistory;
  /** What a team has agreed on, where it has. */
  readonly conventions?: Partial<Conventions>;
  /** The exact source text of each finding of this rule, in order; empty: the rule is silent. */
  readonly finds: readonly { readonly text: string; readonly severity?: Severity; readonly direction?: Direction }[];
  /** The up after the fix of its first finding. */
  readonly fixed?: string;
  /** What PostgreSQL does with the up on the setup: relations by name. Checked on a real engine. */
  readonly trace?: {
    readonly locks?: Readonly<Record<string, string>>;
    readonly rewrites?: readonly string[];
    readonly scans?: readonly string[];
    /** SQLSTATE with which the up fails. */
    readonly fails?: string;
  };
};

/** What a rule says about itself on its page. */
type RuleDocs = {
  readonly what: string;
  readonly why: string;
  readonly instead: string;
  readonly ignoreWhen: string;
  readonly manual: string;
};

/** One rule: what it looks for, how it explains itself, and the examples that prove it. */
export type Rule = {
  readonly id: string;
  readonly title: string;
  readonly category: RuleCategory;
  /** The severity on a large or unknown table; facts may lower it. */
  readonly severity: Severity;
  /** Major versions of PostgreSQL on which it applies; both ends included, absent: unbounded. */
  readonly servers: { readonly from?: number; readonly to?: number };
  /**
   * The statements that it looks at, and the actions of an `ALTER TABLE` (also of other things that it alters), so that
   * it need not be asked about others; absent: all.
   */
  readonly on?: readonly (NodeName | AlterTableType)[];
  /** What has to be known besides the migration: the rule is not asked where it is not. */
  readonly needs?: 'catalog' | 'facts' | 'queries';
  /** Rules that say the same thing better: on the same clause this one is folded under them. */
  readonly foldsUnder?: readonly string[];
  /** True: silent unless asked for. */
  readonly optIn?: boolean;
  readonly docs: RuleDocs;
  readonly examples: readonly RuleExample[];
  readonly check?: (context: CheckContext) => readonly Found[];
  readonly checkPair?: (context: PairContext) => readonly FoundInPair[];
};

/** Declares a rule; the file is named after its id. */
export const defineRule = (rule: Rule): Rule => rule;

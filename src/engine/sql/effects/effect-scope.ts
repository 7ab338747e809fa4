import type { RangeVar } from '@pgsql/types';
import type { Catalog, ObjectName, Table } from '../../catalog/catalog.ts';
import type { Effects } from '../../validate/report.ts';
import { type CatalogLookup, catalogLookup, resolveName } from '../catalog-lookup.ts';
import { emptyCatalog } from '../empty-catalog.ts';
import { isStrongerLock, type LockMode, whatLockBlocks } from '../lock-mode.ts';
import { nameOf, type WrittenName } from '../nodes.ts';
import { qualifiedName } from '../qualified-name.ts';
import { keyOf } from '../table-index.ts';

/** What is known when a statement starts. */
export type EffectsContext = {
  /** The database as the statement finds it; null when nothing is known of it. */
  readonly catalog: Catalog | null;
  /** True when the catalog holds only what earlier statements made, so that what is not in it may exist all the same. */
  readonly partial?: boolean;
  /** `server_version_num`, for example 150018. */
  readonly serverVersion: number;
  /** The search path in force; the catalog's own when left out. */
  readonly searchPath?: readonly string[];
  /** The session's TimeZone; the catalog's own when left out. */
  readonly timeZone?: string;
};

/** The effects of a statement, with what a report does not show. */
export type StatementEffects = Effects & {
  /** Tables of which an index is built or rebuilt while the lock is held. */
  readonly indexBuilds: readonly string[];
  /** Those of the scans that the planner may replace with reading an index. */
  readonly plannedScans: readonly string[];
  /** What could not be known, in words; the effects then show the worse of the possible outcomes. */
  readonly unsure: readonly string[];
};

/** Collects the effects of one statement and answers its questions about the catalog. */
export type EffectScope = {
  readonly lookup: CatalogLookup;
  readonly searchPath: readonly string[];
  readonly version: number;
  /** Null when it is not known. */
  readonly timeZone: string | null;
  /** False when nothing is known of the database, so that "not found" says nothing. */
  readonly hasCatalog: boolean;
  readonly catalog: Catalog;
  /** The identity of a relation of any kind. */
  readonly relation: (written: RangeVar | WrittenName | undefined) => ObjectName;
  readonly lock: (name: ObjectName, mode: LockMode) => void;
  readonly rewrite: (name: ObjectName) => void;
  /** `planned` where the planner may read an index instead. */
  readonly scan: (name: ObjectName, how?: 'planned') => void;
  /** An index of the table is built, which reads the whole table. */
  readonly build: (name: ObjectName) => void;
  readonly transaction: (need: Effects['transaction']) => void;
  readonly unsure: (why: string) => void;
  /** A table and all partitions and inheritance children below it. */
  readonly tree: (name: ObjectName) => readonly ObjectName[];
  /** A table and the partitions below it, not plain inheritance children. */
  readonly partitionTree: (name: ObjectName) => readonly ObjectName[];
  readonly result: () => StatementEffects;
};

const isWritten = (written: RangeVar | WrittenName | undefined): written is WrittenName =>
  written !== undefined && 'name' in written;

function partitionsBelow(lookup: CatalogLookup, name: ObjectName): readonly Table[] {
  return lookup.descendantsOf(name).filter((table) => table.partitionOf !== null);
}

/** Opens an empty set of effects in front of a catalog. */
export function effectScope(context: EffectsContext): EffectScope {
  const catalog = context.catalog ?? emptyCatalog;
  const hasCatalog = context.catalog !== null && context.partial !== true;
  const lookup = catalogLookup(catalog);
  const searchPath = context.searchPath ?? catalog.server.searchPath;
  const locks = new Map<string, LockMode>();
  const rewrites = new Set<string>();
  const scans = new Set<string>();
  const certainScans = new Set<string>();
  const builds = new Set<string>();
  const unsure = new Set<string>();
  let transaction: Effects['transaction'] = 'allowed';
  // A partitioned table has no rows of its own, a foreign table none that PostgreSQL stores.
  const holdsRows = (name: ObjectName) => (lookup.table(name)?.kind ?? 'table') === 'table';
  return {
    lookup,
    searchPath,
    version: context.serverVersion,
    timeZone: context.timeZone ?? (hasCatalog ? catalog.server.timeZone : null),
    hasCatalog,
    catalog,
    relation: (written) =>
      resolveName(
        isWritten(written) ? written : nameOf(written),
        searchPath,
        (name) => lookup.relationKind(name) !== undefined,
      ),
    lock: (name, mode) => {
      const key = qualifiedName(name);
      const held = locks.get(key);
      if (held === undefined || isStrongerLock(mode, held)) locks.set(key, mode);
    },
    rewrite: (name) => {
      if (holdsRows(name)) rewrites.add(qualifiedName(name));
    },
    scan: (name, how) => {
      if (!holdsRows(name)) return;
      scans.add(qualifiedName(name));
      if (how !== 'planned') certainScans.add(qualifiedName(name));
    },
    build: (name) => {
      if (!holdsRows(name)) return;
      scans.add(qualifiedName(name));
      certainScans.add(qualifiedName(name));
      builds.add(qualifiedName(name));
    },
    transaction: (need) => {
      if (transaction !== 'forbidden') transaction = need;
    },
    unsure: (why) => {
      unsure.add(why);
    },
    tree: (name) => [name, ...lookup.descendantsOf(name)],
    partitionTree: (name) => [name, ...partitionsBelow(lookup, name)],
    result: () => ({
      locks: [...locks].map(([relation, mode]) => ({ relation, mode, blocks: whatLockBlocks(mode) })),
      rewrites: [...rewrites],
      // A rewrite reads the table anyway.
      scans: [...scans].filter((name) => !rewrites.has(name)),
      transaction,
      indexBuilds: [...builds],
      plannedScans: [...scans].filter((name) => !certainScans.has(name)),
      unsure: [...unsure],
    }),
  };
}

/** The default partition of a partitioned table, if it has one. */
export function defaultPartition(scope: EffectScope, parent: ObjectName): Table | undefined {
  return scope.lookup
    .childrenOf(parent)
    .find((child) => child.partitionOf !== null && /^default$/i.test(child.partitionOf.bound.trim()));
}

/** Distinct names, in the order in which they first appear. */
export const distinct = (names: readonly ObjectName[]): readonly ObjectName[] => [
  ...new Map(names.map((name) => [keyOf(name), name])).values(),
];

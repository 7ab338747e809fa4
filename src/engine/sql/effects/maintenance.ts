import type { ClusterStmt, LockStmt, RefreshMatViewStmt, TruncateStmt, VacuumStmt } from '@pgsql/types';
import type { ObjectName } from '../../catalog/catalog.ts';
import { type LockMode, lockModes } from '../lock-mode.ts';
import { all } from '../nodes.ts';
import { optionIsOn } from '../option-is-on.ts';
import { parseScript } from '../parser.ts';
import { keyOf } from '../table-index.ts';
import { withParents } from '../with-parents.ts';
import { distinct, type EffectScope } from './effect-scope.ts';
import { readQuery, relationsBehind } from './read-query.ts';

/** `VACUUM` and `ANALYZE`, of the named relations or of everything. */
export function vacuum(scope: EffectScope, statement: VacuumStmt): void {
  const isVacuum = statement.is_vacuumcmd === true;
  if (isVacuum) scope.transaction('forbidden');
  const full = isVacuum && optionIsOn(statement.options, 'full');
  // Inheritance children belong to it since 18, partitions always, unless it says ONLY.
  const below = scope.version >= 180_000 ? scope.tree : scope.partitionTree;
  const named = all(statement.rels, 'VacuumRelation').flatMap(({ relation }) => {
    const name = scope.relation(relation);
    return relation?.inh === true ? below(name) : [name];
  });
  const targets = named.length > 0 ? named : scope.catalog.tables;
  for (const target of distinct(targets)) {
    scope.lock(target, full ? 'ACCESS EXCLUSIVE' : 'SHARE UPDATE EXCLUSIVE');
    if (full) scope.rewrite(target);
    else if (isVacuum) scope.scan(target);
  }
}

/** `CLUSTER` rewrites in the order of an index; without a name, every table that was clustered before. */
export function cluster(scope: EffectScope, statement: ClusterStmt): void {
  if (statement.relation === undefined) {
    scope.transaction('forbidden');
    for (const table of scope.catalog.tables) {
      if (table.indexes.some((index) => index.clustered)) clusterTable(scope, table);
    }
    return;
  }
  const table = scope.relation(statement.relation);
  const parts = scope.lookup.table(table)?.kind === 'partitioned table' ? scope.partitionTree(table) : [table];
  if (parts.length > 1) scope.transaction('forbidden');
  for (const part of parts) clusterTable(scope, part);
}

function clusterTable(scope: EffectScope, table: ObjectName): void {
  scope.lock(table, 'ACCESS EXCLUSIVE');
  scope.rewrite(table);
  scope.build(table);
}

/** The tables that `TRUNCATE … CASCADE` empties beside those it names: all that point at them, and so on. */
export function truncatedWith(scope: EffectScope, tables: readonly ObjectName[]): readonly ObjectName[] {
  const found = new Map(tables.map((table) => [keyOf(table), table]));
  const pending = [...tables];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const { table } of withParents(scope.lookup, next).flatMap((one) => scope.lookup.referencesTo(one))) {
      for (const part of scope.tree(table)) {
        if (found.has(keyOf(part))) continue;
        found.set(keyOf(part), part);
        pending.push(part);
      }
    }
  }
  return [...found.values()];
}

/** `TRUNCATE` starts new, empty files: it neither reads nor rewrites rows. */
export function truncate(scope: EffectScope, statement: TruncateStmt): void {
  const named = all(statement.relations, 'RangeVar').flatMap((relation) => {
    const table = scope.relation(relation);
    return relation.inh === true ? scope.tree(table) : [table];
  });
  for (const table of statement.behavior === 'DROP_CASCADE' ? truncatedWith(scope, named) : distinct(named)) {
    scope.lock(table, 'ACCESS EXCLUSIVE');
    if (statement.restart_seqs !== true) continue;
    for (const sequence of scope.lookup.sequencesOf(table)) scope.lock(sequence, 'ACCESS EXCLUSIVE');
  }
  if (!scope.hasCatalog && statement.behavior === 'DROP_CASCADE') {
    scope.unsure('which tables point at these, and are emptied with them, is not known');
  }
}

/** `LOCK TABLE`: partitions and children too, and the tables behind a view. */
export function lockTable(scope: EffectScope, statement: LockStmt): void {
  scope.transaction('required');
  const mode: LockMode = lockModes[(statement.mode ?? 8) - 1] ?? 'ACCESS EXCLUSIVE';
  for (const relation of all(statement.relations, 'RangeVar')) {
    const name = scope.relation(relation);
    const isView = scope.lookup.view(name) !== undefined;
    const behind = isView ? relationsBehind(scope, { RangeVar: relation }) : scope.tree(name);
    for (const locked of relation.inh === true ? behind : [name]) scope.lock(locked, mode);
  }
}

/** `REFRESH MATERIALIZED VIEW`: concurrent refreshes let readers through. */
export function refresh(scope: EffectScope, statement: RefreshMatViewStmt): void {
  const name = scope.relation(statement.relation);
  const concurrent = statement.concurrent === true;
  scope.lock(name, concurrent ? 'EXCLUSIVE' : 'ACCESS EXCLUSIVE');
  if (concurrent) scope.scan(name);
  else scope.rewrite(name);
  const view = scope.lookup.view(name);
  if (view === undefined || statement.skipData === true) return;
  const definition = parseScript(view.definition);
  const query = definition.ok ? definition.value.statements[0]?.node : undefined;
  if (query !== undefined) readQuery(scope, query);
}

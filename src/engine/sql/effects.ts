import type { Node } from '@pgsql/types';
import { alterTable } from './effects/alter-table.ts';
import { changeRows, copyRows } from './effects/change-rows.ts';
import { createTable, createTableAs, selectInto } from './effects/create-table.ts';
import { drop } from './effects/drop.ts';
import { type EffectScope, type EffectsContext, effectScope, type StatementEffects } from './effects/effect-scope.ts';
import { createIndex, reindex } from './effects/indexes.ts';
import { cluster, lockTable, refresh, truncate, vacuum } from './effects/maintenance.ts';
import {
  alterSequence,
  comment,
  createStatistics,
  createTrigger,
  createView,
  isForbiddenInTransaction,
  publication,
} from './effects/other-objects.ts';
import { changeOwner, rename, setSchema } from './effects/rename.ts';
import { analyse, callRoutines, createRoutine } from './effects/routines.ts';
import { alterDomain, alterEnum } from './effects/types-and-domains.ts';
import type { Statement } from './parser.ts';

export type { EffectsContext, StatementEffects } from './effects/effect-scope.ts';

function lockNamed(scope: EffectScope, relation: Parameters<EffectScope['relation']>[0]): void {
  scope.lock(scope.relation(relation), 'ACCESS EXCLUSIVE');
}

function needsTransaction(scope: EffectScope, kind: string | undefined): void {
  if (kind === 'TRANS_STMT_COMMIT_PREPARED' || kind === 'TRANS_STMT_ROLLBACK_PREPARED') scope.transaction('forbidden');
  if (kind === 'TRANS_STMT_SAVEPOINT' || kind === 'TRANS_STMT_RELEASE' || kind === 'TRANS_STMT_ROLLBACK_TO') {
    scope.transaction('required');
  }
}

/** Statements that run the functions in them; others only keep them. */
const writesOrReads = (node: Node): boolean =>
  'SelectStmt' in node || 'InsertStmt' in node || 'UpdateStmt' in node || 'DeleteStmt' in node || 'MergeStmt' in node;

function collect(scope: EffectScope, node: Node): void {
  if (isForbiddenInTransaction(node)) scope.transaction('forbidden');
  if ('AlterTableStmt' in node) alterTable(scope, node.AlterTableStmt);
  else if ('CreateStmt' in node) createTable(scope, node.CreateStmt);
  else if ('CreateForeignTableStmt' in node) createTable(scope, node.CreateForeignTableStmt.base ?? {});
  else if ('CreateTableAsStmt' in node) createTableAs(scope, node.CreateTableAsStmt);
  else if ('IndexStmt' in node) createIndex(scope, node.IndexStmt);
  else if ('ReindexStmt' in node) reindex(scope, node.ReindexStmt);
  else if ('DropStmt' in node) drop(scope, node.DropStmt);
  else if ('RenameStmt' in node) rename(scope, node.RenameStmt);
  else if ('AlterObjectSchemaStmt' in node) setSchema(scope, node.AlterObjectSchemaStmt);
  else if ('AlterOwnerStmt' in node) changeOwner(scope, node.AlterOwnerStmt);
  else if ('AlterDomainStmt' in node) alterDomain(scope, node.AlterDomainStmt);
  else if ('AlterEnumStmt' in node) alterEnum(scope, node.AlterEnumStmt);
  else if ('AlterSeqStmt' in node) alterSequence(scope, node.AlterSeqStmt);
  else if ('ViewStmt' in node) createView(scope, node.ViewStmt);
  else if ('RefreshMatViewStmt' in node) refresh(scope, node.RefreshMatViewStmt);
  else if ('CreateTrigStmt' in node) createTrigger(scope, node.CreateTrigStmt);
  else if ('RuleStmt' in node) {
    lockNamed(scope, node.RuleStmt.relation);
    analyse(scope, node.RuleStmt.actions ?? []);
  } else if ('CreatePolicyStmt' in node) lockNamed(scope, node.CreatePolicyStmt.table);
  else if ('AlterPolicyStmt' in node) lockNamed(scope, node.AlterPolicyStmt.table);
  else if ('CreateStatsStmt' in node) createStatistics(scope, node.CreateStatsStmt);
  else if ('CommentStmt' in node) comment(scope, node.CommentStmt);
  else if ('CreatePublicationStmt' in node) publication(scope, node.CreatePublicationStmt);
  else if ('AlterPublicationStmt' in node) publication(scope, node.AlterPublicationStmt);
  else if ('TruncateStmt' in node) truncate(scope, node.TruncateStmt);
  else if ('VacuumStmt' in node) vacuum(scope, node.VacuumStmt);
  else if ('ClusterStmt' in node) cluster(scope, node.ClusterStmt);
  else if ('LockStmt' in node) lockTable(scope, node.LockStmt);
  else if ('CreateFunctionStmt' in node) createRoutine(scope, node.CreateFunctionStmt);
  else if ('CopyStmt' in node) copyRows(scope, node.CopyStmt);
  else if ('SelectStmt' in node && node.SelectStmt.intoClause !== undefined) selectInto(scope, node.SelectStmt);
  else if ('TransactionStmt' in node) needsTransaction(scope, node.TransactionStmt.kind);
  else if ('CreateSchemaStmt' in node) {
    for (const element of node.CreateSchemaStmt.schemaElts ?? []) collect(scope, element);
  } else if ('ExplainStmt' in node) {
    const { query, options } = node.ExplainStmt;
    const runs = (options ?? []).some((option) => 'DefElem' in option && option.DefElem.defname === 'analyze');
    if (runs && query !== undefined) collect(scope, query);
  } else if ('DoStmt' in node || 'CallStmt' in node || 'ExecuteStmt' in node) {
    scope.unsure('what the code inside does is only known when it runs');
  } else {
    changeRows(scope, node);
    if (writesOrReads(node)) callRoutines(scope, node);
  }
}

/**
 * What a statement does to a running system, for the database as the statement finds it: table-level locks on every
 * relation that it touches beside ACCESS SHARE, the strongest one each; rewrites; reads of whole tables. Locks on what
 * the statement itself creates are left out: nobody can wait for them.
 */
export function effectsOf(statement: Pick<Statement, 'node'>, context: EffectsContext): StatementEffects {
  const scope = effectScope(context);
  collect(scope, statement.node);
  return scope.result();
}

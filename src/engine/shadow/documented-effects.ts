import type { Node } from '@pgsql/types';
import type { Catalog } from '../catalog/catalog.ts';
import { all, as } from '../sql/nodes.ts';
import type { Statement } from '../sql/parser.ts';
import type { Observation } from './observe-relations.ts';

/** What the manual says of statements whose locks one session cannot observe. */
export type DocumentedEffects = {
  readonly isForbiddenInTransaction: (statement: Statement) => boolean;
  readonly of: (statement: Statement) => Observation;
};

/** True when PostgreSQL refuses the statement inside a transaction block. */
export function isForbiddenInTransaction(node: Node): boolean {
  if (as(node, 'IndexStmt')?.concurrent === true || as(node, 'DropStmt')?.concurrent === true) return true;
  if (as(node, 'VacuumStmt')?.is_vacuumcmd === true) return true;
  const cluster = as(node, 'ClusterStmt');
  if (cluster !== undefined) return cluster.relation === undefined;
  const reindex = as(node, 'ReindexStmt');
  if (reindex !== undefined) {
    const isWide = reindex.kind !== 'REINDEX_OBJECT_INDEX' && reindex.kind !== 'REINDEX_OBJECT_TABLE';
    return isWide || all(reindex.params, 'DefElem').some((option) => option.defname === 'concurrently');
  }
  return all(as(node, 'AlterTableStmt')?.cmds, 'AlterTableCmd').some(
    (command) => as(command.def, 'PartitionCmd')?.concurrent === true,
  );
}

/** The documented effects in the context of one catalog. */
export function documentedEffects(_catalog: Catalog): DocumentedEffects {
  return {
    isForbiddenInTransaction: (statement) => isForbiddenInTransaction(statement.node),
    of: () => ({ locks: [], rewrites: [], scans: [] }),
  };
}

import type { RenameStmt } from '@pgsql/types';
import { nameOf } from '../sql/nodes.ts';
import type { CatalogView } from './catalog-view.ts';

const kinds: Readonly<Record<string, NonNullable<RenameStmt['renameType']>>> = {
  table: 'OBJECT_TABLE',
  'partitioned table': 'OBJECT_TABLE',
  view: 'OBJECT_VIEW',
  'materialized view': 'OBJECT_MATVIEW',
  sequence: 'OBJECT_SEQUENCE',
  index: 'OBJECT_INDEX',
};

const interchangeable: readonly (string | undefined)[] = ['OBJECT_TABLE', 'OBJECT_INDEX', 'OBJECT_VIEW'];

/** What a RENAME renames: `ALTER TABLE` and `ALTER INDEX … RENAME TO` take any relation, whatever they call it. */
export const renamedKind = (database: CatalogView, rename: RenameStmt | undefined): RenameStmt['renameType'] => {
  if (!interchangeable.includes(rename?.renameType) || rename?.relation === undefined) return rename?.renameType;
  const kind = database.relationKind(nameOf(rename.relation));
  return (kind === null ? undefined : kinds[kind]) ?? rename.renameType;
};

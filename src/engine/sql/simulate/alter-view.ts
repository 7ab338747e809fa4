import type { AlterTableStmt } from '@pgsql/types';
import type { Catalog, ObjectName } from '../../catalog/catalog.ts';
import { all } from '../nodes.ts';
import { clusteredOn } from './alter-index.ts';
import { editView } from './catalog-edit.ts';
import { defaultText } from './define-column.ts';
import { changedOptions } from './option-values.ts';
import type { Simulation } from './simulation.ts';

/** `ALTER VIEW`, and `ALTER TABLE` of a view: its options, and the defaults of its columns. */
export function alterView(simulation: Simulation, name: ObjectName, statement: AlterTableStmt): Catalog {
  return editView(simulation.catalog, name, (view) => {
    let changed = view;
    for (const cmd of all(statement.cmds, 'AlterTableCmd')) {
      if (cmd.subtype === 'AT_SetRelOptions' || cmd.subtype === 'AT_ResetRelOptions')
        changed = { ...changed, options: changedOptions(changed.options, cmd) };
      if (cmd.subtype === 'AT_ClusterOn' || cmd.subtype === 'AT_DropCluster')
        changed = clusteredOn(changed, cmd.name ?? null);
      if (cmd.subtype !== 'AT_ColumnDefault') continue;
      const text = defaultText(simulation, cmd);
      const columns = changed.columns.map((column) =>
        column.name === cmd.name ? { ...column, default: text } : column,
      );
      changed = { ...changed, columns };
    }
    return changed;
  });
}

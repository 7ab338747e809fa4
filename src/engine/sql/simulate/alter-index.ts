import type { AlterTableCmd, AlterTableStmt } from '@pgsql/types';
import type { Catalog, Index, ObjectName, Table, View } from '../../catalog/catalog.ts';
import { all, as } from '../nodes.ts';
import { editTable, editView } from './catalog-edit.ts';
import { changedOptions } from './option-values.ts';
import type { Simulation } from './simulation.ts';

/** A table that is in the order of one of its indexes, or of none. */
export const clusteredOn = <T extends Pick<Table, 'indexes'>>(table: T, index: string | null): T => ({
  ...table,
  indexes: table.indexes.map((own) => ({ ...own, clustered: own.name === index })),
});

/** `ALTER INDEX`: its options, and the statistics of its columns. */
export function alterIndex({ catalog, lookup }: Simulation, name: ObjectName, statement: AlterTableStmt): Catalog {
  const placed = lookup.index(name);
  if (placed === undefined) return catalog;
  const edit = <T extends Table | View>(owner: T): T => ({
    ...owner,
    indexes: owner.indexes.map((index) =>
      index.name === name.name ? all(statement.cmds, 'AlterTableCmd').reduce(changedIndex, index) : index,
    ),
  });
  return editTable(editView(catalog, placed.on, edit), placed.on, edit);
}

function changedIndex(index: Index, cmd: AlterTableCmd): Index {
  if (cmd.subtype === 'AT_SetStatistics') {
    const { columnStatistics: known = [], ...plain } = index;
    const number = cmd.num ?? 0;
    const target = as(cmd.def, 'Integer')?.ival ?? (cmd.def === undefined ? -1 : 0);
    const columnStatistics = [
      ...known.filter((one) => one.number !== number),
      ...(target < 0 ? [] : [{ number, target: Math.min(target, 10_000) }]),
    ].sort((a, b) => a.number - b.number);
    return columnStatistics.length === 0 ? plain : { ...plain, columnStatistics };
  }
  if (cmd.subtype !== 'AT_SetRelOptions' && cmd.subtype !== 'AT_ResetRelOptions') return index;
  const { options: before = [], ...rest } = index;
  const options = changedOptions(before, cmd);
  return options.length === 0 ? rest : { ...rest, options };
}

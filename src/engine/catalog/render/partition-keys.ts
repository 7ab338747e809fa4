import { qualifiedName } from '../../sql/qualified-name.ts';
import type { Catalog, Constraint, Table } from '../catalog.ts';
import { memberName, objectKey } from '../object-key.ts';

/**
 * The order of the foreign keys of partitions and of the partitioned tables above them. Where a partition's part of a key
 * has a name of its own it is made first: the server attaches it to the key, and gives a part that it has to make the
 * name of the key. What only the partition has is made last, so that it is not taken for a part.
 */
export type PartitionKeys = {
  /** True for a part of the parent's key with a name of its own. */
  readonly isNamedPart: (partition: Table, constraint: Constraint) => boolean;
  /** Keys in the load order of what has to be there before a foreign key of the table is made. */
  readonly before: (table: Table, constraint: Constraint) => readonly string[];
};

/** Finds them in a catalog. */
export function partitionKeys(catalog: Catalog): PartitionKeys {
  const tables = new Map(catalog.tables.map((table) => [qualifiedName(table), table]));
  const above = (table: Table): readonly Table[] => {
    const parent = table.partitionOf === null ? undefined : tables.get(qualifiedName(table.partitionOf.parent));
    return parent === undefined ? [] : [parent, ...above(parent)];
  };
  const foreignKeys = ({ constraints }: Table) => constraints.filter(({ kind }) => kind === 'foreign key');
  const isNamedPart = (partition: Table, { kind, local, name }: Constraint): boolean => {
    const [parent] = above(partition);
    return (
      kind === 'foreign key' && !local && parent !== undefined && !foreignKeys(parent).some((key) => key.name === name)
    );
  };
  const keyOf = ({ schema, name }: Table, constraint: Constraint): string =>
    objectKey('constraint', schema, memberName(name, constraint.name));
  const parts = new Map<Table, string[]>();
  for (const partition of catalog.tables) {
    for (const constraint of foreignKeys(partition).filter((key) => isNamedPart(partition, key))) {
      for (const table of above(partition)) {
        parts.set(table, [...(parts.get(table) ?? []), keyOf(partition, constraint)]);
      }
    }
  }
  return {
    isNamedPart,
    before: (table, constraint) => [
      ...(parts.get(table) ?? []),
      ...(constraint.local ? above(table).flatMap((one) => foreignKeys(one).map((key) => keyOf(one, key))) : []),
    ],
  };
}

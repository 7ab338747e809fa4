import { qualifiedName } from '../../sql/qualified-name.ts';
import type { Constraint, Table } from '../catalog.ts';
import { memberName, objectKey } from '../object-key.ts';

type Tables = ReadonlyMap<string, Table>;

/** The partitioned tables above a partition, the nearest first; `tables` are by dotted path. */
export function tablesAbove({ partitionOf }: Table, tables: Tables): readonly Table[] {
  const parent = partitionOf === null ? undefined : tables.get(qualifiedName(partitionOf.parent));
  return parent === undefined ? [] : [parent, ...tablesAbove(parent, tables)];
}

/** The foreign keys of a table. */
export const foreignKeysOf = ({ constraints }: Table): readonly Constraint[] =>
  constraints.filter(({ kind }) => kind === 'foreign key');

/**
 * True for a partition's part of a foreign key of its parent when the part has a name of its own. Such a part is made
 * before the key: the server attaches it, and gives a part that it has to make the name of the key.
 */
export function isNamedPart(partition: Table, { kind, local, name }: Constraint, tables: Tables): boolean {
  if (kind !== 'foreign key' || local) return false;
  const [parent] = tablesAbove(partition, tables);
  return parent !== undefined && !foreignKeysOf(parent).some((key) => key.name === name);
}

const keyOf = ({ schema, name }: Table, constraint: Constraint): string =>
  objectKey('constraint', schema, memberName(name, constraint.name));

/**
 * For a foreign key, the keys in the load order of what has to be there before it: its parts with names of their own; and
 * the keys of the tables above, before a key that only the partition has and that could be taken for a part.
 */
export function foreignKeyOrder(tables: Tables): (table: Table, constraint: Constraint) => readonly string[] {
  const parts = new Map<Table, string[]>();
  for (const partition of tables.values()) {
    for (const constraint of foreignKeysOf(partition).filter((key) => isNamedPart(partition, key, tables))) {
      for (const table of tablesAbove(partition, tables)) {
        parts.set(table, [...(parts.get(table) ?? []), keyOf(partition, constraint)]);
      }
    }
  }
  return (table, constraint) => {
    if (constraint.kind !== 'foreign key') return [];
    const above = constraint.local ? tablesAbove(table, tables) : [];
    return [...(parts.get(table) ?? []), ...above.flatMap((one) => foreignKeysOf(one).map((key) => keyOf(one, key)))];
  };
}

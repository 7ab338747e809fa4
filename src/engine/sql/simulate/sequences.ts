import type { AlterSeqStmt, CreateSeqStmt, Node } from '@pgsql/types';
import type { Catalog } from '../../catalog/catalog.ts';
import { all, as, nameOfParts, strings } from '../nodes.ts';
import { typeRef } from '../type-name.ts';
import { bareSequence } from './bare-objects.ts';
import { editSequence, withItem } from './catalog-edit.ts';
import { shownType } from './define-column.ts';
import type { Simulation } from './simulation.ts';

const typeOf = (simulation: Simulation, options: readonly Node[] | undefined): string | null => {
  const type = all(options, 'DefElem').find((option) => option.defname === 'as');
  return type === undefined ? null : shownType(simulation, typeRef(as(type.arg, 'TypeName')));
};

/** `CREATE SEQUENCE`. */
export function createSequence(simulation: Simulation, statement: CreateSeqStmt): Catalog {
  const { catalog, lookup } = simulation;
  const name = simulation.newName(statement.sequence);
  if (statement.sequence?.relpersistence === 't' || lookup.relationKind(name) !== undefined) return catalog;
  return {
    ...catalog,
    sequences: withItem(
      catalog.sequences,
      bareSequence(name, typeOf(simulation, statement.options) ?? 'bigint', ownerOf(simulation, statement.options)),
    ),
  };
}

/** The column that `OWNED BY` names; null for `OWNED BY NONE` or when it is not there. */
function ownerOf(simulation: Simulation, options: readonly Node[] | undefined) {
  const owned = all(options, 'DefElem').find((option) => option.defname === 'owned_by');
  const parts = strings(as(owned?.arg, 'List')?.items);
  if (parts.length < 2) return null;
  const table = simulation.relation(nameOfParts(parts.slice(0, -1)));
  return { table: { schema: table.schema, name: table.name }, column: parts.at(-1) ?? '', identity: false };
}

/** `ALTER SEQUENCE`: another owner, another type. */
export function alterSequence(simulation: Simulation, { sequence, options }: AlterSeqStmt): Catalog {
  const isOwned = all(options, 'DefElem').some(({ defname }) => defname === 'owned_by');
  const type = typeOf(simulation, options);
  if (!isOwned && type === null) return simulation.catalog;
  const ownedBy = isOwned ? { ownedBy: ownerOf(simulation, options) } : {};
  return editSequence(simulation.catalog, simulation.relation(sequence), (found) => ({
    ...found,
    ...ownedBy,
    type: type ?? found.type,
  }));
}

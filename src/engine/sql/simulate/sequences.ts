import type { AlterSeqStmt, CreateSeqStmt, Node } from '@pgsql/types';
import type { Catalog, Sequence } from '../../catalog/catalog.ts';
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
      withNumbers(
        bareSequence(name, typeOf(simulation, statement.options) ?? 'bigint', ownerOf(simulation, statement.options)),
        statement.options,
        true,
      ),
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
  const ownedBy = isOwned ? { ownedBy: ownerOf(simulation, options) } : {};
  return editSequence(simulation.catalog, simulation.relation(sequence), (found) => {
    const retyped = type === null ? found : withTypeOf(found, type);
    return withNumbers({ ...retyped, ...ownedBy }, options, false);
  });
}

/** A sequence of another type: a limit that was the type's own becomes that of the new one. */
export function withTypeOf(found: Sequence, type: string): Sequence {
  const [old, now] = [bareSequence(found, found.type, null), bareSequence(found, type, null)];
  return { ...found, type, maximum: found.maximum === old.maximum ? now.maximum : found.maximum };
}

/** The numbers that options give; a sequence that goes down has its limits below zero. */
function withNumbers(sequence: Sequence, options: readonly Node[] | undefined, isNew: boolean): Sequence {
  const given = new Map(all(options, 'DefElem').map(({ defname, arg }) => [defname, arg]));
  const number = (name: string): string | null => {
    const arg = given.get(name);
    if (arg === undefined) return null;
    return as(arg, 'Float')?.fval ?? String(as(arg, 'Integer')?.ival ?? 0);
  };
  const increment = number('increment') ?? sequence.increment;
  const isDown = increment.startsWith('-');
  const plain = bareSequence(sequence, sequence.type, null);
  const limit = (name: string, before: string, own: string): string => number(name) ?? (given.has(name) ? own : before);
  const lowest = isDown ? String(-(BigInt(plain.maximum) + 1n)) : '1';
  const highest = isDown ? '-1' : plain.maximum;
  const minimum = limit('minvalue', isNew ? lowest : sequence.minimum, lowest);
  const maximum = limit('maxvalue', isNew ? highest : sequence.maximum, highest);
  const start = number('start') ?? (isNew ? (isDown ? maximum : minimum) : sequence.start);
  const cycle = given.has('cycle') ? as(given.get('cycle'), 'Boolean')?.boolval === true : sequence.cycle;
  return { ...sequence, increment, minimum, maximum, start, cache: number('cache') ?? sequence.cache, cycle };
}

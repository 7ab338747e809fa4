import type { Catalog, ObjectName, Table, View } from '../../catalog/catalog.ts';
import { quoteIdentifier } from '../quote-identifier.ts';
import { withItem } from './catalog-edit.ts';
import { retype } from './retype.ts';
import type { Simulation } from './simulation.ts';

/** `ALTER SCHEMA … RENAME`: all that is in it goes along, wherever it is named. */
export function renameSchema(simulation: Simulation, from: string, to: string): Catalog {
  const { catalog } = simulation;
  if (!simulation.lookup.hasSchema(from) || simulation.lookup.hasSchema(to)) return catalog;
  const move = <T extends { readonly schema: string }>(one: T): T =>
    one.schema === from ? { ...one, schema: to } : one;
  const sortedByName = <T extends ObjectName>(items: readonly T[]): readonly T[] =>
    items.reduce<readonly T[]>((list, item) => withItem(list, item), []);
  const byName = <T extends { readonly name: string }>(items: readonly T[]): readonly T[] =>
    items.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const triggers = <T extends Table | View>(owner: T): T => ({
    ...owner,
    triggers: owner.triggers.map((trigger) => ({ ...trigger, function: move(trigger.function) })),
  });
  const grants = catalog.grants?.map((grant) =>
    grant.kind === 'schema' && grant.name === from ? { ...grant, schema: to, name: to } : move(grant),
  );
  const moved: Catalog = {
    ...catalog,
    schemas: byName(catalog.schemas.map((schema) => (schema.name === from ? { ...schema, name: to } : schema))),
    tables: sortedByName(
      catalog.tables.map((table) =>
        triggers({
          ...move(table),
          partitionOf:
            table.partitionOf === null ? null : { ...table.partitionOf, parent: move(table.partitionOf.parent) },
          inherits: table.inherits.map(move),
          constraints: table.constraints.map((constraint) =>
            constraint.references === null
              ? constraint
              : { ...constraint, references: { ...constraint.references, table: move(constraint.references.table) } },
          ),
          indexes: table.indexes.map((index) => ({
            ...index,
            parent: index.parent === null ? null : move(index.parent),
          })),
        }),
      ),
    ),
    views: sortedByName(catalog.views.map((view) => triggers(move(view)))),
    sequences: sortedByName(
      catalog.sequences.map((sequence) => ({
        ...move(sequence),
        ownedBy: sequence.ownedBy === null ? null : { ...sequence.ownedBy, table: move(sequence.ownedBy.table) },
      })),
    ),
    types: sortedByName(catalog.types.map(move)),
    routines: catalog.routines.map(move),
    ...(grants === undefined ? {} : { grants }),
    dependencies: catalog.dependencies.map(({ dependent, on }) => ({ dependent: move(dependent), on: move(on) })),
    ...(catalog.otherObjects === undefined
      ? {}
      : {
          otherObjects: catalog.otherObjects.map((object) => ({
            ...move(object),
            table: object.table === null ? null : move(object.table),
          })),
        }),
  };
  return retype(moved, `${quoteIdentifier(from)}.`, `${quoteIdentifier(to)}.`);
}

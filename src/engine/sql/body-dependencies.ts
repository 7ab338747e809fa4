import type { Catalog, Dependency, ObjectName, Routine } from '../catalog/catalog.ts';
import { catalogLookup } from './catalog-lookup.ts';
import { routineReferences } from './routine-references.ts';

/**
 * What the bodies of routines use, as edges like those of `Catalog.dependencies`: found by parsing the bodies that the
 * server keeps as texts and records nothing about. Each once, in the order of the routines. SQL that a body builds while
 * it runs is not in it. `loadParser` must have finished before.
 */
export function bodyDependencies(catalog: Catalog): readonly Dependency[] {
  const lookup = catalogLookup(catalog);
  const columnsOf = (relation: ObjectName): readonly string[] =>
    (lookup.table(relation) ?? lookup.view(relation))?.columns.map(({ name }) => name) ?? [];
  return catalog.routines.filter(hasText).flatMap((routine) => {
    const dependent = { kind: 'routine', schema: routine.schema, name: `${routine.name}(${routine.arguments})` };
    const edges = new Map<string, Dependency>();
    for (const { relation, column } of routineReferences(routine, catalog).references) {
      const kind = lookup.relationKind(relation);
      if (kind === undefined) continue;
      for (const name of column === '*' ? columnsOf(relation) : [column]) {
        const on = { kind, schema: relation.schema, name: relation.name, column: name };
        edges.set(JSON.stringify(on), { dependent, on });
      }
    }
    return [...edges.values()];
  });
}

/** Of a body that it has parsed the server says itself what it uses. */
const hasText = ({ definition, language }: Routine): boolean =>
  language === 'plpgsql' || (language === 'sql' && !/\n(?:BEGIN ATOMIC\n|RETURN )/.test(definition));

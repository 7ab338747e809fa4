import pg from 'pg';
import type { Catalog } from '../../src/engine/catalog/catalog.ts';
import { compareCatalogs } from '../../src/engine/catalog/compare.ts';
import { columnObject, dependencyGraph, type GraphObject, pathOf } from '../../src/engine/catalog/dependency-graph.ts';
import type { Difference } from '../../src/engine/catalog/difference.ts';
import { memberName } from '../../src/engine/catalog/object-key.ts';
import { otherObjectPath } from '../../src/engine/catalog/other-object-path.ts';
import { partsOfPath } from '../../src/engine/catalog/parts-of-path.ts';
import { introspect } from '../../src/engine/introspect/introspect.ts';
import type { SqlClient } from '../../src/engine/ports/sql-client.ts';
import { qualifiedName } from '../../src/engine/sql/qualified-name.ts';
import { quoteIdentifier } from '../../src/engine/sql/quote-identifier.ts';
import type { ConnectionSettings } from '../../src/shared/connection-profile.ts';
import { testClock } from './test-clock.ts';
import { routineAddress } from './walk-statement.ts';

/** Something to drop: as the graph knows it, and how DROP does, without its behaviour. */
export type Droppable = { readonly object: GraphObject; readonly drop: string };

/** What the graph of dependencies and the server do not agree on about a drop; nothing is left dropped. */
export async function faultsOfDrop(
  settings: ConnectionSettings,
  catalog: Catalog,
  { object, drop }: Droppable,
): Promise<readonly string[]> {
  const connection = new pg.Client({
    host: settings.host,
    port: settings.port,
    user: settings.user,
    database: settings.database,
  });
  await connection.connect();
  const client: SqlClient = {
    query: async (text, parameters = []) => (await connection.query(text, [...parameters])).rows,
  };
  const run = async (text: string): Promise<string | null> => {
    try {
      await connection.query(text);
      return null;
    } catch (cause) {
      return cause instanceof pg.DatabaseError
        ? `${cause.code}: ${cause.message} ${cause.detail ?? ''}`
        : String(cause);
    }
  };
  try {
    await run('begin');
    const refused = await run(`${drop} restrict`);
    await run('rollback');
    if (refused !== null && !refused.startsWith('2BP01')) return [];
    await run('begin');
    const cascaded = await run(`${drop} cascade`);
    if (cascaded !== null) return [];
    const after = await introspect(client, { clock: testClock, facts: false, insideTransaction: true });
    const differences = compareCatalogs(catalog, after);
    return [
      ...(refused !== null && object.kind !== 'schema' && dependencyGraph(catalog).dependentsOf(object).length === 0
        ? [`refused, and nothing depends on it: ${refused}`]
        : []),
      ...faultsOf(catalog, object, differences).map((fault) => `${fault} (${refused})`),
    ];
  } finally {
    await connection.end();
  }
}

const within = (path: string, of: string): boolean => path === of || path.startsWith(`${of}.`);

function faultsOf(catalog: Catalog, object: GraphObject, differences: readonly Difference[]): readonly string[] {
  const gone = differences.filter(
    ({ change, kind }) => change === 'removed' && kind !== 'setting' && !kind.startsWith('privileges'),
  );
  const isGone = (path: string): boolean => gone.some((each) => within(path, each.object));
  const touched = differences.map((each) => each.object);
  const edges = catalog.dependencies.map(({ dependent, on }) => {
    const { column, ...relation } = on;
    return { dependent: pathOf(dependent), on: pathOf(column === null ? relation : columnObject(relation, column)) };
  });
  const reasons = new Map<string, string[]>();
  const because = (path: string, reason: string) => reasons.set(path, [...(reasons.get(path) ?? []), reason]);
  for (const [path, reason] of structure(catalog)) because(path, reason);
  const isPart = (path: string): boolean => (reasons.get(path) ?? []).some(isGone);
  const own = pathOf(object);
  const unexplained = gone.filter(({ object: path }) => {
    if (within(path, own) || isPart(path)) return false;
    return !edges.some(({ dependent, on }) => within(dependent, path) && isGone(on));
  });
  const goesAlong = (path: string): boolean =>
    touched.some((each) => within(path, each) || within(each, path)) || isPart(path);
  const left = edges.filter(({ dependent, on }) => isGone(on) && !goesAlong(dependent));
  return [
    ...(unexplained.length > 0
      ? [`goes too, and nothing says why: ${unexplained.map(({ kind, object: path }) => `${kind} ${path}`).join('; ')}`]
      : []),
    ...(left.length > 0
      ? [`stays without what it depends on: ${left.map(({ dependent, on }) => `${dependent} on ${on}`).join('; ')}`]
      : []),
  ];
}

/** What goes with something else because it is a part of it: said by the catalog's objects and not by its dependencies. */
function structure(catalog: Catalog): readonly (readonly [path: string, reason: string])[] {
  const relations = [...catalog.tables, ...catalog.views];
  const placed = new Map(relations.map((relation) => [qualifiedName(relation), relation]));
  return [
    ...relations.flatMap((relation) =>
      relation.indexes.flatMap((index) => {
        const path = qualifiedName({ schema: relation.schema, name: index.name });
        return [
          ...(index.constraint === null
            ? []
            : [[path, `${qualifiedName(relation)}.${quoteIdentifier(index.constraint)}`] as const]),
          ...(index.parent === null ? [] : [[path, qualifiedName(index.parent)] as const]),
          [path, qualifiedName(relation)] as const,
          ...(index.constraint === null
            ? []
            : [[`${qualifiedName(relation)}.${quoteIdentifier(index.constraint)}`, path] as const]),
        ];
      }),
    ),
    ...catalog.sequences.flatMap(({ ownedBy, ...sequence }) =>
      ownedBy === null
        ? []
        : [[qualifiedName(sequence), `${qualifiedName(ownedBy.table)}.${quoteIdentifier(ownedBy.column)}`] as const],
    ),
    // A range goes with its multirange, which may be in another schema.
    ...catalog.types.flatMap((type) =>
      (type.kind === 'range' ? type.options : []).flatMap((option) => {
        const [, multirange] = /^multirange_type_name = (.+)$/.exec(option) ?? [];
        return multirange === undefined ? [] : [[qualifiedName(type), partsOfPath(multirange)[0] ?? ''] as const];
      }),
    ),
    ...(catalog.otherObjects ?? []).flatMap((other) =>
      other.table === null ? [] : [[otherObjectPath(other), qualifiedName(other.table)] as const],
    ),
    ...catalog.tables.flatMap((table) => {
      const parents = [...table.inherits, ...(table.partitionOf === null ? [] : [table.partitionOf.parent])];
      const members = [
        ...[...table.columns, ...table.constraints].filter(({ local }) => !local),
        ...table.triggers.filter(({ inherited }) => inherited),
      ];
      return parents.flatMap((parent) => {
        if (!placed.has(qualifiedName(parent))) return [];
        return members.map(
          ({ name }) =>
            [
              `${qualifiedName(table)}.${quoteIdentifier(name)}`,
              `${qualifiedName(parent)}.${quoteIdentifier(name)}`,
            ] as const,
        );
      });
    }),
  ];
}

/** Everything in the catalog that a statement can drop. */
export function droppables(catalog: Catalog): readonly Droppable[] {
  const of = (
    kind: string,
    words: string,
    list: readonly { readonly schema: string; readonly name: string }[],
  ): readonly Droppable[] =>
    list.map(({ schema, name }) => ({
      object: { kind, schema, name },
      drop: `drop ${words} ${qualifiedName({ schema, name })}`,
    }));
  return [
    ...catalog.schemas.map(({ name }) => ({
      object: { kind: 'schema', schema: '', name },
      drop: `drop schema ${quoteIdentifier(name)}`,
    })),
    // Functions need a language and not the extension that brings it.
    ...catalog.extensions
      .filter(({ name }) => name !== 'plpgsql')
      .map(({ name }) => ({
        object: { kind: 'extension', schema: '', name },
        drop: `drop extension ${quoteIdentifier(name)}`,
      })),
    ...catalog.tables.flatMap((table) => [
      ...of('table', table.kind === 'foreign table' ? 'foreign table' : 'table', [table]),
      ...table.columns.map((column) => ({
        object: columnObject(table, column.name),
        drop: `alter table ${qualifiedName(table)} drop column ${quoteIdentifier(column.name)}`,
      })),
      ...table.constraints.map((constraint) => ({
        object: { kind: 'constraint', schema: table.schema, name: memberName(table.name, constraint.name) },
        drop: `alter table ${qualifiedName(table)} drop constraint ${quoteIdentifier(constraint.name)}`,
      })),
      ...of(
        'index',
        'index',
        table.indexes.map(({ name }) => ({ schema: table.schema, name })),
      ),
    ]),
    ...catalog.views.flatMap((view) =>
      of(view.materialized ? 'materialized view' : 'view', view.materialized ? 'materialized view' : 'view', [view]),
    ),
    ...of('sequence', 'sequence', catalog.sequences),
    ...catalog.types.flatMap((type) => of('type', type.kind === 'domain' ? 'domain' : 'type', [type])),
    ...catalog.routines.map((routine) => ({
      object: { kind: 'routine', schema: routine.schema, name: `${routine.name}(${routine.arguments})` },
      drop: `drop ${routineAddress(routine)}`,
    })),
    ...(catalog.otherObjects ?? []).flatMap((other): readonly Droppable[] => {
      const { kind, schema, name } = other;
      if (['setting', 'security label', 'default privileges', 'rule', 'user mapping', 'transform'].includes(kind))
        return [];
      const words = kind === 'base type' || kind === 'shell type' ? 'type' : kind;
      return [{ object: { kind, schema, name }, drop: `drop ${words} ${otherObjectPath(other)}` }];
    }),
  ];
}

import type { Grant } from '../../catalog/catalog.ts';
import type { Facts } from '../../catalog/facts.ts';
import type { CancelSignal } from '../../ports/cancel.ts';
import type { SqlClient } from '../../ports/sql-client.ts';
import { type CatalogQuery, readRows } from './catalog-query.ts';
import { type ColumnRow, columnsQuery } from './objects/columns.ts';
import { type ConstraintRow, constraintsQuery } from './objects/constraints.ts';
import { type DependencyRow, dependenciesQuery } from './objects/dependencies.ts';
import type { ServerEnvironment } from './objects/environment.ts';
import { type ExtensionRow, extensionsQuery } from './objects/extensions.ts';
import { assembleFacts, columnFactsQuery, indexFactsQuery, tableFactsQuery } from './objects/facts.ts';
import { grantsQuery } from './objects/grants.ts';
import { type IndexRow, indexesQuery } from './objects/indexes.ts';
import { type NotModelledRow, notModelledQuery } from './objects/not-modelled.ts';
import { type OtherObjectRow, otherObjectsQuery } from './objects/other-objects.ts';
import { type PolicyRow, policiesQuery } from './objects/policies.ts';
import { type RoutineRow, routinesQuery } from './objects/routines.ts';
import { type SchemaRow, schemasQuery } from './objects/schemas.ts';
import { type SequenceRow, sequencesQuery } from './objects/sequences.ts';
import { type TableRow, tablesQuery } from './objects/tables.ts';
import { type TriggerRow, triggersQuery } from './objects/triggers.ts';
import { type TypeRow, typesQuery } from './objects/types.ts';
import { type ViewRow, viewsQuery } from './objects/views.ts';

/** Everything read from one database in one snapshot, still as rows that know each other by the server's numbers. */
export type CatalogRows = {
  readonly environment: ServerEnvironment;
  readonly schemas: readonly SchemaRow[];
  readonly extensions: readonly ExtensionRow[];
  readonly tables: readonly TableRow[];
  readonly columns: readonly ColumnRow[];
  readonly constraints: readonly ConstraintRow[];
  readonly indexes: readonly IndexRow[];
  readonly views: readonly ViewRow[];
  readonly sequences: readonly SequenceRow[];
  readonly types: readonly TypeRow[];
  readonly routines: readonly RoutineRow[];
  readonly triggers: readonly TriggerRow[];
  readonly policies: readonly PolicyRow[];
  readonly otherObjects: readonly OtherObjectRow[];
  readonly grants: readonly Grant[];
  readonly dependencies: readonly DependencyRow[];
  readonly notModelled: readonly NotModelledRow[];
  readonly facts: Facts | null;
};

/** Where the reading is: `done` of `total` queries have answered; `reads` says in words what is read now. */
export type IntrospectionProgress = { readonly reads: string; readonly done: number; readonly total: number };

/** Reads all rows, one query for each kind of object, one after another: a session answers one query at a time. */
export async function readCatalogRows(
  client: SqlClient,
  environment: ServerEnvironment,
  options: {
    readonly schemas: readonly string[] | null;
    readonly capturedAt: string;
    readonly facts: boolean;
    readonly signal?: CancelSignal | undefined;
    readonly onProgress?: ((progress: IntrospectionProgress) => void) | undefined;
  },
): Promise<CatalogRows> {
  const total = 16 + (options.facts ? 3 : 0);
  let done = 0;
  const read = async <Row>(query: CatalogQuery<Row>): Promise<readonly Row[]> => {
    options.signal?.throwIfAborted();
    options.onProgress?.({ reads: query.reads, done, total });
    const rows = await readRows(client, query, {
      serverVersion: environment.version,
      schemas: options.schemas,
      signal: options.signal,
    });
    done += 1;
    return rows;
  };
  const structure = {
    environment,
    schemas: await read(schemasQuery),
    extensions: await read(extensionsQuery),
    tables: await read(tablesQuery),
    columns: await read(columnsQuery),
    constraints: await read(constraintsQuery),
    indexes: await read(indexesQuery),
    views: await read(viewsQuery),
    sequences: await read(sequencesQuery),
    types: await read(typesQuery),
    routines: await read(routinesQuery),
    triggers: await read(triggersQuery),
    policies: await read(policiesQuery),
    grants: await read(grantsQuery),
    dependencies: await read(dependenciesQuery),
    otherObjects: await read(otherObjectsQuery),
    notModelled: await read(notModelledQuery),
  };
  const facts = options.facts
    ? assembleFacts(
        options.capturedAt,
        await read(tableFactsQuery),
        await read(columnFactsQuery),
        await read(indexFactsQuery),
      )
    : null;
  options.onProgress?.({ reads: 'done', done, total });
  return { ...structure, facts };
}

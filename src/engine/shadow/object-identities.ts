import * as z from 'zod';
import type { CancelSignal } from '../ports/cancel.ts';
import type { SqlClient } from '../ports/sql-client.ts';
import identitiesQuery from './identities.sql?raw';

const rowsSchema = z.array(z.object({ row: z.string().nullable() }));
const kinds = ['schema', 'relation', 'column', 'constraint', 'type', 'attribute', 'label'] as const;
const tuplesSchema = z.array(z.tuple([z.enum(kinds), z.string(), z.string(), z.string(), z.string(), z.string()]));

/** An object as the server itself knows it: by a number that stays when it is renamed or moved. */
export type ObjectIdentity = {
  readonly kind: (typeof kinds)[number];
  readonly id: string;
  /** The number of the relation or type that it belongs to; empty for an object of a schema. */
  readonly parent: string;
  readonly schema: string;
  readonly name: string;
  /** What kind of relation or type it is, by the letter of the system catalogs; `owned` for a sequence with an owner. */
  readonly detail: string;
};

/** The objects whose rename would lose data or work if it were undone by drop and create, by kind and number. */
export async function readIdentities(
  client: SqlClient,
  signal?: CancelSignal,
): Promise<ReadonlyMap<string, ObjectIdentity>> {
  const [first] = rowsSchema.parse(await client.query(identitiesQuery, [], signal));
  const tuples = tuplesSchema.parse(JSON.parse(first?.row ?? '[]') ?? []);
  return new Map(
    tuples.map(([kind, id, parent, schema, name, detail]) => [
      `${kind} ${id}`,
      { kind, id, parent, schema, name, detail },
    ]),
  );
}

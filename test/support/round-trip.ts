import { connectPostgresql } from '../../src/adapters/postgresql/connect.ts';
import type { Catalog } from '../../src/engine/catalog/catalog.ts';
import { compareCatalogs } from '../../src/engine/catalog/compare.ts';
import type { Difference } from '../../src/engine/catalog/difference.ts';
import { fingerprintCatalog } from '../../src/engine/catalog/fingerprint.ts';
import type { Ignorable } from '../../src/engine/catalog/ignorable.ts';
import { renderCatalog } from '../../src/engine/catalog/render.ts';
import { introspect } from '../../src/engine/introspect/introspect.ts';
import type { ConnectionSettings } from '../../src/shared/connection-profile.ts';
import type { EmbeddedClient } from './embedded-client.ts';
import { testClock } from './test-clock.ts';

/** The catalog of a database of a server without a password, without facts: they differ between two databases. */
export async function readDatabase(settings: ConnectionSettings): Promise<Catalog> {
  const session = await connectPostgresql(settings, null);
  if (!session.ok) throw new Error(JSON.stringify(session.error));
  try {
    return await introspect(session.value, { clock: testClock, facts: false });
  } finally {
    await session.value.close();
  }
}

/** The catalog as one script. */
export const renderedScript = (catalog: Catalog): string =>
  renderCatalog(catalog)
    .map(({ sql }) => `${sql};`)
    .join('\n');

/** Loads the catalog into the embedded database, reads it back, and leaves the database as it was. */
export async function passThroughEmbedded(embedded: EmbeddedClient, catalog: Catalog): Promise<Catalog> {
  await embedded.execute('begin');
  try {
    // One by one: the message of a refused statement then says which.
    for (const { sql } of renderCatalog(catalog)) await embedded.query(sql);
    return await introspect(embedded, { clock: testClock, facts: false, insideTransaction: true });
  } finally {
    await embedded.execute('rollback; reset all');
  }
}

/** What a round trip must leave empty and equal, as one value to expect. */
export type Agreement = { readonly differences: readonly Difference[]; readonly sameFingerprint: boolean };

/** How far two catalogs agree, apart from what is to be ignored. */
export const agreementOf = (original: Catalog, copy: Catalog, ignore: readonly Ignorable[] = []): Agreement => ({
  differences: compareCatalogs(original, copy, { ignore }),
  sameFingerprint: fingerprintCatalog(original, { ignore }) === fingerprintCatalog(copy, { ignore }),
});

/** What a copy on another PostgreSQL cannot share with its original: each brings its own versions of the extensions. */
export const onAnotherVersion: readonly Ignorable[] = ['extension-versions'];

/** Complete agreement. */
export const agreement: Agreement = { differences: [], sameFingerprint: true };

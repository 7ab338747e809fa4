import { describe, expect, it } from 'vitest';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import { dumpEntries } from '../../support/dump-entries.ts';
import { openEmbeddedClient } from '../../support/embedded-client.ts';
import { embeddedExtensions } from '../../support/embedded-extensions.ts';
import { dumpEmbedded } from '../../support/pg-dump.ts';
import { agreement, agreementOf, renderedScript } from '../../support/round-trip.ts';
import { testClock } from '../../support/test-clock.ts';
import { testDatabases } from '../../support/test-databases.ts';

describe('pg_dump of an embedded database and of its embedded copy', () => {
  it.each(testDatabases)('says the same of $name, and so do their catalogs', async ({ script }) => {
    const original = await openEmbeddedClient(embeddedExtensions);
    const copy = await openEmbeddedClient(embeddedExtensions);
    try {
      await original.execute(script);
      const catalog = await introspect(original, { clock: testClock, facts: false });
      await copy.execute(renderedScript(catalog));
      expect(agreementOf(catalog, await introspect(copy, { clock: testClock, facts: false }))).toEqual(agreement);
      expect(dumpEntries(await dumpEmbedded(copy.database))).toEqual(
        dumpEntries(await dumpEmbedded(original.database)),
      );
    } finally {
      await Promise.all([original.close(), copy.close()]);
    }
  });
});

import * as z from 'zod';
import { nativeSha256 } from '../../../adapters/native-sha256.ts';
import { introspectAgain, type Reading } from '../../../engine/introspect/introspect.ts';
import { databaseStateSchema } from '../../../engine/introspect/postgresql/database-state.ts';
import { ok } from '../../../shared/result.ts';
import { packCatalog } from '../../history/packed-catalog.ts';
import { systemClock } from '../../system-clock.ts';
import type { Work } from '../run-jobs.ts';
import type { SampleDoor } from './sample-door.ts';
import { withDatabase } from './with-database.ts';

/** Finds out whether a database answers and who it is. */
export const testConnection =
  (sample: SampleDoor): Work['connection.test'] =>
  async ({ source }, { signal, report }) => {
    const began = systemClock.elapsed();
    return withDatabase(source, { sample, signal, onPhase: (phase) => report({ phase }) }, async (_client, identity) =>
      ok({ identity, milliseconds: Math.round(systemClock.elapsed() - began) }),
    );
  };

/** Readings that can be continued object by object, by the state that each was made in; the oldest first. */
export type KeptReadings = Map<string, Reading>;

/** One for each database that a person goes back and forth between. */
const mostReadings = 2;

/** The state that a database was read in, and the code that read it: other code may find more, or write it otherwise. */
const keptStateSchema = z.object({ reader: z.string(), state: databaseStateSchema });

/**
 * Reads the catalog of a database, whole or not at all; of one that was read before by the same code, what has changed
 * since. `reader` is what that code is known by.
 */
export const readCatalog =
  (door: {
    readonly sample: SampleDoor;
    readonly readings: KeptReadings;
    readonly reader: string;
  }): Work['catalog.read'] =>
  async ({ source, earlier }, { signal, report, catalog: catalogKept }) => {
    const { sample, readings, reader } = door;
    const onPhase = (phase: string): void => report({ phase, done: 0, total: 0 });
    return withDatabase(source, { sample, signal, onPhase }, async (client, identity) => {
      const reading = await introspectAgain(client, earlier === null ? null : await earlierReading(earlier), {
        clock: systemClock,
        sha256: nativeSha256,
        signal,
        onProgress: ({ reads, done, total }) => report({ phase: `Reading ${reads}`, done, total }),
      });
      const state = reading.state === null ? null : JSON.stringify({ reader, state: reading.state });
      if (earlier !== null) readings.delete(earlier.state);
      if (state !== null) readings.set(state, reading);
      const oldest = readings.keys().next();
      if (readings.size > mostReadings && oldest.done === false) readings.delete(oldest.value);
      const { formatVersion, fingerprint, portableFingerprint, capturedAt } = reading.catalog;
      const catalog = { formatVersion, fingerprint, portableFingerprint, capturedAt };
      return ok({ identity, catalog, packed: packCatalog(reading.catalog), state });
    });

    async function earlierReading({ fingerprint, state }: NonNullable<typeof earlier>) {
      const reading = readings.get(state);
      if (reading !== undefined) return reading;
      const parsed = keptStateSchema.safeParse(JSON.parse(state));
      if (!parsed.success || parsed.data.reader !== reader) return null;
      const kept = await catalogKept(fingerprint);
      // The catalog alone serves where nothing has changed.
      return kept === null ? null : { catalog: kept, schemas: null, state: parsed.data.state, kept: null };
    }
  };

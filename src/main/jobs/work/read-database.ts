import { introspect } from '../../../engine/introspect/introspect.ts';
import { ok } from '../../../shared/result.ts';
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

/** Reads the catalog of a database, whole or not at all. */
export const readCatalog =
  (sample: SampleDoor): Work['catalog.read'] =>
  async ({ source }, { signal, report }) => {
    const onPhase = (phase: string): void => report({ phase, done: 0, total: 0 });
    return withDatabase(source, { sample, signal, onPhase }, async (client) => {
      const catalog = await introspect(client, {
        clock: systemClock,
        signal,
        onProgress: ({ reads, done, total }) => report({ phase: `Reading ${reads}`, done, total }),
      });
      return ok({ catalog, json: JSON.stringify(catalog) });
    });
  };

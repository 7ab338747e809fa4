import type { EmbeddedShadowDatabases } from '../../../adapters/pglite/embedded-shadow.ts';
import { shadowRun } from '../../../engine/shadow/shadow-run.ts';
import { err } from '../../../shared/result.ts';
import { systemClock } from '../../system-clock.ts';
import type { Work } from '../run-jobs.ts';

/** Proves up and down on an embedded shadow database. */
export const runShadow =
  (databases: EmbeddedShadowDatabases): Work['shadow.run'] =>
  async ({ up, down, fingerprint }, { signal, report, catalog }) => {
    const base = await catalog(fingerprint);
    if (base === null) {
      return err({ code: 'shadow.unavailable', reason: 'The catalog that this migration was written for is not kept' });
    }
    return shadowRun({ catalog: base, up, down, databases, clock: systemClock, signal, onProgress: report });
  };

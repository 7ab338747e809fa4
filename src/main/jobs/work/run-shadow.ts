import { embeddedEngine } from '../../../adapters/pglite/embedded-engine.ts';
import type { EmbeddedShadowDatabases } from '../../../adapters/pglite/embedded-shadow.ts';
import { connectShadowServer } from '../../../adapters/postgresql/shadow-server.ts';
import { chooseShadow, versionRemark, withReasons } from '../../../engine/shadow/choose-shadow.ts';
import { type ShadowRunOptions, shadowRun } from '../../../engine/shadow/shadow-run.ts';
import { loadParser } from '../../../engine/sql/parser.ts';
import { err, ok } from '../../../shared/result.ts';
import { Secret } from '../../../shared/secret.ts';
import { systemClock } from '../../system-clock.ts';
import type { JobResult } from '../job-table.ts';
import type { Work } from '../run-jobs.ts';

/** Proves up and down on a shadow database: an embedded one, or one on the named server where that is needed. */
export const runShadow =
  (embedded: EmbeddedShadowDatabases): Work['shadow.run'] =>
  async ({ up, down, fingerprint, server }, { signal, report, catalog }) => {
    const base = await catalog(fingerprint);
    if (base === null) {
      return err({ code: 'shadow.unavailable', reason: 'The catalog that this migration was written for is not kept' });
    }
    await loadParser();
    const named = server?.kind === 'postgresql' ? server : null;
    const { kind, why } = chooseShadow({
      wish: 'automatic',
      hasServer: named !== null,
      catalog: base,
      texts: [up, down],
      embedded: embeddedEngine,
    });
    const prove = async (
      databases: ShadowRunOptions['databases'],
      reasons: readonly string[],
    ): Promise<JobResult<'shadow.run'>> => {
      const run = await shadowRun({
        catalog: base,
        up,
        down,
        databases,
        clock: systemClock,
        signal,
        onProgress: report,
      });
      return run.ok ? ok(withReasons(run.value, reasons)) : run;
    };
    if (kind === 'embedded' || named === null) return prove(embedded, why);

    const password = named.password === null ? null : new Secret(named.password);
    const connected = await connectShadowServer(named.settings, password, { signal, timeoutSeconds: SECONDS });
    if (!connected.ok) return connected;
    const databases = connected.value;
    try {
      return await prove(databases, [
        ...why,
        ...databases.remarks,
        ...versionRemark(databases.serverVersion, base.server.version),
      ]);
    } finally {
      await databases.close();
    }
  };

/** Seconds that one shadow database may live; the embedded ones get as many. */
const SECONDS = 600;

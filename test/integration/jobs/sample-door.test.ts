import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createEmbeddedShadowDatabases } from '../../../src/adapters/pglite/embedded-shadow.ts';
import { createSampleDoor } from '../../../src/main/jobs/work/sample-door.ts';
import { ok } from '../../../src/shared/result.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'lockstep-sample-'));
const workerFile = new URL('../../../src/adapters/pglite/pglite-worker.ts', import.meta.url);
const databases = createEmbeddedShadowDatabases({ workerFile });
const door = createSampleDoor({ folder, shippedFolder: folder, databases });
const quiet = () => ({ signal: new AbortController().signal, onProgress: () => {} });

afterAll(async () => {
  await door.use(quiet(), async (sample) => {
    await sample.close();
    return ok(null);
  });
  rmSync(folder, { recursive: true, force: true });
});

test('those who come at once share one opening, have the session to themselves, and may leave early', {
  timeout: 180_000,
}, async () => {
  const phases: string[] = [];
  const controller = new AbortController();
  const order: string[] = [];
  const leaving = door.use({ signal: controller.signal, onProgress: () => {} }, async () => ok('left'));
  const first = door.use(
    { ...quiet(), onProgress: ({ phase, done }) => phases.push(`${phase} ${done}`) },
    async (sample) => {
      order.push('first begins');
      await sample.query('begin');
      await sample.query('select 1');
      await sample.query('rollback');
      order.push('first ends');
      return ok(sample);
    },
  );
  const second = door.use(quiet(), async (sample) => {
    order.push('second begins');
    return ok(sample);
  });
  controller.abort();
  expect(await leaving).toEqual({ ok: false, error: { code: 'cancelled' } });
  const [one, two] = await Promise.all([first, second]);
  expect(one.ok && two.ok && one.value === two.value).toBe(true);
  expect(order).toEqual(['first begins', 'first ends', 'second begins']);
  expect(phases.filter((phase) => phase === 'making 0')).toHaveLength(1);
});

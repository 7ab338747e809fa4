import type { LockstepError } from '../../shared/errors.ts';
import type { Handlers } from '../../shared/ipc/wire.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { keptReadings, markSeen } from '../history/catalog-store.ts';
import type { Parts } from './parts.ts';

/** Answers what concerns two catalogs: what changed since another reading, and what differs from another database or file. */
export function comparisonHandlers({
  history,
  jobs,
  desktop,
}: Parts): Pick<Handlers['requests'], 'catalog.readings' | 'catalog.markSeen' | 'catalog.chooseFile'> &
  Pick<Handlers['operations'], 'catalog.compare'> {
  /** Files that a person chose in this session: no others are read. */
  const chosen = new Set<string>();
  return {
    'catalog.readings': ({ connectionId }) => history.read((handle) => keptReadings(handle, connectionId)),
    'catalog.markSeen': async ({ connectionId, fingerprint }) => {
      const written = await history.write((handle) => markSeen(handle, connectionId, fingerprint));
      return written.ok ? ok({}) : written;
    },
    'catalog.chooseFile': async () => {
      const path = await desktop.chooseCatalogFile();
      if (path !== null) chosen.add(path);
      return ok({ path });
    },
    'catalog.compare': async (input, { signal, report }) => {
      const stranger = [input.before, input.after].find((side) => side.kind === 'file' && !chosen.has(side.path));
      if (stranger !== undefined) return notChosen;
      return jobs.run('catalog.compare', input, { signal, onProgress: report });
    },
  };
}

const notChosen: Result<never, LockstepError> = err({
  code: 'input.invalid',
  issues: [{ path: 'path', message: 'this file was not chosen; choose it again' }],
});

import type { LockstepError } from '../../shared/errors.ts';
import type { ConnectionId } from '../../shared/ids.ts';
import type { Handlers, OperationContext } from '../../shared/ipc/wire.ts';
import { ok, type Result } from '../../shared/result.ts';
import {
  type KeptCatalogKey,
  keepCatalog,
  keepCatalogState,
  keptCatalogState,
  newestCatalogKey,
  packedCatalog,
} from '../history/catalog-store.ts';
import type { Parts } from './parts.ts';

/** Answers what concerns catalogs: reading one from its database, and the one kept for offline use. */
export function catalogHandlers(
  parts: Parts,
): Pick<Handlers['requests'], 'catalog.kept' | 'catalog.uses'> & Pick<Handlers['operations'], 'catalog.introspect'> {
  return {
    'catalog.kept': ({ connectionId, known }) =>
      parts.history.read((handle) => {
        const key = newestCatalogKey(handle, connectionId);
        if (key === null) return { kind: 'none' };
        if (key.fingerprint === known?.fingerprint && key.capturedAt === known.capturedAt) return { kind: 'same' };
        const packed = packedCatalog(handle, key.fingerprint);
        return packed === null ? { kind: 'none' } : { kind: 'catalog', packed };
      }),
    'catalog.uses': (input) => parts.jobs.run('catalog.uses', input, { signal: new AbortController().signal }),
    'catalog.introspect': async ({ connectionId }, context) => {
      return readAndKeepCatalog(parts, connectionId, context);
    },
  };
}

/**
 * Reads the catalog of a connection and keeps it in the history; a reading that fails or is cancelled leaves what is kept.
 * A connection is open as long as the server answers.
 */
export async function readAndKeepCatalog(
  { history, connections, jobs, broadcast, desktop }: Parts,
  connectionId: ConnectionId,
  { signal, report }: OperationContext<'catalog.introspect'>,
): Promise<Result<KeptCatalogKey, LockstepError>> {
  const source = await connections.source(connectionId);
  if (!source.ok) return source;
  const lockstep = desktop.version;
  const known = await history.read((handle) => keptCatalogState(handle, connectionId, lockstep));
  if (!known.ok) return known;
  const input = { source: source.value, earlier: known.value };
  const read = await jobs.run('catalog.read', input, { signal, onProgress: report });
  if (!read.ok) {
    if (read.error.code.startsWith('connection.')) {
      connections.closed(connectionId);
      broadcast('connections.changed', {});
    }
    return read;
  }
  const { identity, catalog, packed, state } = read.value;
  connections.opened(connectionId, identity);
  const { fingerprint, capturedAt } = catalog;
  const kept = await history.write((handle) => {
    keepCatalog(handle, connectionId, catalog, packed);
    keepCatalogState(handle, connectionId, state === null ? null : { fingerprint, lockstep, state });
  });
  if (!kept.ok) return kept;
  broadcast('connections.changed', {});
  return ok({ fingerprint, capturedAt });
}

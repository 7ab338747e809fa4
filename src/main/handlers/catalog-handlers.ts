import type { LockstepError } from '../../shared/errors.ts';
import type { ConnectionId } from '../../shared/ids.ts';
import type { Handlers, OperationContext } from '../../shared/ipc/wire.ts';
import { ok, type Result } from '../../shared/result.ts';
import { keepCatalog, keepCatalogState, keptCatalogState, newestCatalogText } from '../history/catalog-store.ts';
import type { Parts } from './parts.ts';

/** Answers what concerns catalogs: reading one from its database, and the one kept for offline use. */
export function catalogHandlers(
  parts: Parts,
): Pick<Handlers['requests'], 'catalog.kept' | 'catalog.bodies'> & Pick<Handlers['operations'], 'catalog.introspect'> {
  return {
    'catalog.kept': ({ connectionId }) => parts.history.read((handle) => newestCatalogText(handle, connectionId)),
    'catalog.bodies': (input) => parts.jobs.run('catalog.bodies', input, { signal: new AbortController().signal }),
    'catalog.introspect': async ({ connectionId }, context) => {
      const read = await readAndKeepCatalog(parts, connectionId, context);
      return read.ok ? ok(read.value.text) : read;
    },
  };
}

/** A catalog that was read: what it is known by, and the whole as JSON text. */
type Read = { readonly fingerprint: string; readonly text: string };

/** Reads the catalog of a connection and keeps it in the history; a reading that fails or is cancelled changes nothing. */
export async function readAndKeepCatalog(
  { history, connections, jobs, broadcast, desktop }: Parts,
  connectionId: ConnectionId,
  { signal, report }: OperationContext<'catalog.introspect'>,
): Promise<Result<Read, LockstepError>> {
  const source = await connections.source(connectionId);
  if (!source.ok) return source;
  const lockstep = desktop.version;
  const known = await history.read((handle) => keptCatalogState(handle, connectionId, lockstep));
  if (!known.ok) return known;
  const input = { source: source.value, earlier: known.value };
  const read = await jobs.run('catalog.read', input, { signal, onProgress: report });
  if (!read.ok) return read;
  const { catalog, json, state } = read.value;
  const { fingerprint } = catalog;
  const kept = await history.write((handle) => {
    keepCatalog(handle, connectionId, catalog, json);
    keepCatalogState(handle, connectionId, state === null ? null : { fingerprint, lockstep, state });
  });
  if (!kept.ok) return kept;
  broadcast('connections.changed', {});
  return ok({ fingerprint, text: json });
}

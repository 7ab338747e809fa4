import type { Handlers } from '../../shared/ipc/wire.ts';
import { applicationHandlers } from './application-handlers.ts';
import { catalogHandlers } from './catalog-handlers.ts';
import { checkHandlers } from './check-handlers.ts';
import { comparisonHandlers } from './comparison-handlers.ts';
import { connectionHandlers } from './connection-handlers.ts';
import { diagramHandlers } from './diagram-handlers.ts';
import { draftHandlers } from './draft-handlers.ts';
import { exportHandlers } from './export-handlers.ts';
import { migrationHandlers } from './migration-handlers.ts';
import type { Parts } from './parts.ts';
import { ruleHandlers } from './rule-handlers.ts';
import { secretHandlers } from './secret-handlers.ts';

/** One function for every request and operation of the contract. */
export function createHandlers(parts: Parts): Handlers {
  const application = applicationHandlers(parts);
  const secrets = secretHandlers(parts);
  const migrations = migrationHandlers(parts);
  const exports = exportHandlers(parts);
  const { 'catalog.introspect': introspect, ...catalogs } = catalogHandlers(parts);
  const { 'catalog.compare': compare, ...comparisons } = comparisonHandlers(parts);
  const { 'draft.preview': preview, 'draft.generate': generate } = draftHandlers(parts);
  const { 'connections.test': test, 'connections.open': open, ...connections } = connectionHandlers(parts);
  return {
    requests: {
      ...application,
      ...secrets,
      ...connections,
      ...migrations,
      ...exports,
      ...ruleHandlers(),
      ...catalogs,
      ...comparisons,
      ...diagramHandlers(parts),
      'draft.preview': preview,
    },
    operations: {
      'connections.test': test,
      'connections.open': open,
      'catalog.introspect': introspect,
      'catalog.compare': compare,
      'draft.generate': generate,
      ...checkHandlers(parts),
    },
  };
}

import { expect, test } from 'vitest';
import { connectionIdSchema, migrationIdSchema } from '../../../../shared/ids.ts';
import type { ConnectionListItem } from '../../../../shared/ipc/contract.ts';
import type { MigrationSummary } from '../../../../shared/migration.ts';
import { connectionOfTab } from './use-current-connection.ts';

const connection = (id: string): ConnectionListItem => ({
  id: connectionIdSchema.parse(id),
  name: id,
  environment: 'production',
  host: 'h',
  port: 5432,
  database: 'd',
  user: 'u',
  tls: 'prefer',
  rootCertificate: null,
  password: 'none',
  identity: null,
  lastUsedAt: null,
  catalogAt: null,
});
const prod = connection('prod');
const staging = connection('staging');
const connections = [prod, staging];
const migrationId = migrationIdSchema.parse('m');
const migrations: readonly MigrationSummary[] = [
  {
    id: migrationId,
    title: 't',
    request: '',
    connectionId: staging.id,
    connectionName: 'staging',
    environment: 'staging',
    createdAt: '',
    changedAt: '',
    versions: 0,
    status: 'draft',
    errors: 0,
    warnings: 0,
  },
];

test('a tab that carries a connection is never retargeted by the active one', () => {
  const schema = { kind: 'schema', connectionId: staging.id, id: 's' } as const;
  expect(connectionOfTab(schema, prod.id, connections, migrations)).toBe(staging);
  expect(connectionOfTab({ kind: 'migration', migrationId, id: 'm' }, prod.id, connections, migrations)).toBe(staging);
});

test('other tabs are about the active connection', () => {
  expect(connectionOfTab({ kind: 'history', id: 'h' }, prod.id, connections, migrations)).toBe(prod);
  expect(connectionOfTab({ kind: 'history', id: 'h' }, null, connections, migrations)).toBeNull();
});

test('a deleted connection is none', () => {
  const schema = { kind: 'schema', connectionId: connectionIdSchema.parse('gone'), id: 's' } as const;
  expect(connectionOfTab(schema, prod.id, connections, migrations)).toBeNull();
});

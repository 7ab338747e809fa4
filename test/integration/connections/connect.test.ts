import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConnectOptions, connectPostgresql } from '../../../src/adapters/postgresql/connect.ts';
import type { ConnectionSettings, TlsMode } from '../../../src/shared/connection-profile.ts';
import { Secret } from '../../../src/shared/secret.ts';
import { type PostgresServer, startPostgresServer } from '../../support/postgres-server.ts';

const certificates = resolve(import.meta.dirname, '../../support/tls');
const certificate = (name: string) => readFileSync(join(certificates, name), 'utf8');

describe('connecting to a server', () => {
  let server: PostgresServer;
  let plain: PostgresServer;
  beforeAll(async () => {
    [server, plain] = await Promise.all([
      startPostgresServer({
        own: true,
        hba: [
          'host all with_password all scram-sha-256',
          'hostnossl all only_tls all reject',
          'hostssl all only_plain all reject',
        ],
        configuration: { ssl: 'on', ssl_cert_file: 'server.crt', ssl_key_file: 'server.key' },
        files: { 'server.crt': certificate('server.crt'), 'server.key': certificate('server.key') },
      }),
      startPostgresServer({ own: true, configuration: { max_connections: '4', superuser_reserved_connections: '1' } }),
    ]);
    await server.execute(`
      create role with_password login password 'right p@ss''wörd';
      create role only_tls login;
      create role only_plain login;
    `);
  });
  afterAll(() => Promise.all([server.stop(), plain.stop()]));

  /** Connects, says who answered or which error came, and leaves no session behind. */
  const connect = async (
    changes: Partial<ConnectionSettings>,
    password: string | null = null,
    options?: ConnectOptions,
  ) => {
    const secret = password === null ? null : new Secret(password);
    const session = await connectPostgresql({ ...server.settings, ...changes }, secret, options);
    if (!session.ok) return session.error;
    await session.value.close();
    return session.value.identity;
  };

  it('says who answers, and that the session cannot write', async () => {
    const identity = await connect({});
    expect(identity).toMatchObject({
      database: 'postgres',
      user: 'postgres',
      port: server.settings.port,
      readOnly: true,
    });
    expect(identity).toHaveProperty('version');
    expect(identity).toHaveProperty('versionText', expect.stringMatching(/^\d+\.\d+$/));
  });

  it('takes a password with signs of every kind', async () => {
    expect(await connect({ user: 'with_password' }, "right p@ss'wörd")).toMatchObject({ user: 'with_password' });
  });

  it('tells a wrong password and never repeats it', async () => {
    const error = await connect({ user: 'with_password' }, 'hunter2-wrong');
    expect(error).toEqual({ code: 'connection.password_rejected', user: 'with_password' });
    expect(JSON.stringify(error)).not.toContain('hunter2');
  });

  it.each([
    ['is not there', 'no such role', 'role "no such role" does not exist'],
    ['may not log in', 'pg_monitor', 'role "pg_monitor" is not permitted to log in'],
  ])('tells a role that %s', async (_what, user, reason) => {
    expect(await connect({ user })).toEqual({ code: 'connection.role_refused', user, reason });
  });

  it('tells a missing password, whatever the environment of the process holds', async () => {
    process.env['PGPASSWORD'] = "right p@ss'wörd";
    try {
      expect(await connect({ user: 'with_password' })).toEqual({
        code: 'connection.password_missing',
        user: 'with_password',
      });
    } finally {
      delete process.env['PGPASSWORD'];
    }
  });

  it('tells an unknown database', async () => {
    expect(await connect({ database: 'Nö such' })).toEqual({
      code: 'connection.database_unknown',
      database: 'Nö such',
    });
  });

  it('tells a port where nobody listens', async () => {
    expect(await connect({ host: '127.0.0.1', port: 1 })).toEqual({
      code: 'connection.refused',
      host: '127.0.0.1',
      port: 1,
    });
  });

  it('tells a name that no host has', async () => {
    const host = 'no-such-host.invalid';
    expect(await connect({ host })).toEqual({ code: 'connection.host_unknown', host });
  });

  it('gives up on a server that does not answer', async () => {
    const silent = createServer();
    await new Promise<void>((ready) => silent.listen(0, '127.0.0.1', ready));
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    try {
      expect(await connect({ host: '127.0.0.1', port }, null, { connectTimeoutSeconds: 1 })).toEqual({
        code: 'connection.timeout',
        host: '127.0.0.1',
        port,
        seconds: 1,
      });
    } finally {
      silent.close();
    }
  });

  it('stops connecting when it is cancelled', async () => {
    const silent = createServer();
    await new Promise<void>((ready) => silent.listen(0, '127.0.0.1', ready));
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const cancelling = new AbortController();
    setTimeout(() => cancelling.abort(), 100);
    try {
      expect(await connect({ host: '127.0.0.1', port }, null, { signal: cancelling.signal })).toEqual({
        code: 'cancelled',
      });
    } finally {
      silent.close();
    }
  });

  it('tells when the server has no room', async () => {
    const settings = { ...plain.settings, user: 'guest' };
    await plain.execute('create role guest login');
    const first = await connectPostgresql(settings, null);
    const second = await connectPostgresql(settings, null);
    const third = await connectPostgresql(settings, null);
    const fourth = await connectPostgresql(settings, null);
    try {
      expect(fourth).toMatchObject({ ok: false, error: { code: 'connection.too_many' } });
    } finally {
      for (const session of [first, second, third, fourth]) if (session.ok) await session.value.close();
    }
  });

  describe('with TLS', () => {
    const ca = join(certificates, 'ca.crt');
    const encrypted = async (tls: TlsMode, changes: Partial<ConnectionSettings> = {}, to = server) => {
      const session = await connectPostgresql({ ...to.settings, tls, ...changes }, null);
      if (!session.ok) return session.error;
      const [row] = await session.value.query(
        'select coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as ssl',
      );
      await session.value.close();
      return row?.['ssl'];
    };

    it.each<[TlsMode, boolean]>([
      ['disable', false],
      ['allow', false],
      ['prefer', true],
      ['require', true],
    ])('%s is encrypted: %s', async (tls, expected) => {
      expect(await encrypted(tls)).toBe(expected);
    });

    it('allow turns to TLS where the server asks for it', async () => {
      expect(await encrypted('allow', { user: 'only_tls' })).toBe(true);
    });

    it('prefer turns to plain where the server refuses TLS', async () => {
      expect(await encrypted('prefer', { user: 'only_plain' })).toBe(false);
      expect(await encrypted('prefer', {}, plain)).toBe(false);
    });

    it('disable says that the server asks for TLS', async () => {
      expect(await encrypted('disable', { user: 'only_tls' })).toMatchObject({ code: 'connection.tls' });
    });

    it('require fails on a server without TLS', async () => {
      expect(await encrypted('require', {}, plain)).toMatchObject({ code: 'connection.tls' });
    });

    it('verify-ca and verify-full accept the right certificate', async () => {
      expect(await encrypted('verify-ca', { rootCertificate: ca })).toBe(true);
      expect(await encrypted('verify-full', { rootCertificate: ca })).toBe(true);
    });

    it('verify-full refuses a host that the certificate does not name, verify-ca does not look', async () => {
      const changes = { host: '127.0.0.1', rootCertificate: ca };
      expect(await encrypted('verify-full', changes)).toMatchObject({ code: 'connection.tls' });
      expect(await encrypted('verify-ca', changes)).toBe(true);
    });

    it('refuses a certificate of another authority, and a root certificate that cannot be read', async () => {
      const other = { rootCertificate: join(certificates, 'other-ca.crt') };
      expect(await encrypted('verify-ca', other)).toMatchObject({ code: 'connection.tls' });
      expect(await encrypted('require', other)).toMatchObject({ code: 'connection.tls' });
      const missing = { rootCertificate: join(tmpdir(), 'no such file.crt') };
      expect(await encrypted('verify-full', missing)).toMatchObject({ code: 'connection.tls' });
    });

    it('verify-full trusts only known authorities when no root certificate is named', async () => {
      expect(await encrypted('verify-full')).toMatchObject({ code: 'connection.tls' });
    });
  });
});

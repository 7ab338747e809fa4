import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseUri } from './parse-uri.ts';
import { resolveDatabaseUrl } from './resolve-database-url.ts';

const parsed = (uri: string) => {
  const result = parseUri(uri);
  return result.ok ? { ...result.value.settings, password: result.value.password?.reveal() ?? null } : result.error;
};

describe('a connection URI', () => {
  it('is taken apart with all its parts', () => {
    expect(
      parsed(
        'postgresql://app:p%40ss%2Fw%C3%B6rd@db.example.com:6543/My%20db?sslmode=verify-full&sslrootcert=/etc/ca.pem',
      ),
    ).toEqual({
      host: 'db.example.com',
      port: 6543,
      database: 'My db',
      user: 'app',
      tls: 'verify-full',
      rootCertificate: '/etc/ca.pem',
      password: 'p@ss/wörd',
    });
  });

  it.each([
    ['postgres://', { host: 'localhost', port: 5432, user: userInfo().username, tls: 'prefer', password: null }],
    ['postgres://u@/d', { host: 'localhost', user: 'u', database: 'd' }],
    ['postgres://u@h', { database: 'u' }],
    ['postgres://u@[::1]:5433/d', { host: '::1', port: 5433 }],
    ['postgres:///d?host=/var/run/postgresql&user=u', { host: '/var/run/postgresql', user: 'u', database: 'd' }],
    ['postgres://%2Fvar%2Frun/d', { host: '/var/run', database: 'd' }],
    ['postgres://u:a:b@h/d', { password: 'a:b' }],
    ['postgres://u@h/d?password=a%26b', { password: 'a&b' }],
    ['postgres://u@h/d?ssl=true', { tls: 'require' }],
  ])('%s', (uri, expected) => expect(parsed(uri)).toMatchObject(expected));

  it.each([
    'mysql://u@h/d',
    'u@h/d',
    'postgres://u:hunter2@h1,h2/d',
    'postgres://u:hunter2@h/d?host=a,b',
    'postgres://u:hunter2@h:notaport/d',
    'postgres://u:pass@hunter2@h/d',
    'postgres://u:hunter2@h:70000/d',
    'postgres://u:hunter2@h/d?sslmode=maybe',
    'postgres://u:hunter2%zz@h/d',
    'postgres://u:hunter2@h/d?x',
    'postgres://u:hunter2/rest@h/d',
    'postgres://u:1234/hunter2@h/d',
    'postgres://u:a?hunter2@h/d',
    'postgres://u:a#hunter2@h/d',
  ])('%s is refused without repeating its password', (uri) => {
    const error = parsed(uri);
    expect(error).toMatchObject({ code: 'connection.uri_invalid' });
    expect(JSON.stringify(error)).not.toContain('hunter2');
  });
});

describe('a URI on the command line', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'lockstep-home-'));
  });
  afterEach(() => rmSync(home, { recursive: true }));

  const resolved = async (uri: string, environment: Record<string, string> = {}) => {
    const result = await resolveDatabaseUrl(uri, { HOME: home, ...environment });
    return result.ok ? { ...result.value.settings, password: result.value.password?.reveal() ?? null } : result.error;
  };
  const file = (name: string, text: string, mode = 0o600) => {
    writeFileSync(join(home, name), text);
    chmodSync(join(home, name), mode);
  };

  it('is completed from the environment, which never wins over it', async () => {
    const environment = {
      PGHOST: 'env',
      PGPORT: '1111',
      PGUSER: 'me',
      PGDATABASE: 'mine',
      PGSSLMODE: 'require',
      PGPASSWORD: 'x',
    };
    expect(await resolved('postgres://given/db', environment)).toMatchObject({
      host: 'given',
      port: 1111,
      user: 'me',
      database: 'db',
      tls: 'require',
      password: 'x',
    });
    expect(await resolved('', environment)).toMatchObject({ host: 'env', database: 'mine' });
    expect(await resolved('postgres://u:own@h/d', environment)).toMatchObject({ password: 'own' });
  });

  it('takes the first line of the password file that fits', async () => {
    file('.pgpass', '# notes\nother:5432:*:u:no\nh:5432:d:someone:no\nh:*:d:u:a\\:b\\\\c\n*:*:*:*:last\n');
    expect(await resolved('postgres://u@h/d')).toMatchObject({ password: 'a:b\\c' });
    expect(await resolved('postgres://u@elsewhere/d')).toMatchObject({ password: 'last' });
    expect(await resolved('postgres://u@h/d', { PGPASSFILE: join(home, 'none') })).toMatchObject({ password: null });
  });

  it('does not use a password file that others may read', async () => {
    file('.pgpass', '*:*:*:*:open', 0o644);
    expect(await resolved('postgres://u@h/d')).toMatchObject({ password: null });
  });

  it('reads a service, and says when there is none', async () => {
    file(
      '.pg_service.conf',
      '[other]\nhost=no\n[live]\n# it\nhost=live.example.com\nport=7000\ndbname=shop\nuser=reader\npassword=pw\n',
    );
    expect(await resolved('postgres:///?service=live', { PGHOST: 'env' })).toMatchObject({
      host: 'live.example.com',
      port: 7000,
      database: 'shop',
      user: 'reader',
      password: 'pw',
    });
    expect(await resolved('postgres://given/?service=live')).toMatchObject({ host: 'given', database: 'shop' });
    expect(await resolved('', { PGSERVICE: 'missing' })).toMatchObject({ code: 'connection.uri_invalid' });
  });
});

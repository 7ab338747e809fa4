import { describe, expect, test } from 'vitest';
import { connectionIdSchema } from '../../../../shared/ids.ts';
import type { ConnectionListItem } from '../../../../shared/ipc/contract.ts';
import {
  type ConnectionForm,
  emptyForm,
  fillFromUri,
  formOf,
  isChanged,
  passwordChangeOf,
  problemsOf,
  profileOf,
} from './connection-form.ts';

const saved: ConnectionListItem = {
  id: connectionIdSchema.parse('c1'),
  name: 'shop-prod',
  environment: 'production',
  host: '10.20.4.11',
  port: 5432,
  database: 'shop',
  user: 'lockstep_ro',
  tls: 'verify-full',
  rootCertificate: '/etc/ssl/corporate-ca.pem',
  password: 'keychain',
  identity: null,
  lastUsedAt: null,
  catalogAt: null,
};

const filled: ConnectionForm = { ...emptyForm, name: 'shop', database: 'shop', user: 'me' };

describe('the connection form', () => {
  test('says what an empty form lacks, and nothing about what it has', () => {
    expect(Object.keys(problemsOf(emptyForm))).toEqual(['name', 'database', 'user']);
    expect(problemsOf(filled)).toEqual({});
  });

  test.each([
    ['', /Enter the host/],
    ['10.20.4.300', /300 is above 255/],
    ['my host', /no spaces/],
    ['postgres://u@h/d', /Paste URI/],
  ])('refuses the host %j and says why', (host, message) => {
    expect(problemsOf({ ...filled, host }).host).toMatch(message);
  });

  test.each(['localhost', '10.20.4.11', '::1', 'db.example.org', '/var/run/postgresql'])(
    'accepts the host %j',
    (host) => {
      expect(problemsOf({ ...filled, host }).host).toBeUndefined();
    },
  );

  test.each([null, 0, 65_536])('refuses the port %j', (port) => {
    expect(problemsOf({ ...filled, port }).port).toBeDefined();
  });

  test('opens on a saved connection without its password, unchanged until something is edited', () => {
    const form = formOf(saved);
    expect(form.password).toEqual({ kind: 'keep' });
    expect(isChanged(form, saved)).toBe(false);
    expect(isChanged({ ...form, host: '10.20.4.12' }, saved)).toBe(true);
    expect(isChanged({ ...form, password: { kind: 'typed', value: 'x' } }, saved)).toBe(true);
  });

  test('gives back the profile it was opened on', () => {
    const { password: _, identity: __, lastUsedAt: ___, catalogAt: ____, ...profile } = saved;
    expect(profileOf(formOf(saved))).toEqual(profile);
  });

  test('keeps the root certificate only for the modes that check one', () => {
    expect(profileOf({ ...formOf(saved), tls: 'require' }).rootCertificate).toBeNull();
  });

  test('fills every field from a URI, names the connection after the database, and never sees the password', () => {
    const form = fillFromUri(emptyForm, {
      settings: { host: 'db', port: 6543, database: 'Straße', user: 'Ünal', tls: 'require', rootCertificate: null },
      passwordId: 'p1',
    });
    expect(form).toMatchObject({ name: 'Straße', host: 'db', port: 6543, user: 'Ünal', tls: 'require' });
    expect(passwordChangeOf(form, 'session')).toEqual({ kind: 'from-uri', id: 'p1', storage: 'session' });
  });

  test('a URI without a password leaves the password alone and keeps a name that was given', () => {
    const typed = { ...filled, password: { kind: 'typed', value: 'secret' } } as const;
    const form = fillFromUri(typed, { settings: saved, passwordId: null });
    expect(form.password).toEqual(typed.password);
    expect(form.name).toBe('shop');
  });

  test('stores a typed password where it is told to, and an empty one nowhere', () => {
    expect(passwordChangeOf({ ...filled, password: { kind: 'typed', value: 's' } }, 'keychain')).toEqual({
      kind: 'set',
      value: 's',
      storage: 'keychain',
    });
    expect(passwordChangeOf(filled, 'keychain')).toEqual({ kind: 'keep' });
    expect(passwordChangeOf({ ...filled, password: { kind: 'forget' } }, 'keychain')).toEqual({ kind: 'forget' });
  });
});

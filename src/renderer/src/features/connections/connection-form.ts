import type { Environment, TlsMode } from '../../../../shared/connection-profile.ts';
import type { ConnectionId } from '../../../../shared/ids.ts';
import type { ConnectionListItem, NewProfile, PasswordChange } from '../../../../shared/ipc/contract.ts';

/** Where a password that was typed or pasted goes. */
export type SecretStorage = 'keychain' | 'session';

/** What the form is going to do with the password. */
export type PasswordEntry =
  | { readonly kind: 'keep' }
  | { readonly kind: 'typed'; readonly value: string }
  | { readonly kind: 'from-uri'; readonly id: string }
  | { readonly kind: 'forget' };

/** The fields of the form as the user sees them. */
export type ConnectionForm = {
  readonly id: ConnectionId | null;
  readonly name: string;
  readonly environment: Exclude<Environment, 'sample'>;
  readonly host: string;
  readonly port: number | null;
  readonly database: string;
  readonly user: string;
  readonly tls: TlsMode;
  readonly rootCertificate: string;
  readonly password: PasswordEntry;
};

export type FieldName = 'name' | 'host' | 'port' | 'database' | 'user' | 'rootCertificate';
export type FieldErrors = { readonly [K in FieldName]?: string };

/** The form for a connection that does not exist yet; production is the guess that can do no harm. */
export const emptyForm: ConnectionForm = {
  id: null,
  name: '',
  environment: 'production',
  host: 'localhost',
  port: 5432,
  database: '',
  user: '',
  tls: 'prefer',
  rootCertificate: '',
  password: { kind: 'typed', value: '' },
};

/** The form for a saved connection. */
export const formOf = (item: ConnectionListItem): ConnectionForm => ({
  id: item.id,
  name: item.name,
  environment: item.environment === 'sample' ? 'development' : item.environment,
  host: item.host,
  port: item.port,
  database: item.database,
  user: item.user,
  tls: item.tls,
  rootCertificate: item.rootCertificate ?? '',
  password: item.password === 'none' ? { kind: 'typed', value: '' } : { kind: 'keep' },
});

type ParsedUri = {
  readonly settings: Pick<ConnectionListItem, 'host' | 'port' | 'database' | 'user' | 'tls' | 'rootCertificate'>;
  readonly passwordId: string | null;
};

/** Fills the form from a pasted URI; the name is taken from the database when there is none yet. */
export const fillFromUri = (form: ConnectionForm, { settings, passwordId }: ParsedUri): ConnectionForm => ({
  ...form,
  name: form.name === '' ? settings.database : form.name,
  host: settings.host,
  port: settings.port,
  database: settings.database,
  user: settings.user,
  tls: settings.tls,
  rootCertificate: settings.rootCertificate ?? '',
  password: passwordId === null ? form.password : { kind: 'from-uri', id: passwordId },
});

const ipv4Problem = (host: string): string | null => {
  if (!/^\d+(\.\d+){3}$/.test(host)) return null;
  const high = host.split('.').find((part) => Number(part) > 255);
  return high === undefined ? null : `Not an IPv4 address: ${high} is above 255.`;
};

const hostProblem = (host: string): string | null => {
  if (host === '') return 'Enter the host name or address.';
  if (/\s/.test(host)) return 'A host has no spaces in it.';
  if (host.includes('://')) return 'This is a URI. Use “Paste URI” to fill in all fields from it.';
  return ipv4Problem(host);
};

const verifies = (tls: TlsMode): boolean => tls === 'verify-ca' || tls === 'verify-full';

/** True when the TLS mode needs to know whom to trust. */
export const wantsRootCertificate = (form: ConnectionForm): boolean => verifies(form.tls);

/** What has to be corrected before the form can be saved or tested; empty when nothing has. */
export function problemsOf(form: ConnectionForm): FieldErrors {
  const host = hostProblem(form.host.trim());
  return {
    ...(form.name.trim() === '' ? { name: 'Give it a name; it is shown in tabs and questions.' } : {}),
    ...(host === null ? {} : { host }),
    ...(form.port === null || form.port < 1 || form.port > 65_535 ? { port: '1 to 65535' } : {}),
    ...(form.database.trim() === '' ? { database: 'Enter the name of the database.' } : {}),
    ...(form.user.trim() === '' ? { user: 'Enter the role to log in with.' } : {}),
  };
}

/** The profile that the form describes; call it only when there are no problems. */
export const profileOf = (form: ConnectionForm): NewProfile => ({
  id: form.id,
  name: form.name.trim(),
  environment: form.environment,
  host: form.host.trim(),
  port: form.port ?? 5432,
  database: form.database.trim(),
  user: form.user.trim(),
  tls: form.tls,
  rootCertificate: verifies(form.tls) && form.rootCertificate.trim() !== '' ? form.rootCertificate.trim() : null,
});

/** What main is told to do with the password; an empty field means that there is none to store. */
export function passwordChangeOf(form: ConnectionForm, storage: SecretStorage): PasswordChange {
  const { password } = form;
  switch (password.kind) {
    case 'typed':
      return password.value === '' ? { kind: 'keep' } : { kind: 'set', value: password.value, storage };
    case 'from-uri':
      return { kind: 'from-uri', id: password.id, storage };
    case 'keep':
    case 'forget':
      return { kind: password.kind };
  }
}

/** True when the form says something else than what is saved. */
export function isChanged(form: ConnectionForm, saved: ConnectionListItem | null): boolean {
  const start = saved === null ? emptyForm : formOf(saved);
  return JSON.stringify(form) !== JSON.stringify(start);
}

/** libpq's TLS modes with what they check. https://www.postgresql.org/docs/current/libpq-ssl.html */
export const tlsModes: readonly { readonly id: TlsMode; readonly label: string; readonly more: string }[] = [
  { id: 'disable', label: 'disable', more: 'Never encrypted.' },
  { id: 'allow', label: 'allow', more: 'Encrypted only if the server insists. Nobody’s identity is checked.' },
  { id: 'prefer', label: 'prefer', more: 'Encrypted if the server can. Nobody’s identity is checked.' },
  { id: 'require', label: 'require', more: 'Always encrypted. Nobody’s identity is checked.' },
  {
    id: 'verify-ca',
    label: 'verify-ca',
    more: 'Always encrypted; the certificate must come from a trusted authority.',
  },
  {
    id: 'verify-full',
    label: 'verify-full',
    more: 'Always encrypted; certificate and host name are checked. The only mode safe against an impostor.',
  },
];

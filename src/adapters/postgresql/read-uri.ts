import type { LockstepError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { Secret } from '../../shared/secret.ts';

/** Connection parameters under libpq's names: `host`, `port`, `dbname`, `user`, `sslmode` … */
export type ConnectionParameters = Readonly<Record<string, string>>;

const shape =
  /^postgres(?:ql)?:\/\/(?:(?<userinfo>[^@/?#]*)@)?(?<hosts>[^/?#]*)(?:\/(?<database>[^?#]*))?(?:\?(?<query>[^#]*))?$/;

/**
 * Reads a URI into libpq's parameters. Written here, because the usual libraries read certificate files while parsing and
 * take a list of hosts for one odd name.
 */
export function readUri(
  uri: string,
): Result<{ readonly parameters: ConnectionParameters; readonly password: Secret | null }, LockstepError> {
  const invalid = (reason: string) => err<LockstepError>({ code: 'connection.uri_invalid', reason });
  const groups = shape.exec(uri.trim())?.groups;
  if (groups === undefined) {
    return invalid(
      'it should look like postgresql://user@host:5432/database; a special character in it is written %XX',
    );
  }
  if (groups['database']?.includes('@')) return invalid('a / in a password is written %2F, an @ in a name %40');
  // What stands before it may be the end of a password, and a host would be repeated in messages.
  if (groups['hosts']?.includes('@')) return invalid('an @ in a user name or a password is written %40');
  try {
    const parameters: Record<string, string> = {};
    const put = (name: string, value: string | undefined) => {
      if (value !== undefined && value !== '') parameters[name] = decodeURIComponent(value);
    };
    const [user, ...rest] = (groups['userinfo'] ?? '').split(':');
    let password = rest.length === 0 ? null : decodeURIComponent(rest.join(':'));
    put('user', user);
    put('dbname', groups['database']);
    const hosts = groups['hosts'] ?? '';
    if (hosts.includes(',')) return invalid('it names several hosts; connect to one of them');
    const host = /^(?<name>\[[^\]]*\]|[^:]*)(?::(?<port>.*))?$/.exec(hosts)?.groups;
    if (host === undefined) return invalid('an IPv6 address needs brackets: [::1]');
    put('host', host['name']?.replace(/^\[(.*)\]$/, '$1'));
    put('port', host['port']);

    for (const pair of (groups['query'] ?? '').split('&')) {
      if (pair === '') continue;
      const at = pair.indexOf('=');
      if (at === -1) return invalid('an option after the ? has no value');
      const name = decodeURIComponent(pair.slice(0, at));
      if (name === 'password') password = decodeURIComponent(pair.slice(at + 1));
      else put(name, pair.slice(at + 1));
    }
    if (parameters['host']?.includes(',')) return invalid('it names several hosts; connect to one of them');
    // The abbreviation that other drivers know.
    if (parameters['ssl'] === 'true' && parameters['sslmode'] === undefined) parameters['sslmode'] = 'require';
    return ok({ parameters, password: password === null || password === '' ? null : new Secret(password) });
  } catch {
    return invalid('it has a % that is not followed by two hexadecimal digits');
  }
}

import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConnectionSettings } from '../../shared/connection-profile.ts';
import { Secret } from '../../shared/secret.ts';

/**
 * The password for a connection from the password file, or null. As libpq, a file that others may read is not used.
 * https://www.postgresql.org/docs/current/libpq-pgpass.html
 */
export async function passwordFromFile(
  settings: ConnectionSettings,
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
): Promise<Secret | null> {
  const usual =
    process.platform === 'win32'
      ? join(environment['APPDATA'] ?? home, 'postgresql', 'pgpass.conf')
      : join(home, '.pgpass');
  const path = environment['PGPASSFILE'] ?? usual;
  try {
    const { mode } = await stat(path);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) return null;
    return passwordIn(await readFile(path, 'utf8'), settings);
  } catch {
    return null;
  }
}

function passwordIn(text: string, settings: ConnectionSettings): Secret | null {
  // In this file a Unix socket's folder is called localhost.
  const host = settings.host.startsWith('/') ? 'localhost' : settings.host;
  const wanted = [host, String(settings.port), settings.database, settings.user];
  for (const line of text.split(/\r?\n/)) {
    if (line === '' || line.startsWith('#')) continue;
    const fields = fieldsOf(line);
    const password = fields[4];
    if (password === undefined) continue;
    if (wanted.every((value, index) => fields[index] === '*' || fields[index] === value)) return new Secret(password);
  }
  return null;
}

/** Splits at colons; a backslash takes the next character as it is. The fifth field reaches to the end of the line. */
function fieldsOf(line: string): readonly string[] {
  const fields = [''];
  for (let index = 0; index < line.length; index += 1) {
    const character = line[index] ?? '';
    const last = fields.length - 1;
    if (character === '\\' && index + 1 < line.length) {
      index += 1;
      fields[last] += line[index] ?? '';
    } else if (character === ':' && fields.length < 5) fields.push('');
    else fields[last] += character;
  }
  return fields;
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LockstepError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/**
 * The parameters of a service from `pg_service.conf`: the user's file, then the system's.
 * https://www.postgresql.org/docs/current/libpq-pgservice.html
 */
export async function readService(
  name: string,
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
): Promise<Result<Readonly<Record<string, string>>, LockstepError>> {
  const files = [environment['PGSERVICEFILE'] ?? join(home, '.pg_service.conf')];
  const system = environment['PGSYSCONFDIR'];
  files.push(join(system ?? '/etc/postgresql-common', 'pg_service.conf'));
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch(() => null);
    const section = text === null ? null : sectionOf(text, name);
    if (section !== null) return ok(section);
  }
  return err({ code: 'connection.uri_invalid', reason: `the service ${name} is not in ${files.join(' or ')}` });
}

function sectionOf(text: string, name: string): Readonly<Record<string, string>> | null {
  let found: Record<string, string> | null = null;
  let inside = false;
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const header = /^\[(.*)\]$/.exec(line);
    if (header !== null) {
      inside = header[1] === name;
      if (inside) found ??= {};
      continue;
    }
    const at = line.indexOf('=');
    if (inside && found !== null && at > 0) found[line.slice(0, at).trim()] ??= line.slice(at + 1).trim();
  }
  return found;
}

import { homedir } from 'node:os';
import type { ConnectionSettings } from '../../shared/connection-profile.ts';
import type { LockstepError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { Secret } from '../../shared/secret.ts';
import { completeSettings } from './complete-settings.ts';
import { passwordFromFile } from './password-file.ts';
import { type ConnectionParameters, readUri } from './read-uri.ts';
import { readService } from './service-file.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const environmentNames: Readonly<Record<string, string>> = {
  host: 'PGHOST',
  port: 'PGPORT',
  dbname: 'PGDATABASE',
  user: 'PGUSER',
  sslmode: 'PGSSLMODE',
  sslrootcert: 'PGSSLROOTCERT',
};

/**
 * Settings and password for a URI on a command line, completed as libpq does: what the URI says, then its service, then
 * the `PG…` environment, then the password file. An empty text means "all from the environment".
 */
export async function resolveDatabaseUrl(
  uri: string,
  environment: Environment,
): Promise<Result<{ readonly settings: ConnectionSettings; readonly password: Secret | null }, LockstepError>> {
  const read = uri.trim() === '' ? ok({ parameters: {}, password: null }) : readUri(uri);
  if (!read.ok) return read;
  const home = environment['HOME'] ?? homedir();

  const named: ConnectionParameters = read.value.parameters;
  const serviceName = named['service'] ?? environment['PGSERVICE'];
  const service = serviceName === undefined ? ok({}) : await readService(serviceName, environment, home);
  if (!service.ok) return service;

  const { password: servicePassword, ...fromService }: Record<string, string> = { ...service.value };
  const fromEnvironment: Record<string, string> = {};
  for (const [name, variable] of Object.entries(environmentNames)) {
    const value = environment[variable];
    if (value !== undefined && value !== '') fromEnvironment[name] = value;
  }
  const settings = completeSettings({ ...fromEnvironment, ...fromService, ...named });
  if (!settings.ok) return err(settings.error);

  const given = servicePassword ?? environment['PGPASSWORD'];
  const password =
    read.value.password ??
    (given === undefined || given === ''
      ? await passwordFromFile(settings.value, environment, home)
      : new Secret(given));
  return ok({ settings: settings.value, password });
}

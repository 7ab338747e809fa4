import { access } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { defaultSettings } from '../engine/validate/validation-settings.ts';
import type { ParsedConfig } from './parse-config.ts';
import { readText } from './read-file.ts';

/** The name under which a repository keeps its configuration. */
export const configFile = '.lockstep.yml';

/** The configuration of a repository, or what holds without one. */
export type ProjectConfig = ParsedConfig;

const noConfig: ProjectConfig = {
  path: null,
  migrations: null,
  thresholds: defaultSettings.thresholds,
  throughput: defaultSettings.throughput,
  'ignored-schemas': [],
  conventions: defaultSettings.conventions,
};

/** The configuration in a folder or the nearest one above it, up to the top of the repository; null: there is none. */
async function findConfig(folder: string): Promise<string | null> {
  const exists = (path: string) =>
    access(path).then(
      () => true,
      () => false,
    );
  const path = join(folder, configFile);
  if (await exists(path)) return path;
  if ((await exists(join(folder, '.git'))) || dirname(folder) === folder) return null;
  return findConfig(dirname(folder));
}

/** The configuration that `--config` names, else the repository's own, else one that says nothing. */
export async function readProjectConfig(named: string | undefined, folder: string): Promise<ProjectConfig> {
  const path = named ?? (await findConfig(resolve(folder)));
  if (path === null) return noConfig;
  const { parseConfig } = await import('./parse-config.ts');
  return parseConfig(await readText(path), path);
}

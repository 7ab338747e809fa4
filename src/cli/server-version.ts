import { wrongUsage } from './command-context.ts';
import type { ProjectConfig } from './project-config.ts';

/** What `--server-version` or the configuration says, as `server_version_num`; undefined where neither does. */
export function namedServerVersion(named: string | undefined, config: ProjectConfig): number | undefined {
  const configured = config['server-version'];
  if (named === undefined) return configured === undefined ? undefined : configured * 10_000;
  const major = Number(named);
  if (!Number.isInteger(major) || major < 10 || major > 18) throw wrongUsage('--server-version', 'must be 10 to 18');
  return major * 10_000;
}

import { relative } from 'node:path';

/** The folder that reports name files from: that of the checkout where a job of GitHub Actions runs in it, else its own. */
export function sourceRoot(environment: Readonly<Record<string, string | undefined>>, folder: string): string {
  const checkout = environment['GITHUB_WORKSPACE'];
  const isInside = checkout !== undefined && checkout !== '' && !relative(checkout, folder).startsWith('..');
  return isInside ? checkout : folder;
}

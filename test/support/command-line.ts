import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** What a run of the command line left. */
export type CommandRun = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Runs `node bin/lockstep.mjs …` as a user does, without any of the caller's database or model settings. */
export function lockstep(
  args: readonly string[],
  options: {
    readonly env?: Record<string, string>;
    readonly cwd?: string;
    /** Called once with the running process, for a test that ends it. */
    readonly onStart?: (child: ChildProcess) => void;
  } = {},
): Promise<CommandRun> {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(PG|DATABASE_URL|SHADOW_DATABASE_URL|ANTHROPIC_|LOCKSTEP_)/.test(name),
  );
  const env = { ...Object.fromEntries(kept), LOCKSTEP_CACHE: resolve(root, '.cache/lockstep'), ...options.env };
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [resolve(root, 'bin/lockstep.mjs'), ...args], {
      cwd: options.cwd ?? root,
      env,
    });
    options.onStart?.(child);
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (text) => {
      stdout += text;
    });
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    child.once('error', failed);
    child.once('close', (code) => done({ code: code ?? -1, stdout, stderr }));
  });
}

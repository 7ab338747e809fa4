// npm run demo: the whole main job in the real window, with numbered pictures and the exported files in demo-output/.
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron } from '@playwright/test';
import { walkMainJob } from './walks/main-job.ts';

const executablePath = process.env['LOCKSTEP_ELECTRON'];
if (executablePath === undefined) throw new Error('start with `npm run demo`, which sets LOCKSTEP_ELECTRON');
const project = path.resolve(import.meta.dirname, '..');
const output = path.join(project, 'demo-output');
const files = path.join(output, 'migrations');
rmSync(output, { recursive: true, force: true });
mkdirSync(files, { recursive: true });

const userData = mkdtempSync(path.join(tmpdir(), 'lockstep-demo-'));
const kept = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
const app = await _electron.launch({
  executablePath,
  args: [project, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  env: { ...Object.fromEntries(kept), LOCKSTEP_USER_DATA: userData, DBUS_SESSION_BUS_ADDRESS: 'disabled:' },
});
try {
  const page = await app.firstWindow();
  const request = 'add email_verified boolean to users';
  console.log(`Request: ${request}`);
  await walkMainJob(
    { app, page },
    {
      request,
      folder: files,
      picture: async (of, name) => {
        console.log(`  ${name}`);
        await of.screenshot({ path: path.join(output, `${name}.png`) });
      },
    },
  );
  console.log(`Pictures: ${output}`);
  for (const name of readdirSync(files)) console.log(`  migrations/${name}`);
} finally {
  await app.close();
  rmSync(userData, { recursive: true, force: true });
}

// npm run bench: every benchmark of bench/, or the named ones; each prints medians beside its baseline.
import fs from 'node:fs';
import path from 'node:path';
import { runOnVirtualDisplay } from './lib/display.mjs';
import { inProject } from './lib/paths.mjs';
import { toolNode } from './lib/run.mjs';
import { setUpCommandLine, setUpWindow } from './lib/setup.mjs';

const electron = await setUpWindow({ required: ['window', 'virtualDisplay'], optional: [] });
await setUpCommandLine();
const all = fs
  .readdirSync(inProject('bench'))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => path.basename(name, '.ts'));
const chosen = process.argv.length > 2 ? process.argv.slice(2) : all;
let code = 0;
for (const name of chosen) {
  code ||= await runOnVirtualDisplay(toolNode(), [inProject('bench', `${name}.ts`)], {
    env: { LOCKSTEP_ELECTRON: electron.executable },
  });
}
process.exit(code);

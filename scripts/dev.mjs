// npm run dev: the window with hot reload.
import { hasDisplay, runOnVirtualDisplay } from './lib/display.mjs';
import { inProject } from './lib/paths.mjs';
import { run, toolNode } from './lib/run.mjs';
import { setUpWindow } from './lib/setup.mjs';

const electron = await setUpWindow(hasDisplay() ? {} : { required: ['window', 'virtualDisplay'] });
const command = [
  toolNode(),
  [inProject('node_modules/electron-vite/bin/electron-vite.js'), 'dev', ...process.argv.slice(2)],
];
const env = {
  ELECTRON_EXEC_PATH: electron.executable,
  ELECTRON_MAJOR_VER: '33',
  ...(process.getuid?.() === 0 ? { NO_SANDBOX: '1' } : {}),
};
process.exit(await (hasDisplay() ? run(...command, { env }) : runOnVirtualDisplay(...command, { env })));

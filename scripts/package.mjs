// npm run package: builds installers with electron-builder; `-- --dir` leaves the unpacked application only.
import { inProject } from './lib/paths.mjs';
import { run, toolNode } from './lib/run.mjs';
import { stop } from './lib/say.mjs';
import { setUpWindow } from './lib/setup.mjs';

const electron = await setUpWindow();
if (electron.fallback) {
  stop('Installers are made with the pinned Electron only, and its download host cannot be reached from here.', 3);
}
process.exit(await run(toolNode(), [inProject('node_modules/electron-builder/cli.js'), ...process.argv.slice(2)]));

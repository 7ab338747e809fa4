// npm run demo: does the whole set-up, then runs the main job in the real window under a virtual display.
import { runOnVirtualDisplay } from './lib/display.mjs';
import { inProject } from './lib/paths.mjs';
import { toolNode } from './lib/run.mjs';
import { setUpWindow } from './lib/setup.mjs';

const electron = await setUpWindow({ required: ['window', 'virtualDisplay'], optional: [] });
const env = { LOCKSTEP_ELECTRON: electron.executable };
process.exit(await runOnVirtualDisplay(toolNode(), [inProject('e2e/demo.ts')], { env }));

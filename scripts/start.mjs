// npm start: does the whole set-up and opens the window.
import { electronFlags, hasDisplay } from './lib/display.mjs';
import { root } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { say, stop } from './lib/say.mjs';
import { setUpWindow } from './lib/setup.mjs';

const electron = await setUpWindow();
if (!hasDisplay()) {
  stop(
    [
      'Everything is set up, but there is no display to open a window on. Choose one:',
      '  - start from a desktop session, or with `ssh -X`;',
      '  - `npm run demo` runs the whole job in the real window under a virtual display and leaves pictures in demo-output/;',
      '  - `node bin/lockstep.mjs --help` is the command line, which needs no display.',
    ].join('\n'),
  );
}
say('Opening Lockstep …');
process.exit(await run(electron.executable, [...electronFlags(), root, ...process.argv.slice(2)]));

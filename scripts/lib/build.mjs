import { runQuietly, toolNode } from './run.mjs';
import { say, stop } from './say.mjs';
import { hashOf, oncePer } from './stamp.mjs';

const sources = ['src', 'resources', 'package-lock.json', 'tsconfig.base.json'];

const parts = {
  window: {
    stamp: 'out/.window-build',
    inputs: [...sources, 'electron.vite.config.ts'],
    what: 'the application',
    command: ['node_modules/electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'warn'],
  },
  cli: {
    stamp: 'out/cli/.build',
    inputs: [...sources, 'vite.cli.config.ts'],
    what: 'the command line',
    command: ['node_modules/vite/bin/vite.js', 'build', '--config', 'vite.cli.config.ts', '--logLevel', 'warn'],
  },
  images: {
    stamp: 'out/images/.build',
    inputs: ['resources/sample', 'src/adapters/pglite', 'package-lock.json'],
    what: 'the images of the embedded databases',
    command: ['out/cli/make-images.mjs', 'out/images'],
  },
};

/** Builds what the named parts (`window`, `cli`, `images`) need, unless the sources are those of the last build. */
export async function ensureBuilt(...names) {
  for (const name of names) {
    const { stamp, inputs, what, command } = parts[name];
    await oncePer(stamp, hashOf(inputs), () => {
      say(`Building ${what} …`);
      const built = runQuietly(toolNode(), command, { env: { ELECTRON_MAJOR_VER: '33', NODE_ENV: 'production' } });
      if (!built.ok) stop(`Building ${what} failed:\n${built.output}`);
    });
  }
}

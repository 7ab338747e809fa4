import { run } from './run.mjs';

/** True when a window can be shown. */
export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);

/** Runs a command under a virtual display on Linux, and as it is elsewhere. Returns its exit code. */
export function runOnVirtualDisplay(command, args, options) {
  if (process.platform !== 'linux') return run(command, args, options);
  return run('xvfb-run', ['-a', '-s', '-screen 0 1440x900x24', command, ...args], options);
}

/** Flags that Electron needs here: Chromium's sandbox refuses to run as root. */
export const electronFlags = () => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);

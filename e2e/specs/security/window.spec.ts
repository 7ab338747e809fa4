import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from '@playwright/test';
import { test } from '../../fixtures/app.ts';

test('the live window runs sandboxed, isolated and without node', async ({ running }) => {
  const preferences = await running.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      readonly getLastWebPreferences: () => Record<string, unknown> | null;
    };
    return contents.getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
  });
  expect(preferences?.['nodeIntegrationInWorker'] ?? false).toBe(false);
  expect(preferences?.['allowRunningInsecureContent'] ?? false).toBe(false);
  expect(preferences?.['experimentalFeatures'] ?? false).toBe(false);
});

test('the page has no node, and the bridge has two functions and no way back to Electron', async ({ running }) => {
  const seen = await running.page.evaluate(() => ({
    globals: ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'].filter(
      (name) => name in window,
    ),
    bridge: Object.keys(window.lockstep).sort(),
    isFrozen: Object.isFrozen(window.lockstep),
  }));
  expect(seen).toEqual({ globals: [], bridge: ['invoke', 'on'], isFrozen: true });
});

test('the policy is a header without any unsafe word, and the page itself keeps to it', async ({ launch }) => {
  const { page, output } = await launch();
  const policy = await page.evaluate(async () =>
    (await fetch('app://lockstep/index.html')).headers.get('content-security-policy'),
  );
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
  expect(page.url()).toMatch(/^app:\/\/lockstep\//);
  await expect(page.locator('#root > *').first()).toBeVisible();
  expect(output()).not.toMatch(/Content Security Policy/i);
});

test('inline script and remote content do not run', async ({ running }) => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/javascript', 'access-control-allow-origin': '*' });
    response.end('window.remoteRan = true;');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const remote = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  try {
    const outcome = await running.page.evaluate(async (address) => {
      const state = window as unknown as { inlineRan?: boolean; remoteRan?: boolean };
      const blocked: string[] = [];
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
        blocked.push(effectiveDirective),
      );
      const inline = document.createElement('script');
      inline.textContent = 'window.inlineRan = true;';
      document.head.append(inline);
      const foreign = document.createElement('script');
      foreign.src = address;
      document.head.append(foreign);
      const frame = document.createElement('iframe');
      frame.src = address;
      document.body.append(frame);
      const image = new Image();
      image.src = address;
      document.body.append(image);
      const fetched = await fetch(address).then(
        () => 'fetched',
        () => 'blocked',
      );
      let evaluated = 'blocked';
      // In a timer, because code that a debugger evaluates directly is exempt from the policy.
      setTimeout(() => {
        evaluated = String(new Function('return "evaluated"')());
      });
      await new Promise((resolve) => setTimeout(resolve, 300));
      return {
        inline: state.inlineRan ?? false,
        remote: state.remoteRan ?? false,
        fetched,
        evaluated,
        blocked: [...new Set(blocked)].sort(),
      };
    }, remote);
    expect(outcome).toMatchObject({ inline: false, remote: false, fetched: 'blocked', evaluated: 'blocked' });
    expect(outcome.blocked).toEqual(expect.arrayContaining(['connect-src', 'frame-src', 'img-src', 'script-src-elem']));
  } finally {
    server.close();
  }
});

test.describe('leaving the page', () => {
  for (const address of [
    'https://example.com/',
    'file:///etc/passwd',
    'data:text/html,hello',
    'app://other/index.html',
  ]) {
    test(`to ${address} is refused`, async ({ running }) => {
      const before = running.page.url();
      await running.page.evaluate((url) => {
        window.location.href = url;
      }, address);
      await running.page.waitForTimeout(500);
      expect(running.page.url()).toBe(before);
      expect(await running.request('app.info', {})).toMatchObject({ ok: true });
    });
  }
});

test('no new window opens, and only links on the list reach the browser', async ({ running }) => {
  await running.app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { openedLinks: opened });
    shell.openExternal = async (url: string) => void opened.push(url);
  });
  const manual = 'https://www.postgresql.org/docs/current/explicit-locking.html';
  const others = ['https://example.com/', 'file:///etc/passwd', 'javascript:alert(1)', 'app://lockstep/index.html'];
  await running.page.evaluate(
    (urls) => {
      for (const url of urls) window.open(url);
    },
    [manual, ...others],
  );
  for (const url of ['https://example.com/', 'file:///etc/passwd']) {
    expect(await running.request('app.openExternal', { url })).toMatchObject({
      ok: false,
      error: { code: 'input.invalid' },
    });
  }
  expect(await running.request('app.openExternal', { url: manual })).toMatchObject({ ok: true });
  await running.page.waitForTimeout(500);
  const state = await running.app.evaluate(({ BrowserWindow }) => ({
    windows: BrowserWindow.getAllWindows().length,
    opened: (globalThis as unknown as { openedLinks: string[] }).openedLinks,
  }));
  expect(state).toEqual({ windows: 1, opened: [manual, manual] });
});

test('permissions are refused', async ({ running }) => {
  const outcome = await running.page.evaluate(async () => {
    const states: Record<string, string> = {};
    for (const name of ['geolocation', 'notifications', 'camera', 'microphone', 'midi'] as PermissionName[]) {
      states[name] = await navigator.permissions.query({ name }).then(
        ({ state }) => state,
        () => 'unknown',
      );
    }
    const media = await (
      navigator.mediaDevices?.getUserMedia({ audio: true }) ?? Promise.reject(new Error('none'))
    ).then(
      () => 'granted',
      () => 'denied',
    );
    return { states, media, notification: await Notification.requestPermission() };
  });
  expect(outcome.media).toBe('denied');
  expect(outcome.notification).toBe('denied');
  expect(Object.values(outcome.states)).not.toContain('granted');
});

// How long the window cannot answer while large databases are opened, looked at and changed: the tasks of the page's and of
// main's thread in the real Electron, from its own trace. BENCH_TABLES=1000,10000 names sizes; BENCH_APPLICATIONS=DIR,DIR
// folders with a built application each, measured in turn (the built project alone when absent).
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, expect, type Page } from '@playwright/test';
import { callChannel } from '../src/shared/ipc/wire.ts';
import { startPostgresServer } from '../test/support/postgres-server.ts';
import { generatedSchema, generatedSize } from './lib/generated-schema.ts';
import { printTable } from './lib/report.ts';

const project = path.resolve(import.meta.dirname, '..');
const executablePath = process.env['LOCKSTEP_ELECTRON'];
if (executablePath === undefined) throw new Error('start with `npm run bench -- window`, which sets LOCKSTEP_ELECTRON');
const sizes = (process.env['BENCH_TABLES'] ?? '1000,10000').split(',').map(Number);
const applications = (process.env['BENCH_APPLICATIONS'] ?? project).split(',');
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 1);

/** One thing that a person does, until it shows. */
type Stage = { readonly name: string; readonly work: (page: Page) => Promise<unknown> };

// By class, not by role: an older application, measured beside this one, may call them otherwise.
const tree = (page: Page) => page.locator('.object-tree-list');
const line = (page: Page, name: RegExp) => page.locator('.object-tree-item').filter({ hasText: name }).first();
const filter = (page: Page) => page.getByRole('textbox', { name: 'Filter objects' });
const quiet = (page: Page) => page.waitForTimeout(1500);

const stages: readonly Stage[] = [
  {
    name: 'read and open',
    work: async (page) => {
      await page.keyboard.press('Control+1');
      await page.getByText('bench', { exact: true }).first().dblclick();
      await expect(tree(page)).toBeVisible({ timeout: 240_000 });
      await quiet(page);
    },
  },
  {
    name: 'another tab and back',
    work: async (page) => {
      await page.keyboard.press('Control+4');
      await quiet(page);
      await page.keyboard.press('Control+Alt+ArrowLeft');
      await expect(tree(page)).toBeVisible();
      await quiet(page);
    },
  },
  {
    name: 'filter the tree',
    work: async (page) => {
      await filter(page).pressSequentially('table_77', { delay: 120 });
      await expect(line(page, /^table_770/)).toBeVisible();
      await filter(page).fill('');
      await quiet(page);
    },
  },
  {
    name: 'select a table',
    work: async (page) => {
      await line(page, /^table_0/).click();
      await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('table_0');
      await expect(page.locator('.react-flow__node').first()).toBeVisible();
      await quiet(page);
    },
  },
  {
    name: 'the whole diagram',
    work: async (page) => {
      await page.getByText('All', { exact: true }).last().click();
      await expect(page.locator('.diagram-busy')).toHaveCount(0, { timeout: 240_000 });
      await quiet(page);
      const canvas = page.locator('.diagram-canvas');
      const box = await canvas.boundingBox();
      if (box === null) throw new Error('there is no diagram');
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      for (let step = 0; step < 12; step += 1) {
        await page.mouse.wheel(0, step < 8 ? -300 : 300);
        await page.waitForTimeout(80);
      }
      await quiet(page);
    },
  },
  {
    name: 'the palette',
    work: async (page) => {
      await page.keyboard.press('Control+p');
      await page.keyboard.type('table_77', { delay: 80 });
      await expect(page.getByRole('option').first()).toBeVisible();
      await page.keyboard.press('Escape');
      await quiet(page);
    },
  },
  {
    name: 'a migration and its shadow run',
    work: async (page) => {
      await page.getByRole('navigation').getByText('Migrations').click();
      await page.getByRole('button', { name: 'New migration' }).first().click();
      const dialog = page.getByRole('dialog', { name: 'New migration' });
      await dialog.getByRole('button', { name: 'Create migration' }).click();
      await page.getByRole('textbox', { name: /^Up/ }).click();
      await page.keyboard.insertText("alter table s0.table_100 add column note text not null default '';");
      await page.getByRole('textbox', { name: /^Down/ }).click();
      await page.keyboard.insertText('alter table s0.table_100 drop column note;');
      await quiet(page);
      await page.keyboard.press('Control+Enter');
      const proof = page.getByRole('complementary', { name: 'Proof' });
      await expect(proof.getByText(/^(Passed|Failed|Could not)/).first()).toBeVisible({ timeout: 240_000 });
      await quiet(page);
    },
  },
];

type TraceEvent = {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
};

/** What a thread's tasks took: on the clock and of the processor, in milliseconds. */
type Tasks = { readonly late: number; readonly most: number; readonly processor: number };

/** The tasks of the page's and of main's thread in a trace. */
function tasksIn(file: string): { readonly page: Tasks; readonly main: Tasks } {
  const { traceEvents } = JSON.parse(readFileSync(file, 'utf8')) as { readonly traceEvents: readonly TraceEvent[] };
  const threads = new Map(
    traceEvents
      .filter(({ name, ph }) => ph === 'M' && name === 'thread_name')
      .map(({ pid, tid, args }) => [`${pid} ${tid}`, args?.name ?? '']),
  );
  const tasksOf = (thread: string): Tasks => {
    const tasks = traceEvents.filter(
      ({ name, ph, pid, tid }) => ph === 'X' && /(^|::)RunTask$/.test(name) && threads.get(`${pid} ${tid}`) === thread,
    );
    const wall = tasks.map(({ dur = 0 }) => dur / 1000);
    const processor = tasks.map(({ tdur = 0 }) => tdur / 1000);
    return {
      late: wall.filter((one) => one > 50).length,
      most: Math.max(0, ...wall),
      processor: Math.max(0, ...processor),
    };
  };
  return { page: tasksOf('CrRendererMain'), main: tasksOf('CrBrowserMain') };
}

async function traced(app: ElectronApplication, file: string, work: () => Promise<unknown>): Promise<void> {
  await app.evaluate(({ contentTracing }) =>
    contentTracing.startRecording({
      recording_mode: 'record-as-much-as-possible',
      included_categories: (process.env['BENCH_CATEGORIES'] ?? 'toplevel').split(','),
      excluded_categories: ['*'],
    }),
  );
  await work();
  await app.evaluate(({ contentTracing }, name) => contentTracing.stopRecording(name), file);
}

/** What all stages took in one application, with one database. */
async function walk(application: string, profile: object): Promise<readonly (readonly string[])[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'lockstep-bench-'));
  const app = await _electron.launch({
    executablePath: executablePath ?? '',
    args: [application, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    env: {
      ...Object.fromEntries(
        Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
      ),
      LOCKSTEP_USER_DATA: folder,
      DBUS_SESSION_BUS_ADDRESS: 'disabled:',
    },
  });
  try {
    const page = await app.firstWindow();
    await page.getByRole('heading', { level: 1 }).waitFor();
    const save = [callChannel('connections.save'), { profile, password: { kind: 'keep' } }] as const;
    await page.evaluate(([channel, input]) => window.lockstep.invoke(channel, input), save);
    await page.waitForTimeout(2000);
    const rows: string[][] = [];
    for (const { name, work } of stages) {
      const file = path.join(
        process.env['BENCH_TRACES'] ?? folder,
        `${path.basename(application)}-${name}.json`.replaceAll(' ', '-'),
      );
      const at = performance.now();
      await traced(app, file, () => work(page));
      const took = performance.now() - at;
      const tasks = tasksIn(file);
      rows.push([
        name,
        ...[tasks.page, tasks.main].flatMap(({ late, most, processor }) => [
          String(late),
          `${most.toFixed(0)} ms`,
          `${processor.toFixed(0)} ms`,
        ]),
        `${(took / 1000).toFixed(1)} s`,
      ]);
    }
    return rows;
  } finally {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const header = [
  '',
  'page: over 50 ms',
  'longest',
  'of the processor',
  'main: over 50 ms',
  'longest',
  'of the processor',
  'in all',
];
const server = await startPostgresServer({ own: true, configuration: { max_locks_per_transaction: '1024' } });
try {
  for (const size of sizes) {
    const settings = await server.createDatabase(generatedSchema(size));
    const profile = { ...settings, id: null, name: 'bench', environment: 'development' };
    for (let round = 1; round <= rounds; round += 1) {
      for (const application of applications) {
        const rows = await walk(application, profile);
        printTable(`Tasks of ${path.basename(application)}, ${generatedSize(size)}, round ${round}`, header, rows);
      }
    }
  }
} finally {
  await server.stop();
}

// npm test: does the whole set-up, then runs every suite (or the named ones) and ends with one line of counts.
import fs from 'node:fs';
import { runChecks } from './lib/checks.mjs';
import { ensureDependencies, ensureKeychainBinding } from './lib/dependencies.mjs';
import { inProject } from './lib/paths.mjs';
import { run, toolNode } from './lib/run.mjs';
import { setUpCommandLine, setUpWindow } from './lib/setup.mjs';
import { ensureSystemLibraries } from './lib/system-libraries.mjs';
import { ensureTestServers } from './lib/test-servers.mjs';

const reports = inProject('.tmp/reports');
const sharedData = inProject('../shared/data');

/** Counts of a report that Vitest wrote. A skipped test counts as failed: nothing may be left out in silence. */
function readVitestReport(file) {
  const report = JSON.parse(fs.readFileSync(file, 'utf8'));
  const brokenFiles = report.testResults.filter(
    (one) => one.status === 'failed' && one.assertionResults.length === 0,
  ).length;
  return { passed: report.numPassedTests, failed: report.numTotalTests - report.numPassedTests + brokenFiles };
}

function readPlaywrightReport(file) {
  const { stats, errors } = JSON.parse(fs.readFileSync(file, 'utf8'));
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped + errors.length };
}

async function counted(name, start, read) {
  const report = `${reports}/${name}.json`;
  fs.rmSync(report, { force: true });
  const code = await start(report);
  if (!fs.existsSync(report)) return { passed: 0, failed: 1 };
  const counts = read(report);
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

const vitest = (project) =>
  counted(
    project,
    (report) =>
      run(
        toolNode(),
        [
          inProject('node_modules/vitest/vitest.mjs'),
          'run',
          '--project',
          project,
          '--reporter=default',
          '--reporter=json',
          `--outputFile.json=${report}`,
          ...extra,
        ],
        // A test that wants a keychain starts a service of its own; none may touch the developer's.
        { env: { DBUS_SESSION_BUS_ADDRESS: 'disabled:' } },
      ),
    readVitestReport,
  );

const suites = {
  check: async () => {
    await ensureDependencies();
    return runChecks();
  },
  unit: async () => {
    await ensureDependencies();
    return vitest('unit');
  },
  integration: async () => {
    await ensureTestServers();
    await setUpCommandLine();
    return vitest('integration');
  },
  e2e: async () => {
    const electron = await setUpWindow({
      required: ['window', 'virtualDisplay', 'keychainService', 'keychain'],
      optional: [],
    });
    await setUpCommandLine();
    return counted(
      'e2e',
      (report) =>
        run(toolNode(), [inProject('node_modules/@playwright/test/cli.js'), 'test', '--reporter=list,json', ...extra], {
          env: {
            LOCKSTEP_ELECTRON: electron.executable,
            PLAYWRIGHT_JSON_OUTPUT_NAME: report,
            DBUS_SESSION_BUS_ADDRESS: 'disabled:',
          },
        }),
      readPlaywrightReport,
    );
  },
  acceptance: async () => {
    await ensureTestServers();
    await setUpCommandLine();
    if (!fs.existsSync(sharedData)) {
      console.log('acceptance: nothing ran, the third-party data folder ../shared/data is not here');
      return { passed: 0, failed: 0 };
    }
    return vitest('acceptance');
  },
};

const names = process.argv.slice(2).filter((word) => word in suites);
const extra = process.argv.slice(2).filter((word) => !(word in suites));
const chosen = names.length > 0 ? names : ['check', 'unit', 'integration', 'e2e'];

fs.mkdirSync(reports, { recursive: true });
// Everything is set up before the first suite, so that a missing library is said at once and not after minutes.
ensureSystemLibraries({
  required: [
    ...(chosen.includes('e2e') ? ['window', 'virtualDisplay', 'keychainService', 'keychain'] : []),
    // What has changed since a commit is asked of git itself.
    ...(chosen.includes('unit') || chosen.includes('integration') ? ['versionControl'] : []),
  ],
});
await ensureDependencies();
await ensureKeychainBinding();

const results = [];
for (const name of chosen) {
  const started = performance.now();
  const counts = await suites[name]();
  results.push({ name, ...counts, seconds: Math.round((performance.now() - started) / 1000) });
}
for (const { name, passed, failed, seconds } of results)
  console.log(`${name}: ${passed} passed, ${failed} failed in ${seconds} s`);
const sum = (key) => results.reduce((total, one) => total + one[key], 0);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exit(sum('failed') === 0 ? 0 : 1);

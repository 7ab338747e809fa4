// Precision and recall of the validator's verdict on labelled migrations, the catalog known, all tables large and busy.
import { loadParser } from '../src/engine/sql/parser.ts';
import type { Judgement } from './accuracy/judge.ts';
import { caseSets, readCases } from './accuracy/read-cases.ts';
import { importRaw } from './lib/import-raw.ts';
import { printTable } from './lib/report.ts';

/** Hits, false alarms, misses and rightly silent cases. */
function countsOf(judged: readonly Judgement[]) {
  const count = (verdict: string, label: string) =>
    judged.filter((one) => one.verdict === verdict && one.of.verdict === label).length;
  return {
    hits: count('unsafe', 'unsafe'),
    falseAlarms: count('unsafe', 'safe'),
    misses: count('safe', 'unsafe'),
    silent: count('safe', 'safe'),
  };
}

const ratio = (part: number, rest: number): string => (part + rest === 0 ? '-' : (part / (part + rest)).toFixed(3));

function rowOf(name: string, judged: readonly Judgement[]): readonly string[] {
  const { hits, falseAlarms, misses, silent } = countsOf(judged);
  const numbers = [judged.length, hits, misses, silent, falseAlarms].map(String);
  return [name, ...numbers, ratio(hits, falseAlarms), ratio(hits, misses)];
}

importRaw();
const { judge } = await import('./accuracy/judge.ts');
const { startCaseServer } = await import('./accuracy/case-server.ts');
await loadParser();
const server = await startCaseServer();
const judged: Judgement[] = [];
for (const of of caseSets.flatMap(readCases)) judged.push(await judge(server, of));
await server.stop();
for (const { of, verdict, findings } of judged.filter(({ right }) => !right)) {
  console.log(`\n${of.topic}: ${of.name}\n  labelled ${of.verdict} (${of.because}), judged ${verdict}`);
  for (const { severity, rule, message } of findings) console.log(`  ${severity} ${rule}: ${message}`);
}
for (const set of caseSets) {
  const own = judged.filter(({ of }) => of.set === set);
  const topics = [...new Set(own.map(({ of }) => of.topic))];
  printTable(
    `Verdicts on large and busy tables, with the catalog: ${set}`,
    ['', 'cases', 'hits', 'misses', 'silent', 'false alarms', 'precision', 'recall'],
    [
      ...topics.map((topic) =>
        rowOf(
          topic,
          own.filter(({ of }) => of.topic === topic),
        ),
      ),
      rowOf('all', own),
    ],
  );
}
process.exitCode = judged.every(({ of, right }) => right === (of.known === null)) ? 0 : 1;

// How long the rules take to answer one keystroke: validation of a 500-line migration on a catalog of 1,000 tables, with
// a character typed at its end, in its middle and at its start. Beside it, the whole anew and parsing alone.
import { loadParser, parseScript } from '../src/engine/sql/parser.ts';
import { validateMigration, validationInSteps } from '../src/engine/validate/validate-migration.ts';
import { generatedCatalog } from './lib/generated-catalog.ts';
import { median, percentile, printTable } from './lib/report.ts';

const tables = 1000;
const keystrokes = 60;

/** Five lines for each of a hundred tables, of the kinds that migrations are made of. */
function migration(): string {
  const lines: string[] = [];
  for (let number = 0; number < 100; number += 1) {
    const name = `s${number % 4}.table_${number}`;
    lines.push(
      `ALTER TABLE ${name} ADD COLUMN note_${number} text NOT NULL DEFAULT '';`,
      `ALTER TABLE ${name} ADD CONSTRAINT positive_${number} CHECK (quantity > 0) NOT VALID;`,
      `CREATE INDEX CONCURRENTLY ON ${name} (note_${number}, price);`,
      `UPDATE ${name} SET note_${number} = name WHERE state = 'open';`,
      `COMMENT ON COLUMN ${name}.note_${number} IS 'Written by hand';`,
    );
  }
  return lines.join('\n');
}

await loadParser();
const catalog = generatedCatalog(tables);
const text = migration();
const places = { 'at the end': text.length, 'in the middle': Math.floor(text.length / 2), 'at the start': 0 };

const options = { catalog, today: '2026-11-22' } as const;
const inSteps = validationInSteps(options);

const timed = (validate: typeof inSteps, up: string): number => {
  const started = performance.now();
  const report = validate({ name: 'typing', up, down: '' });
  // The answer goes to the window as a structured clone.
  structuredClone(report);
  return performance.now() - started;
};
const answer = (up: string): number => timed(inSteps, up);
const anew = (up: string): number => timed((migration) => validateMigration(migration, options), up);
const parse = (up: string): number => {
  const started = performance.now();
  parseScript(up);
  return performance.now() - started;
};

for (let warm = 0; warm < 5; warm += 1) {
  answer(`-- ${warm}\n${text}`);
  anew(`-- ${warm}\n${text}`);
}
const rows = Object.entries(places).map(([where, place]) => {
  const times: number[] = [];
  const whole: number[] = [];
  const parsing: number[] = [];
  for (let typed = 0; typed < keystrokes; typed += 1) {
    // Between statements: within one most keystrokes do not parse, which is quicker.
    const comment = `\n-- ${'x'.repeat(typed)}\n`;
    const at = place === 0 ? 0 : text.indexOf('\n', place - 1);
    const up = at < 0 ? text + comment : text.slice(0, at) + comment + text.slice(at);
    times.push(answer(up));
    whole.push(anew(up));
    parsing.push(parse(up));
  }
  const [all, full, alone] = [median(times), median(whole), median(parsing)];
  const ratio = `${(all / full).toFixed(2)}`;
  return [where, all.toFixed(1), percentile(times, 95).toFixed(1), full.toFixed(1), ratio, alone.toFixed(1)];
});
printTable(
  `A keystroke in ${text.split('\n').length} lines on ${tables} tables, milliseconds (${keystrokes} each)`,
  ['', 'median', 'p95', 'anew', 'ratio', 'parse only'],
  rows,
);

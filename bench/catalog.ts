// What is done with a catalog that was read: fingerprint, comparison, rendering, the form for prompts, reading a snapshot.
import { isDeepStrictEqual } from 'node:util';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { type Catalog, catalogSchema, type Table } from '../src/engine/catalog/catalog.ts';
import { compareCatalogs } from '../src/engine/catalog/compare.ts';
import { dependencyGraph } from '../src/engine/catalog/dependency-graph.ts';
import { fingerprintCatalog } from '../src/engine/catalog/fingerprint.ts';
import { compactForm } from '../src/engine/catalog/prompt-form.ts';
import { renameCandidates } from '../src/engine/catalog/rename-candidates.ts';
import { renderCatalog } from '../src/engine/catalog/render.ts';
import { generatedCatalog } from './lib/generated-catalog.ts';
import { median, printTable } from './lib/report.ts';

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 9);
const sizes = (process.env['BENCH_TABLES'] ?? '1000,1400,10000').split(',').map(Number);

/** Twenty tables that differ: a column came, a type changed, an index went, a name is new. */
function withChanges(catalog: Catalog): Catalog {
  const every = Math.floor(catalog.tables.length / 20);
  const change = (table: Table, kind: number): Table => {
    const [first, ...columns] = table.columns;
    if (first === undefined) return table;
    switch (kind) {
      case 0:
        return { ...table, columns: [first, ...columns, { ...first, name: 'came' }] };
      case 1:
        return { ...table, columns: [{ ...first, type: 'uuid' }, ...columns] };
      case 2:
        return { ...table, indexes: table.indexes.slice(1) };
      default:
        return { ...table, name: `renamed_${table.name}` };
    }
  };
  const tables = catalog.tables.map((table, index) =>
    index % every === 1 ? change(table, (index / every) & 3) : table,
  );
  return { ...catalog, tables };
}

for (const size of sizes) {
  const one = generatedCatalog(size);
  const other = generatedCatalog(size);
  const changed = withChanges(other);
  const json = JSON.stringify(one);
  const tasks: Readonly<Record<string, () => unknown>> = {
    'hash of the JSON': () => sha256(utf8ToBytes(JSON.stringify(one))),
    fingerprint: () => fingerprintCatalog(one),
    'deep equality': () => isDeepStrictEqual(one, other),
    'compare equal': () => compareCatalogs(one, other),
    'compare with 20 changes': () => compareCatalogs(one, changed),
    'candidates for renames': () => renameCandidates(one, changed),
    'graph of dependencies': () => dependencyGraph(one),
    render: () => renderCatalog(one),
    'form for prompts': () => compactForm(one, one.tables),
    'JSON.parse': () => JSON.parse(json),
    'read a snapshot': () => catalogSchema.parse(JSON.parse(json)),
  };
  /** What each task is held against; itself for a baseline. */
  const baselines: Readonly<Record<string, string>> = {
    fingerprint: 'hash of the JSON',
    'compare equal': 'deep equality',
    'compare with 20 changes': 'deep equality',
    'candidates for renames': 'deep equality',
    'graph of dependencies': 'JSON.parse',
    render: 'JSON.parse',
    'form for prompts': 'JSON.parse',
    'read a snapshot': 'JSON.parse',
  };
  const times = new Map(Object.keys(tasks).map((name) => [name, [] as number[]]));
  // The first round is thrown away: it is compiled there.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, run] of Object.entries(tasks)) {
      const began = performance.now();
      run();
      if (round > 0) times.get(name)?.push(performance.now() - began);
    }
  }
  const medianOf = (name: string): number => median(times.get(name) ?? []);
  printTable(
    `A catalog of ${size} tables, ${size * 5} indexes, ${Math.round(size * 1.5) - 1} foreign keys: median of ${rounds}`,
    ['', 'time', 'ratio', 'to'],
    Object.keys(tasks).map((name) => {
      const baseline = baselines[name];
      const ratio = baseline === undefined ? '' : (medianOf(name) / medianOf(baseline)).toFixed(2);
      return [name, `${Math.round(medianOf(name))} ms`, ratio, baseline ?? ''];
    }),
  );
}

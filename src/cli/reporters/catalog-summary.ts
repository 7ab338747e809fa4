import type { Catalog } from '../../engine/catalog/catalog.ts';
import type { Facts } from '../../engine/catalog/facts.ts';
import { bytesInWords, countInWords } from '../../engine/sql/quantity.ts';

/** How many of the largest tables are named. */
const mostNamed = 5;

const lineLength = 100;

/** A catalog on one screen for a person: what it is of, how much of each kind, how large, and what is not in it. */
export function catalogSummary(catalog: Catalog): string {
  const { server } = catalog;
  const major = Math.floor(server.version / 10_000);
  return [
    `${server.database} on PostgreSQL ${major}.${server.version % 10_000}, read ${moment(catalog.capturedAt)}`,
    `fingerprint          ${catalog.fingerprint}`,
    ...(catalog.portableFingerprint === undefined ? [] : [`portable fingerprint ${catalog.portableFingerprint}`]),
    '',
    ...schemaTable(catalog),
    '',
    ...kindLines(catalog),
    ...(catalog.facts === null ? [] : factLines(catalog.facts)),
    ...section('Not shown to this role', [
      ...(catalog.notVisible ?? []),
      ...(catalog.facts?.notVisible ?? []).map(({ what, why }) => `${what}: ${why}`),
    ]),
    ...section('Not in the catalog', catalog.notModelled),
  ].join('\n');
}

/** A moment as a person reads it, in universal time, to the second. */
const moment = (iso: string): string => `${new Date(iso).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  ${line}`)];

const counted = (count: number, one: string): string =>
  `${countInWords(count)} ${count === 1 ? one : (plurals[one] ?? (one.endsWith('s') ? one : `${one}s`))}`;

const plurals: Readonly<Record<string, string | undefined>> = {
  index: 'indexes',
  policy: 'policies',
  'operator class': 'operator classes',
  'operator family': 'operator families',
};

/** What each schema holds, in columns; a column of which nothing is there is left out. */
function schemaTable(catalog: Catalog): readonly string[] {
  const columns: readonly (readonly [title: string, of: (schema: string) => number, text?: (n: number) => string])[] = [
    ['tables', countBySchema(catalog.tables)],
    ['views', countBySchema(catalog.views)],
    ['routines', countBySchema(catalog.routines)],
    ['types', countBySchema(catalog.types)],
    ['sequences', countBySchema(catalog.sequences)],
    ['rows', sumBySchema(catalog.facts, ({ rows }) => rows), roundly],
    ['size', sumBySchema(catalog.facts, ({ bytes, indexBytes }) => bytes + (indexBytes ?? 0)), bytesInWords],
  ];
  const names = catalog.schemas.map(({ name }) => name);
  const shown = columns.filter(([, of]) => names.some((name) => of(name) > 0));
  const rows = [
    ['schema', ...shown.map(([title]) => title)],
    ...names.map((name) => [name, ...shown.map(([, of, text]) => (text ?? countInWords)(of(name)))]),
  ];
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? [];
  const padded = (cell: string, at: number) =>
    at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0);
  return rows.map((row) => `  ${row.map(padded).join('  ')}`);
}

function countBySchema(objects: readonly { readonly schema: string }[]): (schema: string) => number {
  const counts = new Map<string, number>();
  for (const { schema } of objects) counts.set(schema, (counts.get(schema) ?? 0) + 1);
  return (schema) => counts.get(schema) ?? 0;
}

function sumBySchema(facts: Facts | null, of: (table: Facts['tables'][number]) => number): (schema: string) => number {
  const sums = new Map<string, number>();
  for (const table of facts?.tables ?? []) sums.set(table.schema, (sums.get(table.schema) ?? 0) + of(table));
  return (schema) => sums.get(schema) ?? 0;
}

/** Everything that the catalog has, by kind. */
function kindLines(catalog: Catalog): readonly string[] {
  const { tables, views } = catalog;
  const members = <Member>(pick: (table: Catalog['tables'][number]) => readonly Member[]): readonly Member[] =>
    tables.flatMap(pick);
  const constraints = members((table) => table.constraints);
  const kinds: Map<string, number> = new Map([
    ['table', tables.filter(({ kind }) => kind === 'table').length],
    ['partitioned table', tables.filter(({ kind }) => kind === 'partitioned table').length],
    ['foreign table', tables.filter(({ kind }) => kind === 'foreign table').length],
    ['column', members((table) => table.columns).length],
    ['index', [...tables, ...views].reduce((sum, { indexes }) => sum + indexes.length, 0)],
    ['foreign key', constraints.filter(({ kind }) => kind === 'foreign key').length],
    ['check', constraints.filter(({ kind }) => kind === 'check').length],
    ['trigger', [...tables, ...views].reduce((sum, { triggers }) => sum + triggers.length, 0)],
    ['policy', members((table) => table.policies).length],
    ['view', views.filter(({ materialized }) => !materialized).length],
    ['materialized view', views.filter(({ materialized }) => materialized).length],
    ['sequence', catalog.sequences.length],
  ]);
  const types = catalog.types.map(({ kind }) => (kind === 'enum' || kind === 'domain' ? kind : `${kind} type`));
  const more = [...types, ...catalog.routines.map(({ kind }) => kind)];
  for (const kind of [...more, ...(catalog.otherObjects ?? []).map((other) => other.kind)]) {
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  const there = [...kinds].filter(([, count]) => count > 0).map(([kind, count]) => counted(count, kind));
  const extensions = catalog.extensions.map(({ name, version }) => `${name} ${version}`);
  return [
    ...(there.length === 0 ? ['Nothing is in it.'] : wrapped(there)),
    ...(extensions.length === 0 ? [] : [`extensions: ${extensions.join(', ')}`]),
  ];
}

/** A list in lines of a readable length. */
function wrapped(items: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const [index, item] of items.entries()) {
    const text = index === items.length - 1 ? item : `${item},`;
    const last = lines.at(-1);
    if (last === undefined || last.length + text.length >= lineLength) lines.push(text);
    else lines[lines.length - 1] = `${last} ${text}`;
  }
  return lines;
}

function factLines(facts: Facts): readonly string[] {
  const largest = facts.tables
    .filter(({ bytes }) => bytes > 0)
    .sort((left, right) => right.bytes - left.bytes)
    .slice(0, mostNamed);
  return section(
    `Largest tables, facts of ${moment(facts.capturedAt)}`,
    largest.map(({ schema, name, rows, bytes, indexBytes, rowsBasis }) => {
      const guess = rowsBasis === 'size' ? 'never analyzed' : `about ${roundly(rows)} rows`;
      const indexes = indexBytes === undefined ? '' : ` and ${bytesInWords(indexBytes)} of indexes`;
      return `${schema}.${name}: ${bytesInWords(bytes)}${indexes}, ${guess}`;
    }),
  );
}

/** Two digits: what the server says is an estimate. */
const roundly = (rows: number): string => countInWords(rows === 0 ? 0 : Number(rows.toPrecision(2)));

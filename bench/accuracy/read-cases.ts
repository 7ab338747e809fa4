import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** One labelled migration: what a careful DBA says of it, for a database whose tables are large and busy. */
export type AccuracyCase = {
  readonly topic: string;
  readonly name: string;
  readonly verdict: 'safe' | 'unsafe';
  /** The rules that it is about: what should speak, or what should be silent. */
  readonly about: readonly string[];
  readonly because: string;
  /** Major version, 18 when the case names none. */
  readonly serverVersion: number;
  readonly transaction: 'auto' | 'file' | 'none';
  /** The SQLSTATE with which PostgreSQL refuses the migration on this schema, or null when it runs. */
  readonly fails: string | null;
  readonly setup: string;
  readonly migration: string;
};

const folder = new URL('./cases', import.meta.url).pathname;
const title = /^-- (?<verdict>safe|unsafe): (?<name>.+)$/;
const attribute = /^-- (?<key>about|because|server|transaction|fails): (?<value>.+)$/;
const given = '-- given';
const migration = '-- migration';

function modeOf(value: string | undefined): AccuracyCase['transaction'] {
  return value === 'file' || value === 'none' ? value : 'auto';
}

function caseOf(topic: string, shared: string, lines: readonly string[]): AccuracyCase {
  const head = title.exec(lines[0] ?? '')?.groups;
  const attributes = new Map<string, string>();
  const body: string[] = [];
  for (const line of lines.slice(1)) {
    const found = body.length === 0 ? attribute.exec(line)?.groups : undefined;
    if (found?.['key'] !== undefined) attributes.set(found['key'], found['value'] ?? '');
    else if (body.length > 0 || line !== '') body.push(line);
  }
  const name = head?.['name'] ?? '';
  const because = attributes.get('because');
  const about = attributes.get('about');
  if (because === undefined || about === undefined)
    throw new Error(`${topic}: "${name}" does not say about or because`);
  const at = body.indexOf(migration);
  const extra = body[0] === given && at > 0 ? body.slice(1, at) : [];
  return {
    topic,
    name,
    verdict: head?.['verdict'] === 'safe' ? 'safe' : 'unsafe',
    about: about.split(', '),
    because,
    serverVersion: Number(attributes.get('server') ?? 18),
    transaction: modeOf(attributes.get('transaction')),
    fails: attributes.get('fails') ?? null,
    setup: [shared, ...extra].join('\n'),
    migration: body.slice(extra.length === 0 ? 0 : at + 1).join('\n'),
  };
}

function casesIn(topic: string, text: string): readonly AccuracyCase[] {
  const lines = text.split('\n');
  const starts = lines.flatMap((line, i) => (title.test(line) ? [i] : []));
  const shared = lines.slice(0, starts[0]).join('\n');
  return starts.map((start, i) => caseOf(topic, shared, lines.slice(start, starts[i + 1])));
}

/** All cases of the folder `cases`, topic by topic: each file is a topic that begins with the schema its cases share. */
export const readCases = (): readonly AccuracyCase[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .toSorted()
    .flatMap((file) => casesIn(basename(file, '.sql'), readFileSync(join(folder, file), 'utf8')));

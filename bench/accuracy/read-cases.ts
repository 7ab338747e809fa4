import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * The folder a case is in: `cases` were there while rules were written, those of the held-out sets were
 * labelled without a look at the rules and judged once before anything was mended.
 */
export const caseSets = [
  'cases',
  'held-out',
  'held-out-2',
  'held-out-3',
  'held-out-4',
  'held-out-5',
  'held-out-6',
] as const;
type CaseSet = (typeof caseSets)[number];

/** One labelled migration: what a careful DBA says of it, for a database whose tables are large and busy. */
export type AccuracyCase = {
  readonly set: CaseSet;
  readonly topic: string;
  readonly name: string;
  readonly verdict: 'safe' | 'unsafe';
  /** The rules that it is about, what should speak or be silent; none in a held-out case. */
  readonly about: readonly string[];
  readonly because: string;
  /** Major version, 18 when the case names none. */
  readonly serverVersion: number;
  readonly transaction: 'auto' | 'file' | 'none';
  /** The SQLSTATE with which PostgreSQL refuses the migration on this schema, or null when it runs. */
  readonly fails: string | null;
  /** Why the validator is known to disagree, or null; in the counts it is a disagreement all the same. */
  readonly known: string | null;
  /** The schema that all cases of the topic share, and what this one adds to it; `setup` is both. */
  readonly shared: string;
  readonly given: string;
  readonly setup: string;
  readonly migration: string;
};

const title = /^-- (?<verdict>safe|unsafe): (?<name>.+)$/;
const attribute = /^-- (?<key>about|because|server|transaction|fails|known): (?<value>.+)$/;
const given = '-- given';
const migration = '-- migration';

function modeOf(value: string | undefined): AccuracyCase['transaction'] {
  return value === 'file' || value === 'none' ? value : 'auto';
}

function caseOf(set: CaseSet, topic: string, shared: string, lines: readonly string[]): AccuracyCase {
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
  if (because === undefined || (set === 'cases' && about === undefined))
    throw new Error(`${topic}: "${name}" does not say about or because`);
  const at = body.indexOf(migration);
  const extra = body[0] === given && at > 0 ? body.slice(1, at) : [];
  return {
    set,
    topic,
    name,
    verdict: head?.['verdict'] === 'safe' ? 'safe' : 'unsafe',
    about: about?.split(', ') ?? [],
    because,
    serverVersion: Number(attributes.get('server') ?? 18),
    transaction: modeOf(attributes.get('transaction')),
    fails: attributes.get('fails') ?? null,
    known: attributes.get('known') ?? null,
    shared,
    given: extra.join('\n'),
    setup: [shared, ...extra].join('\n'),
    migration: body.slice(extra.length === 0 ? 0 : at + 1).join('\n'),
  };
}

function casesIn(set: CaseSet, topic: string, text: string): readonly AccuracyCase[] {
  const lines = text.split('\n');
  const starts = lines.flatMap((line, i) => (title.test(line) ? [i] : []));
  const shared = lines.slice(0, starts[0]).join('\n');
  return starts.map((start, i) => caseOf(set, topic, shared, lines.slice(start, starts[i + 1])));
}

/** All cases of a set, topic by topic: each file is a topic that begins with the schema its cases share. */
export function readCases(set: CaseSet): readonly AccuracyCase[] {
  const folder = new URL(`./${set}`, import.meta.url).pathname;
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .toSorted()
    .flatMap((file) => casesIn(set, basename(file, '.sql'), readFileSync(join(folder, file), 'utf8')));
}

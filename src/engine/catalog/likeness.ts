import { tokensOf } from '../sql/tokens.ts';
import type { CanonicalObject } from './canonical-form.ts';
import { columnOrderAttribute } from './canonical-shapes.ts';
import { clausesOf } from './definition-clauses.ts';
import { partsOfPath } from './parts-of-path.ts';

/** Something that can be said of an object without its name. */
export type Trait = {
  /** What it is about: traits of one subject are counted together. */
  readonly about: string;
  readonly weight: number;
};

/** Attributes that most objects share, and those that say where an object belongs rather than what it is. */
const unremarkable: ReadonlySet<string> = new Set([
  ...['owner', 'kind', 'persistence', 'row security', 'replica identity', 'inherited', 'valid', 'enabled'],
  ...['constraint', 'clustered', 'attached to', 'method', 'level', columnOrderAttribute],
  // Most sequences are made alike.
  ...['start', 'increment', 'minimum', 'maximum', 'cache', 'cycle'],
]);

/** How much more than an ordinary trait some say, by what they are about. */
const weights: Readonly<Record<string, number | undefined>> = {
  type: 2,
  'not null': 0.5,
  'column name': 0.5,
  place: 2,
  keys: 3,
  columns: 2,
  references: 2,
  expression: 3,
  function: 2,
  unique: 0.5,
};

/** What a name as a whole says, by kind of object. */
const weightOfName = (kind: string): number => (kind === 'column' ? 2 : 1);

/**
 * The traits of an object by their text, with its own name taken out. `members` are what belongs to it, or what belongs
 * to the same relation. `current` gives the name that a table or column is known to have now.
 */
export function traitsOf(
  object: CanonicalObject,
  members: readonly CanonicalObject[],
  current: (name: string) => string,
): ReadonlyMap<string, Trait> {
  const traits = new Map<string, Trait>();
  const add = (about: string, text: string, weight = weights[about] ?? 1) => {
    traits.set(`${about}\0${text}`, { about, weight });
  };
  const names = partsOfPath(object.object);
  const own = names.at(-1) ?? '';
  const neutral = (text: string, others: readonly string[] = []) =>
    withoutNames(text, [...(object.parent === null ? names : [own]), ...others], current);

  const pairs = pairsOfLetters(own);
  for (const pair of pairs) add('name', pair, weightOfName(object.kind) / pairs.length);
  for (const [name, value] of object.attributes) {
    const clauses = name === 'definition' ? clausesOf(object.kind, value) : [];
    if (clauses.length > 1) {
      for (const [about, text] of clauses) {
        if (about === 'body') for (const word of text.match(/[\p{L}\p{N}_]+/gu) ?? []) add(about, word);
        else if (about !== 'definition' && !unremarkable.has(about)) add(about, neutral(text).trim());
      }
    } else if (name === 'definition') for (const word of wordsOf(neutral(value))) add(name, word);
    else if (!unremarkable.has(name) && !(name === 'type' && object.kind === 'sequence')) {
      const entries = object.partsOf(name)?.entries.map((entry) => entry.join(' ')) ?? [neutral(value)];
      for (const text of entries) add(name, text);
    }
  }
  if (object.kind === 'column') addUses(object, own, members, neutral, add);
  else if (object.parent === null) addMembers(members, neutral, add);
  return traits;
}

type Add = (about: string, text: string, weight?: number) => void;
type Neutral = (text: string, others?: readonly string[]) => string;

const definitionOf = ({ attributes }: CanonicalObject): string | undefined =>
  attributes.find(([name]) => name === 'definition')?.[1];

/** Where a column stands, and what of its relation uses it. */
function addUses(
  column: CanonicalObject,
  own: string,
  members: readonly CanonicalObject[],
  neutral: Neutral,
  add: Add,
): void {
  const columns = members.filter(({ kind }) => kind === 'column');
  add('place', String(columns.findIndex(({ object }) => object === column.object)));
  for (const member of members) {
    const definition = definitionOf(member);
    if (definition === undefined || !wordsOf(definition).includes(own)) continue;
    add(member.kind, neutral(definition, [partsOfPath(member.object).at(-1) ?? '']));
  }
}

/** What a relation is made of. */
function addMembers(members: readonly CanonicalObject[], neutral: Neutral, add: Add): void {
  for (const member of members) {
    const name = partsOfPath(member.object).at(-1) ?? '';
    const definition = definitionOf(member);
    if (member.kind === 'column') {
      add('column', `${name} ${member.attributes.find(([attribute]) => attribute === 'type')?.[1] ?? ''}`);
      // Of a relation that was changed beside, the names of the columns say more than their types.
      add('column name', name);
    } else if (definition !== undefined) add(member.kind, neutral(definition, [name]), 0.5);
  }
}

/** How much two objects have in common, from 0 to 1, and what that is, in words. */
export function likenessOf(
  before: ReadonlyMap<string, Trait>,
  after: ReadonlyMap<string, Trait>,
): { readonly likeness: number; readonly evidence: readonly string[] } {
  const subjects = new Map<string, { shared: number; all: number; weight: number; sharedWeight: number }>();
  for (const [text, { about, weight }] of new Map([...before, ...after])) {
    const subject = subjects.get(about) ?? { shared: 0, all: 0, weight: 0, sharedWeight: 0 };
    subjects.set(about, subject);
    const isShared = before.has(text) && after.has(text);
    subject.all += 1;
    subject.weight += weight;
    if (!isShared) continue;
    subject.shared += 1;
    subject.sharedWeight += weight;
  }
  let shared = 0;
  let all = 0;
  for (const subject of subjects.values()) {
    shared += subject.sharedWeight;
    all += subject.weight;
  }
  const evidence = [...subjects]
    .filter(([about, subject]) => subject.shared > 0 && (weights[about] ?? 1) >= 1)
    .sort(([, left], [, right]) => right.sharedWeight - left.sharedWeight)
    .flatMap(([about, subject]) => inWords(about, subject.shared, subject.all));
  return { likeness: all === 0 ? 0 : shared / all, evidence };
}

/** The share of a name from which two of them look alike. */
const similar = 0.4;

function inWords(about: string, shared: number, all: number): readonly string[] {
  if (about === 'name') return shared === all ? ['the same name'] : shared / all < similar ? [] : ['a similar name'];
  if (all === 1 || (shared === all && about.endsWith('s'))) return [`the same ${about}`];
  if (about === 'definition' || about === 'body') {
    return shared === all ? [`the same ${about}`] : [`a ${about} alike by ${Math.round((100 * shared) / all)} %`];
  }
  const many = about.endsWith('s') ? about : about.endsWith('y') ? `${about.slice(0, -1)}ies` : `${about}s`;
  return [
    shared === all ? `the same ${shared} ${many.replace('indexs', 'indexes')}` : `${shared} of ${all} ${many} alike`,
  ];
}

function withoutNames(text: string, names: readonly string[], current: (name: string) => string): string {
  let result = '';
  for (const { start, end } of tokensOf(text)) {
    const piece = text.slice(start, end);
    result += names.includes(piece) ? '·' : current(piece);
  }
  return result;
}

const wordsOf = (text: string): readonly string[] =>
  tokensOf(text)
    .filter(({ kind }) => kind !== 'space' && kind !== 'symbol')
    .map(({ start, end }) => text.slice(start, end));

function pairsOfLetters(name: string): readonly string[] {
  const bare = name.replaceAll('"', '').toLowerCase();
  return [...new Set(Array.from({ length: Math.max(1, bare.length - 1) }, (_, at) => bare.slice(at, at + 2)))];
}

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Sha256 } from '../ports/sha256.ts';
import { compareText } from './by-name.ts';
import {
  attributeText,
  type CatalogVisitor,
  canonicalForm,
  defaultPrivileges,
  privilegesOf,
  visitTable,
  walkCatalog,
} from './canonical-form.ts';
import type { Attribute, Shape } from './canonical-shape.ts';
import type { Catalog, Table } from './catalog.ts';
import { type Ignorable, whatCopiesDifferIn } from './ignorable.ts';

const version = 'lockstep catalog 1';

/**
 * SHA-256 of the catalog's canonical form, as hex: equal for equal databases, whatever the server's version, its object
 * numbers and the order in which things were made. Facts, server, dependencies and time do not count.
 */
export function fingerprintCatalog(catalog: Catalog, options: { readonly ignore?: readonly Ignorable[] } = {}): string {
  const [fingerprint = ''] = fingerprintsOf(catalog, [options.ignore ?? []]);
  return fingerprint;
}

/**
 * The fingerprint that a database shares with its faithful copies, a shadow database among them: equal before a migration
 * and after its down. Less exact than `fingerprintCatalog`, which tells apart whatever is not the same.
 */
export const portableFingerprint = (catalog: Catalog): string =>
  fingerprintCatalog(catalog, { ignore: whatCopiesDifferIn });

/** The catalog with both fingerprints of what is in it. */
export function withFingerprints(catalog: Catalog, sha256Of: Sha256 = scriptSha256): Catalog {
  const [fingerprint = '', portable = ''] = fingerprintsOf(catalog, bothWays, sha256Of);
  return { ...catalog, fingerprint, portableFingerprint: portable };
}

/** Works out ahead, for `withFingerprints`, what is said of tables that a catalog will hold. */
export function prepareFingerprints(tables: readonly Table[]): void {
  for (const table of tables) saidOfTable(table);
}

const scriptSha256: Sha256 = (texts) => {
  const hash = sha256.create();
  for (const text of texts) hash.update(utf8ToBytes(text));
  return bytesToHex(hash.digest());
};

/** What does not count for each of the two fingerprints that a catalog carries. */
const bothWays: readonly (readonly Ignorable[])[] = [[], whatCopiesDifferIn];

/** The fingerprint of every object by itself, keyed by kind and dotted path with a space between. */
export function fingerprintObjects(
  catalog: Catalog,
  options: { readonly ignore?: readonly Ignorable[] } = {},
): ReadonlyMap<string, string> {
  return new Map(
    canonicalForm(catalog, options.ignore).map(({ kind, object, attributes }) => [
      `${kind} ${object}`,
      bytesToHex(sha256(utf8ToBytes(JSON.stringify([kind, object, attributes])))),
    ]),
  );
}

/**
 * What is said of one object: the JSON of its kind, and its text, or one text for each fingerprint where they differ; null
 * where it does not count.
 */
type Said = { readonly kind: string; readonly text: string | readonly (string | null)[] };

/**
 * What is said of a table and of all that belongs to it, for both fingerprints that a catalog carries. A later reading
 * holds the very tables of the one before where nothing has changed, and they are thousands.
 */
const saidOfTables = new WeakMap<Table, readonly Said[]>();

/** One fingerprint for each list of what does not count, from one walk through the catalog. */
function fingerprintsOf(
  catalog: Catalog,
  ways: readonly (readonly Ignorable[])[],
  sha256Of: Sha256 = scriptSha256,
): readonly string[] {
  const kinds = new Map<string, string[][]>();
  for (const { kind, text } of saidOf(catalog, ways)) {
    let lines = kinds.get(kind);
    if (lines === undefined) {
      lines = ways.map(() => []);
      kinds.set(kind, lines);
    }
    for (const [at, own] of lines.entries()) {
      const line = typeof text === 'string' ? text : (text[at] ?? null);
      if (line !== null) own.push(line);
    }
  }
  const hashed = ways.map((): string[] => [version]);
  // A text begins with its kind, so that kinds are sorted one by one, each being nearly in order.
  for (const [, lines] of [...kinds].sort(([left], [right]) => compareText(left, right))) {
    let before: readonly string[] = [];
    for (const [at, own] of lines.entries()) {
      const texts = hashed[at];
      if (texts === undefined || own.length === 0) continue;
      // Where nothing of a kind says what does not count, its texts are the same ones.
      const last = hashed[at - 1]?.at(-1);
      const same =
        last !== undefined && own.length === before.length && own.every((text, place) => text === before[place]);
      texts.push(same ? last : `\n${[...own].sort().join('\n')}`);
      before = own;
    }
  }
  return hashed.map(sha256Of);
}

function saidOf(catalog: Catalog, ways: readonly (readonly Ignorable[])[]): readonly Said[] {
  const said: Said[] = [];
  const tell = tellerOf(ways);
  const visit: CatalogVisitor = (kind, path, _parent, shape, value, owner) => {
    said.push(tell(kind, path, shape, value, owner));
  };
  const tellAgain = (table: Table): void => {
    for (const one of saidOfTable(table)) said.push(one);
  };
  walkCatalog(catalog, visit, ways === bothWays ? tellAgain : visitTable);
  for (const { kind, object, attributes } of privilegesOf(catalog)) {
    const text = JSON.stringify([kind, object, attributes]);
    said.push({
      kind: JSON.stringify(kind),
      text: ways.map((ignore) => (ignore.includes('grants') ? null : text)),
    });
  }
  return said;
}

/** What is said of a table and of what belongs to it, for both fingerprints that a catalog carries. */
function saidOfTable(table: Table): readonly Said[] {
  const known = saidOfTables.get(table);
  if (known !== undefined) return known;
  const said: Said[] = [];
  visitTable(table, (kind, path, _parent, shape, value, owner) => {
    said.push(tellBothWays(kind, path, shape, value, owner));
  });
  saidOfTables.set(table, said);
  return said;
}

type Teller = (kind: string, path: string, shape: Shape, value: unknown, owner: unknown) => Said;

/** Says of one object after the other what counts. */
function tellerOf(ways: readonly (readonly Ignorable[])[]): Teller {
  const ignoring = ways.map((ignore) => new Set(ignore));
  const [first = new Set<Ignorable>()] = ignoring;
  const tellings = new Map<Shape, Telling>();
  const tellingOf = (shape: Shape): Telling => {
    const known = tellings.get(shape);
    if (known !== undefined) return known;
    const telling = shape.map((attribute) => ({
      attribute,
      start: `[${JSON.stringify(attribute.name)},"`,
      alike: countsAlike(attribute, ignoring),
    }));
    tellings.set(shape, telling);
    return telling;
  };
  return (kind, path, shape, value, owner) => {
    const telling = tellingOf(shape);
    /** False once something is said, or left out, that another fingerprint tells otherwise. */
    let alike = kind !== defaultPrivileges;
    const textFor = (ignored: ReadonlySet<Ignorable>): string | null => {
      if (kind === defaultPrivileges && ignored.has('grants')) return null;
      // Joined at once: a text put together piece by piece stays a tree of pieces until somebody sorts it.
      const pieces = ['["', insideJson(kind), '","', insideJson(path), '",['];
      const empty = pieces.length;
      for (const said of telling) {
        const { attribute } = said;
        const left = attribute.ignorable !== undefined && ignored.has(attribute.ignorable);
        const own = left ? null : attributeText(attribute, value, owner, ignored);
        if (!said.alike && (left || own !== null)) alike = false;
        if (own === null) continue;
        if (pieces.length > empty) pieces.push('"],');
        pieces.push(said.start, insideJson(own));
      }
      pieces.push(pieces.length > empty ? '"]]]' : ']]');
      return pieces.join('');
    };
    const text = textFor(first);
    if (alike && text !== null) return { kind: JSON.stringify(kind), text };
    return {
      kind: JSON.stringify(kind),
      text: ignoring.map((ignored) => (ignored === first ? text : textFor(ignored))),
    };
  };
}

/** For the tables of a catalog, one by one. */
const tellBothWays = tellerOf(bothWays);

/** The attributes of a shape: the JSON before each, and whether every fingerprint says the same of it. */
type Telling = readonly { readonly attribute: Attribute; readonly start: string; readonly alike: boolean }[];

/** Whether an attribute is said in the same way whichever of these does not count. */
function countsAlike({ ignorable, textWithout }: Attribute, ignoring: readonly ReadonlySet<Ignorable>[]): boolean {
  const alike = (what: Ignorable | undefined): boolean =>
    what === undefined || new Set(ignoring.map((ignored) => ignored.has(what))).size < 2;
  return alike(ignorable) && alike(textWithout?.ignorable);
}

// What JSON escapes: quotes, backslashes, what is below a space, and half of a pair of UTF-16; a whole pair does no harm.
const mayNeedEscape = /["\\\ud800-\udfff]|[^ -\uffff]/;

/** A text as it stands between the quotes of JSON; most stand there as they are. */
const insideJson = (text: string): string => (mayNeedEscape.test(text) ? JSON.stringify(text).slice(1, -1) : text);

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { compareText } from './by-name.ts';
import { attributeText, canonicalForm, defaultPrivileges, privilegesOf, walkCatalog } from './canonical-form.ts';
import type { Attribute, Shape } from './canonical-shape.ts';
import type { Catalog } from './catalog.ts';
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
export function withFingerprints(catalog: Catalog): Catalog {
  const [fingerprint = '', portable = ''] = fingerprintsOf(catalog, [[], whatCopiesDifferIn]);
  return { ...catalog, fingerprint, portableFingerprint: portable };
}

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

/** The texts of all objects of one kind, for each fingerprint; the same array where none of them differ. */
type KindTexts = string[][];

/** One fingerprint for each list of what does not count, from one walk through the catalog. */
function fingerprintsOf(catalog: Catalog, ignoring: readonly (readonly Ignorable[])[]): readonly string[] {
  const kinds = textsByKind(
    catalog,
    ignoring.map((ignore) => new Set(ignore)),
  );
  const hashes = ignoring.map(() => sha256.create().update(utf8ToBytes(version)));
  // A text begins with its kind, so that kinds are sorted one by one, each being nearly in order.
  for (const [, texts] of [...kinds].sort(([left], [right]) => compareText(left, right))) {
    const bytes = new Map<readonly string[], Uint8Array>();
    for (const [at, lines] of texts.entries()) {
      if (lines.length === 0) continue;
      const known = bytes.get(lines) ?? utf8ToBytes(`\n${lines.sort().join('\n')}`);
      bytes.set(lines, known);
      hashes[at]?.update(known);
    }
  }
  return hashes.map((hash) => bytesToHex(hash.digest()));
}

/** The texts of all objects by the JSON of their kind. Absent and null mean the same, for attributes that come later. */
function textsByKind(catalog: Catalog, ignoring: readonly ReadonlySet<Ignorable>[]): ReadonlyMap<string, KindTexts> {
  const kinds = new Map<string, KindTexts>();
  const kindsAlike = new Map<string, boolean>();
  const shapesAlike = new Map<Shape, boolean>();
  const add = (kind: string, alike: boolean, textFor: (ignored: ReadonlySet<Ignorable>) => string | null): void => {
    let texts = kinds.get(kind);
    if (texts === undefined) {
      const shared: string[] = [];
      texts = ignoring.map(() => (alike ? shared : []));
      kinds.set(kind, texts);
      kindsAlike.set(kind, alike);
    } else if (!alike && kindsAlike.get(kind) === true) {
      texts = texts.map((lines) => [...lines]);
      kinds.set(kind, texts);
      kindsAlike.set(kind, false);
    }
    const shared = kindsAlike.get(kind) === true;
    let text: string | null = null;
    for (const [at, ignored] of ignoring.entries()) {
      if (at === 0 || !alike) text = textFor(ignored);
      if (text !== null && (at === 0 || !shared)) texts[at]?.push(text);
    }
  };

  walkCatalog(catalog, (kind, object, _parent, shape, value, owner) => {
    let alike = shapesAlike.get(shape);
    if (alike === undefined) {
      alike = shape.every((attribute) => countsAlike(attribute, ignoring));
      shapesAlike.set(shape, alike);
    }
    const start = `[${jsonText(kind)},${jsonText(object)},[`;
    add(jsonText(kind), alike && kind !== defaultPrivileges, (ignored) => {
      if (kind === defaultPrivileges && ignored.has('grants')) return null;
      let text = start;
      for (const attribute of shape) {
        if (attribute.ignorable !== undefined && ignored.has(attribute.ignorable)) continue;
        const said = attributeText(attribute, value, owner, ignored);
        if (said === null) continue;
        text += `${text.length === start.length ? '' : ','}[${jsonText(attribute.name)},${jsonText(said)}]`;
      }
      return `${text}]]`;
    });
  });
  for (const { kind, object, attributes } of privilegesOf(catalog)) {
    const text = JSON.stringify([kind, object, attributes]);
    add(jsonText(kind), false, (ignored) => (ignored.has('grants') ? null : text));
  }
  return kinds;
}

/** Whether an attribute is said in the same way whichever of these does not count. */
function countsAlike({ ignorable, textWithout }: Attribute, ignoring: readonly ReadonlySet<Ignorable>[]): boolean {
  const alike = (what: Ignorable | undefined): boolean =>
    what === undefined || new Set(ignoring.map((ignored) => ignored.has(what))).size < 2;
  return alike(ignorable) && alike(textWithout?.ignorable);
}

const needsEscape = /["\\\p{Cc}\p{Cs}]/u;

/** As `JSON.stringify`, for the many texts that are written as they are. */
const jsonText = (text: string): string => (needsEscape.test(text) ? JSON.stringify(text) : `"${text}"`);

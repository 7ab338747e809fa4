import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { compareText } from './by-name.ts';
import { type CanonicalObject, canonicalForm } from './canonical-form.ts';
import type { Catalog } from './catalog.ts';
import { type Ignorable, whatCopiesDifferIn } from './ignorable.ts';

const version = 'lockstep catalog 1';

/**
 * SHA-256 of the catalog's canonical form, as hex: equal for equal databases, whatever the server's version, its object
 * numbers and the order in which things were made. Facts, server, dependencies and time do not count.
 */
export function fingerprintCatalog(catalog: Catalog, options: { readonly ignore?: readonly Ignorable[] } = {}): string {
  const hash = sha256.create().update(utf8ToBytes(version));
  for (const lines of linesByKind(canonicalForm(catalog, options.ignore))) {
    hash.update(utf8ToBytes(`\n${lines.join('\n')}`));
  }
  return bytesToHex(hash.digest());
}

/**
 * The fingerprint that a database shares with its faithful copies, a shadow database among them: equal before a migration
 * and after its down. Less exact than `fingerprintCatalog`, which tells apart whatever is not the same.
 */
export const portableFingerprint = (catalog: Catalog): string =>
  fingerprintCatalog(catalog, { ignore: whatCopiesDifferIn });

/** The catalog with both fingerprints of what is in it. */
export const withFingerprints = (catalog: Catalog): Catalog => ({
  ...catalog,
  fingerprint: fingerprintCatalog(catalog),
  portableFingerprint: portableFingerprint(catalog),
});

/** The fingerprint of every object by itself, keyed by kind and dotted path with a space between. */
export function fingerprintObjects(
  catalog: Catalog,
  options: { readonly ignore?: readonly Ignorable[] } = {},
): ReadonlyMap<string, string> {
  return new Map(
    canonicalForm(catalog, options.ignore).map((object) => [
      `${object.kind} ${object.object}`,
      bytesToHex(sha256(utf8ToBytes(canonicalText(object)))),
    ]),
  );
}

/** All texts in order. A text begins with its kind, so that kinds are sorted one by one, each being nearly in order. */
function linesByKind(objects: readonly CanonicalObject[]): readonly (readonly string[])[] {
  const kinds = new Map<string, string[]>();
  for (const object of objects) {
    const text = canonicalText(object);
    const lines = kinds.get(object.kind);
    if (lines === undefined) kinds.set(object.kind, [text]);
    else lines.push(text);
  }
  return [...kinds]
    .sort(([left], [right]) => compareText(JSON.stringify(left), JSON.stringify(right)))
    .map(([, lines]) => lines.sort(compareText));
}

/** Absent and null mean the same, so that an attribute added to the model later does not change old fingerprints. */
const canonicalText = ({ kind, object, attributes }: CanonicalObject): string =>
  JSON.stringify([kind, object, attributes]);

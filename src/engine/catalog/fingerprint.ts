import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { compareText } from './by-name.ts';
import { type CanonicalObject, canonicalForm, type Ignorable } from './canonical-form.ts';
import type { Catalog } from './catalog.ts';

const version = 'lockstep catalog 1';

/**
 * SHA-256 of the catalog's canonical form, as hex: equal for equal databases, whatever the server's version, its object
 * numbers and the order in which things were made. Facts, server, dependencies and time do not count.
 */
export function fingerprintCatalog(catalog: Catalog, options: { readonly ignore?: readonly Ignorable[] } = {}): string {
  const lines = canonicalForm(catalog, options.ignore).map(canonicalText).sort(compareText);
  return bytesToHex(sha256(utf8ToBytes([version, ...lines].join('\n'))));
}

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

function canonicalText({ kind, object, attributes }: CanonicalObject): string {
  // Absent and null mean the same, so that an attribute added to the model later does not change old fingerprints.
  const present = Object.entries(attributes).filter(([, value]) => value !== null);
  return JSON.stringify([kind, object, present.sort(([left], [right]) => compareText(left, right))]);
}

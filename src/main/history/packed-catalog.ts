import { inflateRawSync } from 'node:zlib';
import type { Catalog } from '../../engine/catalog/catalog.ts';
import { packJson } from '../jobs/pack-json.ts';

/**
 * A catalog's JSON text, compressed (raw deflate). So a large one goes through main and rests in the history: a tenth of
 * the bytes, none of which main looks at.
 */
export const packCatalog = (catalog: Catalog): Uint8Array => packJson(catalog);

/** The catalog in what `packCatalog` made; takes long for a large one, so it is not for main. */
export const unpackCatalog = (packed: Uint8Array): Catalog => JSON.parse(inflateRawSync(packed).toString('utf8'));

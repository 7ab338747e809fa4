import type { ComparedObject } from '../engine/catalog/compared-objects.ts';

/** What two catalogs differ in, and in words what the catalog of a file lacks of the file. */
export type CatalogComparison = { readonly objects: readonly ComparedObject[]; readonly notes: readonly string[] };

import { type Grant, grantSchema } from '../../../catalog/catalog.ts';
import type { CatalogQuery } from '../catalog-query.ts';
import text from './grants.sql?raw';

/** Privileges that differ from what an object gets when it is created. */
export const grantsQuery: CatalogQuery<Grant> = { reads: 'privileges', text: () => text, row: grantSchema };

import * as z from 'zod';
import { type Grant, grantSchema } from '../../../catalog/catalog.ts';
import type { CatalogQuery } from '../catalog-query.ts';
import text from './grants.sql?raw';
import textOutside from './grants-outside.sql?raw';

const row = grantSchema
  .extend({ grantor: z.string().nullish() })
  .transform(({ grantor, ...grant }): Grant => (grantor == null ? grant : { ...grant, grantor }));

/** Privileges that differ from what an object gets when it is created. */
export const grantsQuery: CatalogQuery<Grant> = { reads: 'privileges', text: () => text, row };

/**
 * The same for what lies outside of the users' own schemas: languages, foreign data wrappers and servers; and objects of
 * the system and of extensions, as far as people changed what these had been given.
 */
export const grantsOutsideQuery: CatalogQuery<Grant> = {
  reads: 'privileges',
  text: () => textOutside,
  row,
};

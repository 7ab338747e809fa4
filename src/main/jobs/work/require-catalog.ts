import type { Catalog } from '../../../engine/catalog/catalog.ts';

/** The kept catalog with this fingerprint; main has looked before that there is one, so its absence is a bug. */
export async function requireCatalog(
  find: (fingerprint: string) => Promise<Catalog | null>,
  fingerprint: string,
): Promise<Catalog> {
  const catalog = await find(fingerprint);
  if (catalog === null) throw new Error(`no catalog is kept with the fingerprint ${fingerprint}`);
  return catalog;
}

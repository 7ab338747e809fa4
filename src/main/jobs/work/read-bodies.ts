import { bodyDependencies } from '../../../engine/sql/body-dependencies.ts';
import { loadParser } from '../../../engine/sql/parser.ts';
import { ok } from '../../../shared/result.ts';
import type { Work } from '../run-jobs.ts';

/** Finds what the bodies of a catalog's routines use; nothing when the catalog is no longer kept. */
export const readBodies: Work['catalog.bodies'] = async ({ fingerprint }, { catalog: find }) => {
  const catalog = await find(fingerprint);
  if (catalog === null) return ok([]);
  await loadParser();
  return ok(bodyDependencies(catalog));
};

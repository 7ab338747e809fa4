import { changePicture } from '../../../engine/catalog/change-picture.ts';
import { outcomeOf } from '../../../engine/sql/catalog-after.ts';
import { loadParser } from '../../../engine/sql/parser.ts';
import { qualifiedName } from '../../../engine/sql/qualified-name.ts';
import { ok } from '../../../shared/result.ts';
import type { Work } from '../run-jobs.ts';
import { requireCatalog } from './require-catalog.ts';

/** Draws what an up makes of the kept catalog, as far as its statements tell. */
export const pictureChange: Work['migration.picture'] = async ({ up, fingerprint }, { catalog }) => {
  await loadParser();
  const base = await requireCatalog(catalog, fingerprint);
  const outcome = outcomeOf(base, up);
  if (outcome === null) return ok({ picture: null, uncertain: [], unknown: false });
  return ok({
    picture: changePicture(base, outcome.catalog, outcome.renamed),
    uncertain: outcome.uncertain.map(qualifiedName),
    unknown: outcome.unknown,
  });
};

import { prompts } from '../../../adapters/files/prompts.ts';
import { preview } from '../../../engine/generate/preview.ts';
import { ok } from '../../../shared/result.ts';
import type { Work } from '../run-jobs.ts';
import { requireCatalog } from './require-catalog.ts';

/** Makes what the model would be sent, and sends nothing. */
export const previewPrompt: Work['draft.preview'] = async ({ request, fingerprint, settings }, { catalog: find }) => {
  const catalog = await requireCatalog(find, fingerprint);
  return ok(preview({ request, catalog, prompts, settings: settings.model }));
};

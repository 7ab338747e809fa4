import { prompts } from '../../../adapters/files/prompts.ts';
import { createAnthropicModel } from '../../../adapters/language-models/anthropic.ts';
import { generateDraft } from '../../../engine/generate/generate-draft.ts';
import { loadParser } from '../../../engine/sql/parser.ts';
import { validateMigration } from '../../../engine/validate/validate-migration.ts';
import { validationSettingsSchema } from '../../../engine/validate/validation-settings.ts';
import { Secret } from '../../../shared/secret.ts';
import { systemClock } from '../../system-clock.ts';
import type { Work } from '../run-jobs.ts';
import { pacedProgress } from './paced-progress.ts';
import { requireCatalog } from './require-catalog.ts';

/** Twenty times a second looks like streaming to a person. */
const progressMilliseconds = 50;

/** Drafts with the model; what it wrote is checked against the catalog before anyone sees it. */
export const askModel: Work['draft.ask'] = async (input, { signal, report, catalog: find }) => {
  const { request, fingerprint, settings, apiKey, baseUrl } = input;
  const catalog = await requireCatalog(find, fingerprint);
  await loadParser();
  const progress = pacedProgress(report, progressMilliseconds);
  const checks = validationSettingsSchema.parse({ profile: settings.validationProfile });
  const draft = await generateDraft({
    request,
    catalog,
    model: createAnthropicModel({ apiKey: new Secret(apiKey), baseUrl }),
    prompts,
    settings: settings.model,
    clock: systemClock,
    signal,
    onProgress: progress.report,
    validate: (migration) => validateMigration(migration, { catalog, settings: checks }),
  });
  progress.flush();
  return draft;
};

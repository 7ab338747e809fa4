import { prompts } from '../adapters/files/prompts.ts';
import { createAnthropicModel } from '../adapters/language-models/anthropic.ts';
import type { Catalog } from '../engine/catalog/catalog.ts';
import type { Draft } from '../engine/generate/draft.ts';
import { generateDraft } from '../engine/generate/generate-draft.ts';
import { planRequest } from '../engine/plan/plan-request.ts';
import { validateMigration } from '../engine/validate/validate-migration.ts';
import type { LockstepError } from '../shared/errors.ts';
import { err, type Result } from '../shared/result.ts';
import { Secret } from '../shared/secret.ts';
import { settingsSchema } from '../shared/settings.ts';
import type { CommandContext } from './command-context.ts';

type Input = {
  readonly request: string;
  readonly catalog: Catalog;
  readonly planner: 'auto' | 'built-in' | 'anthropic';
  readonly model?: string;
};

/** Drafts with the model when a key is in the environment (or it is asked for), else with the built-in planner. */
export async function draftMigration(input: Input, context: CommandContext): Promise<Result<Draft, LockstepError>> {
  const key = context.environment['ANTHROPIC_API_KEY'];
  const useModel = input.planner === 'anthropic' || (input.planner === 'auto' && key !== undefined && key !== '');
  if (!useModel) return planRequest(input.request, input.catalog);
  if (key === undefined || key === '') return err({ code: 'model.key_missing' });
  const { model: defaults } = settingsSchema.parse({});
  const baseUrl = context.environment['LOCKSTEP_ANTHROPIC_BASE_URL'] ?? defaults.baseUrl;
  let phase = '';
  return generateDraft({
    request: input.request,
    catalog: input.catalog,
    model: createAnthropicModel({ apiKey: new Secret(key), baseUrl }),
    prompts,
    settings: { ...defaults, writing: input.model ?? defaults.writing },
    clock: context.clock,
    signal: context.signal,
    validate: (migration) => validateMigration(migration, { catalog: input.catalog, tier: 'catalog' }),
    onProgress: (progress) => {
      if (progress.phase !== phase) context.note(progress.phase);
      phase = progress.phase;
    },
  });
}

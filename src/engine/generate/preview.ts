import type { Catalog, ObjectName } from '../catalog/catalog.ts';
import { estimatedTokens } from './estimated-tokens.ts';
import { type GenerateSettings, sendsWholeSchema } from './generate-draft.ts';
import { costOf } from './prices.ts';
import { likelyTables } from './prompt/likely-tables.ts';
import type { Prompts } from './prompt/prompts.ts';
import { relationList } from './prompt/relation-list.ts';
import { writePrompt } from './prompt/write-prompt.ts';

/** What a model would be sent and about what that would cost, before anything is sent. */
export type Preview = {
  readonly promptVersion: string;
  readonly planningModel: string;
  readonly writingModel: string;
  /** Tables most likely to be sent; the planning model may choose others from the list of all names. */
  readonly tables: readonly ObjectName[];
  readonly estimatedInputTokens: number;
  readonly estimatedCostDollars: number | null;
  /** The whole text, fixed part first. */
  readonly prompt: string;
};

const usualOutputTokens = 1_500;
const usualChoiceTokens = 200;

/** Makes the prompt that a request would send and estimates its tokens and its cost; sends nothing. */
export function preview(options: {
  readonly request: string;
  readonly catalog: Catalog;
  readonly prompts: Prompts;
  readonly settings: GenerateSettings;
}): Preview {
  const { request, catalog, prompts, settings } = options;
  const whole = sendsWholeSchema(catalog);
  const tables = whole ? catalog.tables : likelyTables(catalog, request);
  const prompt = `${prompts.writeMigration.text.trim()}\n\n${writePrompt(request, catalog, tables)}`;
  const writing = estimatedTokens(prompt);
  const choosing = whole
    ? 0
    : estimatedTokens(prompts.chooseTables.text) + estimatedTokens(relationList(catalog)) + estimatedTokens(request);
  const none = { cacheReadTokens: 0, cacheWriteTokens: 0 };
  const thinking = Math.round(settings.thinkingBudget / 2);
  const costs = [
    costOf(settings.writing, { ...none, inputTokens: writing, outputTokens: usualOutputTokens + thinking }),
    whole ? 0 : costOf(settings.planning, { ...none, inputTokens: choosing, outputTokens: usualChoiceTokens }),
  ];
  return {
    promptVersion: prompts.writeMigration.version,
    planningModel: settings.planning,
    writingModel: settings.writing,
    tables: tables.map(({ schema, name }) => ({ schema, name })),
    estimatedInputTokens: writing + choosing,
    estimatedCostDollars: costs.reduce<number | null>(
      (sum, cost) => (sum === null || cost === null ? null : sum + cost),
      0,
    ),
    prompt,
  };
}

import type { LockstepError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Catalog, Table } from '../catalog/catalog.ts';
import { compactForm } from '../catalog/prompt-form.ts';
import { slug } from '../export/slug.ts';
import type { CancelSignal } from '../ports/cancel.ts';
import type { Clock } from '../ports/clock.ts';
import type { LanguageModel, ModelReply } from '../ports/language-model.ts';
import { qualifiedName } from '../sql/qualified-name.ts';
import type { MigrationReport } from '../validate/report.ts';
import type { Draft, Receipt } from './draft.ts';
import { draftProblems } from './draft-problems.ts';
import { chosenTablesSchema, type MigrationReply, migrationReplySchema } from './migration-reply.ts';
import { type PartialTexts, partialTexts } from './partial-text.ts';
import { costOf } from './prices.ts';
import { delimited } from './prompt/delimited.ts';
import { likelyTables, mostTables, namedTables, withReferenced } from './prompt/likely-tables.ts';
import type { Prompts } from './prompt/prompts.ts';
import { relationList } from './prompt/relation-list.ts';
import { leftOut, writePrompt } from './prompt/write-prompt.ts';

/** Which models are asked, and how much they may think. */
export type GenerateSettings = { readonly planning: string; readonly writing: string; readonly thinkingBudget: number };

/** What is known while a draft is made; `up` and `down` are the SQL as far as it has come. */
export type GenerateProgress = {
  readonly phase: 'choosing tables' | 'writing' | 'checking' | 'repairing';
  readonly delta: string;
  readonly snapshot: string;
} & PartialTexts;

export type GenerateOptions = {
  readonly request: string;
  readonly catalog: Catalog;
  readonly model: LanguageModel;
  readonly prompts: Prompts;
  readonly settings: GenerateSettings;
  readonly clock: Clock;
  readonly signal?: CancelSignal;
  readonly onProgress?: (progress: GenerateProgress) => void;
  /** Checks a draft beyond its syntax; what it reports as an error is given back to the model once. */
  readonly validate?: (migration: {
    readonly name: string;
    readonly up: string;
    readonly down: string;
  }) => MigrationReport;
};

/** A schema whose compact form is at most this long is sent whole, and nobody has to choose. */
export const wholeSchemaCharacters = 40_000;

const outputTokens = { chooseTables: 4_000, write: 32_000 };

type Call = Receipt['models'][number];

const callOf = (purpose: Call['purpose'], reply: ModelReply<unknown>): Call => ({
  purpose,
  model: reply.model,
  ...reply.usage,
  milliseconds: reply.milliseconds,
  requestId: reply.requestId,
});

/** True when the whole schema fits into a prompt. */
export const sendsWholeSchema = (catalog: Catalog): boolean =>
  // Counting columns first spares a huge schema from being written out only to be measured.
  catalog.tables.reduce((sum, table) => sum + table.columns.length, 0) * 12 <= wholeSchemaCharacters &&
  compactForm(catalog, catalog.tables).length <= wholeSchemaCharacters;

async function chooseTables(options: GenerateOptions, calls: Call[]): Promise<Result<readonly Table[], LockstepError>> {
  const { catalog, request, model, prompts, settings, signal, onProgress } = options;
  if (sendsWholeSchema(catalog)) return ok(catalog.tables);
  onProgress?.({ phase: 'choosing tables', delta: '', snapshot: '', up: '', down: '' });
  const reply = await model.ask({
    model: settings.planning,
    system: prompts.chooseTables.text,
    prompt: [delimited('relations', relationList(catalog)), delimited('request', request)].join('\n\n'),
    reply: chosenTablesSchema,
    maxOutputTokens: outputTokens.chooseTables,
    thinkingBudget: 0,
    ...(signal === undefined ? {} : { signal }),
  });
  if (!reply.ok) return reply;
  calls.push(callOf('choose tables', reply.value));
  const byName = new Map(catalog.tables.map((table) => [qualifiedName(table), table]));
  const chosen = reply.value.value.tables.flatMap((name) => byName.get(name.trim()) ?? []);
  // A table that the request names is always there, whatever the model thinks of it.
  const all = [...new Set([...namedTables(catalog, request), ...chosen])].slice(0, mostTables);
  return ok(all.length === 0 ? likelyTables(catalog, request) : withReferenced(catalog, all));
}

async function write(
  options: GenerateOptions,
  prompt: string,
  phase: 'writing' | 'repairing',
): Promise<Result<ModelReply<MigrationReply>, LockstepError>> {
  const { model, prompts, settings, signal, onProgress } = options;
  onProgress?.({ phase, delta: '', snapshot: '', up: '', down: '' });
  return model.ask({
    model: settings.writing,
    system: prompts.writeMigration.text,
    prompt,
    reply: migrationReplySchema,
    maxOutputTokens: outputTokens.write,
    thinkingBudget: settings.thinkingBudget,
    ...(signal === undefined ? {} : { signal }),
    onText: (delta, snapshot) => onProgress?.({ phase, delta, snapshot, ...partialTexts(snapshot) }),
  });
}

const repairPrompt = (prompts: Prompts, prompt: string, reply: MigrationReply, problems: readonly string[]): string =>
  [
    prompt,
    prompts.repairMigration.text.trim(),
    delimited('previous', JSON.stringify({ up: reply.up, down: reply.down }, null, 2)),
    delimited('problems', problems.map((problem) => `- ${problem}`).join('\n')),
  ].join('\n\n');

const costOfAll = (calls: readonly Call[]): number | null =>
  calls.reduce<number | null>((sum, call) => {
    const cost = costOf(call.model, call);
    return sum === null || cost === null ? null : sum + cost;
  }, 0);

/**
 * Drafts a migration with a model: a cheap one chooses tables where the schema is large, a strong one writes, what it
 * wrote is checked, and problems go back to it once. The receipt says everything that was sent and spent. No row of any
 * table is sent, because a catalog holds none.
 */
export async function generateDraft(options: GenerateOptions): Promise<Result<Draft, LockstepError>> {
  const { request, catalog, prompts, clock, onProgress } = options;
  const started = clock.elapsed();
  const calls: Call[] = [];
  const tables = await chooseTables(options, calls);
  if (!tables.ok) return tables;
  const prompt = writePrompt(request, catalog, tables.value);
  const first = await write(options, prompt, 'writing');
  if (!first.ok) return first;
  calls.push(callOf('write', first.value));

  let best = first.value.value;
  onProgress?.({ phase: 'checking', delta: '', snapshot: '', up: best.up, down: best.down });
  const problems = draftProblems(best, options.validate);
  if (problems.length > 0) {
    const second = await write(options, repairPrompt(prompts, prompt, best, problems), 'repairing');
    // The first draft was paid for and can be mended by hand; only a cancel takes it away.
    if (second.ok) {
      calls.push(callOf('repair', second.value));
      const after = draftProblems(second.value.value, options.validate);
      if (after.length <= problems.length) best = second.value.value;
    } else if (second.error.code === 'cancelled') return err(second.error);
  }

  const receipt: Receipt = {
    models: calls,
    promptVersion: prompts.writeMigration.version,
    tablesSent: tables.value.map(({ schema, name }) => ({ schema, name })),
    redacted: [...leftOut(catalog, tables.value)],
    costDollars: costOfAll(calls),
    milliseconds: Math.round(clock.elapsed() - started),
  };
  return ok({
    planner: 'anthropic',
    slug: slug(best.slug === '' ? best.title : best.slug),
    title: best.title.trim() === '' ? request.slice(0, 100) : best.title.trim().slice(0, 200),
    up: withNewline(best.up),
    down: withNewline(best.down),
    assumptions: best.assumptions,
    questions: best.questions,
    risks: best.risks,
    estimatedLockTime: best.estimatedLockTime.trim() === '' ? null : best.estimatedLockTime.trim(),
    receipt,
  });
}

const withNewline = (text: string): string => (text.trim() === '' ? '' : `${text.trim()}\n`);

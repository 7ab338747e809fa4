import * as z from 'zod';
import type { DeepReadonly } from '../../shared/deep-readonly.ts';
import type { Result } from '../../shared/result.ts';
import { type Sql, toText } from '../sql/sql.ts';

/** One migration of a recipe. `before`: what has to be done, in words, before it may run; null when nothing has. */
const recipeStepSchema = z.object({
  /** A part of a file name, `[a-z0-9_]+`. */
  slug: z.string(),
  title: z.string(),
  before: z.string().nullable(),
  up: z.string(),
  down: z.string(),
});
export type RecipeStep = DeepReadonly<z.infer<typeof recipeStepSchema>>;

/** Migrations in order that together do safely what no single one can; `notes` say what a person should know first. */
export const recipeSchema = z.object({
  title: z.string(),
  notes: z.array(z.string()),
  steps: z.array(recipeStepSchema),
});
export type Recipe = DeepReadonly<z.infer<typeof recipeSchema>>;

/** A recipe, or why there is none here: words that can stand behind "because". */
export type Offer = Result<Recipe, string>;

/** A statement of a step, with the rules that are left out for it and the reason, which stands above it. */
export type RecipeStatement = {
  readonly sql: Sql;
  readonly comment?: string;
  readonly ignores?: Readonly<Record<string, string>>;
};

/** Writes statements as a file: each with its comment and its suppressions above it. */
export const scriptOf = (statements: readonly RecipeStatement[]): string =>
  statements
    .map(({ sql, comment, ignores = {} }) =>
      [
        ...(comment === undefined ? [] : [`-- ${comment}`]),
        ...Object.entries(ignores).map(([rule, reason]) => `-- lockstep:ignore ${rule} ${reason}`),
        `${toText(sql)};`,
      ].join('\n'),
    )
    .join('\n\n')
    .concat('\n');

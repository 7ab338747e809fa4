import { fileText } from '../export/file-text.ts';
import { versionStamp } from '../export/version-stamp.ts';
import type { Recipe } from './recipe.ts';

const asComment = (words: string): string => `-- ${words.replaceAll(/\s+/g, ' ')}\n`;

/**
 * The migrations of recipes as pairs of files whose names sort in their order; `at`: the ISO 8601 time of the first, each
 * further one is a second later. What has to be done before one stands at the top of its up.
 */
export function recipeFiles(
  recipes: readonly Recipe[],
  at: string,
): readonly { readonly path: string; readonly contents: string }[] {
  const first = Date.parse(at);
  return recipes
    .flatMap(({ steps }) => steps)
    .flatMap(({ slug, title, before, up, down }, index) => {
      const name = `${versionStamp(new Date(first + index * 1000).toISOString())}_${slug}`;
      const head = asComment(`${title}.`) + (before === null ? '' : asComment(`Before this migration: ${before}`));
      return [
        { path: `${name}.up.sql`, contents: fileText(`${head}\n${up}`) },
        { path: `${name}.down.sql`, contents: fileText(down) },
      ];
    });
}

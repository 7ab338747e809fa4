import { writeNewFiles } from '../adapters/files/write-new-files.ts';
import { recipeFiles } from '../engine/recipes/recipe-files.ts';
import type { MigrationReport } from '../engine/validate/report.ts';
import { type CommandContext, CommandFailure } from './command-context.ts';

/** Writes the migrations of every recipe that findings offer into a folder and names them; existing files are kept. */
export async function writeRecipes(
  folder: string,
  reports: readonly MigrationReport[],
  context: CommandContext,
): Promise<void> {
  const recipes = reports.flatMap(({ findings }) =>
    findings.flatMap(({ recipe }) => (recipe === undefined ? [] : [recipe])),
  );
  const written = await writeNewFiles(folder, recipeFiles(recipes, context.clock.now()), { createDirectory: true });
  if (!written.ok) throw new CommandFailure(written.error);
  if (written.value.length === 0) context.note('No finding has a recipe.');
  for (const path of written.value) context.note(`Wrote ${path}`);
}

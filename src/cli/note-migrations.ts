import type { CommandContext } from './command-context.ts';

/** Says of each of `count` migrations once that it is being proved now. */
export function noteMigrations(
  context: Pick<CommandContext, 'note'>,
  count: number,
): (progress: { readonly name: string }) => void {
  let last: string | null = null;
  let begun = 0;
  return ({ name }) => {
    if (name === last) return;
    last = name;
    begun += 1;
    context.note(`Proving ${name} (${begun} of ${count})`);
  };
}

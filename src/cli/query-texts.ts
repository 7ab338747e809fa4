import { type QueryText, readQueries } from '../adapters/files/read-queries.ts';
import { type CommandContext, CommandFailure } from './command-context.ts';

/** What the files say that applications run; what is no SQL is left out with a note. No path is no query. */
export async function queryTexts(path: string | undefined, context: CommandContext): Promise<readonly QueryText[]> {
  if (path === undefined) return [];
  const read = await readQueries(path);
  if (!read.ok) throw new CommandFailure(read.error);
  for (const { path: file, reason } of read.value.unread) context.note(`Left out of the queries: ${file}: ${reason}`);
  return read.value.queries;
}

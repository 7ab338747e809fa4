import { issueInWords } from '../adapters/files/issue-in-words.ts';
import { notJson } from '../adapters/files/not-json.ts';
import { type Facts, factsSchema } from '../engine/catalog/facts.ts';
import { wrongUsage } from './command-context.ts';
import { readText } from './read-file.ts';

/** The facts that `introspect --format facts` wrote, or wrong usage with what is wrong in the file. */
export async function readFacts(path: string): Promise<Facts> {
  const text = await readText(path);
  const refused = (reason: string) => wrongUsage('--facts', `${path} is not a facts file: ${reason}`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw refused(notJson(cause));
  }
  const parsed = factsSchema.safeParse(json, { error: issueInWords });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw refused(
    issue === undefined ? 'something is missing' : `${issue.path.join('.') || 'the file'}: ${issue.message}`,
  );
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A migration of a chain, and rows that the application has once it is applied. */
export type ShadowPair = { readonly name: string; readonly up: string; readonly down: string; readonly rows: string };

const folder = join(import.meta.dirname, '../shadow-pairs');

/** Names of the chains in `test/shadow-pairs`. */
export const shadowChains: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.sql'))
  .map((file) => file.replace(/\.sql$/, ''));

/** The migrations of a chain in their order: `--- name` begins an up, `--- down` and `--- rows` what belongs to it. */
export function readShadowPairs(chain: string): readonly ShadowPair[] {
  const pairs: { name: string; up: string; down: string; rows: string }[] = [];
  for (const part of readFileSync(join(folder, `${chain}.sql`), 'utf8')
    .split(/^--- /m)
    .slice(1)) {
    const [title = '', ...lines] = part.split('\n');
    const text = lines.join('\n');
    const last = pairs.at(-1);
    if (last !== undefined && (title === 'down' || title === 'rows')) last[title] = text;
    else pairs.push({ name: title, up: text, down: '', rows: '' });
  }
  return pairs;
}

import type { Facts } from '../../../../catalog/facts.ts';
import { loadParser, parseScript } from '../../../../sql/parser.ts';
import { tokensOf } from '../../../../sql/tokens.ts';

type KnownStatement = NonNullable<Facts['statements']>[number];

/** How many texts are kept. */
const most = 500;

const kinds: ReadonlySet<string> = new Set(['Select', 'Insert', 'Update', 'Delete', 'Merge']);

/**
 * The texts that may be kept: one statement that reads or changes rows, without comments, and without any constant. The
 * server replaces constants by parameters, but not those of utility statements (a password among them), nor always.
 */
export async function knownStatements(rows: readonly KnownStatement[]): Promise<readonly KnownStatement[]> {
  await loadParser();
  const kept: KnownStatement[] = [];
  for (const { text, calls, meanMilliseconds } of rows) {
    if (kept.length === most) break;
    const bare = withoutConstants(text);
    if (bare !== null && isOfRows(bare)) kept.push({ text: bare, calls, meanMilliseconds });
  }
  return kept;
}

/** The text without its comments; null when a constant is left in it that could be the value of a row. */
function withoutConstants(text: string): string | null {
  let bare = '';
  for (const { kind, start, end } of tokensOf(text)) {
    const part = text.slice(start, end);
    if (kind === 'string') return null;
    // A position in ORDER BY or the modifier of a type has few digits; whatever has more could be a value.
    if (kind === 'number' && !part.startsWith('$') && !/^\d{1,3}$/.test(part)) return null;
    bare += kind === 'comment' || kind === 'space' ? ' ' : part;
  }
  return bare.replace(/ +/g, ' ').trim();
}

function isOfRows(text: string): boolean {
  const script = parseScript(text);
  const [statement, second] = script.ok ? script.value.statements : [];
  return statement !== undefined && second === undefined && kinds.has(statement.kind);
}

/** The two texts as far as they have come while a reply streams in. */
export type PartialTexts = { readonly up: string; readonly down: string };

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

/** The text of a JSON string that starts at `at` (after its quote), as far as it has come. */
function stringFrom(text: string, at: number): { readonly value: string; readonly end: number } {
  let value = '';
  let i = at;
  while (i < text.length && text[i] !== '"') {
    if (text[i] !== '\\') {
      value += text[i];
      i += 1;
      continue;
    }
    const next = text[i + 1];
    if (next === undefined) break;
    if (next === 'u') {
      const code = text.slice(i + 2, i + 6);
      if (code.length < 4) break;
      value += String.fromCharCode(Number.parseInt(code, 16));
      i += 6;
    } else {
      value += escapes[next] ?? next;
      i += 2;
    }
  }
  return { value, end: i + 1 };
}

/** Reads `up` and `down` out of a reply that may end anywhere; what has not come yet is empty. */
export function partialTexts(reply: string): PartialTexts {
  const found: Record<string, string> = {};
  let depth = 0;
  for (let i = 0; i < reply.length; ) {
    const character = reply[i];
    if (character === '{' || character === '[') depth += 1;
    if (character === '}' || character === ']') depth -= 1;
    if (character !== '"') {
      i += 1;
      continue;
    }
    const key = stringFrom(reply, i + 1);
    i = key.end;
    const colon = /^\s*:\s*"/.exec(reply.slice(i, i + 20));
    if (depth !== 1 || colon === null) continue;
    const value = stringFrom(reply, i + colon[0].length);
    found[key.value] ??= value.value;
    i = value.end;
  }
  return { up: found['up'] ?? '', down: found['down'] ?? '' };
}

/** Data as JSON has it. */
type Data = null | boolean | number | string | readonly Data[] | { readonly [key: string]: Data };

/** A part of a value: the value without its longer lists, or some members of one of them, by the keys that lead to it. */
export type Piece =
  | { readonly kind: 'frame'; readonly value: Data }
  | { readonly kind: 'members'; readonly path: readonly string[]; readonly members: readonly Data[] };

/** So many values are taken over in a few milliseconds. */
const valuesAtOnce = 6000;

const isRecord = (value: Data | undefined): value is { readonly [key: string]: Data } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** How many values there are in one. */
function sizeOf(value: Data): number {
  if (typeof value !== 'object' || value === null) return 1;
  let size = 1;
  for (const one of Array.isArray(value) ? value : Object.values(value)) size += sizeOf(one);
  return size;
}

/** Takes the lists of an object, and of objects in it, out of it. */
function withoutLists(
  value: { readonly [key: string]: Data },
  path: readonly string[],
  lists: Map<string, readonly Data[]>,
) {
  const frame: Record<string, Data> = {};
  for (const [key, own] of Object.entries(value)) {
    const here = [...path, key];
    if (Array.isArray(own)) {
      frame[key] = [];
      lists.set(JSON.stringify(here), own);
    } else frame[key] = isRecord(own) ? withoutLists(own, here, lists) : own;
  }
  return frame;
}

/** Cuts a value into pieces that are small enough to be taken over one by one without anybody noticing. */
export function* piecesOf(value: { readonly [key: string]: Data }): Generator<Piece> {
  const lists = new Map<string, readonly Data[]>();
  yield { kind: 'frame', value: withoutLists(value, [], lists) };
  for (const [key, list] of lists) {
    const path: readonly string[] = JSON.parse(key);
    let members: Data[] = [];
    let size = 0;
    for (const member of list) {
      members.push(member);
      size += sizeOf(member);
      if (size < valuesAtOnce) continue;
      yield { kind: 'members', path, members };
      members = [];
      size = 0;
    }
    if (members.length > 0) yield { kind: 'members', path, members };
  }
}

/** Puts pieces together again in the order in which they come. */
export function pieceTogether(): { readonly add: (piece: Piece) => void; readonly value: () => unknown } {
  let whole: Data = null;
  return {
    add: (piece) => {
      if (piece.kind === 'frame') {
        whole = piece.value;
        return;
      }
      const list = piece.path.reduce<Data>((at, key) => (isRecord(at) ? (at[key] ?? null) : null), whole);
      if (Array.isArray(list)) list.push(...piece.members);
    },
    value: () => whole,
  };
}

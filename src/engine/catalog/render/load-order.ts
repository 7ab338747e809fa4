import { compareText } from '../by-name.ts';

/** Something to load: the smaller its stage the earlier, but never before what it needs. */
export type LoadNode<Payload> = {
  readonly key: string;
  readonly stage: number;
  /** Keys of what must be loaded before; unknown keys are met. */
  readonly needs: ReadonlySet<string>;
  readonly payload: Payload;
};

/**
 * Orders nodes so that each comes after what it needs; among those that are free, by stage and key, so that the order is
 * always the same. When only circles and what waits for them are left, `breakCircle` may replace one of the nodes; if it
 * does not, the first of a circle goes ahead of its needs.
 */
export function loadOrder<Payload>(
  nodes: readonly LoadNode<Payload>[],
  breakCircle: (
    left: readonly LoadNode<Payload>[],
    circles: readonly LoadNode<Payload>[],
  ) => readonly LoadNode<Payload>[] | null,
): readonly LoadNode<Payload>[] {
  const ordered: LoadNode<Payload>[] = [];
  const done = new Set<string>();
  let left = new Map(nodes.map((node) => [node.key, node]));
  while (left.size > 0) {
    const waves = loadFree(left, done, ordered);
    if (waves || left.size === 0) continue;
    const waiting = [...left.values()].sort(earlier);
    const circles = circlesAmong(waiting);
    const broken = breakCircle(waiting, circles);
    if (broken !== null) {
      left = new Map(broken.map((node) => [node.key, node]));
      continue;
    }
    const [first] = circles;
    if (first === undefined) break;
    ordered.push(first);
    done.add(first.key);
    left.delete(first.key);
  }
  return ordered;
}

/** Without the nodes that no other node waits for, over and over: what only follows from a circle is not part of it. */
function circlesAmong<Payload>(waiting: readonly LoadNode<Payload>[]): readonly LoadNode<Payload>[] {
  const left = new Map(waiting.map((node) => [node.key, node]));
  const wanted = new Map<string, number>();
  const count = (node: LoadNode<Payload>, by: number) => {
    for (const need of node.needs) if (need !== node.key) wanted.set(need, (wanted.get(need) ?? 0) + by);
  };
  for (const node of waiting) count(node, 1);
  const unwanted = waiting.filter((node) => (wanted.get(node.key) ?? 0) === 0);
  for (let node = unwanted.pop(); node !== undefined; node = unwanted.pop()) {
    left.delete(node.key);
    count(node, -1);
    for (const need of node.needs) {
      const next = left.get(need);
      if (next !== undefined && (wanted.get(need) ?? 0) === 0) unwanted.push(next);
    }
  }
  return [...left.values()];
}

/** Moves all that can be loaded now from `left` to `ordered`; false when nothing could. */
function loadFree<Payload>(
  left: Map<string, LoadNode<Payload>>,
  done: Set<string>,
  ordered: LoadNode<Payload>[],
): boolean {
  const blockers = new Map<string, number>();
  const waitingFor = new Map<string, LoadNode<Payload>[]>();
  const free = new Map<number, LoadNode<Payload>[]>();
  const put = (node: LoadNode<Payload>) => {
    const stage = free.get(node.stage);
    if (stage === undefined) free.set(node.stage, [node]);
    else stage.push(node);
  };
  for (const node of left.values()) {
    let count = 0;
    for (const need of node.needs) {
      if (need === node.key || done.has(need) || !left.has(need)) continue;
      count += 1;
      const waiting = waitingFor.get(need);
      if (waiting === undefined) waitingFor.set(need, [node]);
      else waiting.push(node);
    }
    if (count === 0) put(node);
    else blockers.set(node.key, count);
  }
  const before = ordered.length;
  while (free.size > 0) {
    const stage = Math.min(...free.keys());
    const nodes = (free.get(stage) ?? []).sort(earlier);
    free.delete(stage);
    for (const node of nodes) {
      ordered.push(node);
      done.add(node.key);
      left.delete(node.key);
      for (const waiting of waitingFor.get(node.key) ?? []) {
        const count = (blockers.get(waiting.key) ?? 1) - 1;
        blockers.set(waiting.key, count);
        if (count === 0) put(waiting);
      }
    }
  }
  return ordered.length > before;
}

function earlier(left: LoadNode<unknown>, right: LoadNode<unknown>): number {
  return left.stage - right.stage || compareText(left.key, right.key);
}

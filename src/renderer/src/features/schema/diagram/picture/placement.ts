import type { Diagram, DiagramEdge } from '../build-diagram.ts';
import { type Point, type Route, routeBetween } from '../edge-route.ts';
import type { LayoutResult } from '../layout-request.ts';
import { shiftedRoute } from '../shifted-route.ts';
import type { Rectangle } from './shapes.ts';

/** Where everything of a diagram stands: as laid out, and where the reader's hand has put cards since. */
export type Placement = {
  readonly cards: ReadonlyMap<string, Rectangle>;
  readonly ways: ReadonlyMap<string, Route>;
  /** Frames around the tables of one schema, by its name; none when all of them belong together. */
  readonly areas: ReadonlyMap<string, Rectangle>;
};

/** The way of one line between two cards: the laid-out one as long as it fits. */
export function wayOf(edge: DiagramEdge, laidOut: LayoutResult, parent: Rectangle, child: Rectangle): Route {
  const route = laidOut.routes[edge.id];
  const parentThen = laidOut.positions[edge.parent];
  const childThen = laidOut.positions[edge.child];
  const kept =
    route && parentThen && childThen
      ? shiftedRoute(route, difference(parent, parentThen), difference(child, childThen))
      : null;
  if (kept) return { points: kept, parentSide: 'right', childSide: edge.parent === edge.child ? 'right' : 'left' };
  return routeBetween({ ...parent, offset: edge.parentOffset }, { ...child, offset: edge.childOffset });
}

const difference = (a: Point, b: Point): Point => ({ x: a.x - b.x, y: a.y - b.y });

/** Places a diagram; cards without a place yet are left out, and so are their lines. */
export function placeDiagram(diagram: Diagram, laidOut: LayoutResult, moved: ReadonlyMap<string, Point>): Placement {
  const cards = new Map<string, Rectangle>();
  for (const [id, { width, height }] of diagram.cards) {
    const at = moved.get(id) ?? laidOut.positions[id];
    if (at) cards.set(id, { x: at.x, y: at.y, width, height });
  }
  const ways = new Map<string, Route>();
  for (const edge of diagram.edges) {
    const parent = cards.get(edge.parent);
    const child = cards.get(edge.child);
    if (parent && child) ways.set(edge.id, wayOf(edge, laidOut, parent, child));
  }
  return { cards, ways, areas: new Map(moved.size > 0 ? [] : Object.entries(laidOut.areas)) };
}

/** The smallest rectangle around all cards and areas; null when there is none. */
export function boundsOf({ cards, areas }: Pick<Placement, 'cards' | 'areas'>): Rectangle | null {
  const all = [...cards.values(), ...areas.values()];
  if (all.length === 0) return null;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, width, height } of all) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

import type { Point } from './edge-route.ts';

/** Moves a way along when both of its cards were moved by the same distance; null when it does not fit any more. */
export function shiftedRoute(route: readonly Point[], parent: Point, child: Point): readonly Point[] | null {
  if (parent.x === 0 && parent.y === 0 && child.x === 0 && child.y === 0) return route;
  if (parent.x !== child.x || parent.y !== child.y) return null;
  return route.map(({ x, y }) => ({ x: x + parent.x, y: y + parent.y }));
}

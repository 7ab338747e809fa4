export type Point = { readonly x: number; readonly y: number };

/** A card on the canvas, and the height at which a line meets it. */
export type RouteEnd = { readonly x: number; readonly y: number; readonly width: number; readonly offset: number };

/** A way from the parent's end to the child's end: corners, and the side on which it leaves each card. */
export type Route = {
  readonly points: readonly Point[];
  readonly parentSide: 'left' | 'right';
  readonly childSide: 'left' | 'right';
};

const reach = 26;

/**
 * A rectangular way between two cards, for when no laid-out way fits any more because a card was moved. Parent at the
 * left of child, parent at the right, or both above each other (then the line runs round their right side).
 */
export function routeBetween(parent: RouteEnd, child: RouteEnd): Route {
  const from = { y: parent.y + parent.offset };
  const to = { y: child.y + child.offset };
  const parentRight = parent.x + parent.width;
  const childRight = child.x + child.width;
  if (parentRight + 2 * reach <= child.x) {
    const middle = (parentRight + child.x) / 2;
    return {
      points: [
        { x: parentRight, y: from.y },
        { x: middle, y: from.y },
        { x: middle, y: to.y },
        { x: child.x, y: to.y },
      ],
      parentSide: 'right',
      childSide: 'left',
    };
  }
  if (childRight + 2 * reach <= parent.x) {
    const middle = (childRight + parent.x) / 2;
    return {
      points: [
        { x: parent.x, y: from.y },
        { x: middle, y: from.y },
        { x: middle, y: to.y },
        { x: childRight, y: to.y },
      ],
      parentSide: 'left',
      childSide: 'right',
    };
  }
  const outside = Math.max(parentRight, childRight) + reach;
  return {
    points: [
      { x: parentRight, y: from.y },
      { x: outside, y: from.y },
      { x: outside, y: to.y },
      { x: childRight, y: to.y },
    ],
    parentSide: 'right',
    childSide: 'right',
  };
}

/** An SVG path through the points, with rounded corners of at most `radius` pixels. */
export function pathThrough(points: readonly Point[], radius = 7): string {
  const [first, ...rest] = points;
  if (!first || rest.length === 0) return '';
  let path = `M${first.x} ${first.y}`;
  for (let index = 1; index < points.length - 1; index += 1) {
    const before = points[index - 1] as Point;
    const corner = points[index] as Point;
    const after = points[index + 1] as Point;
    const lengthIn = Math.hypot(corner.x - before.x, corner.y - before.y);
    const lengthOut = Math.hypot(after.x - corner.x, after.y - corner.y);
    const r = Math.min(radius, lengthIn / 2, lengthOut / 2);
    if (r === 0) continue;
    const enter = {
      x: corner.x - ((corner.x - before.x) / lengthIn) * r,
      y: corner.y - ((corner.y - before.y) / lengthIn) * r,
    };
    const leave = {
      x: corner.x + ((after.x - corner.x) / lengthOut) * r,
      y: corner.y + ((after.y - corner.y) / lengthOut) * r,
    };
    path += `L${enter.x} ${enter.y}Q${corner.x} ${corner.y} ${leave.x} ${leave.y}`;
  }
  const last = rest.at(-1) as Point;
  return `${path}L${last.x} ${last.y}`;
}

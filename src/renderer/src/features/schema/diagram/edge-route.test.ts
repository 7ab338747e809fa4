import { describe, expect, it } from 'vitest';
import { pathThrough, routeBetween } from './edge-route.ts';

const card = (x: number, y: number) => ({ x, y, width: 200, offset: 20 });

describe('routeBetween', () => {
  it('leaves the parent at the side where the child stands', () => {
    expect(routeBetween(card(0, 0), card(400, 100))).toMatchObject({ parentSide: 'right', childSide: 'left' });
    expect(routeBetween(card(400, 0), card(0, 100))).toMatchObject({ parentSide: 'left', childSide: 'right' });
  });

  it('runs round the side of cards that stand above each other', () => {
    const { points } = routeBetween(card(0, 0), card(20, 300));
    expect(points[0]).toEqual({ x: 200, y: 20 });
    expect(points.at(-1)).toEqual({ x: 220, y: 320 });
    expect(Math.max(...points.map((point) => point.x))).toBeGreaterThan(220);
  });

  it('draws only horizontal and vertical pieces', () => {
    const { points } = routeBetween(card(0, 0), card(400, 100));
    for (const [index, point] of points.slice(1).entries()) {
      const before = points[index];
      expect(point.x === before?.x || point.y === before?.y).toBe(true);
    }
  });
});

describe('pathThrough', () => {
  it('rounds corners, but never beyond half a piece', () => {
    expect(
      pathThrough([
        { x: 0, y: 0 },
        { x: 20, y: 0 },
        { x: 20, y: 6 },
      ]),
    ).toBe('M0 0L17 0Q20 0 20 3L20 6');
  });

  it('survives points that fall together', () => {
    expect(
      pathThrough([
        { x: 0, y: 0 },
        { x: 0, y: 0 },
        { x: 9, y: 0 },
      ]),
    ).toBe('M0 0L9 0');
    expect(pathThrough([])).toBe('');
  });
});

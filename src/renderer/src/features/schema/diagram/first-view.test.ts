import { describe, expect, it } from 'vitest';
import { firstView } from './first-view.ts';

const card = (x: number, y: number) => ({ x, y, width: 200, height: 100 });
const room = { width: 1048, height: 648 };

describe('firstView', () => {
  it('shows a small diagram whole, in the middle and not enlarged', () => {
    const cards = [card(0, 0), card(300, 0)];
    expect(firstView(cards, card(0, 0), room)).toEqual({ x: 274, y: 274, zoom: 1 });
  });

  it('shrinks a little so that all of it is seen', () => {
    const cards = [card(0, 0), card(900, 0)];
    expect(firstView(cards, card(0, 0), room)?.zoom).toBeCloseTo(1000 / 1100);
  });

  it('stays readable around the card of interest where all of it would be too small', () => {
    const cards = [card(0, 0), card(2000, 0), card(4000, 0)];
    const view = firstView(cards, card(2000, 0), room);
    expect(view?.zoom).toBe(0.7);
    expect((view?.x ?? 0) + 2100 * 0.7).toBeCloseTo(524);
  });

  it('leaves no empty space beyond the first and the last card', () => {
    const cards = [card(0, 0), card(4000, 0)];
    expect(firstView(cards, card(0, 0), room)?.x).toBe(24);
    expect(firstView(cards, card(4000, 0), room)?.x).toBeCloseTo(1048 - 24 - 4200 * 0.7);
  });

  it('has nothing to show without cards or room', () => {
    expect(firstView([], card(0, 0), room)).toBeNull();
    expect(firstView([card(0, 0)], card(0, 0), { width: 0, height: 0 })).toBeNull();
  });
});

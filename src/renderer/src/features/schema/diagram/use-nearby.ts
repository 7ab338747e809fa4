import { type ReactFlowState, useStore } from '@xyflow/react';
import { useMemo } from 'react';
import type { Rectangle } from './picture/shapes.ts';

/** The part of the diagram that is in sight and around it, in steps, so that it seldom changes while the canvas moves. */
function region({ transform: [x, y, zoom], width, height }: ReactFlowState): string {
  if (width === 0 || height === 0) return '';
  const step = 2 ** Math.floor(Math.log2(zoom));
  const [across, down] = [width / step / 2, height / step / 2];
  const left = Math.floor(-x / zoom / across) * across;
  const top = Math.floor(-y / zoom / down) * down;
  return [left - across, top - down, 5 * across, 5 * down].join(' ');
}

/** The cards in sight and around it: all that has to be an element of the page. `null` stands for all of them. */
export function useNearby(cards: ReadonlyMap<string, Rectangle>, isWanted: boolean): ReadonlySet<string> | null {
  const near = useStore((state) => (isWanted ? region(state) : ''));
  return useMemo(() => {
    if (near === '') return null;
    const [x = 0, y = 0, width = 0, height = 0] = near.split(' ').map(Number);
    return new Set(
      [...cards]
        .filter(
          ([, card]) =>
            card.x < x + width && card.x + card.width > x && card.y < y + height && card.y + card.height > y,
        )
        .map(([id]) => id),
    );
  }, [near, cards]);
}

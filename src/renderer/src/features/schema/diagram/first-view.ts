type Rectangle = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** Where a canvas looks: the place of the origin in pixels, and the zoom. */
export type View = { readonly x: number; readonly y: number; readonly zoom: number };

/** From this zoom on the rows of a card can be read without effort. */
const comfortableZoom = 0.7;
const margin = 24;

/** One axis: everything in the middle when it fits, else the card of interest, without empty space at an end. */
function along(start: number, length: number, interest: number, room: number, zoom: number): number {
  const free = room - length * zoom;
  if (free >= 2 * margin) return free / 2 - start * zoom;
  const first = margin - start * zoom;
  const last = room - margin - (start + length) * zoom;
  return Math.min(first, Math.max(last, room / 2 - interest * zoom));
}

/**
 * The first look at a laid-out diagram in a window of `width` by `height` pixels: all of it when that can be read, else at
 * a zoom that can be read, around the card of interest. Null when there is nothing to look at.
 */
export function firstView(
  cards: readonly Rectangle[],
  interest: Rectangle,
  { width, height }: { readonly width: number; readonly height: number },
): View | null {
  if (cards.length === 0 || width <= 0 || height <= 0) return null;
  const left = Math.min(...cards.map((card) => card.x));
  const top = Math.min(...cards.map((card) => card.y));
  const across = Math.max(...cards.map((card) => card.x + card.width)) - left;
  const down = Math.max(...cards.map((card) => card.y + card.height)) - top;
  const whole = Math.min((width - 2 * margin) / across, (height - 2 * margin) / down);
  const zoom = Math.min(1, Math.max(whole, comfortableZoom));
  return {
    x: along(left, across, interest.x + interest.width / 2, width, zoom),
    y: along(top, down, interest.y + interest.height / 2, height, zoom),
    zoom,
  };
}

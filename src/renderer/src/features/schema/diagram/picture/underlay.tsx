import { useStoreApi } from '@xyflow/react';
import { useEffect, useMemo, useRef } from 'react';
import type { Diagram } from '../build-diagram.ts';
import { areaNames, areaShapes, type Emphasis, farCards, farLines } from './draw-diagram.ts';
import { readFonts, useInks } from './inks.ts';
import { paintShapes, prepareShapes } from './paint-shapes.ts';
import type { Placement } from './placement.ts';

/**
 * What is painted under the cards, in step with the canvas: the frames of schemas always; of diagrams too large for an
 * element for each card and line also all lines, and from far away the cards.
 */
export function Underlay({
  diagram,
  placement,
  emphasis,
  paintsLines,
  paintsCards,
}: {
  readonly diagram: Diagram;
  readonly placement: Placement;
  readonly emphasis: Emphasis;
  readonly paintsLines: boolean;
  readonly paintsCards: boolean;
}) {
  const ref = useRef<HTMLCanvasElement>(null);
  const store = useStoreApi();
  const inks = useInks();
  const areas = useMemo(() => prepareShapes(areaShapes(placement)), [placement]);
  const lines = useMemo(
    () => (paintsLines ? prepareShapes(farLines(diagram, placement, emphasis, { isStraight: paintsCards })) : []),
    [diagram, placement, emphasis, paintsLines, paintsCards],
  );
  const cards = useMemo(
    () => (paintsCards ? prepareShapes(farCards(diagram, placement, emphasis)) : []),
    [diagram, placement, emphasis, paintsCards],
  );
  const names = useMemo(() => prepareShapes(areaNames(placement)), [placement]);
  useEffect(() => {
    const canvas = ref.current;
    const context = canvas?.getContext('2d') ?? null;
    if (!canvas || !context) return;
    const fonts = readFonts();
    let asked = 0;
    const paint = (): void => {
      asked = 0;
      const { width, height, transform } = store.getState();
      const [x, y, zoom] = transform;
      const density = window.devicePixelRatio;
      const size = [Math.round(width * density), Math.round(height * density)] as const;
      // To set a size clears a canvas, also where it is the same.
      if (canvas.width !== size[0] || canvas.height !== size[1]) [canvas.width, canvas.height] = size;
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, canvas.width, canvas.height);
      context.setTransform(zoom * density, 0, 0, zoom * density, x * density, y * density);
      const seen = { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
      for (const shapes of [areas, lines, cards, names])
        paintShapes(context, shapes, { inks, fonts, seen, scale: zoom });
    };
    paint();
    const stop = store.subscribe((now, before) => {
      const same = now.transform === before.transform && now.width === before.width && now.height === before.height;
      if (!same && asked === 0) asked = requestAnimationFrame(paint);
    });
    return () => {
      stop();
      cancelAnimationFrame(asked);
    };
  }, [store, inks, areas, lines, cards, names]);
  return <canvas className="diagram-underlay" ref={ref} />;
}

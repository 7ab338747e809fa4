import { type ReactFlowState, useReactFlow, useStore } from '@xyflow/react';
import { type PointerEvent, useEffect, useMemo, useRef } from 'react';
import { useInks } from './inks.ts';
import { boundsOf, type Placement } from './placement.ts';

const size = { width: 168, height: 104 } as const;
const margin = 6;

const viewOf = ({ transform: [x, y, zoom], width, height }: ReactFlowState): string =>
  [-x / zoom, -y / zoom, width / zoom, height / zoom].join(' ');

/** All cards in small, with the part that the canvas shows; pressing or dragging in it goes there. Nothing while all of it is in sight. */
export function Minimap({ placement, selected }: { readonly placement: Placement; readonly selected: string | null }) {
  const ref = useRef<HTMLCanvasElement>(null);
  const inks = useInks();
  const flow = useReactFlow();
  const [x = 0, y = 0, width = 0, height = 0] = useStore(viewOf).split(' ').map(Number);
  const bounds = useMemo(() => boundsOf(placement), [placement]);
  const scale = bounds
    ? Math.min((size.width - 2 * margin) / bounds.width, (size.height - 2 * margin) / bounds.height)
    : 1;
  const origin = bounds
    ? {
        x: (size.width - bounds.width * scale) / 2 - bounds.x * scale,
        y: (size.height - bounds.height * scale) / 2 - bounds.y * scale,
      }
    : { x: 0, y: 0 };
  const isAllSeen =
    bounds === null ||
    (bounds.x >= x && bounds.y >= y && bounds.x + bounds.width <= x + width && bounds.y + bounds.height <= y + height);
  useEffect(() => {
    const canvas = ref.current;
    const context = canvas?.getContext('2d') ?? null;
    if (isAllSeen || !canvas || !context) return;
    const density = window.devicePixelRatio;
    canvas.width = size.width * density;
    canvas.height = size.height * density;
    context.setTransform(scale * density, 0, 0, scale * density, origin.x * density, origin.y * density);
    const smallest = 1.5 / scale;
    for (const [id, card] of placement.cards) {
      context.fillStyle = id === selected ? inks.accent : inks['line-strong'];
      const grown = id === selected ? 2 : 1;
      context.fillRect(card.x, card.y, Math.max(card.width, smallest * grown), Math.max(card.height, smallest * grown));
    }
  }, [placement, selected, inks, scale, origin.x, origin.y, isAllSeen]);

  if (isAllSeen) return null;
  const goTo = (event: PointerEvent<HTMLElement>): void => {
    if (event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    void flow.setCenter((event.clientX - box.left - origin.x) / scale, (event.clientY - box.top - origin.y) / scale, {
      zoom: flow.getZoom(),
    });
  };
  const frame = {
    left: Math.max(0, origin.x + x * scale),
    top: Math.max(0, origin.y + y * scale),
    right: Math.max(0, size.width - (origin.x + (x + width) * scale)),
    bottom: Math.max(0, size.height - (origin.y + (y + height) * scale)),
  };
  return (
    <div
      aria-label="Overview of the diagram"
      className="diagram-minimap"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        goTo(event);
      }}
      onPointerMove={goTo}
      role="img"
    >
      <canvas ref={ref} />
      <span className="diagram-minimap-frame" style={frame} />
    </div>
  );
}

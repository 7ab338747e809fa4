import type { Inks, Rectangle, Shape } from './shapes.ts';

/** A shape ready to be painted many times. */
export type PaintedShape = { readonly shape: Shape; readonly path: Path2D | null };

/** Fonts as a canvas takes them. */
export type Fonts = Readonly<Record<'ui' | 'mono', string>>;

/** Prepares what does not change from one frame to the next. */
export const prepareShapes = (shapes: readonly Shape[]): readonly PaintedShape[] =>
  shapes.map((shape) => ({ shape, path: pathOf(shape) }));

function pathOf(shape: Shape): Path2D | null {
  if (shape.kind === 'text') return null;
  if (shape.kind === 'path') return new Path2D(shape.data);
  const path = new Path2D();
  path.roundRect(shape.at.x, shape.at.y, shape.at.width, shape.at.height, shape.radius);
  return path;
}

const outside = ({ x, y, width, height }: Rectangle, seen: Rectangle): boolean =>
  x > seen.x + seen.width || y > seen.y + seen.height || x + width < seen.x || y + height < seen.y;

/** No text of a picture is wider than this many times its size. */
const widestText = 40;

function isTextOutside({ x, y }: { readonly x: number; readonly y: number }, size: number, seen: Rectangle): boolean {
  const reach = size * widestText;
  return outside({ x: x - reach, y: y - size, width: 2 * reach, height: 2 * size }, seen);
}

/**
 * Paints shapes on a context that is already scaled. Boxes and texts outside of `seen` are left out, and so are texts
 * that would be smaller than `smallestText` pixels at this scale.
 */
export function paintShapes(
  context: CanvasRenderingContext2D,
  shapes: readonly PaintedShape[],
  { inks, fonts, seen, scale }: { inks: Inks; fonts: Fonts; seen: Rectangle | null; scale: number },
): void {
  context.textBaseline = 'middle';
  for (const { shape, path } of shapes) {
    if (shape.kind === 'text') {
      const size = Math.max(shape.size, (shape.smallest ?? 0) / scale);
      if (size * scale < smallestText || (seen && isTextOutside(shape, size, seen))) continue;
      context.font = `${shape.strong ? 600 : 400} ${size}px ${fonts[shape.family]}`;
      context.textAlign = shape.align === 'middle' ? 'center' : shape.align;
      if (size > shape.size) {
        context.fillStyle = inks['bg-panel'];
        context.fillRect(shape.x - size / 2, shape.y - size, context.measureText(shape.text).width + size, size * 2);
      }
      context.fillStyle = inks[shape.ink];
      context.fillText(shape.text, shape.x, shape.y);
      continue;
    }
    if (path === null || (seen && shape.kind === 'box' && outside(shape.at, seen))) continue;
    if (shape.fill !== null) {
      context.fillStyle = inks[shape.fill];
      context.fill(path);
    }
    if (shape.stroke === null) continue;
    // A line stays visible from far away.
    context.lineWidth = Math.max(shape.stroke.width, 0.6 / scale);
    context.strokeStyle = inks[shape.stroke.ink];
    context.setLineDash(shape.stroke.dashed === true ? [5, 4] : []);
    context.stroke(path);
  }
}

const smallestText = 4;

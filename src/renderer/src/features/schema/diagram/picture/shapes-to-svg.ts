import type { Inks, Rectangle, Shape } from './shapes.ts';

const families = {
  ui: "Inter, 'Segoe UI', system-ui, sans-serif",
  mono: "'JetBrains Mono', 'SF Mono', Consolas, monospace",
} as const;

const anchors = { start: 'start', middle: 'middle', end: 'end' } as const;

/** Names may hold characters that XML cannot: those stand as a question mark. */
const escaped = (text: string): string =>
  [...text]
    .map((character) => (isWritable(character.codePointAt(0) ?? 0) ? (entities.get(character) ?? character) : '?'))
    .join('');

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]);

const isWritable = (code: number): boolean =>
  code === 9 || code === 10 || code === 13 || (code >= 0x20 && code !== 0xfffe && code !== 0xffff);

/** Writes shapes as an SVG document of its own, with colours and fonts in it. */
export function shapesToSvg(shapes: readonly Shape[], bounds: Rectangle, inks: Inks, title: string): string {
  const margin = 24;
  const [x, y] = [bounds.x - margin, bounds.y - margin];
  const [width, height] = [bounds.width + 2 * margin, bounds.height + 2 * margin];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box([x, y, width, height])}" width="${number(width)}" height="${number(height)}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}" fill="${inks['bg-canvas']}"/>`,
    ...shapes.map((shape) => element(shape, inks)),
    '</svg>',
    '',
  ].join('\n');
}

const number = (value: number): string => String(Math.round(value * 100) / 100);
const box = (values: readonly number[]): string => values.map(number).join(' ');

function element(shape: Shape, inks: Inks): string {
  switch (shape.kind) {
    case 'text': {
      const struck = shape.struck === true ? ' text-decoration="line-through"' : '';
      return `<text x="${number(shape.x)}" y="${number(shape.y)}" font-family="${families[shape.family]}" font-size="${shape.size}" font-weight="${shape.strong ? 600 : 400}" fill="${inks[shape.ink]}" text-anchor="${anchors[shape.align]}" dominant-baseline="central"${struck}>${escaped(shape.text)}</text>`;
    }
    case 'box': {
      const { x, y, width, height } = shape.at;
      return `<rect x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}" rx="${shape.radius}"${look(shape, inks)}/>`;
    }
    case 'path':
      return `<path d="${shape.data}"${look(shape, inks)}/>`;
  }
}

function look({ fill, stroke }: Exclude<Shape, { kind: 'text' }>, inks: Inks): string {
  const filled = ` fill="${fill === null ? 'none' : inks[fill]}"`;
  if (stroke === null) return filled;
  const dashed = stroke.dashed === true ? ' stroke-dasharray="5 4"' : '';
  return `${filled} stroke="${inks[stroke.ink]}" stroke-width="${stroke.width}"${dashed}`;
}

/** Kinds of geometries as PostGIS writes them, each of which may have a third and a fourth coordinate. */
const KINDS: readonly string[] = [
  'Geometry',
  'Point',
  'LineString',
  'Polygon',
  'MultiPoint',
  'MultiLineString',
  'MultiPolygon',
  'GeometryCollection',
  'CircularString',
  'CompoundCurve',
  'CurvePolygon',
  'MultiCurve',
  'MultiSurface',
  'PolyhedralSurface',
  'Tin',
  'Triangle',
].flatMap((kind) => ['', 'Z', 'M', 'ZM'].map((more) => `${kind}${more}`));

const numbers: ReadonlyMap<string, number> = new Map(KINDS.map((kind, number) => [kind.toLowerCase(), number]));

/** Types whose stand-ins take a number where the types themselves take words. */
const WORDED = /\b(geometry|geography)("?\s*\()\s*'?([a-z]+)'?\s*(?:,\s*(\d{1,6})\s*)?\)/gi;

const NUMBERED = /\b(geometry|geography)\((\d+)\)/g;

/**
 * A statement with numbers for modifiers such as `(Point,4326)`, which no type can take that is not written in C. It is as
 * long as before, so that positions in it stay what they are.
 */
export const withNumbers = (statement: string): string =>
  statement.replace(WORDED, (whole, type: string, bracket: string, kind: string, reference: string | undefined) => {
    const number = numbers.get(kind.toLowerCase());
    // Without a reference system the first says nothing, and looks like a call of the function of that name.
    if (number === undefined || (number === 0 && reference === undefined)) return whole;
    const modifier = String(Number(reference ?? '0') * KINDS.length + number + 1);
    return `${type}${bracket}${modifier.padEnd(whole.length - type.length - bracket.length - 1)})`;
  });

/** A text of the server with the words that `withNumbers` took out. */
export const withWords = (text: string): string =>
  text.replace(NUMBERED, (whole, type: string, modifier: string) => {
    const number = Number(modifier) - 1;
    const kind = KINDS[number % KINDS.length];
    const reference = Math.floor(number / KINDS.length);
    return kind === undefined ? whole : `${type}(${kind}${reference === 0 ? '' : `,${reference}`})`;
  });

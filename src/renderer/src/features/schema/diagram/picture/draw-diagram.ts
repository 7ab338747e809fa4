import { signs } from '../../comparison/object-marks.ts';
import { compactCount, countOf } from '../../quantities.ts';
import type { Diagram, DiagramEdge } from '../build-diagram.ts';
import { cardinalityEnds, derivationEnd, type EdgeEnd } from '../edge-ends.ts';
import { type Point, pathThrough, type Route } from '../edge-route.ts';
import { type CardRow, type ChangeMark, cardMetrics, type TableCard } from '../table-card.ts';
import { fitText, textWidth } from './fit-text.ts';
import type { Placement } from './placement.ts';
import type { Ink, Rectangle, Shape } from './shapes.ts';

/** What stands out in a picture. */
export type Emphasis = { readonly selected: string | null; readonly lit: ReadonlySet<string> };

const pad = 9;

/** The frames of schemas, which lie under everything else. */
export const areaShapes = ({ areas }: Placement): readonly Shape[] =>
  [...areas.values()].map((at) => ({
    kind: 'box',
    at,
    radius: 14,
    fill: 'bg-subtle',
    stroke: { ink: 'line-strong', width: 2 },
  }));

/** The names of the frames, which lie over everything else. */
export const areaNames = ({ areas }: Placement): readonly Shape[] =>
  [...areas].map(([name, at]) => ({
    ...label(fitText(name, at.width - 48, 44, 'ui'), at.x + 24, at.y + 40, { size: 44, ink: 'tx-2', strong: true }),
    smallest: 12,
  }));

/** All lines without their ends, which nobody can tell from far away: straight, or by their corners where cards can be read. */
export function farLines(
  diagram: Diagram,
  { ways }: Placement,
  { lit }: Emphasis,
  { isStraight }: { readonly isStraight: boolean },
): readonly Shape[] {
  const shape = (edge: DiagramEdge): readonly Shape[] => {
    const way = ways.get(edge.id);
    if (!way) return [];
    const isLit = lit.has(edge.id);
    const stroke = { ink: isLit ? ('accent' as const) : ('line-strong' as const), width: isLit ? 1.8 : 1.3 };
    return [
      {
        kind: 'path',
        data: cornered(isStraight ? [...way.points.slice(0, 1), ...way.points.slice(-1)] : way.points),
        fill: null,
        stroke,
      },
    ];
  };
  return [
    ...diagram.edges.filter(({ id }) => !lit.has(id)).flatMap(shape),
    ...diagram.edges.filter(({ id }) => lit.has(id)).flatMap(shape),
  ];
}

const cornered = (points: readonly Point[]): string => `M${points.map(({ x, y }) => `${x} ${y}`).join('L')}`;

/** What differs stands out from far away, by its sign as well. */
const looks: Readonly<Record<ChangeMark['change'], { readonly ink: Ink; readonly fill: Ink }>> = {
  added: { ink: 'ok', fill: 'ok-tint' },
  changed: { ink: 'warn', fill: 'warn-tint' },
  removed: { ink: 'bad', fill: 'bad-tint' },
};

/** Cards as they are seen from far away: a box with its name as large as fits. */
export function farCards(diagram: Diagram, { cards }: Placement, { selected }: Emphasis): readonly Shape[] {
  return [...cards].flatMap(([id, at]): readonly Shape[] => {
    const card = diagram.cards.get(id);
    if (!card) return [];
    const isSelected = id === selected;
    const room = at.width - 2 * pad;
    const { mark } = card;
    const look = mark === undefined ? null : looks[mark.change];
    const name = mark === undefined ? card.name : `${signs[mark.change]} ${card.name}`;
    const size = Math.min(34, at.height - 6, Math.max(16, room / textWidth(name, 1, 'ui')));
    return [
      {
        kind: 'box',
        at,
        radius: 6,
        fill: isSelected ? 'accent-tint' : (look?.fill ?? 'bg-panel'),
        stroke: {
          ink: isSelected ? 'accent' : (look?.ink ?? 'line-control'),
          width: isSelected || look !== null ? 6 : 2,
          dashed: isView(card),
        },
      },
      label(fitText(name, room, size, 'ui'), at.x + at.width / 2, at.y + at.height / 2, {
        size,
        ink: isSelected ? 'accent' : (look?.ink ?? 'tx-1'),
        strong: true,
        align: 'middle',
      }),
    ];
  });
}

/** The whole diagram with rows and ends, as for paper: areas, lines, then cards. */
export function drawDiagram(diagram: Diagram, placement: Placement): readonly Shape[] {
  return [
    ...areaShapes(placement),
    ...diagram.edges.flatMap((edge) => {
      const way = placement.ways.get(edge.id);
      return way ? [lineShape(edge, way), ...endShapes(edge, way)] : [];
    }),
    ...[...placement.cards].flatMap(([id, at]) => {
      const card = diagram.cards.get(id);
      return card ? cardShapes(card, at) : [];
    }),
    ...areaNames(placement),
  ];
}

const isView = ({ kind }: TableCard): boolean => kind === 'view' || kind === 'materialized view';

function label(
  text: string,
  x: number,
  y: number,
  look: { size: number; ink: Ink; strong?: boolean; family?: 'ui' | 'mono'; align?: 'start' | 'end' | 'middle' },
): Shape {
  const { size, ink, strong = false, family = 'ui', align = 'start' } = look;
  return { kind: 'text', text, x, y, size, ink, family, strong, align };
}

const lineShape = (edge: DiagramEdge, way: Route): Shape => ({
  kind: 'path',
  data: pathThrough(way.points),
  fill: null,
  stroke: { ink: 'line-control', width: 1.3, dashed: edge.kind === 'reads' },
});

function endShapes(edge: DiagramEdge, { points, parentSide, childSide }: Route): readonly Shape[] {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return [];
  const ends: readonly EdgeEnd[] =
    edge.kind === 'foreign key'
      ? [...cardinalityEnds(first, parentSide, edge.parentEnd), ...cardinalityEnds(last, childSide, edge.childEnd)]
      : [derivationEnd(first, parentSide, edge.kind)];
  return ends.map(({ data, filled }) => ({
    kind: 'path',
    data,
    fill: filled ? 'bg-canvas' : null,
    stroke: { ink: 'line-control', width: 1.3 },
  }));
}

function cardShapes(card: TableCard, at: Rectangle): readonly Shape[] {
  const { header, row, border } = cardMetrics;
  const top = at.y + border + header;
  const middle = (index: number): number => top + index * row + row / 2;
  const count = card.rowCount === null ? '' : compactCount(card.rowCount);
  const title = fitText(
    `${card.schema}.${card.name}`,
    at.width - 2 * pad - (count === '' ? 0 : textWidth(count, 11, 'ui') + pad),
    12,
    'ui',
  );
  const below: readonly string[] = [
    ...(card.moreColumns > 0 ? [`+ ${countOf(card.moreColumns, 'column')}`] : []),
    ...(card.partitions === null ? [] : [card.partitions]),
  ];
  return [
    {
      kind: 'box',
      at,
      radius: 6,
      fill: 'bg-panel',
      stroke: { ink: 'line-control', width: 1, dashed: isView(card) },
    },
    label(title, at.x + pad, at.y + header / 2, { size: 12, ink: 'tx-1', strong: true }),
    ...(count === ''
      ? []
      : [label(count, at.x + at.width - pad, at.y + header / 2, { size: 11, ink: 'tx-2', align: 'end' as const })]),
    ...(card.rows.length + below.length === 0
      ? []
      : [
          {
            kind: 'path' as const,
            data: `M${at.x} ${top}h${at.width}`,
            fill: null,
            stroke: { ink: 'line-strong' as const, width: 1 },
          },
        ]),
    ...card.rows.flatMap((one, index) => rowShapes(one, at, middle(index))),
    ...below.map((text, index) =>
      label(fitText(text, at.width - 38, 11, 'ui'), at.x + 29, middle(card.rows.length + index), {
        size: 11,
        ink: 'tx-3',
      }),
    ),
  ];
}

function rowShapes(row: CardRow, at: Rectangle, y: number): readonly Shape[] {
  const key = row.primaryKey ? 'PK' : row.foreignKey ? 'FK' : '';
  const typeWidth = textWidth(row.type, 11, 'mono');
  const room = at.width - 2 * pad - 24 - typeWidth;
  return [
    ...(key === ''
      ? []
      : [label(key, at.x + pad, y, { size: 9, ink: row.primaryKey ? 'warn' : 'accent', strong: true })]),
    label(fitText(row.column, room, 11.5, 'mono'), at.x + pad + 20, y, { size: 11.5, ink: 'tx-1', family: 'mono' }),
    label(row.type, at.x + at.width - pad, y, { size: 11, ink: 'tx-3', family: 'mono', align: 'end' }),
  ];
}

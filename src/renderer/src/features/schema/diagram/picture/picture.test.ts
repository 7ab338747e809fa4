import { describe, expect, it } from 'vitest';
import { relationshipsOf } from '../../../../../../engine/catalog/relationships.ts';
import { catalogOf, columnOf, foreignKeyOf, keyOf, tableOf } from '../../catalog-fixture.ts';
import { buildDiagram } from '../build-diagram.ts';
import { diagramGraph } from '../diagram-graph.ts';
import { fromElkGraph, toElkGraph } from '../elk-graph.ts';
import { layoutRequest, manyTables } from '../layout-request.ts';
import { drawDiagram } from './draw-diagram.ts';
import { fitText } from './fit-text.ts';
import { boundsOf, placeDiagram } from './placement.ts';
import { type Inks, inkNames } from './shapes.ts';
import { shapesToSvg } from './shapes-to-svg.ts';

const odd = 'a <b> & "c"\u0001';
const users = tableOf('app', odd, [columnOf('id')], [keyOf('users_pkey', ['id'])]);
const orders = tableOf(
  'app',
  'orders',
  [columnOf('id'), columnOf('user_id')],
  [keyOf('orders_pkey', ['id']), foreignKeyOf('orders_user', ['user_id'], 'app', odd, ['id'])],
);
const inks = Object.fromEntries(inkNames.map((ink) => [ink, `#${ink.length}`])) as Inks;

const diagramOf = (...tables: Parameters<typeof catalogOf>[0]) => {
  const catalog = catalogOf(tables);
  const graph = diagramGraph(catalog, relationshipsOf(catalog), { showsViews: true });
  return buildDiagram(catalog, graph, { kind: 'all' }, 'all');
};

describe('a picture of a diagram', () => {
  const diagram = diagramOf(users, orders);
  const [first = '', second = ''] = [...diagram.cards.keys()];
  const laidOut = { positions: { [first]: { x: 0, y: 0 }, [second]: { x: 400, y: 50 } }, routes: {}, areas: {} };

  it('places what has a place, and puts what was moved where the hand left it', () => {
    const placement = placeDiagram(diagram, laidOut, new Map([[second, { x: 900, y: 10 }]]));
    expect(placement.cards.get(second)).toMatchObject({ x: 900, y: 10 });
    expect(placement.ways.size).toBe(1);
    expect(boundsOf(placement)).toMatchObject({ x: 0, y: 0 });
    const half = placeDiagram(diagram, { ...laidOut, positions: { [first]: { x: 0, y: 0 } } }, new Map());
    expect([half.cards.size, half.ways.size]).toEqual([1, 0]);
    expect(boundsOf(placeDiagram(diagram, { positions: {}, routes: {}, areas: {} }, new Map()))).toBeNull();
  });

  it('is a document of its own in which every name is text', () => {
    const placement = placeDiagram(diagram, laidOut, new Map());
    const svg = shapesToSvg(drawDiagram(diagram, placement), { x: 0, y: 0, width: 700, height: 300 }, inks, odd);
    expect(svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="-24 -24 748 348"')).toBe(true);
    expect(svg).toContain('<title>a &lt;b&gt; &amp; &quot;c&quot;?</title>');
    expect(svg).not.toContain(odd);
    expect(svg).toContain('>user_id</text>');
    expect(svg).toContain('>FK</text>');
  });

  it('cuts a text by its characters and never in the middle of one', () => {
    expect(fitText('short', 100, 12, 'ui')).toBe('short');
    expect(fitText('🐘🐘🐘🐘🐘🐘', 24, 10, 'mono')).toBe('🐘🐘🐘…');
    expect(fitText('anything', 5, 12, 'ui')).toBe('');
  });
});

describe('a layout of many tables', () => {
  const many = Array.from({ length: manyTables + 2 }, (_, index) =>
    tableOf(index % 2 === 0 ? 'even' : 'Odd "x"', `t${index}`, [columnOf('id')], []),
  );

  it('gives each schema a frame and finds its tables in it again', () => {
    const graph = toElkGraph(layoutRequest(diagramOf(...many)), 1.5);
    expect(graph.children).toHaveLength(2);
    const answer = fromElkGraph({
      ...graph,
      children: (graph.children ?? []).map((area, index) => ({
        ...area,
        x: index * 1000,
        y: 7,
        width: 900,
        height: 800,
        children: (area.children ?? []).map((child) => ({ ...child, x: 1, y: 2 })),
      })),
    });
    expect(answer.areas).toEqual({
      even: { x: 0, y: 7, width: 900, height: 800 },
      'Odd "x"': { x: 1000, y: 7, width: 900, height: 800 },
    });
    expect(Object.keys(answer.positions)).toHaveLength(many.length);
    expect(answer.positions['even.t0']).toEqual({ x: 1, y: 9 });
  });

  it('draws no frame where all tables are of one schema', () => {
    const own = many.map((table) => ({ ...table, schema: 'app' }));
    expect(toElkGraph(layoutRequest(diagramOf(...own)), 1.5).children).toHaveLength(many.length);
  });
});

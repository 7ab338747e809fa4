import ELK from 'elkjs/lib/elk.bundled.js';
import { describe, expect, it } from 'vitest';
import { relationshipsOf } from '../../../../../engine/catalog/relationships.ts';
import { catalogOf, columnOf, foreignKeyOf, keyOf, tableOf } from '../catalog-fixture.ts';
import { buildDiagram } from './build-diagram.ts';
import { diagramGraph } from './diagram-graph.ts';
import { fromElkGraph, toElkGraph } from './elk-graph.ts';
import { layoutRequest } from './layout-request.ts';
import { cardMetrics, rowOffset, shortType, tableCard } from './table-card.ts';

const many = Array.from({ length: 12 }, (_, index) => columnOf(`c${index}`, { type: 'text' }));
const users = tableOf('app', 'users', [columnOf('id'), ...many], [keyOf('users_pkey', ['id'])]);
const orders = tableOf(
  'app',
  'orders',
  [columnOf('note', { type: 'text' }), columnOf('id'), columnOf('user_id')],
  [keyOf('orders_pkey', ['id']), foreignKeyOf('orders_user', ['user_id'], 'app', 'users', ['id'])],
);
const catalog = catalogOf([users, orders], {
  facts: {
    capturedAt: '2026-11-22T13:50:00Z',
    tables: [{ schema: 'app', name: 'users', rows: 2_400_000, bytes: 1, columns: [] }],
    indexes: [],
  },
});
const graph = diagramGraph(catalog, relationshipsOf(catalog), { showsViews: true });
const counts = { rowCount: null, partitions: 0 };

describe('tableCard', () => {
  it('puts keys first and counts the columns that it leaves out', () => {
    expect(tableCard(orders, 'all', counts).rows.map((row) => row.column)).toEqual(['id', 'user_id', 'note']);
    expect(tableCard(users, 'all', counts)).toMatchObject({ moreColumns: 5 });
    expect(tableCard(orders, 'keys', counts)).toMatchObject({ moreColumns: 1 });
    expect(tableCard(orders, 'names', counts)).toMatchObject({ rows: [], moreColumns: 0 });
  });

  it('knows its height before anything is measured', () => {
    expect(tableCard(orders, 'names', counts).height).toBe(cardMetrics.header + 2);
    expect(tableCard(orders, 'keys', counts).height).toBe(cardMetrics.header + 3 * cardMetrics.row + 2);
  });

  it('writes types as people do', () => {
    expect(shortType('timestamp with time zone')).toBe('timestamptz');
    expect(shortType('timestamp(3) with time zone')).toBe('timestamptz(3)');
    expect(shortType('character varying(20)')).toBe('varchar(20)');
    expect(shortType('app.order_status', 'billing')).toBe('app.order_status');
    expect(shortType('app.order_status', 'app')).toBe('order_status');
  });
});

describe('buildDiagram', () => {
  it('meets the rows of the columns, or the line of the hidden ones', () => {
    const { edges, cards } = buildDiagram(catalog, graph, { kind: 'all' }, 'all');
    const card = cards.get('app.orders');
    expect(edges).toHaveLength(1);
    expect(edges[0]?.childOffset).toBe(1 + cardMetrics.header + 1.5 * cardMetrics.row);
    expect(card && rowOffset(card, 'not there')).toBe(1 + cardMetrics.header / 2);
    const usersCard = cards.get('app.users');
    expect(usersCard && rowOffset(usersCard, 'c11')).toBe(1 + cardMetrics.header + 8.5 * cardMetrics.row);
  });

  it('shows counted rows and no number where nobody has counted', () => {
    const { cards } = buildDiagram(catalog, graph, { kind: 'all' }, 'names');
    expect(cards.get('app.users')?.rowCount).toBe(2_400_000);
    expect(cards.get('app.orders')?.rowCount).toBeNull();
  });

  it('draws no line to a table outside the picture', () => {
    const scope = { kind: 'focus', table: 'app.users', depth: 0, expanded: new Set<string>() } as const;
    const diagram = buildDiagram(catalog, graph, scope, 'all');
    expect(diagram.edges).toEqual([]);
    expect(diagram.chips).toEqual([{ table: 'app.users', hidden: ['app.orders'], text: 'orders' }]);
  });
});

describe('toElkGraph', () => {
  it('fixes each line to its row and leaves room for a chip', () => {
    const scope = { kind: 'focus', table: 'app.users', depth: 0, expanded: new Set<string>() } as const;
    const alone = layoutRequest(buildDiagram(catalog, graph, scope, 'names'));
    expect(alone.nodes[0]?.height).toBe(cardMetrics.header + 2 + cardMetrics.chip);
    const elk = toElkGraph(layoutRequest(buildDiagram(catalog, graph, { kind: 'all' }, 'all')), 1.5);
    const port = elk.children?.find((child) => child.id === 'app.orders')?.ports?.[0];
    expect(port).toMatchObject({ x: 0, y: 1 + cardMetrics.header + 1.5 * cardMetrics.row });
    expect(elk.edges?.[0]?.sources).toEqual(['app.orders/orders_user/parent']);
  });

  it('reads corners from the parent to the child', () => {
    expect(
      fromElkGraph({
        id: 'diagram',
        children: [{ id: 'a', x: 5, y: 6 }],
        edges: [
          {
            id: 'e',
            sources: ['x'],
            targets: ['y'],
            sections: [{ id: 's', startPoint: { x: 0, y: 0 }, bendPoints: [{ x: 5, y: 0 }], endPoint: { x: 5, y: 9 } }],
          },
        ],
      }),
    ).toEqual({
      areas: {},
      positions: { a: { x: 5, y: 6 } },
      routes: {
        e: [
          { x: 0, y: 0 },
          { x: 5, y: 0 },
          { x: 5, y: 9 },
        ],
      },
    });
  });
});

describe('the layout of tables that are not connected', () => {
  it('takes the shape of the canvas', async () => {
    const alone = Array.from({ length: 12 }, (_, at) => ({ id: `t${at}`, width: 200, height: 100, area: null }));
    const shape = async (aspectRatio: number) => {
      const { width = 0, height = 1 } = await new ELK().layout(toElkGraph({ nodes: alone, edges: [] }, aspectRatio));
      return width / height;
    };
    expect(await shape(4)).toBeGreaterThan(3);
    expect(await shape(0.6)).toBeLessThan(1.2);
  });
});

describe('toElkGraph with very many tables', () => {
  const nodes = Array.from({ length: 400 }, (_, index) => ({ id: `t${index}`, width: 204, height: 60, area: null }));
  const edge = { parentOffset: 16, childOffset: 16 };
  const graph = toElkGraph(
    {
      nodes,
      edges: [
        { id: 'self', parent: 't1', child: 't1', ...edge },
        { id: 'fk', parent: 't1', child: 't2', ...edge },
      ],
    },
    1.5,
  );

  it('asks for less, so that it answers in seconds', () => {
    expect(graph.edges?.map(({ id }) => id)).toEqual(['fk']);
    expect(graph.children?.[0]?.ports).toBeUndefined();
    expect(graph.layoutOptions?.['elk.layered.layering.coffmanGraham.layerBound']).toBe('23');
  });

  it('takes only the positions from the answer', () => {
    const sections = [{ id: 's', startPoint: { x: 0, y: 0 }, endPoint: { x: 1, y: 1 } }];
    const edges = [{ id: 'fk', sources: ['t1'], targets: ['t2'], sections }];
    expect(fromElkGraph({ ...graph, edges }).routes).toEqual({});
  });
});

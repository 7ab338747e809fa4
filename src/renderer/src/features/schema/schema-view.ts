import { create } from 'zustand';
import type { ConnectionId } from '../../../../shared/ids.ts';
import type { Point } from './diagram/edge-route.ts';
import type { DetailLevel } from './diagram/table-card.ts';

/** What the reader has chosen to see of one database; survives a refresh of the catalog and a change of tab. */
export type SchemaView = {
  /** Id of the selected object in the tree, or null. */
  readonly selected: string | null;
  /** Table in the middle of the diagram, or null before one was chosen. */
  readonly focus: string | null;
  readonly showsAll: boolean;
  readonly showsViews: boolean;
  readonly depth: number;
  readonly level: DetailLevel;
  readonly expanded: ReadonlySet<string>;
  /** Where the reader's hand has put cards, for one scope of the diagram. */
  readonly moved: ReadonlyMap<string, Point>;
};

const initial: SchemaView = {
  selected: null,
  focus: null,
  showsAll: false,
  showsViews: true,
  depth: 1,
  level: 'all',
  expanded: new Set(),
  moved: new Map(),
};

/** What makes another picture. */
const rescoping: readonly (keyof SchemaView)[] = ['focus', 'depth', 'showsAll', 'showsViews', 'level'];

type Views = { readonly views: ReadonlyMap<ConnectionId, SchemaView> };

/** The views of all databases that were looked at. */
const useViews = create<Views>(() => ({ views: new Map() }));

/** What the reader sees of one database. */
export const useSchemaView = (connectionId: ConnectionId): SchemaView =>
  useViews((state) => state.views.get(connectionId) ?? initial);

/** Changes what the reader sees; another scope forgets cards that were moved by hand. */
export function changeSchemaView(connectionId: ConnectionId, change: Partial<SchemaView>): void {
  useViews.setState(({ views }) => {
    const old = views.get(connectionId) ?? initial;
    const rescoped = rescoping.some((key) => key in change);
    const moved = change.moved ?? (rescoped ? new Map<string, Point>() : old.moved);
    return { views: new Map([...views, [connectionId, { ...old, ...change, moved }]]) };
  });
}

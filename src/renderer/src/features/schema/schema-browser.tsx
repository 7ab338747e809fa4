import { GitCompareArrows, Maximize, RefreshCw, Search, Table2 } from 'lucide-react';
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { Catalog } from '../../../../engine/catalog/catalog.ts';
import { relationshipsOf } from '../../../../engine/catalog/relationships.ts';
import { qualifiedName } from '../../../../engine/sql/qualified-name.ts';
import type { ConnectionId } from '../../../../shared/ids.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Split, SplitHandle, SplitPane } from '../../components/splitter.tsx';
import { type Command, useCommands } from '../../state/commands.ts';
import { useNavigation } from '../../state/navigation.ts';
import { shortcuts } from '../../state/shortcuts.ts';
import { useMediaQuery } from '../migration/state/use-media-query.ts';
import { changeComparison } from './comparison/comparison-choice.ts';
import { ComparisonPanel } from './comparison/comparison-panel.tsx';
import type { Comparison } from './comparison/use-comparison.ts';
import { buildDiagram } from './diagram/build-diagram.ts';
import { DiagramCanvas } from './diagram/diagram-canvas.tsx';
import { diagramGraph } from './diagram/diagram-graph.ts';
import { DiagramToolbar } from './diagram/diagram-toolbar.tsx';
import { type DiagramFormat, exportDiagram, type ShownDiagram } from './diagram/export/export-diagram.ts';
import type { DiagramScope } from './diagram/visible-tables.ts';
import { Inspector } from './inspector/inspector.tsx';
import { NoTables } from './no-tables.tsx';
import { ObjectTree } from './object-tree/object-tree.tsx';
import { exactCount } from './quantities.ts';
import { changeSchemaView, useSchemaView } from './schema-view.ts';

/** Up to this many tables the whole schema is easier to read than a part of it. */
const smallSchema = 10;
/** Up to this many tables the best connected one is a good place to begin; beyond, only the reader knows. */
const mediumSchema = 80;

/** Tree, diagram and inspector of a catalog, with one selection. */
export function SchemaBrowser({
  catalog,
  comparison,
  connectionId,
  onRefresh,
}: {
  readonly catalog: Catalog;
  readonly comparison: Comparison;
  readonly connectionId: ConnectionId;
  readonly onRefresh: () => void;
}) {
  const view = useSchemaView(connectionId);
  const isNarrow = useMediaQuery('(width < 1200px)');
  const findRef = useRef<HTMLInputElement>(null);
  const [center, setCenter] = useState<{ table: string; request: number } | null>(null);
  const relationships = useMemo(() => relationshipsOf(catalog), [catalog]);
  const { showsViews } = view;
  const graph = useMemo(
    () => diagramGraph(catalog, relationships, { showsViews }),
    [catalog, relationships, showsViews],
  );
  const tables = useMemo(() => [...relationships.tables.keys()], [relationships]);
  const shown = useMemo(() => [...graph.relations.keys()], [graph]);
  const busiest = useMemo(
    () =>
      tables
        .toSorted((a, b) => (relationships.of.get(b)?.length ?? 0) - (relationships.of.get(a)?.length ?? 0))
        .slice(0, 6),
    [tables, relationships],
  );

  const showsAll = view.showsAll || (view.focus === null && tables.length <= smallSchema);
  const { depth, level, expanded } = view;
  const focus = view.focus ?? (tables.length <= mediumSchema ? (busiest[0] ?? null) : null);
  const selected = view.selected ?? (showsAll ? null : focus);
  const scope = useMemo<DiagramScope | null>(
    () => (showsAll ? { kind: 'all' } : focus === null ? null : { kind: 'focus', table: focus, depth, expanded }),
    [showsAll, focus, depth, expanded],
  );
  // Tree and inspector answer at once; the diagram follows in steps.
  const drawn = useDeferredValue(scope);
  const marks = useDeferredValue(comparison.marks);
  const diagram = useMemo(
    () => (drawn ? buildDiagram(catalog, graph, drawn, level, marks) : null),
    [catalog, graph, drawn, level, marks],
  );
  const select = useCallback((object: string) => changeSchemaView(connectionId, { selected: object }), [connectionId]);
  const bring = useCallback(
    (object: string) => {
      if (!graph.relations.has(object)) {
        select(object);
        return;
      }
      if (showsAll) {
        select(object);
        setCenter((old) => ({ table: object, request: (old?.request ?? 0) + 1 }));
      } else changeSchemaView(connectionId, { selected: object, focus: object, expanded: new Set() });
    },
    [graph, showsAll, select, connectionId],
  );
  const expand = useCallback(
    (table: string) => changeSchemaView(connectionId, { expanded: new Set([...expanded, table]) }),
    [connectionId, expanded],
  );
  const shownDiagram = useRef<ShownDiagram | null>(null);
  const exportShown = useCallback(
    (format: DiagramFormat) => {
      if (shownDiagram.current) void exportDiagram(format, shownDiagram.current, { catalog, graph });
    },
    [catalog, graph],
  );
  const compare = useCallback(() => changeComparison(connectionId, { isOpen: true }), [connectionId]);
  const [fits, setFits] = useState(0);
  const fit = useCallback(() => setFits((count) => count + 1), []);

  const asked = useNavigation((state) => state.objectRequest);
  const answered = useRef(0);
  useEffect(() => {
    if (!asked || asked.connectionId !== connectionId || asked.request === answered.current) return;
    answered.current = asked.request;
    bring(qualifiedName(asked.object));
  }, [asked, connectionId, bring]);

  const commands = useMemo<readonly Command[]>(
    () => [
      {
        id: 'schema.refresh',
        title: 'Read the catalog again',
        group: 'Schema',
        icon: RefreshCw,
        shortcut: shortcuts.refresh,
        run: onRefresh,
      },
      {
        id: 'schema.find',
        title: 'Find in the diagram',
        group: 'Schema',
        icon: Search,
        shortcut: shortcuts.findInDiagram,
        run: () => findRef.current?.focus(),
      },
      {
        id: 'schema.fit',
        title: 'Fit the diagram',
        group: 'Schema',
        icon: Maximize,
        shortcut: shortcuts.fitDiagram,
        run: fit,
      },
      {
        id: 'schema.compare',
        title: 'Compare the catalog with an earlier reading, a database or a file',
        group: 'Schema',
        icon: GitCompareArrows,
        run: compare,
      },
    ],
    [onRefresh, fit, compare],
  );
  useCommands(commands);

  return (
    <>
      <h1 className="visually-hidden">Schema of {catalog.server.database}</h1>
      <Split className="schema-split" direction="rows">
        <SplitPane id="browser" minimum={200}>
          <Split direction="columns">
            <SplitPane id="tree" keepsPixels maximum={420} minimum={180} size={isNarrow ? 200 : 240}>
              <ObjectTree catalog={catalog} marks={marks} onCompare={compare} onSelect={bring} selected={selected} />
            </SplitPane>
            <SplitHandle label="Width of the tree" />
            <SplitPane id="diagram" minimum={360}>
              <section aria-label="Diagram" className="schema-diagram">
                <DiagramToolbar
                  depth={depth}
                  findRef={findRef}
                  level={level}
                  onExport={diagram && shown.length > 0 ? exportShown : null}
                  onDepth={(next) => changeSchemaView(connectionId, { depth: next })}
                  onFind={bring}
                  onFit={fit}
                  onLevel={(next) => changeSchemaView(connectionId, { level: next })}
                  onShowAll={(all) =>
                    changeSchemaView(connectionId, {
                      showsAll: all,
                      focus: all ? focus : (selected ?? focus ?? busiest[0] ?? null),
                    })
                  }
                  onShowViews={(views) =>
                    changeSchemaView(connectionId, {
                      showsViews: views,
                      // A view in the middle of the picture leaves it with the other views.
                      ...(views || view.focus === null || relationships.tables.has(view.focus) ? {} : { focus: null }),
                    })
                  }
                  showsAll={showsAll}
                  tables={shown}
                  views={catalog.views.length === 0 ? null : showsViews}
                />
                {shown.length === 0 ? (
                  <NoTables connectionId={connectionId} />
                ) : diagram ? (
                  <DiagramCanvas
                    center={center}
                    diagram={diagram}
                    fit={fits}
                    focus={drawn?.kind === 'focus' ? drawn.table : null}
                    moved={view.moved}
                    onExpand={expand}
                    onMove={(moved) => changeSchemaView(connectionId, { moved })}
                    onSelect={select}
                    selected={selected}
                    shown={shownDiagram}
                  />
                ) : (
                  <EmptyState icon={Table2} title={`${exactCount(tables.length)} tables: begin with one`}>
                    Pick a table in the tree, find one by name, or begin with one of the best connected.
                    <span className="schema-begin">
                      {busiest.map((id) => (
                        <Button key={id} onPress={() => bring(id)} size="small">
                          {id}
                        </Button>
                      ))}
                    </span>
                  </EmptyState>
                )}
              </section>
            </SplitPane>
            <SplitHandle label="Width of the inspector" />
            <SplitPane id="inspector" keepsPixels maximum={520} minimum={240} size={isNarrow ? 250 : 300}>
              <Inspector
                catalog={catalog}
                connectionId={connectionId}
                graph={relationships}
                onSelect={bring}
                selected={selected}
              />
            </SplitPane>
          </Split>
        </SplitPane>
        {comparison.choice.isOpen ? (
          <>
            <SplitHandle label="Height of the changes" />
            <SplitPane id="changes" keepsPixels minimum={160} size={300}>
              <ComparisonPanel comparison={comparison} connectionId={connectionId} onShow={bring} />
            </SplitPane>
          </>
        ) : null}
      </Split>
    </>
  );
}

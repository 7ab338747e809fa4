import { Download, Maximize } from 'lucide-react';
import type { RefObject } from 'react';
import { Label, Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components';
import { Button } from '../../../components/button.tsx';
import { Menu } from '../../../components/menu.tsx';
import { SegmentedControl } from '../../../components/segmented-control.tsx';
import { shortcuts } from '../../../state/shortcuts.ts';
import type { DiagramFormat } from './export/export-diagram.ts';
import { FindTable } from './find-table.tsx';
import type { DetailLevel } from './table-card.ts';
import './diagram-toolbar.css';

const levels = [
  { id: 'names', label: 'Names' },
  { id: 'keys', label: 'Keys' },
  { id: 'all', label: 'All' },
] as const;
const scopes = [
  { id: 'focus', label: 'Focus' },
  { id: 'all', label: 'All tables' },
] as const;
const kinds = [
  { id: 'tables', label: 'Tables' },
  { id: 'views', label: '+ Views' },
] as const;

const formats: readonly { readonly id: DiagramFormat; readonly label: string }[] = [
  { id: 'svg', label: 'Picture, SVG' },
  { id: 'png', label: 'Picture, PNG' },
  { id: 'mmd', label: 'Text for Mermaid' },
  { id: 'dbml', label: 'Text in DBML' },
];

/** How the diagram is looked at: find, scope, detail, depth, fit; and how it leaves the window. */
export function DiagramToolbar({
  tables,
  level,
  depth,
  showsAll,
  views,
  onFind,
  onLevel,
  onDepth,
  onShowAll,
  onShowViews,
  onFit,
  onExport,
  findRef,
}: {
  readonly tables: readonly string[];
  readonly level: DetailLevel;
  readonly depth: number;
  readonly showsAll: boolean;
  /** Whether views are shown; null where there is none. */
  readonly views: boolean | null;
  readonly onFind: (table: string) => void;
  readonly onLevel: (level: DetailLevel) => void;
  readonly onDepth: (depth: number) => void;
  readonly onShowAll: (all: boolean) => void;
  readonly onShowViews: (views: boolean) => void;
  readonly onFit: () => void;
  /** Null while there is nothing to export. */
  readonly onExport: ((format: DiagramFormat) => void) | null;
  readonly findRef: RefObject<HTMLInputElement | null>;
}) {
  return (
    <div aria-label="Diagram" className="diagram-toolbar" role="toolbar">
      <FindTable inputRef={findRef} onFind={onFind} tables={tables} />
      <SegmentedControl
        label="Tables in the picture"
        onChange={(scope) => onShowAll(scope === 'all')}
        segments={scopes}
        value={showsAll ? 'all' : 'focus'}
      />
      {views === null ? null : (
        <SegmentedControl
          label="Kinds of relations in the picture"
          onChange={(kind) => onShowViews(kind === 'views')}
          segments={kinds}
          value={views ? 'views' : 'tables'}
        />
      )}
      <SegmentedControl label="Level of detail" onChange={onLevel} segments={levels} value={level} />
      {showsAll ? null : (
        <Slider
          className="depth-slider"
          maxValue={4}
          minValue={1}
          onChange={(value) => onDepth(Array.isArray(value) ? (value[0] ?? 1) : value)}
          value={depth}
        >
          <Label>Depth</Label>
          <SliderTrack className="depth-track">
            {({ state }) => (
              <>
                <span className="depth-fill" style={{ width: `${state.getThumbPercent(0) * 100}%` }} />
                <SliderThumb className="depth-thumb" />
              </>
            )}
          </SliderTrack>
          <SliderOutput className="depth-output" />
        </Slider>
      )}
      <span className="grow" />
      <Button
        icon={Maximize}
        label="Show all of it"
        onPress={onFit}
        shortcut={shortcuts.fitDiagram}
        size="small"
        variant="ghost"
      />
      <Menu
        actions={formats.map(({ id, label }) => ({ id, label, onAction: () => onExport?.(id) }))}
        label="Export the diagram"
        trigger={
          <Button
            aria-haspopup="menu"
            icon={Download}
            label="Export…"
            lockedReason={onExport ? null : 'There is no diagram yet'}
            size="small"
          >
            <span className="diagram-tool-word">Export…</span>
          </Button>
        }
      />
    </div>
  );
}

import {
  Box,
  ChevronRight,
  Columns2,
  Database,
  Eye,
  FolderClosed,
  Info,
  KeyRound,
  ListOrdered,
  ListTree,
  type LucideIcon,
  Puzzle,
  Shapes,
  ShieldCheck,
  SquareFunction,
  Table2,
  Zap,
} from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, memo, type RefObject, useEffect, useRef, useState } from 'react';
import { Icon } from '../../../components/icon.tsx';
import { useSight } from '../../../components/use-sight.ts';
import { type ObjectMarks, signs } from '../comparison/object-marks.ts';
import type { ChangeMark } from '../diagram/table-card.ts';
import { parts, type TreeKind, type TreeNode } from './tree-node.ts';
import { rowTyped, type TreeRow, treeKeyAction } from './tree-rows.ts';

const icons: Readonly<Record<TreeKind, LucideIcon>> = {
  database: Database,
  schema: FolderClosed,
  table: Table2,
  partition: Table2,
  view: Eye,
  group: ListTree,
  column: Columns2,
  index: ListOrdered,
  constraint: KeyRound,
  trigger: Zap,
  policy: ShieldCheck,
  routine: SquareFunction,
  type: Shapes,
  sequence: ListOrdered,
  extension: Puzzle,
  other: Box,
  note: Info,
};

const rowHeight = 26;
/** Lines beyond the edges that are there before somebody scrolls to them. */
const margin = 12;
/** Letters that follow within this time belong to one name. */
const typingMilliseconds = 700;

const Line = memo(function Line({
  row,
  index,
  isSelected,
  isActive,
  mark,
}: {
  readonly row: TreeRow;
  readonly index: number;
  /** How it differs from the catalog that this one is compared with. */
  readonly mark: ChangeMark | null;
  readonly isSelected: boolean;
  /** The one line that takes the focus. */
  readonly isActive: boolean;
}) {
  const { node, level, isExpanded } = row;
  return (
    <div
      aria-expanded={node.hasChildren ? isExpanded : undefined}
      aria-level={level}
      aria-posinset={row.position}
      aria-selected={isSelected}
      aria-setsize={row.siblings}
      className="object-tree-item"
      data-index={index}
      role="treeitem"
      style={{ top: index * rowHeight }}
      tabIndex={isActive ? 0 : -1}
    >
      <div className={`object-tree-line object-tree-${node.kind}`} style={{ paddingLeft: 8 + (level - 1) * 14 }}>
        <span className="object-tree-chevron" data-chevron={node.hasChildren ? '' : undefined}>
          {node.hasChildren ? <Icon of={ChevronRight} size={12} /> : null}
        </span>
        <Icon className="object-tree-icon" of={icons[node.kind]} size={14} />
        <span className="text-ellipsis" title={node.label}>
          {node.label}
        </span>
        {mark === null ? (
          <span className="object-tree-detail">{node.detail}</span>
        ) : (
          <span className={`object-tree-detail object-tree-mark change-${mark.change}`} title={mark.title}>
            {signs[mark.change]} {mark.word}
          </span>
        )}
      </div>
    </div>
  );
});

const indexOf = (target: EventTarget | null): number =>
  Number((target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null)?.dataset['index'] ?? -1);

/** The mark of the object or the column that a line stands for. */
function markOf({ kind, object, label }: TreeNode, marks: ObjectMarks): ChangeMark | null {
  const known = object === null ? undefined : marks.get(object);
  if (known === undefined) return null;
  if (kind === 'column') return known.columns.get(label) ?? null;
  return parts.has(kind) ? null : known.mark;
}

/** The lines of the tree; only those in sight are elements of the page, and one of them takes the focus. */
export function ObjectTreeList({
  rows,
  selected,
  marks,
  list,
  onChoose,
  onToggle,
}: {
  readonly rows: readonly TreeRow[];
  /** Which line is selected, or -1. */
  readonly selected: number;
  readonly marks: ObjectMarks;
  readonly list: RefObject<HTMLDivElement | null>;
  readonly onChoose: (node: TreeNode) => void;
  readonly onToggle: (node: TreeNode) => void;
}) {
  const [top, height] = useSight(list, (margin / 2) * rowHeight);
  const [wanted, setWanted] = useState<string | null>(null);
  const typed = useRef({ text: '', at: 0 });
  const found = wanted === null ? -1 : rows.findIndex(({ node }) => node.id === wanted);
  const active = found >= 0 ? found : Math.max(0, selected);

  const first = Math.max(0, Math.floor(top / rowHeight) - margin);
  const last = Math.min(rows.length - 1, Math.ceil((top + height) / rowHeight) + margin);
  const shown = rows.slice(first, last + 1).map((row, at) => ({ row, index: first + at }));
  const activeRow = rows[active];
  // The line with the focus stays when it is scrolled out of sight: else the keys would end there.
  if (activeRow && (active < first || active > last)) shown.push({ row: activeRow, index: active });

  const reveal = (index: number): void => {
    const element = list.current;
    if (element === null) return;
    const [above, below] = [index * rowHeight, (index + 1) * rowHeight - element.clientHeight];
    if (element.scrollTop > above) element.scrollTop = above;
    else if (element.scrollTop < below) element.scrollTop = below + 12;
  };
  // What was selected elsewhere comes into sight.
  const isThere = selected >= 0;
  const selectedId = rows[selected]?.node.id;
  const revealSelected = useRef(() => {});
  revealSelected.current = () => {
    if (isThere) reveal(selected);
  };
  useEffect(() => {
    if (selectedId !== undefined) revealSelected.current();
  }, [selectedId]);
  const hasMoved = useRef(false);
  useEffect(() => {
    if (!hasMoved.current) return;
    hasMoved.current = false;
    list.current?.querySelector<HTMLElement>(`[data-index="${active}"]`)?.focus({ preventScroll: true });
  }, [active, list]);

  const go = (to: number): void => {
    hasMoved.current = true;
    setWanted(rows[to]?.node.id ?? null);
    reveal(to);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((list.current?.clientHeight ?? rowHeight) / rowHeight) - 1);
    const action = treeKeyAction(event.key, rows, active, page);
    if (action?.kind === 'go') go(action.to);
    else if (action?.kind === 'toggle' && activeRow) onToggle(activeRow.node);
    else if (action?.kind === 'choose' && activeRow) onChoose(activeRow.node);
    else if (event.key.length === 1 && event.key !== '?') {
      const text = (event.timeStamp - typed.current.at > typingMilliseconds ? '' : typed.current.text) + event.key;
      typed.current = { text, at: event.timeStamp };
      const to = rowTyped(rows, active, text);
      if (to !== null) go(to);
    } else return;
    event.preventDefault();
  };
  const onClick = (event: MouseEvent): void => {
    const row = rows[indexOf(event.target)];
    if (!row) return;
    setWanted(row.node.id);
    if (event.target instanceof Element && event.target.closest('[data-chevron]') !== null) onToggle(row.node);
    else onChoose(row.node);
  };
  return (
    <div
      aria-label="Objects of the database"
      className="object-tree-list"
      onClick={onClick}
      onFocus={(event) => {
        // From the filter the focus comes to the list: it goes on to the line that the keys are about.
        if (event.target !== event.currentTarget) return;
        event.currentTarget.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
        reveal(active);
      }}
      onKeyDown={onKeyDown}
      ref={list}
      role="tree"
      tabIndex={-1}
    >
      <div className="object-tree-lines" role="presentation" style={{ height: rows.length * rowHeight }}>
        {shown.map(({ row, index }) => (
          <Line
            index={index}
            isActive={index === active}
            isSelected={index === selected}
            key={row.node.id}
            mark={markOf(row.node, marks)}
            row={row}
          />
        ))}
      </div>
    </div>
  );
}

import type { ReactNode } from 'react';
import { Icon } from '../../components/icon.tsx';
import { Kbd } from '../../components/kbd.tsx';
import type { FoundEntry } from './palette-groups.ts';
import type { RunnableEntry } from './use-palette-entries.ts';

function emphasised(text: string, ranges: readonly (readonly [number, number])[]): ReactNode {
  const parts: ReactNode[] = [];
  let last = 0;
  for (const [start, end] of ranges) {
    parts.push(text.slice(last, start), <mark key={start}>{text.slice(start, end)}</mark>);
    last = end;
  }
  return [...parts, text.slice(last)];
}

/** One thing that the palette found. */
export function PaletteRow({
  id,
  found: { entry, match },
  isActive,
  onHover,
  onRun,
}: {
  readonly id: string;
  readonly found: FoundEntry<RunnableEntry>;
  readonly isActive: boolean;
  readonly onHover: () => void;
  readonly onRun: () => void;
}) {
  return (
    // The input keeps the focus and handles the keys; the option only takes the pointer.
    <div
      aria-description={entry.group}
      aria-disabled={!entry.isEnabled}
      aria-selected={isActive}
      className="palette-row"
      id={id}
      onMouseDown={(event) => event.preventDefault()}
      onMouseMove={onHover}
      onMouseUp={onRun}
      role="option"
      tabIndex={-1}
    >
      <Icon className="palette-row-icon" of={entry.icon} size={16} />
      <span className="text-ellipsis">{emphasised(entry.title, match.ranges)}</span>
      {entry.detail === undefined ? null : <span className="palette-row-detail text-ellipsis">{entry.detail}</span>}
      <span className="grow" />
      {entry.shortcut === undefined ? null : <Kbd apart shortcut={entry.shortcut} />}
    </div>
  );
}

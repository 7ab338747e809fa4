import { type ReactNode, type Ref, useEffect, useRef } from 'react';
import { Group, Panel, type PanelImperativeHandle, Separator } from 'react-resizable-panels';
import './splitter.css';

/** Panes that share one direction; put `SplitPane` and `SplitHandle` inside, alternating. */
export function Split({
  direction,
  children,
  className,
}: {
  readonly direction: 'columns' | 'rows';
  readonly children: ReactNode;
  readonly className?: string;
}) {
  return (
    <Group className={className} orientation={direction === 'columns' ? 'horizontal' : 'vertical'}>
      {children}
    </Group>
  );
}

/** One pane; sizes are pixels, or percent as text such as `60%`. Another `size` is taken at once, over one that was dragged. */
export function SplitPane({
  id,
  children,
  size,
  minimum,
  maximum,
  keepsPixels = false,
  isCollapsible = false,
  className,
  handle,
}: {
  readonly id: string;
  readonly children: ReactNode;
  readonly size?: number | string;
  readonly minimum?: number | string;
  readonly maximum?: number | string;
  /** Keeps its size when the window changes; at least one pane of a split must not. */
  readonly keepsPixels?: boolean;
  readonly isCollapsible?: boolean;
  readonly className?: string;
  /** For whoever gives the pane another size. */
  readonly handle?: Ref<PanelImperativeHandle | null>;
}) {
  const own = useRef<PanelImperativeHandle | null>(null);
  const taken = useRef(size);
  useEffect(() => {
    if (size === undefined || size === taken.current) return;
    taken.current = size;
    // The group lays itself out for the new window first, and would take the size for the old one's.
    const frame = requestAnimationFrame(() => own.current?.resize(size));
    return () => cancelAnimationFrame(frame);
  }, [size]);
  return (
    <Panel
      className={`split-pane ${className ?? ''}`}
      collapsible={isCollapsible}
      defaultSize={size}
      groupResizeBehavior={keepsPixels ? 'preserve-pixel-size' : 'preserve-relative-size'}
      id={id}
      maxSize={maximum}
      minSize={minimum}
      panelRef={handle ?? own}
    >
      {children}
    </Panel>
  );
}

/** The line between two panes; dragged, or moved with the arrow keys. */
export function SplitHandle({ label }: { readonly label: string }) {
  return <Separator aria-label={label} className="split-handle" />;
}

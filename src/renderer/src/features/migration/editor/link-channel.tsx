import type { EditorView } from '@codemirror/view';
import { Link2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Icon } from '../../../components/icon.tsx';
import { linkInWords, type StatementLink } from '../model/link-statements.ts';
import { annotationsField } from './annotations.ts';
import type { MoveSignal } from './move-signal.ts';
import './link-channel.css';

/** With more wires than this, only the active one is drawn beside the ends. */
const wiresAtOnce = 6;
const leftEnd = 11;
const rightEnd = 45;

type Wire = {
  readonly link: StatementLink;
  readonly left: number;
  /** Null when no statement of the down takes part. */
  readonly right: number | null;
};

/** The middle of a statement's first line, counted from the top of the editor; may lie outside of what is scrolled to. */
function heightOf(view: EditorView, statement: number): number | null {
  const mark = view.state.field(annotationsField).statements.find((candidate) => candidate.index === statement);
  if (!mark) return null;
  const block = view.lineBlockAt(Math.min(mark.from, view.state.doc.length));
  return block.top + view.documentPadding.top - view.scrollDOM.scrollTop + 10;
}

function measure(up: EditorView, down: EditorView, links: readonly StatementLink[]): readonly Wire[] {
  return links.flatMap((link) => {
    const left = heightOf(up, link.up);
    if (left === null) return [];
    const partner = link.kind === 'inverse' || link.kind === 'covered' ? link.down : null;
    return [{ link, left, right: partner === null ? null : heightOf(down, partner) }];
  });
}

function End({
  x,
  y,
  label,
  state,
}: {
  readonly x: number;
  readonly y: number;
  readonly label: string;
  readonly state: 'plain' | 'active' | 'quiet' | 'missing';
}) {
  const half = label.length > 2 ? 11 : 8;
  return (
    <g className={`link-end link-end-${state}`}>
      {state === 'missing' ? (
        <path d={`M${x - half} ${y - 8}h${2 * half}v16h${-2 * half}z`} />
      ) : (
        <rect height="16" rx="8" width={2 * half} x={x - half} y={y - 8} />
      )}
      <text textAnchor="middle" x={x} y={y + 4}>
        {label}
      </text>
    </g>
  );
}

/** Joins each statement of the up with what takes it back in the down. */
export function LinkChannel({
  up,
  down,
  links,
  active,
  onActivate,
  moves,
}: {
  readonly up: EditorView | null;
  readonly down: EditorView | null;
  readonly links: readonly StatementLink[];
  /** The up statement whose link is lit. */
  readonly active: number | null;
  readonly onActivate: (up: number) => void;
  readonly moves: MoveSignal;
}) {
  const [wires, setWires] = useState<readonly Wire[]>([]);
  useEffect(() => {
    if (!up || !down) return;
    let frame = 0;
    const draw = (): void => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => setWires(measure(up, down, links)));
    };
    draw();
    const stop = moves.subscribe(draw);
    return () => {
      cancelAnimationFrame(frame);
      stop();
    };
  }, [up, down, links, moves]);

  const draws = (wire: Wire): boolean => wires.length <= wiresAtOnce || wire.link.up === active;
  const ordered = wires.toSorted((a, b) => Number(a.link.up === active) - Number(b.link.up === active));
  return (
    <div className="link-channel">
      <div className="link-channel-head">
        <Icon of={Link2} size={14} />
      </div>
      <svg aria-label="Which down statement takes back which up statement" className="link-channel-wires" role="img">
        {ordered.map((wire) => {
          const { link, left, right } = wire;
          if (right === null) return <path className="link-stub" d={`M${leftEnd + 8} ${left}h8`} key={link.up} />;
          if (!draws(wire)) return null;
          const names = [
            'link-wire',
            link.up === active && 'link-wire-active',
            link.kind !== 'inverse' && 'link-wire-dashed',
          ];
          return (
            <path
              className={names.filter(Boolean).join(' ')}
              d={`M${leftEnd} ${left}C27 ${left} 29 ${right} ${rightEnd} ${right}`}
              key={link.up}
            />
          );
        })}
        {ordered.map(({ link, left, right }) => {
          const lit = link.up === active;
          const missing = link.kind === 'none';
          return (
            <g key={link.up} onPointerEnter={() => onActivate(link.up)}>
              <title>{linkInWords(link)}</title>
              <End
                label={`${link.up + 1}`}
                state={missing ? 'missing' : lit ? 'active' : link.kind === 'inverse' ? 'plain' : 'quiet'}
                x={leftEnd}
                y={left}
              />
              {right !== null && link.kind === 'inverse' ? (
                <End label={`${link.up + 1}`} state={lit ? 'active' : 'plain'} x={rightEnd} y={right} />
              ) : null}
            </g>
          );
        })}
      </svg>
    </div>
  );
}

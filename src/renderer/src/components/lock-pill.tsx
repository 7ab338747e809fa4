import { abbreviateLockMode, type LockMode, whatLockBlocks } from '../../../engine/sql/lock-mode.ts';
import { Tooltip } from './tooltip.tsx';
import './lock-pill.css';

type Shape = 'square' | 'triangle' | 'diamond' | 'circle';

/** The shape says what waits: square everything, triangle writes, diamond DDL and VACUUM, circle only stronger locks. */
const shapes: Readonly<Record<LockMode, Shape>> = {
  'ACCESS EXCLUSIVE': 'square',
  EXCLUSIVE: 'triangle',
  'SHARE ROW EXCLUSIVE': 'triangle',
  SHARE: 'triangle',
  'SHARE UPDATE EXCLUSIVE': 'diamond',
  'ROW EXCLUSIVE': 'circle',
  'ROW SHARE': 'circle',
  'ACCESS SHARE': 'circle',
};

function LockShape({ shape }: { readonly shape: Shape }) {
  return (
    <svg aria-hidden="true" className="lock-pill-shape" viewBox="0 0 10 10">
      {shape === 'square' ? <path d="M1 1h8v8H1z" fill="currentColor" /> : null}
      {shape === 'triangle' ? <path d="M1 1l8 4-8 4z" fill="currentColor" /> : null}
      {shape === 'diamond' ? (
        <>
          <path d="M5 .6 9.4 5 5 9.4.6 5z" fill="none" stroke="currentColor" strokeWidth="1.4" />
          <path d="M5 3 7 5 5 7 3 5z" fill="currentColor" />
        </>
      ) : null}
      {shape === 'circle' ? <circle cx="5" cy="5" fill="none" r="3.8" stroke="currentColor" strokeWidth="1.4" /> : null}
    </svg>
  );
}

/** A lock mode as code, shape and colour; the tooltip has the full word and what waits. */
export function LockPill({
  mode,
  isFocusable = false,
}: {
  readonly mode: LockMode;
  /** Lets the keyboard reach the tooltip, where the full word does not stand beside the pill. */
  readonly isFocusable?: boolean;
}) {
  const shape = shapes[mode];
  const words = `${mode}: ${whatLockBlocks(mode)} wait`;
  const content = (
    <>
      <LockShape shape={shape} />
      <span aria-hidden="true">{abbreviateLockMode(mode)}</span>
      <span className="visually-hidden">{words}</span>
    </>
  );
  if (!isFocusable) {
    return (
      <span className={`lock-pill lock-pill-${shape}`} title={words}>
        {content}
      </span>
    );
  }
  return (
    <Tooltip text={words}>
      <button className={`lock-pill lock-pill-${shape}`} type="button">
        {content}
      </button>
    </Tooltip>
  );
}

import { ChevronDown, ChevronRight, CircleCheck, Clock, Info, type LucideIcon, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import './finding-block.css';

export type FindingTone = 'error' | 'warning' | 'info' | 'ok' | 'waiting';

const icons: Readonly<Record<FindingTone, LucideIcon>> = {
  error: X,
  warning: TriangleAlert,
  info: Info,
  ok: CircleCheck,
  waiting: Clock,
};

/** A framed statement with its weight in words: a finding, the result of a test, an honest wait. */
export function FindingBlock({
  tone,
  title,
  children,
  actions,
  fold,
  aside,
  className,
}: {
  readonly tone: FindingTone;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  /** Buttons under the text. */
  readonly actions?: ReactNode;
  /** For one that can be folded into a line, which keeps nothing but its title and what stands aside. */
  readonly fold?: { readonly isOpen: boolean; readonly onToggle: () => void };
  /** What stands at the end of the line while it is folded. */
  readonly aside?: ReactNode;
  readonly className?: string;
}) {
  const isFolded = fold?.isOpen === false;
  return (
    <div className={`finding-block finding-block-${tone} ${isFolded ? 'finding-block-folded' : ''} ${className ?? ''}`}>
      <Icon className="finding-block-icon" of={icons[tone]} size={14} />
      <div className="finding-block-text">
        {fold === undefined ? (
          <b className="text-strong">{title}</b>
        ) : (
          <button aria-expanded={fold.isOpen} className="finding-block-fold" onClick={fold.onToggle} type="button">
            <Icon of={fold.isOpen ? ChevronDown : ChevronRight} size={12} />
            {title}
          </button>
        )}{' '}
        {isFolded ? (
          <span className="finding-block-aside">{aside}</span>
        ) : (
          <>
            {children}
            {actions === undefined ? null : <div className="finding-block-actions">{actions}</div>}
          </>
        )}
      </div>
    </div>
  );
}

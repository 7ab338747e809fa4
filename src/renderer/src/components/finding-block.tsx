import { CircleCheck, Clock, Info, type LucideIcon, TriangleAlert, X } from 'lucide-react';
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
  className,
}: {
  readonly tone: FindingTone;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  /** Buttons under the text. */
  readonly actions?: ReactNode;
  readonly className?: string;
}) {
  return (
    <div className={`finding-block finding-block-${tone} ${className ?? ''}`}>
      <Icon className="finding-block-icon" of={icons[tone]} size={14} />
      <div className="finding-block-text">
        <b className="text-strong">{title}</b> {children}
        {actions === undefined ? null : <div className="finding-block-actions">{actions}</div>}
      </div>
    </div>
  );
}

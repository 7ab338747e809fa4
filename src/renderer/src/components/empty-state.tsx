import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import './empty-state.css';

/** What a place is for, while it is empty, and the action that fills it. */
export function EmptyState({
  icon,
  title,
  children,
  action,
}: {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className="empty-state">
      <span className="empty-state-icon">
        <Icon of={icon} size={20} />
      </span>
      <h2 className="empty-state-title">{title}</h2>
      {children === undefined ? null : <div className="empty-state-text">{children}</div>}
      {action === undefined ? null : <div className="empty-state-action">{action}</div>}
    </div>
  );
}

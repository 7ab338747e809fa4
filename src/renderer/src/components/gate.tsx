import { Ban, Check, Circle, Clock, type LucideIcon, RefreshCw, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import './gate.css';

export type GateState = 'passed' | 'warning' | 'error' | 'not-yet' | 'stale' | 'running' | 'could-not-run';

const icons: Readonly<Record<GateState, LucideIcon>> = {
  passed: Check,
  warning: TriangleAlert,
  error: X,
  'not-yet': Circle,
  stale: Clock,
  running: RefreshCw,
  'could-not-run': Ban,
};

/** One gate on the way to the export; the words say its state, shape and colour repeat it. */
export function Gate({ state, children }: { readonly state: GateState; readonly children: ReactNode }) {
  return (
    <span className={`gate gate-${state}`}>
      <Icon className="gate-icon" of={icons[state]} size={14} />
      {children}
    </span>
  );
}

/** Gates in order, joined by a line. */
export function GateRow({ children }: { readonly children: ReactNode }) {
  return <div className="gate-row">{children}</div>;
}

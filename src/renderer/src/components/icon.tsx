import type { LucideIcon } from 'lucide-react';
import './icon.css';

/** An icon that repeats what a word beside it says, so it is hidden from screen readers. */
export function Icon({
  of: Drawing,
  size = 16,
  className,
}: {
  readonly of: LucideIcon;
  readonly size?: 10 | 12 | 14 | 16 | 18 | 20;
  readonly className?: string;
}) {
  // 24-unit drawings: this keeps 1.5 px at 16 px and scales the line with the icon.
  return <Drawing aria-hidden="true" className={`icon ${className ?? ''}`} size={size} strokeWidth={2.1} />;
}

import { KeyRound, Link2 } from 'lucide-react';
import { Icon } from '../../../components/icon.tsx';
import type { DiagramLine } from './diagram-graph.ts';

/** What the signs of the diagram mean; of what is made from what, only where it is in the picture. */
export function Legend({
  lines,
  hasMarks,
}: {
  readonly lines: ReadonlySet<DiagramLine['kind']>;
  /** True in the picture of a migration. */
  readonly hasMarks: boolean;
}) {
  if (hasMarks) {
    return (
      <ul className="diagram-legend">
        {(['+ added', '~ changed', '− removed'] as const).map((text) => (
          <li className={`diagram-legend-mark change-${text.slice(2)}`} key={text}>
            {text}
          </li>
        ))}
        <li>unmarked: as it is</li>
      </ul>
    );
  }
  return (
    <ul className="diagram-legend">
      <li>
        <Icon className="text-warn" of={KeyRound} size={12} /> primary key
      </li>
      <li>
        <Icon className="text-accent" of={Link2} size={12} /> foreign key
      </li>
      <li>
        <svg aria-hidden="true" height="12" viewBox="0 0 24 12" width="24">
          <path d="M24 6H0M0 0l11 6L0 12M15 1v10" />
        </svg>
        many
      </li>
      <li>
        <svg aria-hidden="true" height="12" viewBox="0 0 24 12" width="24">
          <path d="M0 6h24M7 0v12M11 0v12" />
        </svg>
        exactly one
      </li>
      <li>
        <svg aria-hidden="true" height="12" viewBox="0 0 24 12" width="24">
          <path d="M0 6h10.500M17.500 6H24M7 0v12" />
          <circle cx="14" cy="6" r="3.500" />
        </svg>
        zero or one
      </li>
      {lines.has('reads') ? (
        <li>
          <svg aria-hidden="true" height="12" viewBox="0 0 24 12" width="24">
            <path d="M9 0L0 6l9 6" />
            <path d="M2 6h22" strokeDasharray="4 3" />
          </svg>
          view reads
        </li>
      ) : null}
      {lines.has('inherits') ? (
        <li>
          <svg aria-hidden="true" height="12" viewBox="0 0 24 12" width="24">
            <path d="M10 0L0 6l10 6ZM10 6h14" />
          </svg>
          inherits
        </li>
      ) : null}
    </ul>
  );
}

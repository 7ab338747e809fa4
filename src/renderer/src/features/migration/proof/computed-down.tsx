import { CornerLeftUp } from 'lucide-react';
import type { ShadowRunReport } from '../../../../../engine/shadow/report.ts';
import { Button } from '../../../components/button.tsx';
import './computed-down.css';

/** Offers the down that Lockstep worked out where the one that is there is missing or does not restore. */
export function ComputedDown({
  report,
  isCurrent,
  onUse,
}: {
  readonly report: ShadowRunReport;
  readonly isCurrent: boolean;
  readonly onUse: (down: string) => void;
}) {
  const down = report.computedDown ?? null;
  if (down === null) return null;
  return (
    <section aria-label="Computed down" className="computed-down">
      <h3 className="eyebrow">Computed down</h3>
      <p>
        {down.restored
          ? 'Worked out from the catalogs before and after up, and tried on the shadow database: it restores.'
          : 'Worked out from the catalogs before and after up. On the shadow database it did not restore everything: a start to work on.'}
      </p>
      {down.loses.length > 0 ? (
        <ul className="computed-down-losses">
          {down.loses.map((what) => (
            <li key={what}>
              <span className="text-warn text-medium">Loses</span> {what}
            </li>
          ))}
        </ul>
      ) : null}
      <pre className="mono">{down.sql.trimEnd()}</pre>
      <Button
        icon={CornerLeftUp}
        lockedReason={isCurrent ? null : 'The text has changed since: run it again first'}
        onPress={() => onUse(down.sql)}
        size="small"
      >
        Use this down
      </Button>
    </section>
  );
}

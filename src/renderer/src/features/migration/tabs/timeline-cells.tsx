import { Ban, Check, TriangleAlert, X } from 'lucide-react';
import type { LockMode } from '../../../../../engine/sql/lock-mode.ts';
import { Icon } from '../../../components/icon.tsx';
import { LockPill } from '../../../components/lock-pill.tsx';
import type { StatementLink } from '../model/link-statements.ts';
import type { TimelineRow } from '../model/timeline-rows.ts';

function Pill({ mode }: { readonly mode: LockMode | null }) {
  return mode === null ? <span className="text-2">none</span> : <LockPill mode={mode} />;
}

/** Predicted beside observed: equal, different, or not observed. */
export function Locks({ row }: { readonly row: TimelineRow }) {
  const { predicted, observed, agrees, mispredicted } = row;
  const words = row.documented
    ? 'from the manual, not observed'
    : observed === undefined
      ? row.error === null
        ? 'predicted, not run yet'
        : 'predicted, failed on the shadow'
      : agrees
        ? (predicted ?? 'no lock')
        : 'observed differs from predicted';
  const [gap] = mispredicted;
  return (
    <>
      <span className="row row-close">
        <Pill mode={predicted} />
        {observed === undefined ? null : (
          <>
            <b className={agrees ? 'text-ok' : 'text-bad'}>{agrees ? '=' : '≠'}</b>
            {agrees === true && observed !== predicted ? (
              // A lock that the transaction holds already cannot be seen again.
              <span className="text-2">held before</span>
            ) : (
              <Pill mode={observed} />
            )}
          </>
        )}
      </span>
      <small className={agrees === false || gap !== undefined ? 'text-bad' : ''} title={mispredicted.join('; ')}>
        {gap ?? words}
      </small>
    </>
  );
}

/** Whether the statement can be taken back, and what that does not bring back. */
export function Reversible({
  row,
  link,
  inverse,
}: {
  readonly row: TimelineRow;
  readonly link: StatementLink | undefined;
  /** The down row that takes it back. */
  readonly inverse: TimelineRow | undefined;
}) {
  if (row.direction === 'down') {
    return row.statement.dataLoss === 'none' ? (
      <>
        <span className="row row-tight">
          <Icon className="text-ok" of={Check} size={12} />
          Loses nothing
        </span>
        <small>no value is removed</small>
      </>
    ) : (
      <>
        <span className="row row-tight text-warn text-medium">
          <Icon of={TriangleAlert} size={12} />
          {row.statement.dataLoss === 'certain' ? 'Loses values' : 'May lose values'}
        </span>
        <small>what was written after up</small>
      </>
    );
  }
  if (link?.kind === 'none') {
    return (
      <>
        <span className="row row-tight text-bad text-medium">
          <Icon of={X} size={12} />
          No inverse
        </span>
        <small>not in the down</small>
      </>
    );
  }
  if (link?.kind === 'covered' || link?.kind === 'not needed') {
    return (
      <>
        <span className="row row-tight">
          <Icon className="text-3" of={Ban} size={12} />
          Not needed
        </span>
        <small>{link.kind === 'covered' ? `goes with ${link.by + 1}` : 'leaves nothing behind'}</small>
      </>
    );
  }
  // Loss is never green: an exact inverse that removes values brings back the structure only.
  const losesLater = inverse !== undefined && inverse.statement.dataLoss !== 'none';
  const { reversible } = row.statement;
  switch (reversible === 'exact' && losesLater ? 'structure-only' : reversible) {
    case 'exact':
      return (
        <>
          <span className="row row-tight text-ok text-medium">
            <Icon of={Check} size={12} />
            Fully
          </span>
          <small>{link?.kind === 'inverse' ? `by down statement ${link.down + 1}` : ''}</small>
        </>
      );
    case 'structure-only':
      return (
        <>
          <span className="row row-tight text-warn text-medium">
            <Icon of={TriangleAlert} size={12} />
            Structure only
          </span>
          <small>{reversible === 'exact' ? 'later values are lost' : 'values are not brought back'}</small>
        </>
      );
    case 'none':
      return (
        <>
          <span className="row row-tight text-bad text-medium">
            <Icon of={X} size={12} />
            No
          </span>
          <small>cannot be undone</small>
        </>
      );
  }
}

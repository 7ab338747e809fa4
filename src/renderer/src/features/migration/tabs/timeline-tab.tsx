import { Ban, Check, TriangleAlert, X } from 'lucide-react';
import type { LockMode } from '../../../../../engine/sql/lock-mode.ts';
import { whatLockBlocks } from '../../../../../engine/sql/lock-mode.ts';
import { Icon } from '../../../components/icon.tsx';
import { LockPill } from '../../../components/lock-pill.tsx';
import { durationText } from '../../schema/quantities.ts';
import type { StatementRef } from '../editor/editors-pane.tsx';
import type { StatementLink } from '../model/link-statements.ts';
import type { TimelineRow } from '../model/timeline-rows.ts';
import './timeline-tab.css';

function Pill({ mode }: { readonly mode: LockMode | null }) {
  return mode === null ? <span className="text-2">none</span> : <LockPill mode={mode} />;
}

/** Predicted beside observed: equal, different, or not observed yet. */
function Locks({ row }: { readonly row: TimelineRow }) {
  const { predicted, observed } = row;
  const agrees = observed === undefined ? null : predicted === observed;
  const words =
    observed === undefined
      ? row.error === null
        ? 'predicted, not run yet'
        : 'predicted, failed on the shadow'
      : row.documented
        ? 'from the manual, not observed'
        : agrees
          ? (predicted ?? 'no lock')
          : 'observed differs from predicted';
  return (
    <>
      <span className="row row-close">
        <Pill mode={predicted} />
        {observed === undefined ? null : (
          <>
            <b className={agrees ? 'text-ok' : 'text-bad'}>{agrees ? '=' : '≠'}</b>
            <Pill mode={observed} />
          </>
        )}
      </span>
      <small className={agrees === false ? 'text-bad' : ''}>{words}</small>
    </>
  );
}

function Reversible({
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
        <small>down does not take it back</small>
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

function rewriteWords(row: TimelineRow): string {
  const scans = row.scans === 0 ? 'none' : row.scans === 1 ? 'full scan' : `${row.scans} scans`;
  return `${row.rewrites ? 'Whole table' : 'None'}, ${scans}`;
}

/** Which tables, where the prediction names them; else what the shadow run has seen. */
function rewriteEvidence({ rewrites, scans, statement: { effects } }: TimelineRow): string {
  if (!rewrites && scans === 0) return 'catalog only';
  const tables = rewrites ? effects.rewrites : effects.scans;
  return tables.length > 0 ? tables.join(', ') : 'seen on the shadow database';
}

function Row({
  row,
  link,
  inverse,
  isActive,
  onActivate,
}: {
  readonly row: TimelineRow;
  readonly link: StatementLink | undefined;
  readonly inverse: TimelineRow | undefined;
  readonly isActive: boolean;
  readonly onActivate: () => void;
}) {
  const { statement } = row;
  const blocks = row.observed ?? row.predicted;
  return (
    <tr className={isActive ? 'timeline-row-active' : ''} onClick={onActivate}>
      <td className="timeline-number">
        <button
          aria-label={`Statement ${row.index + 1} of ${row.direction}: ${row.title}`}
          aria-pressed={isActive}
          className="timeline-select"
          type="button"
        >
          {row.index + 1}
        </button>
      </td>
      <td className="timeline-bracket">
        <i className={`timeline-bracket-${row.bracket}`} />
        <span className="visually-hidden">
          {row.bracket === 'outside' ? 'outside a transaction' : 'in a transaction'}
        </span>
      </td>
      <td>
        <b>{row.title}</b>
        <small>{row.object}</small>
      </td>
      <td className="timeline-right">
        {row.size ?? <span className="text-3">not counted</span>}
        <small>{row.sizeDate}</small>
      </td>
      <td>
        <Locks row={row} />
      </td>
      <td>
        {blocks ? `${whatLockBlocks(blocks).replace(/^./, (letter) => letter.toUpperCase())} wait` : 'Nothing waits'}
        <small title={statement.estimate.basis}>
          {statement.estimate.duration === 'none'
            ? 'briefly, rows are not touched'
            : `for ${statement.estimate.duration}, estimated`}
        </small>
      </td>
      <td>
        {rewriteWords(row)}
        <small>{rewriteEvidence(row)}</small>
      </td>
      <td className="timeline-right">
        {row.error ? (
          <span className="text-bad text-medium">failed</span>
        ) : row.shadowMs === null ? (
          <span className="text-3">not run</span>
        ) : (
          durationText(row.shadowMs)
        )}
        <small title={row.error ?? ''}>{row.error ?? ''}</small>
      </td>
      <td>
        <Reversible inverse={inverse} link={link} row={row} />
      </td>
    </tr>
  );
}

/** One row per statement in run order: what it touches, locks, rewrites, and whether it can be taken back. */
export function TimelineTab({
  up,
  down,
  links,
  active,
  onActivate,
}: {
  readonly up: readonly TimelineRow[];
  readonly down: readonly TimelineRow[];
  readonly links: readonly StatementLink[];
  /** Statements that are lit: the selected one and its partner. */
  readonly active: (row: TimelineRow) => boolean;
  readonly onActivate: (statement: StatementRef) => void;
}) {
  if (up.length + down.length === 0) return <p className="tab-empty">The statements appear here once there is SQL.</p>;
  const rows = (list: readonly TimelineRow[]) =>
    list.map((row) => {
      const link = row.direction === 'up' ? links.find((candidate) => candidate.up === row.index) : undefined;
      return (
        <Row
          inverse={link?.kind === 'inverse' ? down.find((candidate) => candidate.index === link.down) : undefined}
          isActive={active(row)}
          key={`${row.direction}${row.index}`}
          link={link}
          onActivate={() => onActivate({ direction: row.direction, index: row.index })}
          row={row}
        />
      );
    });
  return (
    <table className="timeline">
      <colgroup>
        <col style={{ width: 36 }} />
        <col style={{ width: 30 }} />
        <col style={{ width: '20%' }} />
        <col style={{ width: '11%' }} />
        <col style={{ width: '16%' }} />
        <col />
        <col style={{ width: '12%' }} />
        <col style={{ width: '7%' }} />
        <col style={{ width: '13%' }} />
      </colgroup>
      <thead>
        <tr>
          <th className="timeline-right" scope="col">
            #
          </th>
          <th scope="col">Tx</th>
          <th scope="col">Statement, object</th>
          <th className="timeline-right" scope="col">
            Rows, size, date
          </th>
          <th scope="col">Lock predicted = observed</th>
          <th scope="col">Blocks</th>
          <th scope="col">Rewrite, scan</th>
          <th className="timeline-right" scope="col">
            Shadow
          </th>
          <th scope="col">Reversible</th>
        </tr>
      </thead>
      <tbody>{rows(up)}</tbody>
      {down.length > 0 ? (
        <tbody>
          <tr className="timeline-part">
            <th colSpan={9} scope="rowgroup">
              Down
            </th>
          </tr>
          {rows(down)}
        </tbody>
      ) : null}
    </table>
  );
}

import { whatLockBlocks } from '../../../../../engine/sql/lock-mode.ts';
import { durationText } from '../../schema/quantities.ts';
import type { StatementRef } from '../editor/editors-pane.tsx';
import { durationRange } from '../model/duration-range.ts';
import type { StatementLink } from '../model/link-statements.ts';
import type { TimelineRow } from '../model/timeline-rows.ts';
import { Locks, Reversible } from './timeline-cells.tsx';
import './timeline-tab.css';

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
        <b title={row.title}>{row.title}</b>
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
        {blocks ? whatLockBlocks(blocks).replace(/^./, (letter) => letter.toUpperCase()) : 'Nothing'}
        <small title={statement.estimate.basis}>{durationRange(statement.estimate)}</small>
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
        <col style={{ width: 40 }} />
        <col style={{ width: 28 }} />
        <col />
        <col style={{ width: '11.5%' }} />
        <col style={{ width: '17%' }} />
        <col style={{ width: '12.5%' }} />
        <col style={{ width: '12%' }} />
        <col style={{ width: '6%' }} />
        <col style={{ width: '13.5%' }} />
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

import { useMemo } from 'react';
import { type DiffLine, diffWithContext, lineDiff } from '../../../shared/line-diff.ts';
import './side-by-side.css';

/** A line of both sides; null on a side stands for a line that is not there. */
type Row = { readonly before: DiffLine | null; readonly after: DiffLine | null };

/** Puts what came beside what went in its place; null stands for lines that were left out. */
function pairLines(lines: readonly (DiffLine | null)[]): readonly (Row | null)[] {
  const rows: (Row | null)[] = [];
  let gone: DiffLine[] = [];
  const flush = (): void => {
    rows.push(...gone.map((before) => ({ before, after: null })));
    gone = [];
  };
  for (const line of lines) {
    if (line?.kind === 'removed') gone.push(line);
    else if (line?.kind === 'added') rows.push({ before: gone.shift() ?? null, after: line });
    else {
      flush();
      rows.push(line === null ? null : { before: line, after: line });
    }
  }
  flush();
  return rows;
}

/** Unchanged lines around a change. */
const context = 3;

/** Two texts beside each other, with what differs marked by sign, pattern and colour; a side may be missing. */
export function SideBySide({
  label,
  titles,
  before,
  after,
}: {
  readonly label: string;
  /** What the two sides are. */
  readonly titles: readonly [before: string, after: string];
  readonly before: string | null;
  readonly after: string | null;
}) {
  const rows = useMemo(() => {
    const lines = lineDiff(before ?? '', after ?? '');
    if (before !== null && after !== null) return pairLines(diffWithContext(lines, context));
    return pairLines(lines.filter(({ kind }) => kind === (before === null ? 'added' : 'removed')));
  }, [before, after]);
  return (
    <table aria-label={label} className="side-by-side">
      <colgroup>
        <col className="side-by-side-sign" />
        <col />
        <col className="side-by-side-sign" />
        <col />
      </colgroup>
      <thead>
        <tr>
          <th colSpan={2} scope="col">
            {titles[0]}
          </th>
          <th colSpan={2} scope="col">
            {titles[1]}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) =>
          row === null ? (
            <tr className="side-by-side-gap" key={`gap ${rows[index - 1]?.after?.after ?? 0}`}>
              <td colSpan={4}>…</td>
            </tr>
          ) : (
            <tr key={`${row.before?.before ?? ''}:${row.after?.after ?? ''}`}>
              <Side line={row.before} side="removed" />
              <Side line={row.after} side="added" />
            </tr>
          ),
        )}
      </tbody>
    </table>
  );
}

function Side({ line, side }: { readonly line: DiffLine | null; readonly side: 'added' | 'removed' }) {
  if (line === null) return <td className="side-by-side-none" colSpan={2} />;
  const isMarked = line.kind !== 'same';
  const name = isMarked ? `side-by-side-${side}` : '';
  return (
    <>
      <td className={`side-by-side-mark ${name}`}>
        {isMarked ? (
          <>
            <span aria-hidden="true">{side === 'added' ? '+' : '−'}</span>
            <span className="visually-hidden">{side}</span>
          </>
        ) : null}
      </td>
      <td className={name}>{line.text}</td>
    </>
  );
}

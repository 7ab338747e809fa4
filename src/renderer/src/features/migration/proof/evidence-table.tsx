import type { ReactNode } from 'react';
import './evidence-table.css';

/** A column of evidence: `number` stands at the right edge, `short` never wraps, `code` is set as code. */
export type EvidenceColumn = { readonly title: string; readonly look: 'text' | 'number' | 'short' | 'code' };

const classes = { text: '', number: 'evidence-number', short: 'evidence-short', code: 'mono' } as const;

/** A small table of evidence under the proof; nothing when it has no rows. Cells that are alike may repeat. */
export function EvidenceTable({
  caption,
  columns,
  rows,
}: {
  readonly caption: string;
  readonly columns: readonly EvidenceColumn[];
  readonly rows: readonly (readonly ReactNode[])[];
}) {
  if (rows.length === 0) return null;
  return (
    <table className="evidence-table">
      <caption>{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ title, look }) => (
            <th className={look === 'number' ? classes.number : ''} key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells) => (
          <tr key={cells.join('\u0000')}>
            {columns.map(({ title, look }, at) => (
              <td className={classes[look]} key={title}>
                {cells[at]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

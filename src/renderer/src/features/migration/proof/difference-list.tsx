import type { Difference } from '../../../../../engine/catalog/difference.ts';
import './difference-list.css';

const signs = { added: '+', removed: '−', changed: '~' } as const;

/** What two catalogs disagree about: plus, minus or tilde, pattern, and both values. */
export function DifferenceList({
  differences,
  label,
}: {
  readonly differences: readonly Difference[];
  readonly label: string;
}) {
  return (
    <table aria-label={label} className="difference-list">
      <tbody>
        {differences.map((difference) => (
          <tr
            className={`difference-${difference.change}`}
            key={`${difference.kind}${difference.object}${difference.change}${difference.attribute ?? ''}`}
          >
            <td className="difference-sign">
              <span aria-hidden="true">{signs[difference.change]}</span>
              <span className="visually-hidden">{difference.change}</span>
            </td>
            <td className="difference-name" title={difference.object}>
              {difference.change === 'removed' ? <s>{difference.object}</s> : difference.object}
              <span className="text-3"> {difference.kind}</span>
            </td>
            <td className="difference-values">
              {difference.attribute ? `${difference.attribute}: ` : ''}
              {difference.change === 'changed'
                ? `${difference.before ?? 'nothing'} → ${difference.after ?? 'nothing'}`
                : difference.change}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import type { StatementReport } from '../../../../../engine/validate/report.ts';
import { FirstOf } from '../../../components/first-of.tsx';
import type { StatementRef } from '../editor/editors-pane.tsx';
import { dataLosses, lockSeverities, riskLevel, riskMatrix } from '../model/risk-matrix.ts';
import './risk-tab.css';

const lossWords = { none: 'No data loss', possible: 'Data loss possible', certain: 'Data loss certain' } as const;
/** More in one cell would push the other cells out of sight. */
const entriesAtOnce = 8;
const levelWords = ['calm', 'careful', 'dangerous'] as const;

/** What waits against what may be lost, with every statement in its cell. */
export function RiskTab({
  statements,
  onActivate,
}: {
  readonly statements: readonly StatementReport[];
  readonly onActivate: (statement: StatementRef) => void;
}) {
  const matrix = riskMatrix(statements);
  return (
    <table className="risk">
      <caption className="visually-hidden">Statements by what waits and by what may be lost</caption>
      <thead>
        <tr>
          <td />
          {dataLosses.map((loss) => (
            <th key={loss} scope="col">
              {lossWords[loss]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lockSeverities.toReversed().map((severity) => (
          <tr key={severity}>
            <th scope="row">{severity.replace(/^./, (letter) => letter.toUpperCase())}</th>
            {dataLosses.map((loss) => {
              const entries = matrix[severity][loss];
              const level = riskLevel(severity, loss);
              return (
                <td className={`risk-${level} ${entries.length > 0 ? 'risk-used' : ''}`} key={loss}>
                  {entries.length > 0 ? <span className="risk-word">{levelWords[level]}</span> : null}
                  <FirstOf
                    atOnce={entriesAtOnce}
                    keyOf={({ direction, index }) => `${direction}${index}`}
                    things={entries}
                  >
                    {(entry) => (
                      <button
                        className="risk-entry"
                        onClick={() => onActivate({ direction: entry.direction, index: entry.index })}
                        type="button"
                      >
                        <b>
                          {entry.direction === 'up' ? 'Up' : 'Down'} {entry.index + 1}
                        </b>{' '}
                        {entry.title}
                      </button>
                    )}
                  </FirstOf>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

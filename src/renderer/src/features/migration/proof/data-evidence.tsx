import type { ShadowRunReport } from '../../../../../engine/shadow/report.ts';
import { exactCount } from '../../schema/quantities.ts';
import { dataSummary, statementName } from '../model/proof-facts.ts';
import { EvidenceTable } from './evidence-table.tsx';
import { FactList } from './fact-list.tsx';

/** What synthetic rows showed: what did not come back, on which rows a statement fails, and what held no rows. */
export function DataEvidence({ data }: { readonly data: NonNullable<ShadowRunReport['data']> }) {
  return (
    <>
      <h3 className="eyebrow">Data</h3>
      <FactList facts={[dataSummary(data)]} />
      <EvidenceTable
        caption="Not as before, after up and down"
        columns={[
          { title: 'Table', look: 'code' },
          { title: 'Column', look: 'code' },
          { title: 'Rows', look: 'number' },
          { title: 'Taken by', look: 'short' },
        ]}
        rows={data.lost.map(({ table, column, rows, statement }) => [
          table,
          column ?? 'whole rows',
          exactCount(rows),
          statement ? statementName(statement) : 'unknown',
        ])}
      />
      <EvidenceTable
        caption="Rows that are new after up and down"
        columns={[
          { title: 'Table', look: 'code' },
          { title: 'Rows', look: 'number' },
        ]}
        rows={(data.added ?? []).map(({ table, rows }) => [table, exactCount(rows)])}
      />
      <EvidenceTable
        caption="Would fail if the rows of the real database are like this"
        columns={[
          { title: 'Statement', look: 'short' },
          { title: 'If', look: 'text' },
          { title: 'PostgreSQL says', look: 'text' },
        ]}
        rows={(data.wouldFail ?? []).map(({ direction, statement, condition, message, sqlstate }) => [
          statementName({ direction, index: statement }),
          condition,
          `${message} (${sqlstate})`,
        ])}
      />
      <EvidenceTable
        caption="Tables that held no rows in this trial"
        columns={[
          { title: 'Table', look: 'code' },
          { title: 'Why', look: 'text' },
        ]}
        rows={(data.notSeeded ?? []).map(({ table, reason }) => [table, reason])}
      />
    </>
  );
}

import type { ShadowRunReport } from '../../../../../engine/shadow/report.ts';
import { queryFacts } from '../model/proof-facts.ts';
import { EvidenceTable } from './evidence-table.tsx';
import { FactList } from './fact-list.tsx';

type Queries = NonNullable<ShadowRunReport['queries']>;
type Columns = NonNullable<Queries['changed']>[number]['before'];

const columnsText = (columns: Columns): string =>
  columns.map(({ name, type }) => (name === null ? type : `${name} ${type}`)).join(', ');

const origin = ({ source, name }: { readonly source: string; readonly name?: string | null | undefined }): string =>
  name ? `${source} ${name}` : source;

const FROM = { title: 'From', look: 'text' } as const;
const QUERY = { title: 'Query', look: 'code' } as const;

/** What became of the known queries: those that break, that give something else, and that could not be checked. */
export function QueryEvidence({ report }: { readonly report: ShadowRunReport }) {
  const { queries } = report;
  const facts = queryFacts(report);
  if (!queries || facts === null) return null;
  return (
    <>
      <h3 className="eyebrow">Known queries</h3>
      <FactList facts={facts} />
      <EvidenceTable
        caption="Break after up"
        columns={[FROM, QUERY, { title: 'PostgreSQL says', look: 'text' }]}
        rows={queries.broken.map((one) => [origin(one), one.query, one.error])}
      />
      <EvidenceTable
        caption="Give other columns after up"
        columns={[FROM, QUERY, { title: 'Before', look: 'code' }, { title: 'After', look: 'code' }]}
        rows={(queries.changed ?? []).map((one) => [
          origin(one),
          one.query,
          columnsText(one.before),
          columnsText(one.after),
        ])}
      />
      <EvidenceTable
        caption="Lose an index that their plan could use"
        columns={[FROM, QUERY, { title: 'Index', look: 'code' }]}
        rows={(queries.lostIndexes ?? []).map((one) => [origin(one), one.query, one.indexes.join(', ')])}
      />
      <EvidenceTable
        caption="Not checked: they do not run before up either"
        columns={[FROM, QUERY, { title: 'Why', look: 'text' }]}
        rows={(queries.notCheckable ?? []).map((one) => [origin(one), one.query, one.reason])}
      />
    </>
  );
}

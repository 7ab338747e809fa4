import type { Catalog, Table } from '../../../../../engine/catalog/catalog.ts';
import { bytesText, dateText, exactCount } from '../quantities.ts';

/** What a server has counted about a table, with the date of the count. */
export function InspectorFacts({ catalog, table }: { readonly catalog: Catalog; readonly table: Table }) {
  const { facts } = catalog;
  const fact = facts?.tables.find((each) => each.schema === table.schema && each.name === table.name);
  if (!facts || !fact) {
    return (
      <section className="inspector-section">
        <h3 className="eyebrow">Facts</h3>
        <p className="text-small text-2">Nobody has counted this table yet.</p>
      </section>
    );
  }
  return (
    <section className="inspector-section">
      <div className="row">
        <h3 className="eyebrow grow">Facts</h3>
        <span className="text-micro text-2">{dateText(facts.capturedAt)}</span>
      </div>
      <dl className="inspector-pairs">
        <div>
          <dt>Rows, estimate</dt>
          <dd>{exactCount(fact.rows)}</dd>
        </div>
        <div>
          <dt>Size</dt>
          <dd>
            {bytesText(fact.bytes)}
            {fact.indexBytes === undefined ? '' : ` + ${bytesText(fact.indexBytes)} indexes`}
          </dd>
        </div>
        <div>
          <dt>Last analyzed</dt>
          <dd>{fact.lastAnalyzedAt ? dateText(fact.lastAnalyzedAt) : 'never'}</dd>
        </div>
      </dl>
    </section>
  );
}

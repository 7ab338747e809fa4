import type { Catalog, ObjectName } from '../../../../../engine/catalog/catalog.ts';
import type { TableFacts } from '../../../../../engine/catalog/facts.ts';
import { useNow } from '../../../state/use-now.ts';
import { ageText, bytesText, compactCount, dateText, exactCount } from '../quantities.ts';
import { type Pair, Pairs } from './pairs.tsx';

/** What a server has counted about a table or materialized view, with the date of the count. */
export function InspectorFacts({ catalog, relation }: { readonly catalog: Catalog; readonly relation: ObjectName }) {
  const now = new Date(useNow());
  const { facts } = catalog;
  const fact = facts?.tables.find((each) => each.schema === relation.schema && each.name === relation.name);
  if (!facts || !fact) {
    return (
      <section className="inspector-section">
        <h3 className="eyebrow">Facts</h3>
        <p className="text-small text-2">Nobody has counted this table yet.</p>
      </section>
    );
  }
  const since = facts.server?.statisticsResetAt;
  const counted = since == null ? 'since the database was made' : `since ${dateText(since)}`;
  const read = `${dateText(facts.capturedAt)}, ${ageText(facts.capturedAt, now)}`;
  return (
    <>
      <Pairs note={read} pairs={sizePairs(fact)} title="Facts" />
      <Pairs pairs={carePairs(fact)} title="Vacuum and analyze" />
      {fact.activity === undefined ? null : (
        <Pairs note={counted} pairs={activityPairs(fact.activity)} title="Activity" />
      )}
    </>
  );
}

function sizePairs(fact: TableFacts): readonly Pair[] {
  const unknown = fact.rowsBasis === 'size';
  return [
    {
      label: 'Rows, estimate',
      value: unknown ? `unknown, by size ${compactCount(fact.rows)}` : exactCount(fact.rows),
      ...(unknown ? { hint: 'Never analyzed: the number is a guess from the size of the file.' } : {}),
    },
    {
      label: 'Size',
      value: `${bytesText(fact.bytes)}${fact.indexBytes === undefined ? '' : ` + ${bytesText(fact.indexBytes)} indexes`}`,
    },
    ...(fact.toastBytes === undefined || fact.toastBytes === 0
      ? []
      : [{ label: 'of it TOAST', value: bytesText(fact.toastBytes) }]),
  ];
}

function carePairs(fact: TableFacts): readonly Pair[] {
  return [
    {
      label: 'Last analyzed',
      value: latest(fact.lastManualAnalyzeAt, fact.lastAutomaticAnalyzeAt, fact.lastAnalyzedAt),
    },
    { label: 'Last vacuumed', value: latest(fact.lastManualVacuumAt, fact.lastAutomaticVacuumAt) },
    ...(fact.deadRows === undefined ? [] : [{ label: 'Dead rows', value: exactCount(fact.deadRows) }]),
    ...(fact.transactionAge == null
      ? []
      : [
          {
            label: 'Transaction age',
            value: compactCount(fact.transactionAge),
            hint: 'Transactions since the oldest row was frozen, age(relfrozenxid): autovacuum must freeze the table before it reaches two billion.',
          },
        ]),
    ...(fact.autovacuumOptions ?? []).map((option): Pair => {
      const [name = '', value = ''] = option.split('=');
      return { label: name.replace(/^autovacuum_/, ''), value };
    }),
  ];
}

const activityPairs = (activity: NonNullable<TableFacts['activity']>): readonly Pair[] => [
  { label: 'Inserts', value: exactCount(activity.inserts) },
  { label: 'Updates', value: exactCount(activity.updates) },
  { label: 'Deletes', value: exactCount(activity.deletes) },
  { label: 'Sequential scans', value: exactCount(activity.sequentialScans) },
  { label: 'Index scans', value: exactCount(activity.indexScans) },
];

/** The later of the two, and which it was. */
function latest(
  manual: string | null | undefined,
  automatic: string | null | undefined,
  either: string | null | undefined = null,
): string {
  if (manual == null && automatic == null) return either == null ? 'never' : dateText(either);
  const byHand = automatic == null || (manual != null && manual > automatic);
  return byHand ? `${dateText(manual ?? '')}, by hand` : `${dateText(automatic ?? '')}, auto`;
}

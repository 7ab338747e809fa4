import { TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import type { Catalog } from '../../../../../engine/catalog/catalog.ts';
import { objectId } from '../../../../../engine/catalog/catalog-objects.ts';
import type { Facts } from '../../../../../engine/catalog/facts.ts';
import { Button } from '../../../components/button.tsx';
import { Icon } from '../../../components/icon.tsx';
import { useNow } from '../../../state/use-now.ts';
import { ageText, bytesText, dateText } from '../quantities.ts';
import { healthOf } from './database-health.ts';
import { Pairs } from './pairs.tsx';

/** The database as a whole: what is unwell, which settings matter, and what the catalog and the role do not show. */
export function DatabaseOverview({
  catalog,
  onSelect,
}: {
  readonly catalog: Catalog;
  readonly onSelect: (id: string) => void;
}) {
  const now = useNow();
  const { facts } = catalog;
  const read =
    facts === null ? undefined : `${dateText(facts.capturedAt)}, ${ageText(facts.capturedAt, new Date(now))}`;
  return (
    <>
      <header className="inspector-head">
        <h2 className="text-ellipsis">{catalog.server.database}</h2>
        <p className="text-small text-2">Choose an object in the tree or in the diagram to see all about it.</p>
      </header>
      <section aria-label="Health" className="inspector-section">
        <div className="row">
          <h3 className="eyebrow grow">Health</h3>
          {read === undefined ? null : <span className="text-micro text-2">{read}</span>}
        </div>
        {facts === null ? (
          <p className="text-small text-2">No server has been asked: there are no facts.</p>
        ) : (
          <Health catalog={catalog} facts={facts} onSelect={onSelect} />
        )}
      </section>
      {facts === null ? null : <Pairs pairs={settingPairs(facts)} title="Settings for migrations" />}
      <Notes
        empty="Everything in this database is in the catalog."
        lines={catalog.notModelled.map((what) => ({ what, why: '' }))}
        title="Not modelled"
      />
      <Notes
        empty="This role may see everything that Lockstep asks for."
        lines={[...(catalog.notVisible ?? []).map((what) => ({ what, why: '' })), ...(facts?.notVisible ?? [])]}
        title="Not visible"
      />
    </>
  );
}

function Health({
  catalog,
  facts,
  onSelect,
}: {
  readonly catalog: Catalog;
  readonly facts: Facts;
  readonly onSelect: (id: string) => void;
}) {
  const signs = useMemo(() => healthOf(catalog, facts), [catalog, facts]);
  if (signs.length === 0) {
    return (
      <p className="text-small text-2">
        No long transaction, no lagging slot, no sequence near its end, no invalid index.
      </p>
    );
  }
  return (
    <ul className="inspector-health">
      {signs.map(({ title, detail, isBad, object }) => (
        <li key={`${title} ${detail}`}>
          <Icon className={isBad ? 'text-warn' : 'text-2'} of={TriangleAlert} size={14} />
          <span>
            {object === null ? (
              <b>{title}</b>
            ) : (
              <Button onPress={() => onSelect(objectId(object))} variant="link">
                {title}
              </Button>
            )}
            <span className="text-2">{detail}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

const shownSettings = [
  'lock_timeout',
  'statement_timeout',
  'max_locks_per_transaction',
  'wal_level',
  'max_wal_size',
  'maintenance_work_mem',
  'autovacuum',
];

function settingPairs(facts: Facts) {
  return shownSettings.flatMap((name) => {
    const setting = facts.settings?.find((each) => each.name === name);
    const ofRole = facts.roleSettings?.find((each) => each.name === name);
    if (setting === undefined && ofRole === undefined) return [];
    const general = setting === undefined ? '' : settingText(setting);
    const special = ofRole === undefined ? '' : `${ofRole.value} for ${ofRole.role ?? ofRole.database ?? 'all'}`;
    return [{ label: name, value: [general, special].filter(Boolean).join('; ') }];
  });
}

/** A setting in the units of people: `64 MB` for 65536 kB. */
function settingText({ value, unit }: { readonly value: string; readonly unit: string | null }): string {
  const size = /^(\d*)(B|kB|MB)$/.exec(unit ?? '');
  if (size === null || Number(value) < 0) return unit === null ? value : `${value} ${unit}`;
  const [, count = '', name = ''] = size;
  const bytes: Readonly<Record<string, number>> = { B: 1, kB: 1024, MB: 1024 ** 2 };
  return bytesText(Number(value) * Number(count === '' ? 1 : count) * (bytes[name] ?? 1));
}

function Notes({
  title,
  lines,
  empty,
}: {
  readonly title: string;
  readonly lines: readonly { readonly what: string; readonly why: string }[];
  readonly empty: string;
}) {
  return (
    <section aria-label={title} className="inspector-section">
      <h3 className="eyebrow">{title}</h3>
      {lines.length === 0 ? <p className="text-small text-2">{empty}</p> : null}
      <ul className="inspector-notes">
        {lines.map(({ what, why }) => (
          <li key={what}>
            {what}
            {why === '' ? null : <span className="text-2">{why}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

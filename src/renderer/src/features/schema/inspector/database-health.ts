import type { Catalog } from '../../../../../engine/catalog/catalog.ts';
import type { GraphObject } from '../../../../../engine/catalog/dependency-graph.ts';
import type { Facts } from '../../../../../engine/catalog/facts.ts';
import { bytesText, compactCount, countOf, durationText, percentText } from '../quantities.ts';

/** Something that a migration would meet: what, how much, whether it is already bad, and where to look. */
export type HealthSign = {
  readonly title: string;
  readonly detail: string;
  readonly isBad: boolean;
  readonly object: GraphObject | null;
};

/** Where a person should know of it, and where it is bad. */
const limits = {
  transaction: { known: 5_000, bad: 60_000 },
  slot: { known: 256 * 2 ** 20, bad: 4 * 2 ** 30 },
  standby: { known: 16 * 2 ** 20, bad: 2 ** 30 },
  sequence: { known: 0.5, bad: 0.8 },
  /** Of the transactions that PostgreSQL can number before it stops: two billion. */
  freeze: { known: 300_000_000, bad: 1_000_000_000 },
};

/** What is unwell in a database, the worst first; empty when nothing is. */
export function healthOf(catalog: Catalog, facts: Facts): readonly HealthSign[] {
  const signs = [
    ...(facts.server?.inRecovery === true
      ? [{ title: 'This server is a standby', detail: 'it cannot be changed', isBad: true, object: null }]
      : []),
    ...transactionSigns(facts),
    ...(facts.preparedTransactions ?? []).map(
      ({ id, owner, preparedAt }): HealthSign => ({
        title: `Prepared transaction ${id}`,
        detail: `of ${owner}, open for ${openFor(preparedAt, facts)}; it keeps its locks`,
        isBad: true,
        object: null,
      }),
    ),
    ...replicationSigns(facts),
    ...sequenceSigns(facts),
    ...freezeSigns(facts),
    ...autovacuumSigns(facts),
    ...invalidIndexSigns(catalog),
    ...unenforcedSigns(catalog),
  ];
  return signs.toSorted((left, right) => Number(right.isBad) - Number(left.isBad));
}

const serverTime = (facts: Facts): number => Date.parse(facts.server?.time ?? facts.capturedAt);
const openFor = (since: string, facts: Facts): string =>
  durationText(Math.max(0, Math.round((serverTime(facts) - Date.parse(since)) / 1000) * 1000));

function transactionSigns(facts: Facts): readonly HealthSign[] {
  return (facts.openTransactions ?? []).flatMap((transaction): readonly HealthSign[] => {
    const age = serverTime(facts) - Date.parse(transaction.startedAt);
    if (age < limits.transaction.known) return [];
    const tables = [...new Set(transaction.locks.map(({ schema, name }) => `${schema}.${name}`))];
    const locks = tables.length === 0 ? 'no table locked' : `locks ${tables.slice(0, 3).join(', ')}`;
    const more = tables.length > 3 ? ` and ${tables.length - 3} more` : '';
    const [first] = transaction.locks;
    return [
      {
        title: `Transaction open for ${openFor(transaction.startedAt, facts)}`,
        detail: [
          transaction.user ?? transaction.kind,
          transaction.application,
          transaction.state ?? '',
          `${locks}${more}`,
          transaction.waitsForLock ? 'waits for a lock' : '',
          `process ${transaction.processId}`,
        ]
          .filter((text) => text !== '')
          .join(', '),
        isBad: age >= limits.transaction.bad,
        object: first === undefined ? null : { kind: 'table', schema: first.schema, name: first.name },
      },
    ];
  });
}

function replicationSigns(facts: Facts): readonly HealthSign[] {
  const slots = (facts.replicationSlots ?? []).flatMap((slot): readonly HealthSign[] => {
    const kept = slot.retainedBytes ?? 0;
    if (slot.active && kept < limits.slot.known) return [];
    return [
      {
        title: `Replication slot ${slot.name}`,
        detail: `${slot.active ? '' : 'nobody reads it, '}keeps ${bytesText(Math.max(0, kept))} of WAL`,
        isBad: kept >= limits.slot.bad || slot.walStatus === 'lost',
        object: null,
      },
    ];
  });
  const standbys = (facts.standbys ?? []).flatMap((standby): readonly HealthSign[] => {
    const behind = standby.lagBytes ?? 0;
    if (behind < limits.standby.known) return [];
    const seconds = standby.lagSeconds === null ? '' : `, ${durationText(standby.lagSeconds * 1000)}`;
    return [
      {
        title: `Standby ${standby.name}`,
        detail: `${bytesText(behind)} behind${seconds}`,
        isBad: behind >= limits.standby.bad,
        object: null,
      },
    ];
  });
  return [...slots, ...standbys];
}

function sequenceSigns(facts: Facts): readonly HealthSign[] {
  return (facts.sequences ?? [])
    .filter(({ usedFraction, cycles }) => !cycles && (usedFraction ?? 0) >= limits.sequence.known)
    .toSorted((left, right) => (right.usedFraction ?? 0) - (left.usedFraction ?? 0))
    .map(({ schema, name, usedFraction, end, column }) => ({
      title: `Sequence ${schema}.${name}`,
      detail: `${percentText(usedFraction)} used, ends at ${end}${column === null ? '' : ` (${column.type} ${column.table}.${column.name})`}`,
      isBad: (usedFraction ?? 0) >= limits.sequence.bad,
      object: { kind: 'sequence', schema, name },
    }));
}

function freezeSigns(facts: Facts): readonly HealthSign[] {
  const old = facts.tables.filter(({ transactionAge }) => (transactionAge ?? 0) >= limits.freeze.known);
  const worst = old.toSorted((left, right) => (right.transactionAge ?? 0) - (left.transactionAge ?? 0))[0];
  if (worst === undefined) return [];
  const age = worst.transactionAge ?? 0;
  return [
    {
      title: `${countOf(old.length, 'table')} near a forced vacuum`,
      detail: `${worst.schema}.${worst.name}: ${compactCount(age)} transactions since it was frozen`,
      isBad: age >= limits.freeze.bad,
      object: { kind: 'table', schema: worst.schema, name: worst.name },
    },
  ];
}

const autovacuumSigns = (facts: Facts): readonly HealthSign[] =>
  facts.settings?.some(({ name, value }) => name === 'autovacuum' && value === 'off') === true
    ? [{ title: 'Autovacuum is off', detail: 'dead rows stay, and statistics age', isBad: true, object: null }]
    : [];

const invalidIndexSigns = (catalog: Catalog): readonly HealthSign[] =>
  [...catalog.tables, ...catalog.views].flatMap((relation) =>
    relation.indexes
      .filter(({ valid }) => !valid)
      .map(({ name }) => ({
        title: `Index ${relation.schema}.${name} is not valid`,
        detail:
          'partitionKey' in relation && relation.partitionKey !== null
            ? `not every partition of ${relation.name} has it`
            : `no query uses it, and ${relation.name} still pays for it: its build failed, or is still running`,
        isBad: true,
        object: { kind: 'index', schema: relation.schema, name },
      })),
  );

/** What is written down and does not hold: one sign for all of a kind, because there may be hundreds. */
function unenforcedSigns({ tables }: Catalog): readonly HealthSign[] {
  const sign = (what: string, how: string, found: readonly { readonly table: GraphObject; readonly name: string }[]) =>
    found.slice(0, 1).map(({ table }) => ({
      title: `${countOf(found.length, what)} ${how}`,
      detail: [
        ...found.slice(0, 3).map((one) => `${one.table.name}.${one.name}`),
        ...(found.length > 3 ? [`and ${found.length - 3} more`] : []),
      ].join(', '),
      isBad: false,
      object: table,
    }));
  const on = ({ schema, name }: Catalog['tables'][number]): GraphObject => ({ kind: 'table', schema, name });
  return [
    ...sign(
      'constraint',
      'not validated',
      tables.flatMap((table) =>
        table.constraints.filter(({ validated }) => !validated).map(({ name }) => ({ table: on(table), name })),
      ),
    ),
    ...sign(
      'trigger',
      'disabled',
      tables.flatMap((table) =>
        table.triggers.filter(({ enabled }) => enabled === 'disabled').map(({ name }) => ({ table: on(table), name })),
      ),
    ),
  ];
}

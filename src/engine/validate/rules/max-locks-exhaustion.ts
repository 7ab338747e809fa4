import { defineRule } from '../rule.ts';

/** With the usual 64 locks for each of 100 connections a server has room for 6,400: half of them for one transaction is much. */
const roomOf = (settings: readonly { readonly name: string; readonly value: string }[]): number => {
  const value = (name: string, usual: number) => Number(settings.find((one) => one.name === name)?.value ?? usual);
  return value('max_locks_per_transaction', 64) * value('max_connections', 100);
};

export const maxLocksExhaustion = defineRule({
  id: 'max-locks-exhaustion',
  title: 'One transaction locks more than the server has room for',
  category: 'timeouts and operational',
  severity: 'warning',
  servers: {},
  docs: {
    what: 'A statement that, with what its transaction holds already, locks more than half of max_locks_per_transaction × max_connections relations.',
    why: 'The table of locks is shared by all sessions. When it is full the statement fails with 53200, and so do the statements of everybody else.',
    instead: 'Fewer partitions or tables per transaction, or a higher max_locks_per_transaction.',
    ignoreWhen: 'nothing else runs on the server.',
    manual: 'https://www.postgresql.org/docs/current/runtime-config-locks.html#GUC-MAX-LOCKS-PER-TRANSACTION',
  },
  examples: [
    {
      name: 'a server with little room',
      setup: `create table events (id bigint, at int) partition by range (at); ${Array.from({ length: 12 }, (_, i) => `create table events_${i} partition of events for values from (${i}) to (${i + 1});`).join(' ')}`,
      facts: [{ table: 'events', rows: 10, bytes: 8192 }],
      live: {
        settings: [
          { name: 'max_locks_per_transaction', value: '10', unit: null },
          { name: 'max_connections', value: '2', unit: null },
        ],
      },
      up: 'ALTER TABLE events ADD COLUMN note text;',
      finds: [{ text: 'ALTER TABLE events', severity: 'warning' }],
    },
    {
      name: 'a usual server',
      setup: 'create table events (id bigint);',
      up: 'alter table events add column note text;',
      finds: [],
    },
    { name: 'without a catalog', up: 'alter table events add column note text;', finds: [] },
  ],
  check: (context) => {
    const room = roomOf(context.facts?.settings ?? []);
    const relations = new Set([...context.held, ...context.effects.locks].map(({ relation }) => relation));
    if (context.effects.locks.length === 0 || relations.size * 2 <= room) return [];
    return [
      {
        range: context.source.head(3),
        message: `${relations.size} relations are locked by one transaction; the server has room for about ${room} locks of all sessions`,
        evidence: { relations: relations.size, room },
      },
    ];
  },
});

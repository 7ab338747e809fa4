import { qualifiedName } from '../../sql/qualified-name.ts';
import { bytesInWords } from '../../sql/quantity.ts';
import { defineRule } from '../rule.ts';

const worthAWord = 1024 ** 3;

export const rewriteWalAndSlots = defineRule({
  id: 'rewrite-wal-and-slots',
  title: 'Rewrite floods the WAL that a slot or a standby has to keep up with',
  category: 'timeouts and operational',
  severity: 'warning',
  servers: {},
  needs: 'facts',
  docs: {
    what: 'A rewrite or an index build of more than 1 GB on a server with standbys or replication slots.',
    why: 'All of it goes through the WAL: standbys fall behind, and what an inactive slot has not taken is kept until the disk is full.',
    instead: 'Drop slots that nobody reads, set max_slot_wal_keep_size, and do the work in steps with pauses.',
    ignoreWhen: 'disk and network bear it.',
    manual: 'https://www.postgresql.org/docs/current/runtime-config-replication.html#GUC-MAX-SLOT-WAL-KEEP-SIZE',
  },
  examples: [
    {
      name: 'a slot that nobody reads',
      setup: 'create table users (id bigint primary key, a int);',
      facts: [{ table: 'users', rows: 50_000_000, bytes: 9_000_000_000 }],
      live: {
        replicationSlots: [
          { name: 's', kind: 'logical', database: 'x', active: false, walStatus: 'extended', retainedBytes: 5 },
        ],
      },
      up: 'ALTER TABLE users ALTER COLUMN a TYPE bigint;',
      finds: [{ text: 'ALTER TABLE users', severity: 'warning' }],
    },
    {
      name: 'standbys that keep up',
      setup: 'create table users (id bigint primary key, a int);',
      facts: [{ table: 'users', rows: 50_000_000, bytes: 9_000_000_000 }],
      live: { standbys: [{ name: 'b', state: 'streaming', synchronous: 'async', lagBytes: 0, lagSeconds: 0 }] },
      up: 'alter table users alter column a type bigint;',
      finds: [{ text: 'alter table users', severity: 'info' }],
    },
    {
      name: 'a small table',
      setup: 'create table users (id bigint primary key, a int);',
      facts: [{ table: 'users', rows: 50, bytes: 8192 }],
      live: { standbys: [{ name: 'b', state: 'streaming', synchronous: 'async', lagBytes: 0, lagSeconds: 0 }] },
      up: 'alter table users alter column a type bigint;',
      finds: [],
    },
    {
      name: 'nothing follows',
      setup: 'create table users (id bigint primary key, a int);',
      facts: [{ table: 'users', rows: 50_000_000, bytes: 9_000_000_000 }],
      up: 'alter table users alter column a type bigint;',
      finds: [],
    },
  ],
  check: (context) => {
    const { facts, effects } = context;
    const written = new Set([...effects.rewrites, ...effects.indexBuilds]);
    const bytes = (facts?.tables ?? [])
      .filter((table) => written.has(qualifiedName(table)))
      .reduce((sum, table) => sum + table.bytes, 0);
    const slots = facts?.replicationSlots ?? [];
    const followers = slots.length + (facts?.standbys ?? []).length;
    if (bytes < worthAWord || followers === 0) return [];
    const idle = slots.filter(({ active }) => !active).map(({ name }) => name);
    return [
      {
        range: context.source.head(3),
        severity: idle.length > 0 ? ('warning' as const) : ('info' as const),
        message:
          idle.length > 0
            ? `About ${bytesInWords(bytes)} of WAL pile up for the slot ${idle[0] ?? ''}, which nobody reads`
            : `About ${bytesInWords(bytes)} of WAL go through to what follows this server`,
        evidence: { bytes, inactiveSlots: idle, followers },
      },
    ];
  },
});

import { defineRule } from '../rule.ts';
import { severityFor } from '../standing.ts';

export const standbyQueryCancel = defineRule({
  id: 'standby-query-cancel',
  title: 'ACCESS EXCLUSIVE reaches the standbys too',
  category: 'timeouts and operational',
  severity: 'info',
  servers: {},
  needs: 'facts',
  on: ['AlterTableStmt'],
  docs: {
    what: 'A statement that takes ACCESS EXCLUSIVE on a large table of a server which has standbys.',
    why: 'The lock is replayed there: queries on the standby that use the table are cancelled, or hold replication up, for max_standby_streaming_delay.',
    instead: 'Send long reads elsewhere while the migration runs.',
    ignoreWhen: 'nothing reads on the standbys.',
    manual: 'https://www.postgresql.org/docs/current/hot-standby.html#HOT-STANDBY-CONFLICT',
  },
  examples: [
    {
      name: 'a server with a standby',
      setup: 'create table users (id bigint primary key);',
      facts: [{ table: 'users', rows: 50_000_000, bytes: 9_000_000_000 }],
      live: { standbys: [{ name: 'b', state: 'streaming', synchronous: 'async', lagBytes: 0, lagSeconds: 0 }] },
      up: 'ALTER TABLE users ADD COLUMN a int;',
      finds: [{ text: 'ALTER TABLE users', severity: 'info' }],
    },
    {
      name: 'no standby',
      setup: 'create table users (id bigint primary key);',
      facts: [{ table: 'users', rows: 50_000_000, bytes: 9_000_000_000 }],
      live: { standbys: [] },
      up: 'alter table users add column a int;',
      finds: [],
    },
    {
      name: 'a weak lock',
      setup: 'create table users (id bigint primary key);',
      facts: [{ table: 'users', rows: 50_000_000, bytes: 9_000_000_000 }],
      live: { standbys: [{ name: 'b', state: 'streaming', synchronous: 'async', lagBytes: 0, lagSeconds: 0 }] },
      up: 'create index concurrently on users (id);',
      finds: [],
    },
  ],
  check: (context) => {
    const standbys = context.facts?.standbys ?? [];
    const altered = context.alter();
    if (standbys.length === 0 || altered === null || severityFor(altered.standing, 'info') === null) return [];
    const lock = context.effects.locks.find(({ mode }) => mode === 'ACCESS EXCLUSIVE');
    if (lock === undefined || (altered.standing.size !== 'large' && altered.standing.size !== 'medium')) return [];
    return [
      {
        range: context.source.head(3),
        message: `Queries on ${lock.relation} are held up or cancelled on ${standbys.length === 1 ? 'the standby' : `${standbys.length} standbys`} as well`,
        evidence: { relation: lock.relation, standbys: standbys.map(({ name }) => name) },
      },
    ];
  },
});

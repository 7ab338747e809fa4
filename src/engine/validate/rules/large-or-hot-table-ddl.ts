import { isStrongerLock } from '../../sql/lock-mode.ts';
import { qualifiedName } from '../../sql/qualified-name.ts';
import { bytesInWords, countInWords } from '../../sql/quantity.ts';
import { insertBefore } from '../fixes.ts';
import { defineRule } from '../rule.ts';

/** From so many statements a second on a second of waiting is felt. */
const busy = 20;

/** Counters of a shorter time, in seconds, tell nothing of a rate: a load of data or a start looks like traffic. */
const shortest = 600;

export const largeOrHotTableDdl = defineRule({
  id: 'large-or-hot-table-ddl',
  title: 'Busy table is locked without a lock_timeout',
  category: 'timeouts and operational',
  severity: 'warning',
  servers: {},
  needs: 'facts',
  foldsUnder: ['long-lock-queue-risk'],
  docs: {
    what: `The first statement of a file that takes a lock which blocks writes on a table for which the facts have counted ${busy} or more scans and changes per second, while no lock_timeout is in force from the file, the role, the database or the server.`,
    why: 'However short the change: while it waits for its lock behind one long query, everything else on the table waits behind it, and on a busy table that is the whole application within seconds.',
    instead: "SET lock_timeout = '2s' and try again when it strikes; a time of day at which the table is quiet.",
    ignoreWhen: 'the runner sets the timeout.',
    manual: 'https://www.postgresql.org/docs/current/explicit-locking.html',
  },
  examples: [
    {
      name: 'a quick change of a busy table',
      setup: 'create table orders (id bigint primary key);',
      facts: [
        {
          table: 'orders',
          rows: 50_000,
          bytes: 9_000_000,
          activity: { inserts: 9_000_000, updates: 900_000, deletes: 0, sequentialScans: 10, indexScans: 90_000_000 },
        },
      ],
      live: {
        server: {
          time: '2026-11-20T08:00:00Z',
          startedAt: '2026-11-10T08:00:00Z',
          inRecovery: false,
          transactionAge: 5000,
          statisticsResetAt: null,
        },
      },
      up: 'ALTER TABLE orders ADD COLUMN a int;',
      finds: [{ text: 'ALTER TABLE orders', severity: 'warning' }],
      fixed: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN a int;",
    },
    {
      name: 'a timeout is in force',
      setup: 'create table orders (id bigint primary key);',
      facts: [
        {
          table: 'orders',
          rows: 50_000,
          bytes: 9_000_000,
          activity: { inserts: 9_000_000, updates: 900_000, deletes: 0, sequentialScans: 10, indexScans: 90_000_000 },
        },
      ],
      live: {
        server: {
          time: '2026-11-20T08:00:00Z',
          startedAt: '2026-11-10T08:00:00Z',
          inRecovery: false,
          transactionAge: 5000,
          statisticsResetAt: null,
        },
        roleSettings: [{ role: 'deploy', database: null, name: 'lock_timeout', value: '2s' }],
      },
      up: 'alter table orders add column a int;',
      finds: [],
    },
    {
      name: 'a server that has just started, with data loaded into it',
      setup: 'create table orders (id bigint primary key);',
      facts: [
        {
          table: 'orders',
          rows: 3000,
          bytes: 90_000,
          activity: { inserts: 3000, updates: 0, deletes: 0, sequentialScans: 10, indexScans: 0 },
        },
      ],
      live: {
        server: {
          time: '2026-11-20T08:00:10Z',
          startedAt: '2026-11-20T08:00:00Z',
          inRecovery: false,
          transactionAge: 5000,
          statisticsResetAt: null,
        },
      },
      up: 'alter table orders add column a int;',
      finds: [],
    },
    {
      name: 'a quiet table',
      setup: 'create table orders (id bigint primary key);',
      facts: [
        {
          table: 'orders',
          rows: 50_000_000,
          bytes: 9_000_000_000,
          activity: { inserts: 9000, updates: 900, deletes: 0, sequentialScans: 10, indexScans: 9000 },
        },
      ],
      live: {
        server: {
          time: '2026-11-20T08:00:00Z',
          startedAt: '2026-11-10T08:00:00Z',
          inRecovery: false,
          transactionAge: 5000,
          statisticsResetAt: null,
        },
      },
      up: 'alter table orders add column a int;',
      finds: [],
    },
    {
      name: 'a lock that lets writes through',
      setup: 'create table orders (id bigint primary key);',
      facts: [
        {
          table: 'orders',
          rows: 50_000,
          bytes: 9_000_000,
          activity: { inserts: 9_000_000, updates: 900_000, deletes: 0, sequentialScans: 10, indexScans: 90_000_000 },
        },
      ],
      live: {
        server: {
          time: '2026-11-20T08:00:00Z',
          startedAt: '2026-11-10T08:00:00Z',
          inRecovery: false,
          transactionAge: 5000,
          statisticsResetAt: null,
        },
      },
      up: 'create index concurrently i on orders (id);',
      finds: [],
    },
    { name: 'without facts nothing is known', up: 'alter table orders add column a int;', finds: [] },
  ],
  check: (context) => {
    const { facts, settings, effects, statement, script } = context;
    if (facts?.server === undefined || settings.lockTimeout !== null || context.direction === 'down') return [];
    const { settings: ofServer = [], roleSettings = [] } = facts;
    const isSet = ({ name, value }: { readonly name: string; readonly value: string }): boolean =>
      name === 'lock_timeout' && !/^0\D*$/.test(value);
    if (ofServer.some(isSet) || roleSettings.some(isSet)) return [];
    const strong = effects.locks.filter(({ mode }) => isStrongerLock(mode, 'SHARE UPDATE EXCLUSIVE'));
    // Counters that were never reset are as old as the database: the server's start is the latest that they can date from.
    const since = Date.parse(facts.server.statisticsResetAt ?? facts.server.startedAt);
    const seconds = Math.max(shortest, (Date.parse(facts.server.time) - since) / 1000);
    const hottest = facts.tables
      .flatMap((table) => {
        const lock = strong.find(({ relation }) => relation === qualifiedName(table) && !context.isNew(relation));
        if (lock === undefined || table.activity === undefined) return [];
        const { inserts, updates, deletes, sequentialScans, indexScans } = table.activity;
        const rate = (inserts + updates + deletes + sequentialScans + indexScans) / seconds;
        return rate < busy ? [] : [{ table, lock, rate }];
      })
      .toSorted((a, b) => b.rate - a.rate)[0];
    if (hottest === undefined) return [];
    const { table, lock, rate } = hottest;
    // Once per file is enough: whoever sets the timeout sets it for all.
    const told = script.statements.slice(0, statement.index).some((earlier) => context.alter(earlier) !== null);
    if (told) return [];
    return [
      {
        range: context.source.head(3),
        message: `${lock.relation} (${bytesInWords(table.bytes)}) is used about ${countInWords(rate)} times a second: while this waits for ${lock.mode}, all of them wait, and no lock_timeout ends it`,
        evidence: { relation: lock.relation, lock: lock.mode, perSecond: Math.round(rate), bytes: table.bytes },
        fix: {
          title: 'Set a lock_timeout first',
          edits: [insertBefore(context, statement, "SET lock_timeout = '2s';\n")],
        },
      },
    ];
  },
});

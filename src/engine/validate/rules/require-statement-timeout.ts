import { qualifiedName } from '../../sql/qualified-name.ts';
import { defineRule } from '../rule.ts';
import { severityFor } from '../standing.ts';

export const requireStatementTimeout = defineRule({
  id: 'require-statement-timeout',
  title: 'Slow statement without a statement_timeout',
  category: 'timeouts and operational',
  severity: 'warning',
  servers: {},
  optIn: true,
  docs: {
    what: 'A statement that rewrites or reads a whole existing table under a lock that blocks writes, while the file has set no statement_timeout.',
    why: 'If it takes longer than expected, nothing ends it, and the lock stays until it is done.',
    instead: 'SET statement_timeout to what the table may be locked for at most.',
    ignoreWhen: 'the role or the database sets a statement_timeout.',
    manual: 'https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-STATEMENT-TIMEOUT',
  },
  examples: [
    {
      name: 'a full read under a strong lock',
      setup: 'create table orders (a int);',
      up: 'ALTER TABLE orders ALTER COLUMN a SET NOT NULL;',
      finds: [{ text: 'ALTER TABLE', severity: 'warning' }],
    },
    {
      name: 'the timeout is set',
      setup: 'create table orders (a int);',
      up: "set statement_timeout = '10s'; alter table orders alter a set not null;",
      finds: [],
    },
    {
      name: 'no rows are read',
      setup: 'create table orders (a int not null);',
      up: 'alter table orders alter a set not null;',
      finds: [],
    },
    {
      name: 'a validated CHECK spares the read',
      setup: 'create table orders (a int, constraint c check (a is not null));',
      up: 'alter table orders alter a set not null;',
      finds: [],
    },
  ],
  check: (context) => {
    const { effects, settings } = context;
    if (settings.statementTimeout !== null) return [];
    const work = [...effects.rewrites, ...effects.scans].find(
      (relation) =>
        !context.isNew(relation) && effects.locks.some((lock) => lock.relation === relation && lock.blocks !== ''),
    );
    const blocking = effects.locks.find(({ relation, blocks }) => relation === work && /writes/.test(blocks));
    if (work === undefined || blocking === undefined) return [];
    const table = context.database.catalog.tables.find((one) => qualifiedName(one) === work);
    const standing = table === undefined ? null : context.standing(table);
    // A few pages are read before any timeout could strike.
    if (standing !== null && severityFor(standing, 'warning') !== 'warning') return [];
    return [
      {
        range: context.source.head(2),
        message: `No statement_timeout ends this while ${work} is locked`,
        evidence: { relation: work, lock: blocking.mode },
      },
    ];
  },
});

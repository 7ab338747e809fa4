import { defineRule } from '../rule.ts';

export const implicitTransactionMultiStatement = defineRule({
  id: 'implicit-transaction-multi-statement',
  title: 'Statement must not share a message with others',
  category: 'correctness',
  severity: 'info',
  servers: {},
  docs: {
    what: 'A statement that PostgreSQL refuses inside a transaction, in a file with further statements and no BEGIN. Told once per file.',
    why: 'A runner that sends the file as one query string makes it one implicit transaction: the statement then fails with 25001 although nobody wrote BEGIN. psql -f sends statement by statement, and many migration tools do not.',
    instead: 'A file of its own for the statement, SET included.',
    ignoreWhen: 'your runner sends statement by statement, as psql does.',
    manual: 'https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT',
  },
  examples: [
    {
      name: 'a SET before a concurrent build',
      up: "SET lock_timeout = '2s';\nCREATE INDEX CONCURRENTLY i ON orders (a);",
      finds: [{ text: 'CREATE INDEX', severity: 'info' }],
    },
    {
      name: 'the first of two',
      up: 'drop index concurrently i; drop index concurrently j;',
      finds: [{ text: 'drop index' }],
    },
    { name: 'alone in its file', up: '-- speeds up the list\ncreate index concurrently i on orders (a);', finds: [] },
    {
      name: 'statements that may share a transaction',
      setup: 'create table orders (a int);',
      up: "set lock_timeout = '2s'; alter table orders add column b int;",
      finds: [],
    },
    {
      name: 'a concurrent refresh may run in a transaction',
      setup: 'create materialized view m as select 1 as a; create unique index on m (a);',
      up: "set lock_timeout = '2s'; refresh materialized view concurrently m;",
      finds: [],
    },
  ],
  check: (context) => {
    const { effects, transaction, script, statement } = context;
    if (effects.transaction !== 'forbidden' || transaction.number !== null || script.statements.length < 2) return [];
    const told = script.statements
      .slice(0, statement.index)
      .some(({ text }) => /\bconcurrently\b|^\s*vacuum\b/i.test(text) && !/^\s*refresh\b/i.test(text));
    if (told) return [];
    return [
      {
        range: context.source.head(2),
        message: `A runner that sends these ${script.statements.length} statements in one message makes them one transaction, in which this one fails with 25001`,
        evidence: { statements: script.statements.length, sqlstate: '25001' },
      },
    ];
  },
});

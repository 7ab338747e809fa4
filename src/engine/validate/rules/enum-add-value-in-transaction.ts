import { as } from '../../sql/nodes.ts';
import { defineRule } from '../rule.ts';

export const enumAddValueInTransaction = defineRule({
  id: 'enum-add-value-in-transaction',
  title: 'ALTER TYPE ADD VALUE inside a transaction before PostgreSQL 12',
  category: 'correctness',
  severity: 'error',
  servers: { to: 11 },
  on: ['AlterEnumStmt'],
  docs: {
    what: 'ALTER TYPE … ADD VALUE inside a transaction block on PostgreSQL 11 or older.',
    why: 'It fails with 25001 there.',
    instead: 'Put it into a migration of its own that runs without a transaction.',
    ignoreWhen: 'never: the statement cannot succeed.',
    manual: 'https://www.postgresql.org/docs/11/sql-altertype.html',
  },
  examples: [
    {
      name: 'on 11',
      serverVersion: 11,
      up: "begin; ALTER TYPE mood ADD VALUE 'great'; commit;",
      finds: [{ text: "ALTER TYPE mood ADD VALUE 'great'", severity: 'error' }],
    },
    { name: 'on 12', serverVersion: 12, up: "begin; alter type mood add value 'great'; commit;", finds: [] },
    { name: 'on its own', serverVersion: 11, up: "alter type mood add value 'great';", finds: [] },
  ],
  check: (context) => {
    const change = as(context.statement.node, 'AlterEnumStmt');
    if (change?.newVal === undefined || change.oldVal !== undefined || context.transaction.number === null) return [];
    return [
      {
        range: context.source.range,
        message:
          'Before PostgreSQL 12 an enum value cannot be added inside a transaction block: the statement fails with 25001',
        evidence: { sqlstate: '25001' },
      },
    ];
  },
});

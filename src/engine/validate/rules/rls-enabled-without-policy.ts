import { as, nameOf } from '../../sql/nodes.ts';
import { keyOf } from '../../sql/table-index.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const rlsEnabledWithoutPolicy = defineRule({
  id: 'rls-enabled-without-policy',
  title: 'Row level security without a policy hides every row',
  category: 'security and access',
  severity: 'error',
  servers: {},
  on: ['AT_EnableRowSecurity'],
  docs: {
    what: 'ENABLE ROW LEVEL SECURITY on a table that has no policy, when this file does not create one.',
    why: 'Without a policy the default is to deny: every role but the owner finds the table empty and cannot write to it.',
    instead: 'CREATE POLICY in the same transaction.',
    ignoreWhen: 'only the owner and roles with BYPASSRLS use the table.',
    manual: 'https://www.postgresql.org/docs/current/ddl-rowsecurity.html',
  },
  examples: [
    {
      name: 'an existing table without policies',
      setup: 'create table users (id bigint);',
      up: 'ALTER TABLE users ENABLE ROW LEVEL SECURITY;',
      finds: [{ text: 'ENABLE ROW LEVEL SECURITY', severity: 'error' }],
    },
    {
      name: 'a new table',
      up: 'create table users (id bigint); alter table users enable row level security;',
      finds: [{ text: 'enable row level security', severity: 'info' }],
    },
    {
      name: 'the policy follows',
      setup: 'create table users (id bigint);',
      up: 'alter table users enable row level security; create policy p on users using (id > 0);',
      finds: [],
    },
    {
      name: 'the table has a policy',
      setup: 'create table users (id bigint); create policy p on users using (id > 0);',
      up: 'alter table users enable row level security;',
      finds: [],
    },
    {
      name: 'it is on already',
      setup: 'create table users (id bigint); alter table users enable row level security;',
      up: 'alter table users enable row level security;',
      finds: [],
    },
    {
      name: 'without a catalog the policies are not known',
      up: 'alter table users enable row level security;',
      finds: [],
    },
  ],
  check: (context) => {
    const altered = context.alter();
    const table = altered?.table ?? null;
    if (altered === null || table === null || table.rowSecurity || table.policies.length > 0) return [];
    if (context.direction === 'down') return [];
    if (!altered.actions.some(({ cmd }) => cmd.subtype === 'AT_EnableRowSecurity')) return [];
    const created = context.script.statements.some(({ node }) => {
      const policy = as(node, 'CreatePolicyStmt');
      return policy !== undefined && keyOf(context.database.resolve(nameOf(policy.table))) === keyOf(table);
    });
    if (created) return [];
    return altered.actions.flatMap(({ cmd, range }) =>
      cmd.subtype === 'AT_EnableRowSecurity'
        ? [
            {
              range,
              severity: altered.standing.size === 'new' ? ('info' as const) : ('error' as const),
              message: `${shown(altered.written)} has no policy: every role but its owner finds it empty`,
              evidence: { table: shown(altered.written) },
            },
          ]
        : [],
    );
  },
});

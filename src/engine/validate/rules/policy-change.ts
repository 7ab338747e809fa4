import { as, nameOf } from '../../sql/nodes.ts';
import { defineRule } from '../rule.ts';
import { isTautology } from '../tautology.ts';
import { shown } from '../wording.ts';

export const policyChange = defineRule({
  id: 'policy-change',
  title: 'Policy lets every row through',
  category: 'security and access',
  severity: 'warning',
  servers: {},
  docs: {
    what: 'CREATE or ALTER POLICY whose condition every row meets, such as USING (true), for a permissive policy.',
    why: 'Permissive policies are joined with OR: one that is always true makes all others without effect for its command and roles.',
    instead: 'A condition that says whose rows they are; or no row level security where all rows are for everybody.',
    ignoreWhen: 'the table is public on purpose, or restrictive policies narrow it.',
    manual: 'https://www.postgresql.org/docs/current/sql-createpolicy.html',
  },
  examples: [
    {
      name: 'every row may be changed',
      setup: 'create table users (id bigint);',
      up: 'CREATE POLICY p ON users FOR UPDATE USING (true);',
      finds: [{ text: 'USING', severity: 'warning' }],
    },
    {
      name: 'every row may be read',
      up: 'create policy p on users for select using (1 = 1);',
      finds: [{ text: 'using', severity: 'info' }],
    },
    {
      name: 'an existing policy is widened',
      up: 'alter policy p on users using (true);',
      finds: [{ text: 'using', severity: 'warning' }],
    },
    { name: 'a real condition', up: 'create policy p on users using (owner = current_user);', finds: [] },
    {
      name: 'a restrictive policy only narrows',
      up: 'create policy p on users as restrictive for update using (true);',
      finds: [],
    },
    {
      name: 'roles that are named',
      setup: 'create table users (id bigint);',
      up: 'create policy p on users to admins using (true);',
      finds: [],
    },
  ],
  check: (context) => {
    const create = as(context.statement.node, 'CreatePolicyStmt');
    const alter = as(context.statement.node, 'AlterPolicyStmt');
    const policy = create ?? alter;
    if (policy === undefined || create?.permissive === false || context.direction === 'down') return [];
    if (create !== undefined && create.permissive !== true) return [];
    const everybody = (policy.roles ?? []).every((role) => as(role, 'RoleSpec')?.roletype === 'ROLESPEC_PUBLIC');
    const using = policy.qual !== undefined && isTautology(policy.qual);
    const check = policy.with_check !== undefined && isTautology(policy.with_check);
    if (!everybody || !(using || check)) return [];
    const reads = create?.cmd_name === 'select';
    return [
      {
        range: (using ? context.source.words('USING') : context.source.words('WITH CHECK')) ?? context.source.range,
        severity: reads ? ('info' as const) : ('warning' as const),
        message: `${using ? 'Every row' : 'Every new row'} of ${shown(nameOf(policy.table))} passes this policy, for every role`,
        evidence: { table: shown(nameOf(policy.table)), command: create?.cmd_name ?? null },
      },
    ];
  },
});

import { all, as, nameOf, nameOfParts, strings } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { type CheckContext, defineRule, type Found } from '../rule.ts';
import { isTautology } from '../tautology.ts';
import { listInWords, shown } from '../wording.ts';

/** A policy that is dropped while row level security is on, unless another one comes for it; null for the rest. */
const inDrop = (context: CheckContext): Found | null => {
  const drop = as(context.statement.node, 'DropStmt');
  if (drop?.removeType !== 'OBJECT_POLICY' || context.direction === 'down') return null;
  const parts = strings(as(drop.objects?.[0], 'List')?.items);
  const written = nameOfParts(parts.slice(0, -1));
  const name = parts.at(-1) ?? '';
  const table = context.database.table(written);
  const policy = table?.policies.find((known) => known.name === name);
  if (context.created.has('policy', context.database.resolve(written), name)) return null;
  if (table !== null && (!table.rowSecurity || policy === undefined)) return null;
  const again = context.script.statements
    .slice(context.statement.index + 1)
    .some(({ node }) => as(node, 'CreatePolicyStmt')?.table?.relname === written.name);
  if (again) return null;
  return {
    range: context.source.range,
    message: `${policy?.permissive === false ? 'More rows' : 'Fewer rows'} of ${shown(written)} can be reached without the policy ${quoteIdentifier(name)}`,
    evidence: { table: shown(written), policy: name },
  };
};

export const policyChange = defineRule({
  id: 'policy-change',
  title: 'Policy lets every row through, or is gone',
  category: 'security and access',
  severity: 'warning',
  servers: {},
  on: ['AlterPolicyStmt', 'CreatePolicyStmt', 'DropStmt'],
  docs: {
    what: 'CREATE or ALTER POLICY whose condition every row meets, such as USING (true), for a permissive policy; DROP POLICY where row level security is on and the migration makes no other policy for the table.',
    why: 'Permissive policies are joined with OR: one that is always true makes all others without effect for its command and roles. Without a permissive policy its rows cannot be reached any more, without a restrictive one more rows can.',
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
    {
      name: 'a policy is dropped',
      setup:
        'create table users (id bigint); alter table users enable row level security; create policy p on users using (id > 0);',
      up: 'drop policy p on users;',
      finds: [{ text: 'drop policy p on users', severity: 'warning' }],
    },
    {
      name: 'a policy is replaced',
      setup:
        'create table users (id bigint); alter table users enable row level security; create policy p on users using (id > 0);',
      up: 'begin; drop policy if exists p on users; create policy p on users using (id > 1); commit;',
      finds: [],
    },
    {
      name: 'a policy that is not in force is dropped',
      setup: 'create table users (id bigint); create policy p on users using (id > 0);',
      up: 'drop policy p on users;',
      finds: [],
    },
    {
      name: 'every row may be read although another policy has a condition',
      setup:
        'create table users (id bigint); create policy own on users using (id > 0); create policy narrow on users as restrictive for select using (id > 1);',
      up: 'create policy p on users for select using (true);',
      finds: [{ text: 'using', severity: 'warning' }],
    },
    {
      name: 'a role that another policy restricts, and one that none does',
      setup:
        'create role clerk; create role boss; create table users (id bigint); create policy own on users to clerk using (id > 0);',
      up: 'create policy p on users to clerk using (true); create policy q on users to boss using (true);',
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
    const dropped = inDrop(context);
    if (dropped !== null) return [dropped];
    const create = as(context.statement.node, 'CreatePolicyStmt');
    const alter = as(context.statement.node, 'AlterPolicyStmt');
    const policy = create ?? alter;
    if (policy === undefined || create?.permissive === false || context.direction === 'down') return [];
    if (create !== undefined && create.permissive !== true) return [];
    const everybody = (policy.roles ?? []).every((role) => as(role, 'RoleSpec')?.roletype === 'ROLESPEC_PUBLIC');
    const named = all(policy.roles, 'RoleSpec').map(({ rolename }) => rolename ?? '');
    const using = policy.qual !== undefined && isTautology(policy.qual);
    const check = policy.with_check !== undefined && isTautology(policy.with_check);
    if (!(using || check)) return [];
    // A policy that lets everything through undoes the conditions of the permissive ones beside it.
    const undoes = context.database
      .table(nameOf(policy.table))
      ?.policies.some(
        ({ permissive, command, using, roles }) =>
          permissive &&
          (command === 'all' || command === 'select') &&
          using !== null &&
          using !== 'true' &&
          (everybody || roles.some((role) => named.includes(role))),
      );
    if (!everybody && undoes !== true) return [];
    const reads = create?.cmd_name === 'select' && undoes !== true;
    return [
      {
        range: (using ? context.source.words('USING') : context.source.words('WITH CHECK')) ?? context.source.range,
        severity: reads ? ('info' as const) : ('warning' as const),
        message: `${using ? 'Every row' : 'Every new row'} of ${shown(nameOf(policy.table))} passes this policy, for ${everybody ? 'every role' : listInWords(named.map(quoteIdentifier))}`,
        evidence: { table: shown(nameOf(policy.table)), command: create?.cmd_name ?? null },
      },
    ];
  },
});

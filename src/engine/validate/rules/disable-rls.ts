import { eachAction } from '../each-action.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const disableRls = defineRule({
  id: 'disable-rls',
  title: 'Row level security is switched off',
  category: 'security and access',
  severity: 'error',
  servers: {},
  on: ['AT_DisableRowSecurity', 'AT_NoForceRowSecurity'],
  docs: {
    what: 'DISABLE ROW LEVEL SECURITY, or NO FORCE ROW LEVEL SECURITY, on a table that has it.',
    why: 'From the commit on every role with SELECT on the table sees all rows, whatever its policies say; with NO FORCE its owner does.',
    instead: 'Change the policies instead, or revoke the privileges first.',
    ignoreWhen: 'all rows are meant for all roles that can read the table.',
    manual: 'https://www.postgresql.org/docs/current/ddl-rowsecurity.html',
  },
  examples: [
    {
      name: 'a table that has it',
      setup: 'create table users (id bigint); alter table users enable row level security;',
      up: 'ALTER TABLE users DISABLE ROW LEVEL SECURITY;',
      finds: [{ text: 'DISABLE ROW LEVEL SECURITY', severity: 'error' }],
      trace: { locks: { users: 'ACCESS EXCLUSIVE' } },
    },
    {
      name: 'the owner is let through',
      setup: 'create table users (id bigint); alter table users enable row level security, force row level security;',
      up: 'alter table users no force row level security;',
      finds: [{ text: 'no force row level security', severity: 'warning' }],
    },
    {
      name: 'without a catalog',
      up: 'alter table users disable row level security;',
      finds: [{ text: 'disable row level security' }],
    },
    {
      name: 'a table that does not have it',
      setup: 'create table users (id bigint);',
      up: 'alter table users disable row level security, no force row level security;',
      finds: [],
    },
    {
      name: 'the down of what the up switched on',
      setup: 'create table users (id bigint);',
      up: 'alter table users enable row level security;',
      down: 'alter table users disable row level security;',
      finds: [],
    },
    {
      name: 'for the time of a backfill',
      setup: 'create table users (id bigint); alter table users enable row level security;',
      up: 'alter table users disable row level security; update users set id = 1 where id = 2; alter table users enable row level security;',
      finds: [],
    },
  ],
  check: (context) =>
    eachAction(context, ['AT_DisableRowSecurity', 'AT_NoForceRowSecurity'], 'error', ({ cmd, range }, altered) => {
      const forced = cmd.subtype === 'AT_NoForceRowSecurity';
      if (context.direction === 'down') return null;
      if (altered.table !== null && !(forced ? altered.table.forceRowSecurity : altered.table.rowSecurity)) return null;
      const back = forced ? 'AT_ForceRowSecurity' : 'AT_EnableRowSecurity';
      const again = context.script.statements.slice(context.statement.index + 1).some((statement) => {
        const later = context.alter(statement);
        return later?.name.name === altered.name.name && later.actions.some((each) => each.cmd.subtype === back);
      });
      if (again) return null;
      return {
        range,
        severity: forced ? 'warning' : 'error',
        message: forced
          ? `The owner of ${shown(altered.written)} sees all rows from now on`
          : `Every role that can read ${shown(altered.written)} sees all its rows from now on`,
        evidence: { table: shown(altered.written), policies: altered.table?.policies.map(({ name }) => name) ?? null },
      };
    }),
});

import { as } from '../../sql/nodes.ts';
import { keyOf } from '../../sql/table-index.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const dropPrimaryKey = defineRule({
  id: 'drop-primary-key',
  title: 'Dropped primary key',
  category: 'compatibility',
  severity: 'error',
  servers: {},
  on: ['AT_DropConstraint'],
  docs: {
    what: 'DROP CONSTRAINT of the primary key of an existing table, without a new one in the same statement.',
    why: 'Rows can no longer be told apart: logical replication refuses updates and deletes, ON CONFLICT and foreign keys lose their target, and the index behind it is gone.',
    instead:
      'Build the new unique index CONCURRENTLY first, and exchange the keys in one ALTER TABLE: DROP CONSTRAINT …, ADD PRIMARY KEY USING INDEX ….',
    ignoreWhen: 'the table is out of use.',
    manual: 'https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-PRIMARY-KEYS',
  },
  examples: [
    {
      name: 'the key of an existing table',
      setup: 'create table users (id bigint primary key);',
      up: 'ALTER TABLE users DROP CONSTRAINT users_pkey;',
      finds: [{ text: 'DROP CONSTRAINT users_pkey', severity: 'error' }],
      trace: { locks: { users: 'ACCESS EXCLUSIVE' } },
    },
    {
      name: 'by its usual name, without a catalog',
      up: 'alter table users drop constraint users_pkey cascade;',
      finds: [{ text: 'drop constraint users_pkey cascade', severity: 'warning' }],
    },
    {
      name: 'exchanged in one statement',
      setup: 'create table users (id bigint primary key, a bigint not null); create unique index u on users (a);',
      up: 'alter table users drop constraint users_pkey, add primary key using index u;',
      finds: [],
    },
    {
      name: 'another constraint',
      setup: 'create table users (id bigint primary key, constraint c check (id > 0));',
      up: 'alter table users drop constraint c;',
      finds: [],
    },
    {
      name: 'a new table',
      up: 'create table fresh (id int primary key); alter table fresh drop constraint fresh_pkey;',
      finds: [],
    },
  ],
  check: (context) => {
    const altered = context.alter();
    if (altered === null || altered.standing.size === 'new') return [];
    const renewed = altered.actions.some(
      ({ cmd }) => cmd.subtype === 'AT_AddConstraint' && as(cmd.def, 'Constraint')?.contype === 'CONSTR_PRIMARY',
    );
    if (renewed) return [];
    const isRenewedLater = () =>
      context.script.statements.slice(context.statement.index + 1).some((statement) => {
        const other = context.alter(statement);
        return (
          other !== null &&
          keyOf(other.name) === keyOf(altered.name) &&
          other.actions.some(({ cmd }) => as(cmd.def, 'Constraint')?.contype === 'CONSTR_PRIMARY')
        );
      });
    return altered.actions.flatMap(({ cmd, range }) => {
      if (cmd.subtype !== 'AT_DropConstraint') return [];
      const constraint = context.database.constraint(altered.table, cmd.name ?? '');
      const guessed = altered.table === null && cmd.name === `${altered.name.name}_pkey`;
      if (constraint?.kind !== 'primary key' && !guessed) return [];
      const later = isRenewedLater();
      return [
        {
          range,
          severity: guessed || later ? ('warning' as const) : ('error' as const),
          message: later
            ? `${shown(altered.written)} is without a primary key until the new one is added`
            : `${shown(altered.written)} is left without a primary key`,
          evidence: { table: shown(altered.written), constraint: cmd.name },
        },
      ];
    });
  },
});

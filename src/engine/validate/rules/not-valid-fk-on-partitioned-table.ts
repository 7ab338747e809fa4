import { as } from '../../sql/nodes.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const notValidFkOnPartitionedTable = defineRule({
  id: 'not-valid-fk-on-partitioned-table',
  title: 'NOT VALID foreign key on a partitioned table is refused before PostgreSQL 18',
  category: 'correctness',
  severity: 'error',
  servers: { to: 17 },
  on: ['AlterTableStmt'],
  docs: {
    what: 'ADD FOREIGN KEY … NOT VALID on a partitioned table, on PostgreSQL 17 or older.',
    why: 'PostgreSQL refuses it with 42809.',
    instead:
      'Add the key NOT VALID to each partition and validate it there; then add it to the parent, which adopts the keys of the partitions.',
    ignoreWhen: 'never: the statement cannot succeed.',
    manual: 'https://www.postgresql.org/docs/17/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT',
  },
  examples: [
    {
      name: 'on 17',
      serverVersion: 17,
      setup:
        'create table users (id bigint primary key); create table events (at int, user_id bigint) partition by range (at);',
      up: 'ALTER TABLE events ADD CONSTRAINT f FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;',
      finds: [{ text: 'NOT VALID', severity: 'error' }],
    },
    {
      name: 'on 18',
      serverVersion: 18,
      setup:
        'create table users (id bigint primary key); create table events (at int, user_id bigint) partition by range (at);',
      up: 'alter table events add constraint f foreign key (user_id) references users (id) not valid;',
      finds: [],
    },
    {
      name: 'an ordinary table on 17',
      serverVersion: 17,
      setup: 'create table users (id bigint primary key); create table orders (user_id bigint);',
      up: 'alter table orders add constraint f foreign key (user_id) references users (id) not valid;',
      finds: [],
    },
  ],
  check: (context) => {
    const altered = context.alter();
    if (altered?.table?.kind !== 'partitioned table') return [];
    return altered.actions.flatMap(({ cmd, range }) => {
      const key = cmd.subtype === 'AT_AddConstraint' ? as(cmd.def, 'Constraint') : undefined;
      if (key?.contype !== 'CONSTR_FOREIGN' || key.skip_validation !== true) return [];
      return [
        {
          range: context.source.words('NOT VALID', range) ?? range,
          message: `${shown(altered.written)} is partitioned: before PostgreSQL 18 it takes no NOT VALID foreign key, and the statement fails with 42809`,
          evidence: { table: shown(altered.written), sqlstate: '42809' },
        },
      ];
    });
  },
});

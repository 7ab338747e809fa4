import { as, nameOf } from '../../sql/nodes.ts';
import { addNotValid, columnConstraints } from '../fixes.ts';
import { defineRule } from '../rule.ts';
import { severityFor } from '../standing.ts';
import { shown } from '../wording.ts';

export const addingForeignKeyConstraint = defineRule({
  id: 'adding-foreign-key-constraint',
  title: 'Foreign key validated while both tables are locked',
  category: 'locking',
  severity: 'error',
  servers: {},
  on: ['AT_AddColumn', 'AT_AddConstraint'],
  foldsUnder: ['fk-target-not-unique'],
  docs: {
    what: 'ADD FOREIGN KEY without NOT VALID on an existing table, or ADD COLUMN … REFERENCES with a default that is not NULL.',
    why: 'PostgreSQL looks up every existing row in the other table while it holds SHARE ROW EXCLUSIVE on both: writes to both tables wait for the whole comparison.',
    instead:
      'ADD CONSTRAINT … NOT VALID, which checks new rows only; then VALIDATE CONSTRAINT in a transaction of its own, under locks that let reads and writes go on.',
    ignoreWhen: 'both tables are small, or writes to both may wait.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT',
  },
  examples: [
    {
      name: 'a named foreign key on an existing table',
      setup:
        'create table users (id bigint primary key); create table orders (id bigint primary key, user_id bigint); insert into users values (1); insert into orders values (1, 1);',
      up: 'ALTER TABLE orders ADD CONSTRAINT orders_user FOREIGN KEY (user_id) REFERENCES users (id);',
      finds: [{ text: 'ADD CONSTRAINT orders_user FOREIGN KEY (user_id) REFERENCES users (id)', severity: 'error' }],
      fixed:
        'ALTER TABLE orders ADD CONSTRAINT orders_user FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;\nALTER TABLE orders VALIDATE CONSTRAINT orders_user;',
      trace: { locks: { orders: 'SHARE ROW EXCLUSIVE', users: 'SHARE ROW EXCLUSIVE' } },
    },
    {
      name: 'without a name and without a catalog',
      up: 'alter table "Orders" add foreign key ("User") references users on delete cascade; -- later\nselect 1;',
      finds: [{ text: 'add foreign key ("User") references users on delete cascade', severity: 'error' }],
      fixed:
        'alter table "Orders" add CONSTRAINT "Orders_User_fkey" foreign key ("User") references users on delete cascade NOT VALID; -- later\nALTER TABLE "Orders" VALIDATE CONSTRAINT "Orders_User_fkey";\nselect 1;',
    },
    {
      name: 'in a transaction it is validated after the COMMIT',
      up: 'begin;\nalter table a add constraint f foreign key (x) references b (y);\ncommit;',
      finds: [{ text: 'add constraint f foreign key (x) references b (y)' }],
      fixed:
        'begin;\nalter table a add constraint f foreign key (x) references b (y) NOT VALID;\ncommit;\nALTER TABLE a VALIDATE CONSTRAINT f;',
    },
    {
      name: 'a new column with a default is compared too',
      up: 'alter table orders add column user_id bigint default 1 references users (id);',
      finds: [{ text: 'add column user_id bigint default 1 references users (id)', severity: 'error' }],
    },
    {
      name: 'NOT VALID',
      up: 'alter table orders add constraint f foreign key (user_id) references users (id) not valid;',
      finds: [],
    },
    {
      name: 'a new column that starts as NULL has nothing to compare',
      up: 'alter table orders add column user_id bigint references users (id);',
      finds: [],
    },
    {
      name: 'a table created in the same migration',
      setup: 'create table users (id bigint primary key); insert into users values (1);',
      up: 'create table orders (user_id bigint); insert into orders values (1); alter table orders add foreign key (user_id) references users (id);',
      finds: [],
    },
    {
      name: 'a default of NULL that is written',
      setup: 'create table users (id bigint primary key); create table orders (id bigint);',
      up: 'alter table orders add user_id bigint default null references users; alter table orders add other_id bigint references users;',
      finds: [{ text: 'add user_id bigint default null references users' }],
    },
    {
      name: 'NOT ENFORCED is never compared',
      serverVersion: 18,
      up: 'alter table orders add constraint f foreign key (user_id) references users (id) not enforced;',
      finds: [],
    },
  ],
  check: (context) => {
    const altered = context.alter();
    if (altered === null) return [];
    const severity = severityFor(altered.standing, 'error');
    if (severity === null) return [];
    return altered.actions.flatMap((action) => {
      const { cmd, range } = action;
      const own = as(cmd.def, 'Constraint');
      const added = cmd.subtype === 'AT_AddConstraint' && own?.contype === 'CONSTR_FOREIGN' ? own : undefined;
      const constraints = cmd.subtype === 'AT_AddColumn' ? columnConstraints(action) : [];
      const filled = constraints.some(
        // Any default that is written counts, NULL too: the server then compares all rows.
        ({ contype }) =>
          contype === 'CONSTR_IDENTITY' || contype === 'CONSTR_GENERATED' || contype === 'CONSTR_DEFAULT',
      );
      const inline = filled ? constraints.find(({ contype }) => contype === 'CONSTR_FOREIGN') : undefined;
      const key = added ?? inline;
      if (key === undefined || key.skip_validation === true || key.is_enforced === false) return [];
      const other = nameOf(key.pktable);
      const partitioned = altered.table?.kind === 'partitioned table' && context.serverVersion < 180_000;
      return [
        {
          range,
          severity,
          message: `Every row of ${shown(altered.written)} is looked up in ${shown(other)} while writes to both tables wait (${altered.standing.words})`,
          evidence: {
            table: shown(altered.written),
            references: shown(other),
            lock: 'SHARE ROW EXCLUSIVE',
            rows: altered.standing.rows,
          },
          ...(partitioned
            ? {
                instead:
                  'Before PostgreSQL 18 a partitioned table takes no NOT VALID foreign key: add and validate it on each partition first, then on the parent.',
              }
            : {}),
          fix: added === undefined || partitioned ? null : addNotValid(context, altered.written, action),
        },
      ];
    });
  },
});

import { as } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { eachAction } from '../each-action.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const notEnforcedConstraint = defineRule({
  id: 'not-enforced-constraint',
  title: 'Constraint that nobody enforces',
  category: 'correctness',
  severity: 'info',
  servers: { from: 18 },
  on: ['AT_AddConstraint', 'AT_AlterConstraint'],
  docs: {
    what: 'A constraint that is added or altered as NOT ENFORCED.',
    why: 'It is written down and checks nothing: rows that break it come in, and whoever reads the schema believes otherwise.',
    instead: 'NOT VALID, which checks new rows, and VALIDATE CONSTRAINT later.',
    ignoreWhen: 'it is documentation, or enforced elsewhere.',
    manual: 'https://www.postgresql.org/docs/current/sql-createtable.html',
  },
  examples: [
    {
      name: 'a CHECK',
      setup: 'create table users (id bigint primary key, age int);',
      up: 'ALTER TABLE users ADD CONSTRAINT c CHECK (age > 0) NOT ENFORCED;',
      finds: [{ text: 'ADD CONSTRAINT c CHECK (age > 0) NOT ENFORCED', severity: 'info' }],
    },
    {
      name: 'a foreign key that was enforced',
      setup:
        'create table users (id bigint primary key); create table pets (user_id bigint, constraint pets_user foreign key (user_id) references users (id));',
      up: 'alter table pets alter constraint pets_user not enforced;',
      finds: [{ text: 'alter constraint pets_user not enforced', severity: 'warning' }],
    },
    { name: 'not validated yet', up: 'alter table users add constraint c check (age > 0) not valid;', finds: [] },
    {
      name: 'a table created in the same migration',
      up: 'create table t (a int); alter table t add constraint c check (a > 0) not enforced;',
      finds: [],
    },
  ],
  check: (context) =>
    eachAction(context, ['AT_AddConstraint', 'AT_AlterConstraint'], 'warning', ({ cmd, range }, altered, severity) => {
      if (context.source.words('NOT ENFORCED', range) === null) return null;
      const added = as(cmd.def, 'Constraint');
      const name = added?.conname ?? as(cmd.def, 'ATAlterConstraint')?.conname;
      return {
        range,
        // A new one promises less than it seems to; one that was enforced kept rows out.
        severity: added === undefined ? severity : 'info',
        message: `Nothing checks ${name === undefined ? 'this constraint' : quoteIdentifier(name)}: rows of ${shown(altered.written)} may break it`,
        evidence: { table: shown(altered.written), constraint: name ?? null },
      };
    }),
});

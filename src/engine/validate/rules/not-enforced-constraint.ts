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
    { name: 'not validated yet', up: 'alter table users add constraint c check (age > 0) not valid;', finds: [] },
    {
      name: 'a table created in the same migration',
      up: 'create table t (a int); alter table t add constraint c check (a > 0) not enforced;',
      finds: [],
    },
  ],
  check: (context) =>
    eachAction(context, ['AT_AddConstraint', 'AT_AlterConstraint'], 'info', ({ cmd, range }, altered) => {
      const constraint = as(cmd.def, 'Constraint');
      const written = constraint !== undefined && context.source.words('NOT ENFORCED', range) !== null;
      if (!written && context.source.words('NOT ENFORCED', range) === null) return null;
      return {
        range,
        message: `Nothing checks ${quoteIdentifier(constraint?.conname ?? 'this constraint')}: rows of ${shown(altered.written)} may break it`,
        evidence: { table: shown(altered.written), constraint: constraint?.conname ?? null },
      };
    }),
});

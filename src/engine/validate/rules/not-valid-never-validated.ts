import { as } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { keyOf } from '../../sql/table-index.ts';
import { eachAction } from '../each-action.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const notValidNeverValidated = defineRule({
  id: 'not-valid-never-validated',
  title: 'NOT VALID constraint is left unvalidated',
  category: 'correctness',
  severity: 'info',
  servers: {},
  on: ['AT_AddConstraint'],
  optIn: true,
  docs: {
    what: 'ADD CONSTRAINT … NOT VALID without a VALIDATE CONSTRAINT later in the same file.',
    why: 'The rows that were there are never checked, and the planner may not rely on the constraint.',
    instead: 'VALIDATE CONSTRAINT in a transaction of its own, here or in the next migration.',
    ignoreWhen: 'the next migration validates it.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-VALIDATE-CONSTRAINT',
  },
  examples: [
    {
      name: 'never validated',
      up: 'ALTER TABLE users ADD CONSTRAINT c CHECK (age > 0) NOT VALID;',
      finds: [{ text: 'ADD CONSTRAINT c CHECK (age > 0) NOT VALID', severity: 'info' }],
    },
    {
      name: 'validated later',
      up: 'alter table users add constraint c check (age > 0) not valid; alter table users validate constraint c;',
      finds: [],
    },
    { name: 'validated at once', up: 'alter table users add constraint c check (age > 0);', finds: [] },
  ],
  check: (context) =>
    eachAction(context, ['AT_AddConstraint'], 'info', ({ cmd, range }, altered) => {
      const constraint = as(cmd.def, 'Constraint');
      if (constraint?.skip_validation !== true) return null;
      const validated = context.script.statements.slice(context.statement.index).some((statement) => {
        const other = context.alter(statement);
        return (
          other !== null &&
          keyOf(other.name) === keyOf(altered.name) &&
          other.actions.some(
            ({ cmd: later }) => later.subtype === 'AT_ValidateConstraint' && later.name === constraint.conname,
          )
        );
      });
      if (validated) return null;
      return {
        range,
        message: `The rows that ${shown(altered.written)} has are not checked against ${quoteIdentifier(constraint.conname ?? 'it')} until it is validated`,
        evidence: { table: shown(altered.written), constraint: constraint.conname ?? null },
      };
    }),
});

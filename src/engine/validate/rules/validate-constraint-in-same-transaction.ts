import { as } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { keyOf } from '../../sql/table-index.ts';
import { eachAction } from '../each-action.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const validateConstraintInSameTransaction = defineRule({
  id: 'validate-constraint-in-same-transaction',
  title: 'Constraint added and validated in one transaction',
  category: 'locking',
  severity: 'error',
  servers: {},
  on: ['AT_ValidateConstraint'],
  docs: {
    what: 'VALIDATE CONSTRAINT in the transaction that added the constraint as NOT VALID.',
    why: 'The strong lock of ADD CONSTRAINT is kept until the transaction ends, so it is held through the whole scan: NOT VALID has gained nothing.',
    instead: 'COMMIT after ADD CONSTRAINT … NOT VALID, and validate in a transaction of its own.',
    ignoreWhen: 'the table is small.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-VALIDATE-CONSTRAINT',
  },
  examples: [
    {
      name: 'between BEGIN and COMMIT',
      up: 'BEGIN;\nALTER TABLE orders ADD CONSTRAINT c CHECK (a > 0) NOT VALID;\nALTER TABLE orders VALIDATE CONSTRAINT c;\nCOMMIT;',
      finds: [{ text: 'VALIDATE CONSTRAINT c', severity: 'error' }],
    },
    {
      name: 'a runner that wraps the file',
      transaction: 'file',
      up: 'alter table orders add constraint c check (a > 0) not valid; alter table public.orders validate constraint c;',
      finds: [{ text: 'validate constraint c', severity: 'error' }],
    },
    {
      name: 'in one statement',
      up: 'alter table orders add constraint c check (a > 0) not valid, validate constraint c;',
      finds: [{ text: 'validate constraint c', severity: 'error' }],
    },
    {
      name: 'in transactions of their own',
      up: 'alter table orders add constraint c check (a > 0) not valid;\nalter table orders validate constraint c;',
      finds: [],
    },
    {
      name: 'another constraint of the table',
      up: 'begin; alter table orders add constraint c check (a > 0) not valid; commit; begin; alter table orders validate constraint c; commit;',
      finds: [],
    },
  ],
  check: (context) =>
    eachAction(context, ['AT_ValidateConstraint'], 'error', (action, altered, severity) => {
      const name = action.cmd.name ?? '';
      const { number: block } = context.transaction;
      const added = context.script.statements.slice(0, context.statement.index + 1).some((statement) => {
        const together =
          statement === context.statement ||
          (block !== null && context.transactionOf(statement.index).number === block);
        const other = together ? context.alter(statement) : null;
        return (
          other !== null &&
          keyOf(other.name) === keyOf(altered.name) &&
          other.actions.some(
            ({ cmd }) => cmd.subtype === 'AT_AddConstraint' && as(cmd.def, 'Constraint')?.conname === name,
          )
        );
      });
      if (!added) return null;
      return {
        range: action.range,
        severity,
        message: `Validating ${quoteIdentifier(name)} in the transaction that added it keeps the lock of ADD CONSTRAINT on ${shown(altered.written)} for the whole scan (${altered.standing.words})`,
        evidence: { table: shown(altered.written), constraint: name, rows: altered.standing.rows },
      };
    }),
});

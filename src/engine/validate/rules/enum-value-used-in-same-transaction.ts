import { as, findNodes, nameOfParts, strings } from '../../sql/nodes.ts';
import { type CheckContext, defineRule } from '../rule.ts';

const addedLabels = (context: CheckContext): ReadonlyMap<string, number> => {
  const { number: block } = context.transaction;
  const labels = new Map<string, number>();
  if (block === null) return labels;
  for (const statement of context.script.statements.slice(0, context.statement.index)) {
    if (context.transactionOf(statement.index).number !== block) continue;
    const change = as(statement.node, 'AlterEnumStmt');
    if (change?.newVal === undefined || change.oldVal !== undefined) continue;
    const type = context.database.resolve(nameOfParts(strings(change.typeName)));
    // A type that this transaction created itself is exempt from 17 on.
    const own =
      context.serverVersion >= 170_000 &&
      context.script.statements
        .slice(0, statement.index)
        .some(
          (earlier) =>
            context.transactionOf(earlier.index).number === block &&
            strings(as(earlier.node, 'CreateEnumStmt')?.typeName).at(-1) === type.name,
        );
    if (!own) labels.set(change.newVal, statement.line);
  }
  return labels;
};

export const enumValueUsedInSameTransaction = defineRule({
  id: 'enum-value-used-in-same-transaction',
  title: 'New enum value used in the transaction that adds it',
  category: 'correctness',
  severity: 'error',
  servers: { from: 12 },
  docs: {
    what: 'ALTER TYPE … ADD VALUE, and then a statement that uses the value before the transaction is committed.',
    why: 'PostgreSQL refuses the use with 55P04 (unsafe use of new value).',
    instead: 'Commit between the two: one migration adds the value, the next one uses it.',
    ignoreWhen: 'the text that looks like the value is something else.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertype.html',
  },
  examples: [
    {
      name: 'the type is of an earlier transaction of the file',
      up: "begin; create type mood as enum ('ok'); commit; begin; alter type mood add value 'great'; select 'great'::mood; commit;",
      finds: [{ text: "'great'" }],
      trace: { fails: '55P04' },
    },
    {
      name: 'in an UPDATE',
      setup: "create type mood as enum ('ok'); create table people (m mood);",
      up: "BEGIN;\nALTER TYPE mood ADD VALUE 'great';\nUPDATE people SET m = 'great' WHERE m = 'ok';\nCOMMIT;",
      finds: [{ text: "'great'", severity: 'error' }],
    },
    {
      name: 'as a default, the runner wraps the file',
      transaction: 'file',
      up: "alter type mood add value 'great'; alter table people alter m set default 'great';",
      finds: [{ text: "'great'" }],
    },
    {
      name: 'committed between',
      up: "alter type mood add value 'great'; update people set m = 'great' where m = 'ok';",
      finds: [],
    },
    {
      name: 'another value',
      transaction: 'file',
      up: "alter type mood add value 'great'; update people set m = 'ok' where m is null;",
      finds: [],
    },
    {
      name: 'a comment is no use',
      transaction: 'file',
      up: "alter type mood add value 'great'; comment on type mood is 'great';",
      finds: [],
    },
  ],
  check: (context) => {
    if (as(context.statement.node, 'AlterEnumStmt') !== undefined) return [];
    const labels = addedLabels(context);
    if (labels.size === 0) return [];
    const used = findNodes(context.statement.node, 'A_Const').flatMap((constant) => {
      const value = constant.sval?.sval;
      const line = value === undefined ? undefined : labels.get(value);
      return value === undefined || line === undefined
        ? []
        : [{ value, line, location: (constant as { location?: number }).location }];
    });
    return used.slice(0, 1).map(({ value, line, location }) => {
      const start = context.offset(location);
      const token = context.source.tokens({ start, end: context.statement.end })[0];
      return {
        range: token === undefined ? context.source.range : { start: token.start, end: token.end },
        message: `'${value}' was added at line ${line} in this very transaction: using it fails with 55P04`,
        evidence: { value, sqlstate: '55P04' },
      };
    });
  },
});

import { as, strings } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { keyOf } from '../../sql/table-index.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const constraintMayFailOnExistingRows = defineRule({
  id: 'constraint-may-fail-on-existing-rows',
  title: 'Rows that are there break the new NOT NULL',
  category: 'correctness',
  severity: 'error',
  servers: {},
  needs: 'facts',
  on: ['AlterTableStmt', 'UpdateStmt'],
  foldsUnder: ['ddl-and-backfill-same-transaction'],
  docs: {
    what: 'SET NOT NULL or ADD PRIMARY KEY on a column in which the statistics show NULLs, with no UPDATE of the column before it in the migration.',
    why: 'The statement fails with 23502 as soon as it meets the first NULL.',
    instead: 'Fill the column first, in batches.',
    ignoreWhen: 'the statistics are old and the NULLs are gone.',
    manual: 'https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-NOT-NULL',
  },
  examples: [
    {
      name: 'a column with NULLs',
      setup: 'create table users (id bigint primary key, email text);',
      facts: [
        {
          table: 'users',
          rows: 10_000,
          bytes: 900_000,
          columns: [{ name: 'email', nullFraction: 0.02, distinct: -0.9 }],
        },
      ],
      up: 'ALTER TABLE users ALTER COLUMN email SET NOT NULL;',
      finds: [{ text: 'ALTER COLUMN email SET NOT NULL', severity: 'error' }],
    },
    {
      name: 'filled before',
      setup: 'create table users (id bigint primary key, email text);',
      facts: [
        {
          table: 'users',
          rows: 10_000,
          bytes: 900_000,
          columns: [{ name: 'email', nullFraction: 0.02, distinct: -0.9 }],
        },
      ],
      up: "update users set email = '' where email is null; alter table users alter column email set not null;",
      finds: [],
    },
    {
      name: 'no NULL',
      setup: 'create table users (id bigint primary key, email text);',
      facts: [
        { table: 'users', rows: 10_000, bytes: 900_000, columns: [{ name: 'email', nullFraction: 0, distinct: -1 }] },
      ],
      up: 'alter table users alter column email set not null;',
      finds: [],
    },
    { name: 'without facts nothing is known', up: 'alter table users alter column email set not null;', finds: [] },
  ],
  check: (context) => {
    const altered = context.alter();
    if (altered === null || context.facts === null) return [];
    const facts = context.facts.tables.find((known) => keyOf(known) === keyOf(altered.name));
    const filled = new Set(
      context.script.statements.slice(0, context.statement.index).flatMap(({ node }) => {
        const update = as(node, 'UpdateStmt');
        return update?.relation?.relname === altered.name.name
          ? (update.targetList ?? []).map((target) => as(target, 'ResTarget')?.name ?? '')
          : [];
      }),
    );
    return altered.actions.flatMap(({ cmd, range }) => {
      const constraint = cmd.subtype === 'AT_AddConstraint' ? as(cmd.def, 'Constraint') : undefined;
      const columns =
        cmd.subtype === 'AT_SetNotNull'
          ? [cmd.name ?? '']
          : constraint?.contype === 'CONSTR_PRIMARY'
            ? strings(constraint.keys)
            : [];
      const broken = facts?.columns.find(
        ({ name, nullFraction }) => columns.includes(name) && nullFraction > 0 && !filled.has(name),
      );
      if (facts === undefined || broken === undefined) return [];
      const percent = Math.max(1, Math.round(broken.nullFraction * 100));
      return [
        {
          range,
          message: `About ${percent} % of the rows of ${shown(altered.written)} have no ${quoteIdentifier(broken.name)}: this fails with 23502`,
          evidence: { table: shown(altered.written), column: broken.name, nullFraction: broken.nullFraction },
        },
      ];
    });
  },
});

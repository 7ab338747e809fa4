import { as } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { keyOf } from '../../sql/table-index.ts';
import { type AlteredTable, type CheckContext, defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

/** True when the file writes the column, before or after. */
const isFilled = (context: CheckContext, altered: AlteredTable, column: string): boolean =>
  context.script.statements.some(({ node }) => {
    const update = as(node, 'UpdateStmt');
    return (
      update?.relation?.relname === altered.name.name &&
      (update.targetList ?? []).some((target) => as(target, 'ResTarget')?.name === column)
    );
  });

/** True when a later action of the file requires the column. */
const isRequiredLater = (context: CheckContext, altered: AlteredTable, column: string, after: number): boolean =>
  context.script.statements.slice(context.statement.index).some((statement) => {
    const other = context.alter(statement);
    if (other === null || keyOf(other.name) !== keyOf(altered.name)) return false;
    return other.actions.some(
      ({ cmd }, index) =>
        cmd.subtype === 'AT_SetNotNull' && cmd.name === column && (statement !== context.statement || index > after),
    );
  });

export const setDefaultIgnoresExistingRows = defineRule({
  id: 'set-default-ignores-existing-rows',
  title: 'New default that leaves the rows that are there as they are',
  category: 'correctness',
  severity: 'info',
  servers: {},
  on: ['AT_ColumnDefault'],
  docs: {
    what: 'SET DEFAULT on a column without one, where rows hold NULL by the statistics, or where the file then requires the column with SET NOT NULL; and no UPDATE of the file fills it.',
    why: 'A default is for rows to come. (Only ADD COLUMN … DEFAULT gives it to the rows that are there.) They keep NULL, and SET NOT NULL fails on them.',
    instead: 'UPDATE in batches where the column IS NULL.',
    ignoreWhen: 'the old rows are meant to stay as they are.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DROP-DEFAULT',
  },
  examples: [
    {
      name: 'rows with NULL',
      setup: 'create table users (id bigint primary key, kind text);',
      facts: [
        { table: 'users', rows: 5000, bytes: 900_000, columns: [{ name: 'kind', nullFraction: 0.4, distinct: 3 }] },
      ],
      up: "ALTER TABLE users ALTER COLUMN kind SET DEFAULT 'a';",
      finds: [{ text: "ALTER COLUMN kind SET DEFAULT 'a'", severity: 'info' }],
    },
    {
      name: 'required right after it, as if it were filled',
      setup: 'create table users (id bigint primary key, kind text); insert into users values (1);',
      up: "alter table users alter kind set default 'a', alter kind set not null;",
      finds: [{ text: "alter kind set default 'a'", severity: 'warning' }],
      trace: { fails: '23502' },
    },
    {
      name: 'filled in the same file',
      setup: 'create table users (id bigint primary key, kind text);',
      up: "alter table users alter kind set default 'a'; update users set kind = 'a' where kind is null; alter table users alter kind set not null;",
      finds: [],
    },
    {
      name: 'no row holds NULL',
      setup: 'create table users (id bigint primary key, kind text);',
      facts: [
        { table: 'users', rows: 5000, bytes: 900_000, columns: [{ name: 'kind', nullFraction: 0, distinct: 3 }] },
      ],
      up: "alter table users alter kind set default 'a', alter kind set not null;",
      finds: [],
    },
    {
      name: 'nothing says that old rows matter',
      setup: 'create table users (id bigint primary key, kind text);',
      up: "alter table users alter kind set default 'a';",
      finds: [],
    },
  ],
  check: (context) => {
    const altered = context.alter();
    if (altered === null || context.direction === 'down') return [];
    if (altered.standing.size === 'new' || altered.standing.size === 'empty') return [];
    const facts = context.facts?.tables.find((table) => keyOf(table) === keyOf(altered.name));
    return altered.actions.flatMap(({ cmd, range }, index) => {
      const column = context.database.column(altered.table, cmd.name ?? '');
      if (cmd.subtype !== 'AT_ColumnDefault' || cmd.def === undefined || column === null) return [];
      if (column.default !== null || column.notNull || isFilled(context, altered, column.name)) return [];
      const known = facts?.columns.find(({ name }) => name === column.name)?.nullFraction;
      const required = isRequiredLater(context, altered, column.name, index);
      if (known === 0 || (known === undefined && !required)) return [];
      const percent = known === undefined ? null : Math.max(1, Math.round(known * 100));
      const rows = percent === null ? 'Rows that are there' : `About ${percent} % of the rows`;
      return [
        {
          range,
          severity: required ? ('warning' as const) : ('info' as const),
          message: `${rows} of ${shown(altered.written)} keep NULL in ${quoteIdentifier(column.name)}: a default is for new rows${required ? ', and SET NOT NULL fails on them with 23502' : ''}`,
          evidence: { table: shown(altered.written), column: column.name, nullFraction: known ?? null },
        },
      ];
    });
  },
});

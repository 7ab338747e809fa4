import { as } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { keyOf } from '../../sql/table-index.ts';
import { type CheckContext, defineRule } from '../rule.ts';
import { type StarUse, starUsesOf } from '../star-uses.ts';
import { listInWords, shown, shownObject } from '../wording.ts';

/** True when the file widens the table that takes the columns as well, whatever comes first. */
const isWidened = (context: CheckContext, { into }: StarUse): boolean =>
  into !== null &&
  context.script.statements.some((statement) => {
    const other = context.alter(statement);
    return (
      other !== null &&
      keyOf(other.name) === keyOf(into) &&
      other.actions.some(({ cmd }) => cmd.subtype === 'AT_AddColumn')
    );
  });

/** True when there is a column for each of the values. */
const hasRoom = ({ into }: StarUse, columns: number): boolean => into !== null && into.columns.length >= columns;

export const addColumnBreaksPositionalInsert = defineRule({
  id: 'add-column-breaks-positional-insert',
  title: 'One column more than code that copies whole rows has place for',
  category: 'compatibility',
  severity: 'warning',
  servers: {},
  on: ['AT_AddColumn'],
  docs: {
    what: 'ADD COLUMN to a table whose rows a routine, a trigger or a known query puts with * into another table or into one side of a UNION: INSERT INTO log SELECT OLD.*, INSERT INTO archive SELECT * FROM t.',
    why: 'The * has one column more from then on, the other side has not: the INSERT fails with 42601, and with it, in a trigger, every write of the table. (An INSERT without a list of columns into the table itself goes on working: the new column gets its default.)',
    instead: 'Add the column to the other table in the same transaction, or name the columns in the code first.',
    ignoreWhen: 'the code is no longer run.',
    manual: 'https://www.postgresql.org/docs/current/sql-insert.html',
  },
  examples: [
    {
      name: 'a trigger that keeps the old rows',
      setup:
        "create table users (id bigint primary key); create table users_log (id bigint); create function log_user() returns trigger language plpgsql as 'begin insert into users_log select old.*; return new; end'; create trigger log after update on users for each row execute function log_user();",
      up: 'ALTER TABLE users ADD COLUMN nick text;',
      finds: [{ text: 'ADD COLUMN nick text', severity: 'warning' }],
    },
    {
      name: 'a known query that archives',
      setup: 'create table orders (id bigint primary key); create table archive (id bigint);',
      queries: ['insert into archive select * from orders where id < $1'],
      up: 'alter table orders add column note text;',
      finds: [{ text: 'add column note text' }],
    },
    {
      name: 'one side of a union, on the server',
      setup: 'create table orders (id bigint primary key); create table archive (id bigint);',
      queries: ['select * from orders union all select * from archive'],
      up: 'alter table orders add column note text; select * from orders union all select * from archive;',
      finds: [{ text: 'add column note text' }],
      trace: { fails: '42601' },
    },
    {
      name: 'the other table gets the column too',
      setup: 'create table orders (id bigint primary key); create table archive (id bigint);',
      queries: ['insert into archive select * from orders where id < $1'],
      up: 'begin; alter table archive add column note text; alter table orders add column note text; commit;',
      finds: [],
    },
    {
      name: 'values without a list of columns go on working',
      setup: 'create table orders (id bigint primary key, total int);',
      queries: ['insert into orders values ($1, $2)'],
      up: 'alter table orders add column note text; insert into orders values (1, 2);',
      finds: [],
      trace: { locks: { orders: 'ACCESS EXCLUSIVE' } },
    },
    {
      name: 'a column that goes into this table, not out of it',
      setup: 'create table orders (id bigint primary key); create table archive (id bigint);',
      queries: ['insert into archive select * from orders'],
      up: 'alter table archive add column archived_at timestamptz default now();',
      finds: [],
    },
  ],
  check: (context) => {
    const altered = context.alter();
    if (altered === null || altered.table === null || altered.standing.size === 'new') return [];
    if (context.direction === 'down') return [];
    const added = altered.actions.filter(({ cmd }) => cmd.subtype === 'AT_AddColumn');
    const [first] = added;
    if (first === undefined) return [];
    const columns = altered.table.columns.length + added.length;
    const broken = starUsesOf(context.database, altered.table, context.knownQueries).filter(
      (use) => !isWidened(context, use) && !hasRoom(use, columns),
    );
    if (broken.length === 0) return [];
    const name = quoteIdentifier(as(first.cmd.def, 'ColumnDef')?.colname ?? '');
    const users = [...new Set(broken.map(({ by }) => by))];
    const [{ into } = { into: null }] = broken;
    const place = into === null ? 'the other side of a UNION' : shownObject(into);
    return [
      {
        range: first.range,
        message: `With ${name} all columns of ${shown(altered.written)} are more than ${place} takes: ${listInWords(users)} fails with 42601`,
        evidence: { table: shown(altered.written), users, sqlstate: '42601' },
      },
    ];
  },
});

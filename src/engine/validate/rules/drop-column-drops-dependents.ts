import type { Table } from '../../catalog/catalog.ts';
import { all, as, nameOf } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { keyOf } from '../../sql/table-index.ts';
import { type CheckContext, defineRule } from '../rule.ts';
import { columnList, listInWords, shown } from '../wording.ts';

/** Something of several columns that goes although the other columns stay. */
type Loss = { readonly words: string; readonly rest: readonly string[]; readonly index: boolean };

const lossesOf = (table: Table, column: string): readonly Loss[] => {
  const constraints = table.constraints.flatMap(({ kind, name, columns }): readonly Loss[] => {
    if (
      kind === 'not null' ||
      kind === 'trigger' ||
      kind === 'check' ||
      columns.length < 2 ||
      !columns.includes(column)
    )
      return [];
    const rest = columns.filter((each) => each !== column);
    return [
      { words: `the ${kind} constraint ${quoteIdentifier(name)} of (${columnList(columns)})`, rest, index: false },
    ];
  });
  const indexes = table.indexes.flatMap(({ name, keys, constraint }): readonly Loss[] => {
    const columns = keys.flatMap((key) => key.column ?? []);
    if (constraint !== null || keys.length < 2 || !columns.includes(column)) return [];
    const rest = columns.filter((each) => each !== column);
    return [{ words: `the index ${quoteIdentifier(name)} on (${columnList(columns)})`, rest, index: true }];
  });
  return [...constraints, ...indexes];
};

/** True when the file drops all other columns of the lost one too. */
const goesWhole = (context: CheckContext, table: Table, loss: Loss): boolean => {
  const dropped = context.script.statements.flatMap((statement) => {
    const altered = context.alter(statement);
    if (altered === null || keyOf(altered.name) !== keyOf(table)) return [];
    return altered.actions.flatMap(({ cmd }) => (cmd.subtype === 'AT_DropColumn' ? [cmd.name ?? ''] : []));
  });
  return loss.rest.every((column) => dropped.includes(column));
};

/** True when an index that stays, or one that the file makes, begins with the columns that are left of a lost one. */
const isReplaced = (context: CheckContext, table: Table, column: string, loss: Loss): boolean => {
  if (!loss.index) return false;
  const leads = (keys: readonly (string | undefined)[]) =>
    !keys.includes(column) && loss.rest.every((each, at) => each === keys[at]);
  return (
    table.indexes.some((index) => index.valid && leads(index.keys.map((key) => key.column ?? undefined))) ||
    context.script.statements.some((statement) => {
      const index = as(statement.node, 'IndexStmt');
      if (index === undefined || keyOf(context.database.resolve(nameOf(index.relation))) !== keyOf(table)) return false;
      return leads(all(index.indexParams, 'IndexElem').map(({ name }) => name));
    })
  );
};

export const dropColumnDropsDependents = defineRule({
  id: 'drop-column-drops-dependents',
  title: 'Dropped column takes indexes and constraints of other columns along',
  category: 'data loss',
  severity: 'warning',
  servers: {},
  on: ['AT_DropColumn'],
  docs: {
    what: 'DROP COLUMN of a column that is part of an index or a constraint over several columns.',
    why: 'PostgreSQL drops the whole index or constraint without a word: queries on the other columns lose their index, and a uniqueness or reference that they shared is no longer kept.',
    instead: 'Build what the other columns still need CONCURRENTLY before the column is dropped.',
    ignoreWhen: 'nothing needs the index or the constraint without the column.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-DROP-COLUMN',
  },
  examples: [
    {
      name: 'an index on two columns',
      setup: 'create table orders (id bigint primary key, shop int, day int); create index i on orders (shop, day);',
      up: 'ALTER TABLE orders DROP COLUMN day;',
      finds: [{ text: 'DROP COLUMN day', severity: 'warning' }],
    },
    {
      name: 'a unique constraint on two columns',
      setup: 'create table orders (id bigint primary key, shop int, "No" int, unique (shop, "No"));',
      up: 'alter table orders drop shop;',
      finds: [{ text: 'drop shop' }],
    },
    {
      name: 'an index on this column alone',
      setup: 'create table orders (id bigint primary key, day int); create index i on orders (day);',
      up: 'alter table orders drop column day;',
      finds: [],
    },
    {
      name: 'the other column goes too',
      setup: 'create table orders (id bigint primary key, shop int, day int); create index i on orders (shop, day);',
      up: 'alter table orders drop column day, drop column shop;',
      finds: [],
    },
    {
      name: 'the replacement is there',
      setup:
        'create table orders (id bigint primary key, shop int, day int); create index i on orders (shop, day); create index j on orders (shop);',
      up: 'alter table orders drop column day;',
      finds: [],
    },
    {
      name: 'the replacement is built first',
      setup: 'create table orders (id bigint primary key, shop int, day int); create index i on orders (shop, day);',
      up: 'create index concurrently j on orders (shop); alter table orders drop column day;',
      finds: [],
    },
  ],
  check: (context) => {
    const altered = context.alter();
    const table = altered?.table ?? null;
    if (altered === null || table === null || altered.standing.size === 'new') return [];
    return altered.actions.flatMap(({ cmd, range }) => {
      const column = cmd.name ?? '';
      if (cmd.subtype !== 'AT_DropColumn' || context.createdByUp.has('column', altered.name, column)) return [];
      const lost = lossesOf(table, column).filter(
        (loss) => !isReplaced(context, table, column, loss) && !goesWhole(context, table, loss),
      );
      if (lost.length === 0) return [];
      return [
        {
          range,
          message: `With ${quoteIdentifier(column)} ${shown(altered.written)} loses ${listInWords(lost.map(({ words }) => words))}`,
          evidence: { table: shown(altered.written), column, lost: lost.map(({ words }) => words) },
        },
      ];
    });
  },
});

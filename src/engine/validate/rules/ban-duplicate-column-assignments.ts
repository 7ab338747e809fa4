import { all, as } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { defineRule } from '../rule.ts';

export const banDuplicateColumnAssignments = defineRule({
  id: 'ban-duplicate-column-assignments',
  title: 'Column that is given a value twice',
  category: 'correctness',
  severity: 'error',
  servers: {},
  on: ['InsertStmt', 'UpdateStmt'],
  docs: {
    what: 'The same column twice in UPDATE … SET or in the column list of an INSERT.',
    why: 'PostgreSQL refuses it: UPDATE with 42601, INSERT with 42701.',
    instead: 'Write the column once.',
    ignoreWhen: 'never.',
    manual: 'https://www.postgresql.org/docs/current/sql-update.html',
  },
  examples: [
    {
      name: 'an UPDATE',
      setup: 'create table users (id bigint primary key, a int);',
      up: 'UPDATE users SET a = 1, a = 2 WHERE id = 1;',
      finds: [{ text: 'a = 2', severity: 'error' }],
      trace: { fails: '42601' },
    },
    {
      name: 'an INSERT',
      setup: 'create table users (id bigint primary key, "A" int);',
      up: 'insert into users (id, "A", "A") values (1, 2, 3);',
      finds: [{ text: '"A"' }],
      trace: { fails: '42701' },
    },
    { name: 'different columns', up: 'update users set a = b, b = a where id = 1;', finds: [] },
    {
      name: 'two elements of one array',
      setup: 'create table users (id bigint primary key, a int[]);',
      up: 'update users set a[1] = 1, a[2] = 2 where id = 1;',
      finds: [],
    },
  ],
  check: (context) => {
    const { node } = context.statement;
    const update = as(node, 'UpdateStmt')?.targetList;
    const targets = all(update ?? as(node, 'InsertStmt')?.cols, 'ResTarget');
    const bare = targets.filter(({ indirection }) => (indirection ?? []).length === 0);
    const twice = bare.find(({ name }, i) => bare.findIndex((other) => other.name === name) !== i);
    if (twice === undefined) return [];
    const start = context.offset(twice.location);
    const within = { start, end: context.statement.end };
    const sqlstate = update === undefined ? '42701' : '42601';
    const [first] = context.source.list(within);
    const column = context.source.identifier(twice.name ?? '', within);
    const range = update === undefined ? column : first;
    // The last assignment of a SET has the WHERE behind it.
    const where = context.source.words('WHERE', range ?? undefined);
    const last = where === null ? undefined : context.source.tokens({ start, end: where.start }).at(-1);
    return [
      {
        range: last === undefined ? (range ?? within) : { start, end: last.end },
        message: `Column ${quoteIdentifier(twice.name ?? '')} is given a value twice: the statement fails with ${sqlstate}`,
        evidence: { column: twice.name ?? '', sqlstate },
      },
    ];
  },
});

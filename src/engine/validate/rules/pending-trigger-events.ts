import type { Constraint, ObjectName, Table } from '../../catalog/catalog.ts';
import { all, as, nameOf } from '../../sql/nodes.ts';
import type { Statement } from '../../sql/parser.ts';
import { keyOf } from '../../sql/table-index.ts';
import { insertBefore } from '../fixes.ts';
import { droppedNames } from '../node-questions.ts';
import { type CheckContext, defineRule } from '../rule.ts';
import { shown, shownObject } from '../wording.ts';

/** What an earlier statement does to rows; `columns` are those an UPDATE sets. */
type RowChange = {
  readonly kind: 'insert' | 'update' | 'delete';
  readonly columns: readonly string[];
  readonly on: ObjectName;
};

const rowChange = (context: CheckContext, { node }: Statement): RowChange | null => {
  const { resolve } = context.database;
  const insert = as(node, 'InsertStmt');
  if (insert !== undefined) return { kind: 'insert', columns: [], on: resolve(nameOf(insert.relation)) };
  const remove = as(node, 'DeleteStmt');
  if (remove !== undefined) return { kind: 'delete', columns: [], on: resolve(nameOf(remove.relation)) };
  const update = as(node, 'UpdateStmt');
  if (update === undefined) return null;
  const columns = all(update.targetList, 'ResTarget').flatMap(({ name }) => name ?? []);
  return { kind: 'update', columns, on: resolve(nameOf(update.relation)) };
};

/** The relation that a statement needs for itself alone, without events that still wait for the commit. */
const needed = (context: CheckContext): ObjectName | null => {
  const { node } = context.statement;
  const altered = context.alter();
  if (altered !== null) return altered.name;
  const drop = as(node, 'DropStmt');
  const [dropped] = drop?.removeType === 'OBJECT_TABLE' ? droppedNames(drop.objects) : [];
  if (dropped !== undefined) return context.database.resolve(dropped);
  const [emptied] = all(as(node, 'TruncateStmt')?.relations, 'RangeVar');
  return emptied === undefined ? null : context.database.resolve(nameOf(emptied));
};

const isDeferred = (constraint: Constraint, allDeferred: boolean): boolean =>
  constraint.initiallyDeferred || (allDeferred && constraint.deferrable);

const touches = (change: RowChange, columns: readonly string[]): boolean =>
  change.kind !== 'update' || columns.some((column) => change.columns.includes(column));

/** The deferred constraint whose check the change leaves waiting; null when there is none. */
const waiting = (context: CheckContext, table: Table, change: RowChange, allDeferred: boolean): string | null => {
  const own = table.constraints.find(
    (constraint) =>
      constraint.references !== null &&
      change.kind !== 'delete' &&
      isDeferred(constraint, allDeferred) &&
      touches(change, constraint.columns),
  );
  if (own !== undefined) return own.name;
  if (change.kind !== 'insert') {
    const pointing = context.database
      .referencesTo(table)
      .find(
        ({ constraint }) =>
          isDeferred(constraint, allDeferred) && touches(change, constraint.references?.columns ?? []),
      );
    if (pointing !== undefined) return pointing.constraint.name;
  }
  const event = new RegExp(`\\b${change.kind}\\b.*?\\bON\\b.*\\bINITIALLY DEFERRED\\b`, 'is');
  return table.triggers.find((trigger) => event.test(trigger.definition))?.name ?? null;
};

const constraintMode = (statement: Statement): 'deferred' | 'immediate' | null => {
  const set = as(statement.node, 'ConstraintsSetStmt');
  if (set === undefined) return null;
  return set.deferred === true ? 'deferred' : 'immediate';
};

export const pendingTriggerEvents = defineRule({
  id: 'pending-trigger-events',
  title: 'Table is changed while deferred checks of its rows still wait',
  category: 'correctness',
  severity: 'error',
  servers: {},
  on: ['AlterTableStmt', 'ConstraintsSetStmt', 'DeleteStmt', 'DropStmt', 'InsertStmt', 'TruncateStmt', 'UpdateStmt'],
  docs: {
    what: 'ALTER TABLE, DROP TABLE or TRUNCATE of a table whose rows were changed earlier in the same transaction, while a deferred foreign key or constraint trigger still has to check those rows.',
    why: 'PostgreSQL refuses it with 55006: "because it has pending trigger events".',
    instead: 'SET CONSTRAINTS ALL IMMEDIATE before the statement, or two transactions: rows first, structure next.',
    ignoreWhen: 'the earlier statement changes no row at all.',
    manual: 'https://www.postgresql.org/docs/current/sql-set-constraints.html',
  },
  examples: [
    {
      name: 'a backfill and a change of the table in one transaction',
      setup:
        'create table users (id bigint primary key); create table orders (id bigint primary key, user_id bigint references users deferrable initially deferred); insert into users values (1); insert into orders values (1, null);',
      up: 'BEGIN;\nUPDATE orders SET user_id = 1;\nALTER TABLE orders ALTER COLUMN user_id SET NOT NULL;\nCOMMIT;',
      finds: [{ text: 'ALTER TABLE orders', severity: 'error' }],
      fixed:
        'BEGIN;\nUPDATE orders SET user_id = 1;\nSET CONSTRAINTS ALL IMMEDIATE;\nALTER TABLE orders ALTER COLUMN user_id SET NOT NULL;\nCOMMIT;',
      trace: { fails: '55006' },
    },
    {
      name: 'rows of the referenced table are deleted',
      transaction: 'file',
      setup:
        'create table users (id bigint primary key); create table orders (user_id bigint references users deferrable initially deferred);',
      up: 'delete from users where id = 7; alter table users add column a int;',
      finds: [{ text: 'alter table users' }],
    },
    {
      name: 'the checks are done first',
      transaction: 'file',
      setup:
        'create table users (id bigint primary key); create table orders (user_id bigint references users deferrable initially deferred);',
      up: 'update orders set user_id = 1; set constraints all immediate; alter table orders add column a int;',
      finds: [],
    },
    {
      name: 'the foreign key is not deferred',
      transaction: 'file',
      setup:
        'create table users (id bigint primary key); create table orders (user_id bigint references users deferrable);',
      up: 'update orders set user_id = 1; alter table orders add column a int;',
      finds: [],
    },
    {
      name: 'the update leaves the key alone',
      transaction: 'file',
      setup:
        'create table users (id bigint primary key); create table orders (a int, user_id bigint references users deferrable initially deferred);',
      up: 'update orders set a = 1 where a is null; alter table orders add column b int;',
      finds: [],
    },
    {
      name: 'two transactions',
      setup:
        'create table users (id bigint primary key); create table orders (user_id bigint references users deferrable initially deferred);',
      up: 'update orders set user_id = 1; alter table orders add column a int;',
      finds: [],
    },
  ],
  check: (context) => {
    const { number } = context.transaction;
    const name = number === null ? null : needed(context);
    const table = name === null ? null : context.database.table(name);
    if (table === null) return [];
    let allDeferred = false;
    let found: { readonly line: number; readonly constraint: string } | null = null;
    for (const earlier of context.script.statements.slice(0, context.statement.index)) {
      if (context.transactionOf(earlier.index).number !== number) continue;
      const mode = constraintMode(earlier);
      if (mode !== null) allDeferred = mode === 'deferred';
      if (mode === 'immediate') found = null;
      const change = mode === null ? rowChange(context, earlier) : null;
      if (change === null || keyOf(change.on) !== keyOf(table)) continue;
      const constraint = waiting(context, table, change, allDeferred);
      if (constraint !== null) found ??= { line: earlier.line, constraint };
    }
    if (found === null) return [];
    const { line, constraint } = found;
    return [
      {
        range: context.source.head(3),
        message: `Line ${line} changes rows of ${shownObject(table)} that ${shown({ schema: null, name: constraint })} still has to check at COMMIT: this statement fails with 55006`,
        evidence: { table: shownObject(table), constraint, sqlstate: '55006' },
        fix: {
          title: 'Do the deferred checks first',
          edits: [insertBefore(context, context.statement, 'SET CONSTRAINTS ALL IMMEDIATE;\n')],
        },
      },
    ];
  },
});

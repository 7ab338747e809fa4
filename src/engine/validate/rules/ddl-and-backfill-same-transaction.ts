import { as, nameOf } from '../../sql/nodes.ts';
import { qualifiedName } from '../../sql/qualified-name.ts';
import { namesKeys, rowsOf } from '../few-rows.ts';
import { defineRule } from '../rule.ts';
import { severityFor } from '../standing.ts';
import { shown } from '../wording.ts';

export const ddlAndBackfillSameTransaction = defineRule({
  id: 'ddl-and-backfill-same-transaction',
  title: 'Rows changed while the transaction holds an ACCESS EXCLUSIVE lock on their table',
  category: 'locking',
  severity: 'error',
  servers: {},
  on: ['DeleteStmt', 'InsertStmt', 'UpdateStmt'],
  foldsUnder: ['update-without-where', 'delete-without-where'],
  docs: {
    what: 'UPDATE, DELETE or INSERT … SELECT on an existing table in a transaction that has altered the same table.',
    why: 'The lock of ALTER TABLE is held until the transaction ends, so nobody can read or write the table during the whole backfill.',
    instead: 'Three steps: the change of the table; the backfill in batches; the constraint.',
    ignoreWhen: 'few rows change.',
    manual: 'https://www.postgresql.org/docs/current/explicit-locking.html',
  },
  examples: [
    {
      name: 'a column and its backfill',
      setup: 'create table users (id bigint primary key, a int);',
      up: 'BEGIN;\nALTER TABLE users ADD COLUMN b int;\nUPDATE users SET b = a WHERE b IS NULL;\nCOMMIT;',
      finds: [{ text: 'UPDATE users SET b = a WHERE b IS NULL', severity: 'error' }],
    },
    {
      name: 'a runner that wraps the file, without a catalog',
      transaction: 'file',
      up: "alter table users add column b int; delete from users where kind = 'x';",
      finds: [{ text: "delete from users where kind = 'x'" }],
    },
    {
      name: 'in transactions of their own',
      up: 'alter table users add column b int; update users set b = a where b is null;',
      finds: [],
    },
    {
      name: 'rows by their key',
      setup: 'create table users (id bigint primary key, a int);',
      transaction: 'file',
      up: 'alter table users add column b int; update users set b = a where id = 7; delete from users where id in (8, 9); update users set b = 1 where a = 7;',
      finds: [{ text: 'update users set b = 1 where a = 7' }],
    },
    {
      name: 'another table',
      transaction: 'file',
      up: 'alter table users add column b int; update orders set b = 1 where id = 1;',
      finds: [],
    },
    {
      name: 'a small table',
      setup: 'create table users (id bigint primary key, a int);',
      facts: [{ table: 'users', rows: 12, bytes: 8192 }],
      transaction: 'file',
      up: 'alter table users add column b int; update users set b = a where b is null;',
      finds: [],
    },
  ],
  check: (context) => {
    const { node } = context.statement;
    const insert = as(node, 'InsertStmt');
    const source = as(insert?.selectStmt, 'SelectStmt');
    const copies =
      insert !== undefined && source?.valuesLists === undefined && source?.fromClause !== undefined
        ? insert
        : undefined;
    const rows = as(node, 'UpdateStmt') ?? as(node, 'DeleteStmt');
    if (rows !== undefined && namesKeys(rows.whereClause, rowsOf(context.database, rows))) return [];
    const change = rows ?? copies;
    if (change === undefined) return [];
    const written = nameOf(change.relation);
    const standing = context.standing(written);
    const severity = severityFor(standing, 'error');
    if (severity === null || severity === 'info') return [];
    const relation = qualifiedName(context.database.resolve(written));
    const lock = context.held.find((held) => held.relation === relation && held.mode === 'ACCESS EXCLUSIVE');
    if (lock === undefined) return [];
    const line = context.script.statements[lock.since]?.line ?? 1;
    return [
      {
        range: context.source.range,
        severity,
        message: `${shown(written)} is locked since line ${line}, so nobody can read or write it until this statement and its transaction end (${standing.words})`,
        evidence: { table: shown(written), lock: 'ACCESS EXCLUSIVE', since: line, rows: standing.rows },
      },
    ];
  },
});

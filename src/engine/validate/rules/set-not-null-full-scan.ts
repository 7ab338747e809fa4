import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { freeName } from '../chosen-names.ts';
import { alterAgain, replaceRange } from '../fixes.ts';
import { provenNotNull } from '../not-null-proof.ts';
import { type AlteredTable, type CheckContext, defineRule, type Fix } from '../rule.ts';
import { severityFor } from '../standing.ts';
import { shown } from '../wording.ts';

const recipe = (context: CheckContext, altered: AlteredTable, column: string): Fix | null => {
  // The steps only help when each has a transaction of its own, and when nothing else stands in the statement.
  if (context.transaction.number !== null || altered.actions.length !== 1 || context.serverVersion < 120_000)
    return null;
  const alter = alterAgain(context, shown(altered.written));
  const name = quoteIdentifier(column);
  const check = quoteIdentifier(freeName(context.database, altered.written, [column], 'not_null'));
  if (context.serverVersion >= 180_000) {
    const steps = [
      `${alter} ADD CONSTRAINT ${check} NOT NULL ${name} NOT VALID`,
      `${alter} VALIDATE CONSTRAINT ${check}`,
    ];
    return {
      title: 'Add it as NOT VALID, then validate it without blocking',
      edits: [replaceRange(context.source.range, steps.join(';\n'))],
    };
  }
  const steps = [
    `${alter} ADD CONSTRAINT ${check} CHECK (${name} IS NOT NULL) NOT VALID`,
    `${alter} VALIDATE CONSTRAINT ${check}`,
    `${alter} ALTER COLUMN ${name} SET NOT NULL`,
    `${alter} DROP CONSTRAINT ${check}`,
  ];
  return {
    title: 'Prove it with a CHECK that is validated without blocking, then SET NOT NULL without a scan',
    edits: [replaceRange(context.source.range, steps.join(';\n'))],
  };
};

export const setNotNullFullScan = defineRule({
  id: 'set-not-null-full-scan',
  title: 'SET NOT NULL reads the whole table under an ACCESS EXCLUSIVE lock',
  category: 'locking',
  severity: 'error',
  servers: {},
  on: ['AT_SetNotNull'],
  docs: {
    what: 'ALTER COLUMN … SET NOT NULL on a column for which no validated CHECK (column IS NOT NULL) proves that there is no NULL.',
    why: 'PostgreSQL reads every row to look for NULLs while it holds ACCESS EXCLUSIVE: reads and writes of the table wait.',
    instead:
      'ADD CONSTRAINT … CHECK (column IS NOT NULL) NOT VALID; VALIDATE CONSTRAINT in a transaction of its own (reads and writes go on); SET NOT NULL, which since PostgreSQL 12 takes the check as proof; DROP the check. On 18 ADD CONSTRAINT … NOT NULL column NOT VALID and VALIDATE CONSTRAINT do the same.',
    ignoreWhen: 'the table is small.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DROP-NOT-NULL',
  },
  examples: [
    {
      name: 'a nullable column',
      setup: 'create table users (id bigint primary key, email text);',
      up: 'ALTER TABLE users ALTER COLUMN email SET NOT NULL;',
      finds: [{ text: 'ALTER COLUMN email SET NOT NULL', severity: 'error' }],
      fixed:
        'ALTER TABLE users ADD CONSTRAINT users_email_not_null NOT NULL email NOT VALID;\nALTER TABLE users VALIDATE CONSTRAINT users_email_not_null;',
      trace: { locks: { users: 'ACCESS EXCLUSIVE' }, scans: ['users'] },
    },
    {
      name: 'before PostgreSQL 18, where only a check can wait for its validation',
      serverVersion: 17,
      setup: 'create table users (id bigint primary key, email text);',
      up: 'alter table users alter email set not null;',
      finds: [{ text: 'alter email set not null', severity: 'error' }],
      fixed:
        'ALTER TABLE users ADD CONSTRAINT users_email_not_null CHECK (email IS NOT NULL) NOT VALID;\nALTER TABLE users VALIDATE CONSTRAINT users_email_not_null;\nALTER TABLE users ALTER COLUMN email SET NOT NULL;\nALTER TABLE users DROP CONSTRAINT users_email_not_null;',
    },
    {
      name: 'a check that is not validated proves nothing',
      setup:
        'create table users (id bigint primary key, email text); alter table users add constraint c check (email is not null) not valid;',
      up: 'alter table users alter email set not null;',
      finds: [{ text: 'alter email set not null', severity: 'error' }],
    },
    {
      name: 'PostgreSQL 11 does not use the check',
      serverVersion: 11,
      setup: 'create table users (id bigint primary key, email text, constraint c check (email is not null));',
      up: 'alter table users alter email set not null;',
      finds: [{ text: 'alter email set not null', severity: 'error' }],
    },
    {
      name: 'a validated check proves it from PostgreSQL 12 on',
      serverVersion: 12,
      setup: 'create table users (id bigint primary key, email text, constraint c check (email is not null));',
      up: 'alter table users alter email set not null;',
      finds: [],
    },
    {
      name: 'the check is added and validated in this file, without a catalog',
      up: 'alter table users add constraint c check (email is not null) not valid;\nalter table users validate constraint c;\nalter table users alter column email set not null;',
      finds: [],
    },
    {
      name: 'the column is required already',
      setup: 'create table users (id bigint primary key, email text not null);',
      up: 'alter table users alter email set not null, alter id set not null;',
      finds: [],
    },
    {
      name: 'a check with OR proves nothing',
      setup:
        'create table users (id bigint primary key, a text, b text, constraint c check (a is not null or b is not null));',
      up: 'alter table users alter a set not null;',
      finds: [{ text: 'alter a set not null' }],
    },
  ],
  check: (context) => {
    const altered = context.alter();
    if (altered === null) return [];
    const severity = severityFor(altered.standing, 'error');
    if (severity === null) return [];
    return altered.actions.flatMap(({ cmd, range }) => {
      if (cmd.subtype !== 'AT_SetNotNull') return [];
      const column = cmd.name ?? '';
      if (provenNotNull(context, altered.written, column)) return [];
      return [
        {
          range,
          severity,
          message: `SET NOT NULL reads all of ${shown(altered.written)} while nobody can read or write it (${altered.standing.words})`,
          evidence: {
            table: shown(altered.written),
            column,
            lock: 'ACCESS EXCLUSIVE',
            scan: true,
            rows: altered.standing.rows,
          },
          fix: recipe(context, altered, column),
        },
      ];
    });
  },
});

import { as } from '../../sql/nodes.ts';
import { eachAction } from '../each-action.ts';
import { provenNotNull } from '../not-null-proof.ts';
import { defineRule } from '../rule.ts';
import { listInWords, shown } from '../wording.ts';

export const primaryKeyUsingNullableIndex = defineRule({
  id: 'primary-key-using-nullable-index',
  title: 'Primary key from an index over nullable columns scans the table',
  category: 'locking',
  severity: 'error',
  servers: {},
  on: ['AT_AddConstraint'],
  docs: {
    what: 'ADD PRIMARY KEY USING INDEX when a column of the index may still be NULL.',
    why: 'The key makes its columns NOT NULL, so the whole table is read under ACCESS EXCLUSIVE although the index is there.',
    instead:
      'Prove the columns with CHECK (… IS NOT NULL) NOT VALID and VALIDATE CONSTRAINT, SET NOT NULL, then add the key.',
    ignoreWhen: 'the table is small.',
    manual:
      'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT-USING-INDEX',
  },
  examples: [
    {
      name: 'a nullable column',
      setup: 'create table users (id bigint); create unique index u on users (id);',
      up: 'ALTER TABLE users ADD CONSTRAINT pk PRIMARY KEY USING INDEX u;',
      finds: [{ text: 'ADD CONSTRAINT pk PRIMARY KEY USING INDEX u', severity: 'error' }],
      trace: { scans: ['users'] },
    },
    {
      name: 'a small table',
      setup: 'create table users (id bigint); create unique index u on users (id);',
      facts: [{ table: 'users', rows: 20, bytes: 8192 }],
      up: 'alter table users add primary key using index u;',
      finds: [{ text: 'add primary key using index u', severity: 'info' }],
    },
    {
      name: 'the columns are required already',
      setup: 'create table users (id bigint not null); create unique index u on users (id);',
      up: 'alter table users add primary key using index u;',
      finds: [],
      trace: { scans: [] },
    },
    {
      name: 'without a catalog nothing is known of the columns',
      up: 'alter table users add primary key using index u;',
      finds: [],
    },
  ],
  check: (context) =>
    eachAction(context, ['AT_AddConstraint'], 'error', ({ cmd, range }, altered, severity) => {
      const key = as(cmd.def, 'Constraint');
      if (key?.contype !== 'CONSTR_PRIMARY' || key.indexname === undefined) return null;
      const index = altered.table?.indexes.find(({ name }) => name === key.indexname);
      const nullable = (index?.keys ?? []).flatMap(({ column }) =>
        column === null || provenNotNull(context, altered.written, column) ? [] : [column],
      );
      if (nullable.length === 0) return null;
      return {
        range,
        severity,
        message: `${listInWords(nullable)} may be NULL, so all of ${shown(altered.written)} is read while nobody can read or write it (${altered.standing.words})`,
        evidence: { table: shown(altered.written), nullable, scan: true, rows: altered.standing.rows },
      };
    }),
});

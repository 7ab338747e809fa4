import { usesInExpression } from '../../sql/effects/alter-column-type.ts';
import { qualifiedName } from '../../sql/qualified-name.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { eachAction } from '../each-action.ts';
import { defineRule } from '../rule.ts';
import { listInWords, shown, someInWords } from '../wording.ts';

export const columnTypeChangeRebuildsIndex = defineRule({
  id: 'column-type-change-rebuilds-index',
  title: 'Type change builds an index again, or reads the table for a check',
  category: 'rewrite',
  severity: 'error',
  servers: {},
  on: ['AT_AlterColumnType'],
  foldsUnder: ['changing-column-type', 'dependent-view-blocks-alter'],
  docs: {
    what: 'ALTER COLUMN … TYPE that leaves the table as it is, but whose column has an index that must be built again, or a CHECK that must be verified again.',
    why: 'Both read the whole table while ACCESS EXCLUSIVE is held.',
    instead:
      'Drop the check before and add it again NOT VALID, then validate it; drop the index and build it again CONCURRENTLY.',
    ignoreWhen: 'the table is small.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES',
  },
  examples: [
    {
      name: 'a check on the column',
      setup: "create table users (email varchar(20), constraint c check (email <> ''));",
      up: 'ALTER TABLE users ALTER COLUMN email TYPE varchar(40);',
      finds: [{ text: 'ALTER COLUMN email TYPE varchar(40)', severity: 'error' }],
      trace: { rewrites: [], scans: ['users'] },
    },
    {
      name: 'a partial index whose condition reads the column',
      setup: 'create table hosts (address cidr); create index i on hosts (address) where address is not null;',
      up: 'alter table hosts alter address type inet;',
      finds: [{ text: 'alter address type inet', severity: 'error' }],
    },
    {
      name: 'indexes that read the column only in a condition or an expression',
      setup:
        "create table users (id bigint, email varchar(20), name varchar(20)); create index i on users (id) where email <> ''; create index j on users (lower(name));",
      up: 'alter table users alter email type varchar(40); alter table users alter name type varchar(40);',
      finds: [{ text: 'alter email type varchar(40)' }, { text: 'alter name type varchar(40)' }],
    },
    {
      name: 'a plain index with the same operators',
      setup: 'create table hosts (address cidr); create index i on hosts (address);',
      up: 'alter table hosts alter address type inet;',
      finds: [],
      trace: { rewrites: [] },
    },
    {
      name: 'nothing on the column',
      setup: "create table users (email varchar(20), name text, constraint c check (name <> ''));",
      up: 'alter table users alter email type varchar(40);',
      finds: [],
      trace: { rewrites: [], scans: [] },
    },
    {
      name: 'a new table',
      up: "create table fresh (a varchar(2) check (a <> '')); alter table fresh alter a type varchar(4);",
      finds: [],
    },
  ],
  check: (context) =>
    eachAction(context, ['AT_AlterColumnType'], 'error', ({ cmd, range }, altered, severity) => {
      const relation = qualifiedName(altered.name);
      const { rewrites, scans, indexBuilds } = context.effects;
      if (altered.table === null || rewrites.includes(relation)) return null;
      // The effects are those of the whole statement; only what stands on this column is laid to its charge.
      const name = cmd.name ?? '';
      const checks = altered.table.constraints.filter(
        ({ kind, columns }) => kind === 'check' && columns.includes(name),
      );
      const indexes = altered.table.indexes.filter(
        (index) => index.keys.some(({ column }) => column === name) || usesInExpression(index, name),
      );
      const scanned = scans.includes(relation) && checks.length > 0;
      const rebuilt = indexBuilds.includes(relation) && indexes.length > 0;
      if (!scanned && !rebuilt) return null;
      const why = [
        ...(scanned ? [`${someInWords(checks.map((check) => quoteIdentifier(check.name)))} is verified again`] : []),
        ...(rebuilt ? [`${someInWords(indexes.map((index) => quoteIdentifier(index.name)))} is built again`] : []),
      ];
      return {
        range,
        severity,
        message: `The table is not rewritten, but ${listInWords(why)} while nobody can read or write ${shown(altered.written)} (${altered.standing.words})`,
        evidence: {
          table: shown(altered.written),
          column: name,
          scan: scanned,
          indexes: indexes.map((index) => index.name),
          rows: altered.standing.rows,
        },
      };
    }),
});

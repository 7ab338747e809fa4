import { as, strings } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { eachAction } from '../each-action.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const alterColumnCollation = defineRule({
  id: 'alter-column-collation',
  title: 'Another collation: indexes are rebuilt, order and equality change',
  category: 'rewrite',
  severity: 'info',
  servers: {},
  on: ['AT_AlterColumnType'],
  foldsUnder: ['column-type-change-rebuilds-index', 'changing-column-type'],
  docs: {
    what: 'ALTER COLUMN … TYPE with a COLLATE that is not the column’s.',
    why: 'Every index on the column is built again under ACCESS EXCLUSIVE, which is a finding of its own; and ORDER BY, range conditions and, for nondeterministic collations, equality give other answers from then on.',
    instead: 'COLLATE in the queries that need it, or a new column with its index.',
    ignoreWhen: 'no index is on the column and the new order is wanted.',
    manual: 'https://www.postgresql.org/docs/current/collation.html',
  },
  examples: [
    {
      name: 'another collation',
      setup: 'create table users (id bigint primary key, name text);',
      up: 'ALTER TABLE users ALTER COLUMN name TYPE text COLLATE "C";',
      finds: [{ text: 'COLLATE', severity: 'info' }],
    },
    {
      name: 'the collation that it has',
      setup: 'create table users (id bigint primary key, name text collate "C");',
      up: 'alter table users alter column name type text collate "C";',
      finds: [],
    },
    {
      name: 'no COLLATE',
      setup: 'create table users (id bigint primary key, name varchar(10));',
      up: 'alter table users alter column name type varchar(20);',
      finds: [],
    },
  ],
  check: (context) =>
    eachAction(context, ['AT_AlterColumnType'], 'info', ({ cmd, range }, altered) => {
      const wanted = strings(as(cmd.def, 'ColumnDef')?.collClause?.collname).at(-1);
      const known = context.database.column(altered.table, cmd.name ?? '');
      if (wanted === undefined || known?.collation?.replaceAll('"', '').split('.').at(-1) === wanted) return null;
      return {
        range: context.source.words('COLLATE', range) ?? range,
        message: `${shown(altered.written)} sorts by ${quoteIdentifier(cmd.name ?? '')} in another order from here on`,
        evidence: { table: shown(altered.written), column: cmd.name ?? '', collation: wanted },
      };
    }),
});

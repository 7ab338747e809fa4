import { as, nameOf } from '../../sql/nodes.ts';
import { keyOf } from '../../sql/table-index.ts';
import { otherTables } from '../other-tables.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

/** Fewer tables are no custom yet. */
const custom = 3;

export const newTableWithoutRls = defineRule({
  id: 'new-table-without-rls',
  title: 'New table without the row level security that all others have',
  category: 'security and access',
  severity: 'warning',
  servers: {},
  on: ['CreateStmt'],
  docs: {
    what: `CREATE TABLE in a schema with ${custom} or more tables, all of them with row level security, where the migration does not enable it.`,
    why: 'Whoever may use the table sees all its rows, although everywhere else the rows of others are hidden.',
    instead: 'ENABLE ROW LEVEL SECURITY and a policy in the same migration.',
    ignoreWhen: 'all rows are for everybody.',
    manual: 'https://www.postgresql.org/docs/current/ddl-rowsecurity.html',
  },
  examples: [
    {
      name: 'all the others have it',
      setup:
        'create table a (id int); create table b (id int); create table c (id int); alter table a enable row level security; alter table b enable row level security; alter table c enable row level security;',
      up: 'CREATE TABLE d (id int);',
      finds: [{ text: 'CREATE TABLE', severity: 'warning' }],
    },
    {
      name: 'enabled later in the file',
      setup:
        'create table a (id int); create table b (id int); create table c (id int); alter table a enable row level security; alter table b enable row level security; alter table c enable row level security;',
      up: 'create table d (id int); alter table d enable row level security;',
      finds: [],
    },
    {
      name: 'not all the others have it',
      setup:
        'create table a (id int); create table b (id int); create table c (id int); alter table a enable row level security;',
      up: 'create table d (id int);',
      finds: [],
    },
  ],
  check: (context) => {
    const create = as(context.statement.node, 'CreateStmt');
    if (create === undefined || create.partbound !== undefined || create.relation?.relpersistence === 't') return [];
    if (context.direction === 'down') return [];
    const written = nameOf(create.relation);
    const name = context.database.resolve(written);
    const others = otherTables(context, name.schema);
    if (others.length < custom || !others.every(({ rowSecurity }) => rowSecurity)) return [];
    const enabled = context.script.statements.some((statement) => {
      const altered = context.alter(statement);
      return (
        altered !== null &&
        keyOf(altered.name) === keyOf(name) &&
        altered.actions.some(({ cmd }) => cmd.subtype === 'AT_EnableRowSecurity')
      );
    });
    if (enabled) return [];
    return [
      {
        range: context.source.head(2),
        message: `All ${others.length} other tables of ${name.schema} have row level security, ${shown(written)} has none`,
        evidence: { table: shown(written), others: others.length },
      },
    ];
  },
});

import { as } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { defineRule } from '../rule.ts';

export const banDropTablespace = defineRule({
  id: 'ban-drop-tablespace',
  title: 'Dropped tablespace',
  category: 'data loss',
  severity: 'error',
  servers: {},
  on: ['DropTableSpaceStmt'],
  docs: {
    what: 'DROP TABLESPACE.',
    why: 'A tablespace belongs to the whole server, not to the database that is migrated: other databases may have files in it. The statement cannot run in a transaction block and cannot be taken back.',
    instead: 'Do it apart from migrations, as a change of the server.',
    ignoreWhen: 'never in a migration.',
    manual: 'https://www.postgresql.org/docs/current/sql-droptablespace.html',
  },
  examples: [
    {
      name: 'a tablespace',
      up: 'DROP TABLESPACE fast_disk;',
      finds: [{ text: 'DROP TABLESPACE fast_disk', severity: 'error' }],
    },
    { name: 'a table', up: 'create table t (a int); drop table t;', finds: [] },
    { name: 'an option of a tablespace', up: 'alter tablespace fast_disk set (random_page_cost = 1.1);', finds: [] },
  ],
  check: (context) => {
    const drop = as(context.statement.node, 'DropTableSpaceStmt');
    if (drop === undefined) return [];
    return [
      {
        range: context.source.range,
        message: `The tablespace ${quoteIdentifier(drop.tablespacename ?? '')} of the whole server is removed`,
        evidence: { tablespace: drop.tablespacename ?? '' },
      },
    ];
  },
});

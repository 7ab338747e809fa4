import { as, nameOf } from '../../sql/nodes.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const unloggedTable = defineRule({
  id: 'unlogged-table',
  title: 'Unlogged table: empty after a crash, and on every replica',
  category: 'data loss',
  severity: 'info',
  servers: {},
  on: ['CreateStmt', 'CreateTableAsStmt'],
  docs: {
    what: 'CREATE UNLOGGED TABLE that the migration does not make logged later.',
    why: 'After a crash the table is emptied. Replicas and base backups never hold its rows, so a failover loses them too.',
    instead: 'A logged table for all that cannot be computed again.',
    ignoreWhen: 'the rows are a cache or scratch paper.',
    manual: 'https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-UNLOGGED',
  },
  examples: [
    {
      name: 'an unlogged table',
      up: 'CREATE UNLOGGED TABLE cache (id bigint primary key);',
      finds: [{ text: 'UNLOGGED', severity: 'info' }],
    },
    { name: 'logged after the load', up: 'create unlogged table t (a int); alter table t set logged;', finds: [] },
    { name: 'a temporary table', up: 'create temporary table t (a int);', finds: [] },
    { name: 'an ordinary one', up: 'create table t (a int);', finds: [] },
  ],
  check: (context) => {
    const { node } = context.statement;
    const relation = as(node, 'CreateStmt')?.relation ?? as(node, 'CreateTableAsStmt')?.into?.rel;
    if (relation?.relpersistence !== 'u' || context.direction === 'down') return [];
    const logged = context.script.statements
      .slice(context.statement.index + 1)
      .some((statement) =>
        (context.alter(statement)?.written.name === relation.relname ? context.alter(statement)?.actions : [])?.some(
          ({ cmd }) => cmd.subtype === 'AT_SetLogged',
        ),
      );
    if (logged) return [];
    return [
      {
        range: context.source.words('UNLOGGED') ?? context.source.head(2),
        message: `A crash or a failover empties ${shown(nameOf(relation))}`,
        evidence: { table: shown(nameOf(relation)) },
      },
    ];
  },
});

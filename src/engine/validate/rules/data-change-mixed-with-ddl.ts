import { as, nameOf } from '../../sql/nodes.ts';
import { defineRule } from '../rule.ts';
import { severityFor } from '../standing.ts';
import { shown } from '../wording.ts';

export const dataChangeMixedWithDdl = defineRule({
  id: 'data-change-mixed-with-ddl',
  title: 'Rows and schema are changed in one migration',
  category: 'timeouts and operational',
  severity: 'info',
  servers: {},
  optIn: true,
  docs: {
    what: 'An UPDATE or DELETE of an existing table in a file that also alters tables.',
    why: 'The two have different risks and need different times: a change of many rows is done in batches over hours, a change of the schema in a moment.',
    instead: 'A migration of its own for the rows.',
    ignoreWhen: 'a handful of rows is concerned.',
    manual: 'https://www.postgresql.org/docs/current/populate.html',
  },
  examples: [
    {
      name: 'both in one file',
      up: 'alter table users add column a int;\nUPDATE users SET a = 1 WHERE id = 1;',
      finds: [{ text: 'UPDATE users SET a = 1 WHERE id = 1', severity: 'info' }],
    },
    { name: 'rows alone', up: 'update users set a = 1 where id = 1;', finds: [] },
    {
      name: 'rows of a new table',
      up: 'create table t (a int); alter table t add b int; update t set b = 1;',
      finds: [],
    },
  ],
  check: (context) => {
    const { node } = context.statement;
    const change = as(node, 'UpdateStmt') ?? as(node, 'DeleteStmt');
    if (change === undefined) return [];
    const written = nameOf(change.relation);
    if (severityFor(context.standing(written), 'info') === null) return [];
    const alters = context.script.statements.some((statement) => as(statement.node, 'AlterTableStmt') !== undefined);
    if (!alters) return [];
    return [
      {
        range: context.source.range,
        message: `Rows of ${shown(written)} are changed in a file that changes the schema too`,
        evidence: { table: shown(written) },
      },
    ];
  },
});

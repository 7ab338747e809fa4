import { as, findNodes, nameOf } from '../../sql/nodes.ts';
import { keyOf } from '../../sql/table-index.ts';
import { rowChangesOf } from '../row-changes.ts';
import { type CheckContext, defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

/** True when an earlier statement of the file copies rows of the table to another one. */
const isCopied = (context: CheckContext, table: { readonly schema: string; readonly name: string }): boolean =>
  context.script.statements.slice(0, context.statement.index).some(({ node }) => {
    const query =
      as(node, 'CreateTableAsStmt')?.query ??
      as(node, 'InsertStmt')?.selectStmt ??
      (as(node, 'SelectStmt')?.intoClause === undefined ? undefined : node);
    if (as(node, 'CopyStmt')?.is_from === false) return true;
    return (
      query !== undefined &&
      findNodes([query], 'RangeVar').some(
        (relation) => keyOf(context.database.resolve(nameOf(relation))) === keyOf(table),
      )
    );
  });

export const priorBackupForDml = defineRule({
  id: 'prior-backup-for-dml',
  title: 'Rows are changed and nothing keeps what they were',
  category: 'timeouts and operational',
  severity: 'info',
  servers: {},
  optIn: true,
  on: ['DeleteStmt', 'ExplainStmt', 'InsertStmt', 'SelectStmt', 'UpdateStmt'],
  docs: {
    what: 'UPDATE or DELETE of an existing table, where no earlier statement of the file copies rows of the table to another one.',
    why: 'What the rows held is gone with the COMMIT: no down brings it back, only a restore of the whole backup into another server.',
    instead: 'CREATE TABLE … AS SELECT of the rows concerned, before; drop it some weeks later.',
    ignoreWhen: 'the old values follow from the new ones, or nobody needs them.',
    manual: 'https://www.postgresql.org/docs/current/continuous-archiving.html',
  },
  examples: [
    {
      name: 'a delete',
      up: 'DELETE FROM users WHERE left_at < now();',
      finds: [{ text: 'DELETE', severity: 'info' }],
    },
    {
      name: 'copied before',
      up: 'create table users_gone as select * from users where left_at < now(); delete from users where left_at < now();',
      finds: [],
    },
    {
      name: 'rows of a new table',
      up: 'create table t (a int); update t set a = 1 where a is null;',
      finds: [],
    },
    { name: 'nothing is changed', up: 'insert into users (id) values (1);', finds: [] },
  ],
  check: (context) => {
    if (context.direction === 'down') return [];
    const { updates, deletes } = rowChangesOf(context.statement.node);
    const written = [...updates, ...deletes]
      .map(({ relation }) => nameOf(relation))
      .find((name) => context.standing(name).size !== 'new' && !isCopied(context, context.database.resolve(name)));
    if (written === undefined) return [];
    return [
      {
        range: context.source.head(1),
        message: `What these rows of ${shown(written)} held is gone once this commits: nothing in the file keeps it`,
        evidence: { table: shown(written) },
      },
    ];
  },
});

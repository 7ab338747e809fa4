import { all, as } from '../../sql/nodes.ts';
import { type CheckContext, defineRule } from '../rule.ts';

const guards: Readonly<Record<string, string>> = {
  CreateStmt: 'IF NOT EXISTS',
  IndexStmt: 'IF NOT EXISTS',
  CreateSeqStmt: 'IF NOT EXISTS',
  CreateSchemaStmt: 'IF NOT EXISTS',
  CreateExtensionStmt: 'IF NOT EXISTS',
  DropStmt: 'IF EXISTS',
};

const isGuarded = (context: CheckContext): boolean => {
  const { node } = context.statement;
  const create =
    as(node, 'CreateStmt') ??
    as(node, 'IndexStmt') ??
    as(node, 'CreateSeqStmt') ??
    as(node, 'CreateSchemaStmt') ??
    as(node, 'CreateExtensionStmt');
  return create?.if_not_exists === true || as(node, 'DropStmt')?.missing_ok === true;
};

export const preferRobustStatements = defineRule({
  id: 'prefer-robust-statements',
  title: 'Statement outside a transaction that cannot be run again',
  category: 'timeouts and operational',
  severity: 'info',
  servers: {},
  optIn: true,
  docs: {
    what: 'CREATE or DROP without IF [NOT] EXISTS, and ADD COLUMN or DROP COLUMN without it, in a file with several statements that share no transaction.',
    why: 'When a later statement fails, the file cannot simply be run again: this one fails then.',
    instead: 'Add the guard, or put all into one transaction.',
    ignoreWhen: 'the runner wraps the file in a transaction.',
    manual: 'https://www.postgresql.org/docs/current/sql-createtable.html',
  },
  examples: [
    {
      name: 'an index behind a column',
      up: 'ALTER TABLE users ADD COLUMN a int;\nCREATE INDEX CONCURRENTLY i ON users (a);',
      finds: [{ text: 'ADD COLUMN a int', severity: 'info' }, { text: 'CREATE INDEX' }],
    },
    {
      name: 'guarded',
      up: 'alter table users add column if not exists a int; create index concurrently if not exists i on users (a);',
      finds: [],
    },
    { name: 'one transaction', up: 'begin; create table t (a int); create table u (a int); commit;', finds: [] },
    { name: 'a single statement', up: 'create table t (a int);', finds: [] },
  ],
  check: (context) => {
    if (context.transaction.number !== null || context.script.statements.length < 2) return [];
    const guard = guards[Object.keys(context.statement.node)[0] ?? ''];
    if (guard !== undefined && !isGuarded(context))
      return [{ range: context.source.head(2), message: `Without ${guard} this fails when the file is run again` }];
    const alter = as(context.statement.node, 'AlterTableStmt');
    return all(alter?.cmds, 'AlterTableCmd').flatMap(({ subtype, missing_ok }, i) =>
      (subtype === 'AT_AddColumn' || subtype === 'AT_DropColumn') && missing_ok !== true
        ? [
            {
              range: context.source.actions()[i] ?? context.source.range,
              message: 'Without a guard this fails when the file is run again',
            },
          ]
        : [],
    );
  },
});

import type { AlterTableCmd, ColumnDef, Constraint } from '@pgsql/types';
import { all, as, nameOf } from '../../sql/nodes.ts';
import { keyOf } from '../../sql/table-index.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

const isPrimary = ({ contype }: Constraint): boolean => contype === 'CONSTR_PRIMARY';

const isKeyed = (column: ColumnDef | undefined): boolean => all(column?.constraints, 'Constraint').some(isPrimary);

/** True for an action with which a table that is there comes by a primary key. */
function givesKey({ def, subtype }: AlterTableCmd): boolean {
  const constraint = as(def, 'Constraint');
  return (
    (constraint !== undefined && isPrimary(constraint)) ||
    isKeyed(as(def, 'ColumnDef')) ||
    subtype === 'AT_AttachPartition'
  );
}

export const missingPrimaryKey = defineRule({
  id: 'missing-primary-key',
  title: 'New table without a primary key',
  category: 'index and constraint',
  severity: 'info',
  servers: {},
  on: ['CreateStmt'],
  foldsUnder: ['unique-instead-of-primary-key'],
  docs: {
    what: 'CREATE TABLE without PRIMARY KEY, when the file does not add one later.',
    why: 'Rows cannot be told apart: duplicates cannot be removed one by one, and logical replication refuses updates and deletes.',
    instead: 'A primary key, over several columns if need be.',
    ignoreWhen: 'the table only takes in rows and is read as a whole, such as a staging table.',
    manual: 'https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-PRIMARY-KEYS',
  },
  examples: [
    {
      name: 'no key at all',
      up: 'CREATE TABLE events (at timestamptz NOT NULL);',
      finds: [{ text: 'CREATE TABLE', severity: 'info' }],
    },
    { name: 'only a unique column', up: 'create table t (id bigint unique);', finds: [{ text: 'create table' }] },
    { name: 'a key on a column', up: 'create table t (id bigint primary key);', finds: [] },
    { name: 'a key over two', up: 'create table t (a int, b int, primary key (a, b));', finds: [] },
    {
      name: 'the key is added later',
      up: 'create table t (id bigint not null); alter table only t add constraint k primary key (id);',
      finds: [],
    },
    {
      name: 'a partition has that of its parent',
      setup: 'create table ev (at int primary key) partition by range (at);',
      up: 'create table ev1 partition of ev for values from (1) to (2);',
      finds: [],
    },
    {
      name: 'the table is there already',
      setup: 'create table t (id bigint);',
      up: 'create table if not exists t (id bigint);',
      finds: [],
    },
    { name: 'a temporary table', up: 'create temp table t (a int);', finds: [] },
  ],
  check: (context) => {
    const create = as(context.statement.node, 'CreateStmt');
    if (create === undefined || create.relation?.relpersistence === 't' || context.direction === 'down') return [];
    if (create.partbound !== undefined || (create.inhRelations ?? []).length > 0) return [];
    const copies = all(create.tableElts, 'TableLikeClause').length > 0;
    const keyed =
      all(create.tableElts, 'Constraint').some(isPrimary) || all(create.tableElts, 'ColumnDef').some(isKeyed);
    if (copies || keyed || create.ofTypename !== undefined) return [];
    const written = nameOf(create.relation);
    if (create.if_not_exists === true && context.database.table(written) !== null) return [];
    const own = keyOf(context.database.resolve(written));
    const later = context.script.statements.slice(context.statement.index + 1).some((statement) => {
      const altered = context.alter(statement);
      return (
        // Names are looked up last: a dump has thousands of tables, and statements that alter them.
        altered?.actions.some(({ cmd }) => givesKey(cmd)) === true &&
        keyOf(context.database.resolve(altered.written)) === own
      );
    });
    if (later) return [];
    return [
      {
        range: context.source.head(2),
        message: `${shown(written)} has no primary key: equal rows cannot be told apart, and logical replication refuses to update or delete them`,
      },
    ];
  },
});

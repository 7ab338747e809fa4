import { as, nameOf } from '../../sql/nodes.ts';
import { keyOf } from '../../sql/table-index.ts';
import { droppedNames } from '../node-questions.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const createTableForce = defineRule({
  id: 'create-table-force',
  title: 'Table is dropped to be created anew',
  category: 'data loss',
  severity: 'error',
  servers: {},
  on: ['CreateStmt', 'CreateTableAsStmt', 'DropStmt'],
  docs: {
    what: 'DROP TABLE and, later in the same file, CREATE TABLE of the same name.',
    why: 'The rows of the old table are gone, with its grants, triggers and policies; when the file runs twice, so are the rows of the new one.',
    instead: 'CREATE TABLE under a new name, copy, and swap; or ALTER TABLE to the new shape.',
    ignoreWhen: 'the table holds nothing that cannot be made again.',
    manual: 'https://www.postgresql.org/docs/current/sql-droptable.html',
  },
  examples: [
    {
      name: 'without a catalog, a guarded drop comes first',
      up: 'DROP TABLE IF EXISTS users, teams;\nCREATE TABLE users (id bigint primary key);',
      finds: [{ text: 'DROP TABLE IF EXISTS users, teams', severity: 'error' }],
    },
    {
      name: 'an existing table',
      setup: 'create table users (id bigint primary key);',
      up: 'drop table users; create table users (id bigint primary key, a int);',
      finds: [{ text: 'drop table users' }],
    },
    {
      name: 'a table that is not there',
      setup: 'create table users (id bigint primary key);',
      up: 'drop table if exists teams; create table teams (id bigint primary key);',
      finds: [],
    },
    { name: 'two tables', up: 'drop table if exists a; create table b (id int);', finds: [] },
  ],
  check: (context) => {
    const drop = as(context.statement.node, 'DropStmt');
    if (drop?.removeType !== 'OBJECT_TABLE' || context.direction === 'down') return [];
    const again = droppedNames(drop.objects).find((written) => {
      const name = context.database.resolve(written);
      if (context.hasCatalog && context.database.table(written) === null) return false;
      if (context.standing(written).size === 'new') return false;
      return context.script.statements.slice(context.statement.index + 1).some(({ node }) => {
        const made = as(node, 'CreateStmt')?.relation ?? as(node, 'CreateTableAsStmt')?.into?.rel;
        return made !== undefined && keyOf(context.database.resolve(nameOf(made))) === keyOf(name);
      });
    });
    if (again === undefined) return [];
    const standing = context.standing(again);
    return [
      {
        range: context.source.range,
        severity: standing.size === 'empty' ? ('info' as const) : ('error' as const),
        message: `${shown(again)} is dropped to be created anew: what is in it is gone (${standing.words})`,
        evidence: { table: shown(again) },
      },
    ];
  },
});

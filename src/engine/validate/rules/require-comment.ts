import { as, nameOf, nameOfObject } from '../../sql/nodes.ts';
import { quoteLiteral } from '../../sql/quote-literal.ts';
import { keyOf } from '../../sql/table-index.ts';
import { otherTables } from '../other-tables.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

/** Fewer tables are no custom yet. */
const custom = 3;

export const requireComment = defineRule({
  id: 'require-comment',
  title: 'New table without a comment',
  category: 'naming and conflicts',
  severity: 'info',
  servers: {},
  on: ['CreateStmt'],
  docs: {
    what: `CREATE TABLE without COMMENT ON TABLE in the same file, where the settings ask for comments (\`conventions: comments: true\` in .lockstep.yml), or where ${custom} or more tables of the schema, all of them, have one.`,
    why: 'Everybody who reads the schema relies on the comments; the table without one is the one that is misread.',
    instead: 'COMMENT ON TABLE in the same migration.',
    ignoreWhen: 'the name says everything.',
    manual: 'https://www.postgresql.org/docs/current/sql-comment.html',
  },
  examples: [
    {
      name: 'the team has agreed on comments',
      conventions: { comments: true },
      up: 'CREATE TABLE app.orders (id bigint primary key);',
      finds: [{ text: 'CREATE TABLE', severity: 'info' }],
    },
    {
      name: 'commented later in the file',
      conventions: { comments: true },
      up: "create table orders (id bigint primary key); comment on table orders is 'What customers bought';",
      finds: [],
    },
    { name: 'nothing is agreed', up: 'create table orders (id bigint primary key);', finds: [] },
    {
      name: 'the other tables have none either',
      setup: 'create table a (id int); create table b (id int); create table c (id int);',
      up: 'create table orders (id bigint primary key);',
      finds: [],
    },
    {
      name: 'a partition is described with its parent',
      conventions: { comments: true },
      up: 'create table o1 partition of orders for values in (1);',
      finds: [],
    },
  ],
  check: (context) => {
    const create = as(context.statement.node, 'CreateStmt');
    if (create === undefined || create.partbound !== undefined || create.relation?.relpersistence === 't') return [];
    if (context.direction === 'down') return [];
    const written = nameOf(create.relation);
    const name = context.database.resolve(written);
    const others = otherTables(context, name.schema).filter(({ partitionOf }) => partitionOf === null);
    const usual = others.length >= custom && others.every(({ comment }) => comment !== null);
    if (!usual && !context.conventions.comments) return [];
    const commented = context.script.statements.some(({ node }) => {
      const comment = as(node, 'CommentStmt');
      return (
        comment?.objtype === 'OBJECT_TABLE' &&
        keyOf(context.database.resolve(nameOfObject(comment.object))) === keyOf(name)
      );
    });
    if (commented) return [];
    return [
      {
        range: context.source.head(2),
        message: usual
          ? `All ${others.length} other tables of ${name.schema} have a comment, ${shown(written)} has none`
          : `${shown(written)} has no comment: COMMENT ON TABLE ${shown(written)} IS ${quoteLiteral('…')}`,
        evidence: { table: shown(written), others: others.length },
      },
    ];
  },
});

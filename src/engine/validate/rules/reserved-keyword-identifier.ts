import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { namingStatements, newNames } from '../new-names.ts';
import { defineRule } from '../rule.ts';

const isKeyword = (name: string): boolean => /^[a-z_]+$/.test(name) && quoteIdentifier(name) !== name;

export const reservedKeywordIdentifier = defineRule({
  id: 'reserved-keyword-identifier',
  title: 'Name that SQL or the server keeps for itself',
  category: 'naming and conflicts',
  severity: 'info',
  servers: {},
  on: namingStatements,
  optIn: true,
  docs: {
    what: 'A new name that is a keyword which has to be quoted, or that begins with pg_.',
    why: 'Unquoted, such a name is a syntax error or means something else: SELECT user gives the role, not the column. Names that begin with pg_ are the server’s; for a schema it refuses them with 42939.',
    instead: 'Another word, or a longer one: user_account, order_line.',
    ignoreWhen: 'a mapper writes all the SQL and quotes every name.',
    manual: 'https://www.postgresql.org/docs/current/sql-keywords-appendix.html',
  },
  examples: [
    {
      name: 'a table and a column',
      up: 'CREATE TABLE "order" (id bigint primary key, "user" text);',
      finds: [{ text: '"order"', severity: 'info' }, { text: '"user"' }],
    },
    {
      name: 'a schema with the prefix of the server',
      setup: 'create table a (id int);',
      up: 'create schema pg_mine;',
      finds: [{ text: 'pg_mine', severity: 'warning' }],
      trace: { fails: '42939' },
    },
    {
      name: 'keywords that need no quotes',
      up: 'create table t (id bigint primary key, name text, value int, type text, date date);',
      finds: [],
    },
    { name: 'upper case in quotes is another name', up: 'create table "Order" (id bigint primary key);', finds: [] },
  ],
  check: (context) =>
    newNames(context).flatMap(({ kind, name, range }) => {
      if (name.startsWith('pg_')) {
        const refused = kind === 'schema';
        return [
          {
            range: range(),
            severity: refused ? ('warning' as const) : ('info' as const),
            message: refused
              ? 'The server refuses schemas whose name begins with pg_, with 42939'
              : 'Names that begin with pg_ are the server’s own: a later version may bring one of this name',
            evidence: { kind, name },
          },
        ];
      }
      if (!isKeyword(name)) return [];
      return [
        {
          range: range(),
          message: `${name.toUpperCase()} is a keyword: without quotes this ${kind} is not found`,
          evidence: { kind, name },
        },
      ];
    }),
});

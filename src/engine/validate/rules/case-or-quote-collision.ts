import type { ObjectName } from '../../catalog/catalog.ts';
import { qualifiedName } from '../../sql/qualified-name.ts';
import { keyOf } from '../../sql/table-index.ts';
import { newNames } from '../new-names.ts';
import { type CheckContext, defineRule, type Found } from '../rule.ts';

/** Tables and views share the names that queries use. */
const twinOf = (context: CheckContext, name: ObjectName): ObjectName | null => {
  const { tables, views } = context.database.catalog;
  const folded = name.name.toLowerCase();
  const isTwin = (other: ObjectName) =>
    other.schema === name.schema && other.name !== name.name && other.name.toLowerCase() === folded;
  return tables.find(isTwin) ?? views.find(isTwin) ?? null;
};

export const caseOrQuoteCollision = defineRule({
  id: 'case-or-quote-collision',
  title: 'Two names that differ only by upper and lower case',
  category: 'naming and conflicts',
  severity: 'info',
  servers: {},
  on: ['AlterTableStmt', 'CreateStmt', 'CreateTableAsStmt', 'RenameStmt', 'ViewStmt'],
  docs: {
    what: 'A new table, view or column beside one whose name is the same in other letters: "Users" and users.',
    why: 'Both exist, and the quotes alone decide which one a query means: with them it is "Users", without them, in any letters, users. What is written to one is not found in the other.',
    instead: 'Use the one that is there, or another name.',
    ignoreWhen: 'the older one goes in a later migration, and no query names it any more.',
    manual: 'https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS',
  },
  examples: [
    {
      name: 'a quoted table beside a plain one',
      setup: 'create table users (id bigint primary key);',
      up: 'CREATE TABLE "Users" (id bigint primary key);',
      finds: [{ text: '"Users"', severity: 'info' }],
    },
    {
      name: 'a plain column beside a quoted one',
      setup: 'create table users (id bigint primary key, "createdAt" timestamptz);',
      up: 'alter table users add column createdAt timestamptz;',
      finds: [{ text: 'createdAt' }],
    },
    {
      name: 'two columns of one new table',
      up: 'create table users ("Name" text, name text);',
      finds: [{ text: 'name' }],
    },
    {
      name: 'the same name in another schema',
      setup: 'create schema app; create table users (id bigint primary key);',
      up: 'create table app."Users" (id bigint primary key);',
      finds: [],
    },
    {
      name: 'the older one is renamed',
      setup: 'create table "Users" (id bigint primary key);',
      up: 'alter table "Users" rename to users;',
      finds: [],
    },
    {
      name: 'the same table once more is another matter',
      setup: 'create table users (id bigint primary key);',
      up: 'create table if not exists USERS (id bigint primary key);',
      finds: [],
    },
  ],
  check: (context) => {
    // By name in small letters, the columns of the table and then those that the statement has named so far.
    const columns = new Map<string, string[]>();
    const add = (name: string): void => {
      const same = columns.get(name.toLowerCase());
      if (same === undefined) columns.set(name.toLowerCase(), [name]);
      else same.push(name);
    };
    let first = true;
    return newNames(context).flatMap(({ kind, name, schema, table, range }): readonly Found[] => {
      if (kind === 'column' && table !== null) {
        // A rename takes the old name away, whatever it was.
        if ('RenameStmt' in context.statement.node) return [];
        if (first) for (const column of context.database.table(table)?.columns ?? []) add(column.name);
        first = false;
        const twin = columns.get(name.toLowerCase())?.find((other) => other !== name);
        add(name);
        if (twin === undefined) return [];
        return [
          {
            range: range(),
            message: `The table has a column "${twin}" too: only the quotes tell the two apart`,
            evidence: { column: name, twin },
          },
        ];
      }
      if (kind !== 'table' && kind !== 'view') return [];
      const own = context.database.resolve({ schema, name });
      const twin = twinOf(context, own);
      if (twin === null || keyOf(twin) === keyOf(own)) return [];
      if ('RenameStmt' in context.statement.node && context.source.identifier(twin.name) !== null) return [];
      return [
        {
          range: range(),
          message: `${qualifiedName(twin)} exists too: only the quotes tell the two apart`,
          evidence: { name: qualifiedName(own), twin: qualifiedName(twin) },
        },
      ];
    });
  },
});

import { namingStatements, newNames } from '../new-names.ts';
import { defineRule } from '../rule.ts';

export const nonSnakeCaseIdentifier = defineRule({
  id: 'non-snake-case-identifier',
  title: 'Name that has to be written in quotes',
  category: 'naming and conflicts',
  severity: 'info',
  servers: {},
  on: namingStatements,
  optIn: true,
  docs: {
    what: 'A new name in double quotes with upper case letters or other characters than letters, digits and underscores.',
    why: 'Every query has to quote it exactly so: without the quotes PostgreSQL folds it to lower case and finds nothing.',
    instead: 'Lower case with underscores.',
    ignoreWhen: 'a mapper writes all the SQL and quotes every name.',
    manual: 'https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS',
  },
  examples: [
    {
      name: 'a table and a column in mixed case',
      up: 'CREATE TABLE "Users" (id bigint primary key, "firstName" text);',
      finds: [{ text: '"Users"', severity: 'info' }, { text: '"firstName"' }],
    },
    {
      name: 'a blank in an index',
      up: 'create index concurrently "my index" on users (id);',
      finds: [{ text: '"my index"' }],
    },
    { name: 'upper case without quotes is folded', up: 'CREATE TABLE Users (Id bigint primary key);', finds: [] },
    { name: 'letters of other languages', up: 'create table größen (id bigint primary key);', finds: [] },
    { name: 'an old name is only used', up: 'alter table "Users" add column nick text;', finds: [] },
  ],
  check: (context) =>
    newNames(context)
      .filter(({ name }) => !/^[\p{Ll}\p{Lo}_][\p{Ll}\p{Lo}\p{N}_$]*$/u.test(name))
      .map(({ kind, name, range }) => ({
        range: range(),
        message: `Every query has to write this ${kind} in double quotes, exactly as "${name}"`,
        evidence: { kind, name },
      })),
});

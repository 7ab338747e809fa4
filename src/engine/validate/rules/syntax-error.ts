import { defineRule } from '../rule.ts';

export const syntaxError = defineRule({
  id: 'syntax-error',
  title: 'Text that PostgreSQL cannot parse',
  category: 'correctness',
  severity: 'error',
  servers: {},
  docs: {
    what: "A file that PostgreSQL's own parser refuses; the message and the position are PostgreSQL's.",
    why: 'Nothing in the file can run, and nothing else in it could be checked.',
    instead: 'Correct the text at the position that is marked.',
    ignoreWhen: 'never.',
    manual: 'https://www.postgresql.org/docs/current/sql-syntax.html',
  },
  examples: [
    {
      name: 'a misspelt keyword',
      up: 'alter table a add b int;\nALTER TABEL users ADD x int;',
      finds: [{ text: 'TABEL', severity: 'error' }],
    },
    { name: 'a command of psql', up: '\\set x 1\nselect 1;', finds: [{ text: '\\' }] },
    { name: 'a text that ends too early', up: 'create table a (b int', finds: [{ text: '' }] },
    { name: 'a text without statements', up: '-- nothing yet\n', finds: [] },
    { name: 'odd names are no error', up: 'select 1 as "größe", $1::text, E\'\\n\';', finds: [] },
  ],
});

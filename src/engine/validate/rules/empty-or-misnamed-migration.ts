import { defineRule } from '../rule.ts';

export const emptyOrMisnamedMigration = defineRule({
  id: 'empty-or-misnamed-migration',
  title: 'Migration without a statement',
  category: 'rollback and files',
  severity: 'info',
  servers: {},
  docs: {
    what: 'An up file that holds no statement.',
    why: 'It is recorded as applied and changes nothing: most often the statements were forgotten, or all of them are in comments.',
    instead: 'Write the statements, or leave the file out.',
    ignoreWhen: 'it only keeps a number.',
    manual: 'https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-COMMENTS',
  },
  examples: [
    { name: 'only a comment', up: '-- to be written', finds: [{ text: '', severity: 'info' }] },
    { name: 'a statement', up: 'select 1;', finds: [] },
    { name: 'an empty down is another matter', up: 'select 1;', down: '-- nothing to take back', finds: [] },
  ],
  checkPair: ({ up }) =>
    up.statements.length > 0
      ? []
      : [
          {
            direction: 'up',
            range: { start: 0, end: 0 },
            message: 'This file holds no statement: it is recorded as applied and changes nothing',
          },
        ],
});

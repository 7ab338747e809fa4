import { defineRule } from '../rule.ts';

export const missingDownMigration = defineRule({
  id: 'missing-down-migration',
  title: 'Migration without a way back',
  category: 'rollback and files',
  severity: 'info',
  servers: {},
  docs: {
    what: 'An up without a down, or with a down that has no statements.',
    why: 'When the deployment goes wrong the way back has to be written under pressure.',
    instead:
      'Write the down now; Lockstep derives it from the catalog and proves on a shadow database that it restores.',
    ignoreWhen: 'your team only ever rolls forward.',
    manual: 'https://www.postgresql.org/docs/current/ddl-alter.html',
  },
  examples: [
    { name: 'no down', up: 'alter table a add b int;', finds: [{ text: '', severity: 'info' }] },
    {
      name: 'an empty down',
      up: 'alter table a add b int;',
      down: '-- nothing\n',
      finds: [{ text: '', severity: 'warning', direction: 'down' }],
    },
    { name: 'both', up: 'alter table a add b int;', down: 'alter table a drop b;', finds: [] },
    { name: 'nothing to take back', up: '-- a note\n', finds: [] },
  ],
  checkPair: ({ up, down, downExpected }) => {
    if (up.statements.length === 0) return [];
    const range = { start: 0, end: 0 };
    if (down === null && !downExpected) return [];
    if (down === null)
      return [{ direction: 'up', range, message: 'There is no down: this migration cannot be reverted with a file' }];
    if (down.statements.length > 0) return [];
    return [
      {
        direction: 'down',
        range,
        severity: 'warning',
        message: 'The down has no statements: reverting would change nothing',
      },
    ];
  },
});

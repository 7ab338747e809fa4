import { defineRule } from '../rule.ts';

export const invalidSuppression = defineRule({
  id: 'invalid-suppression',
  title: 'Suppression that does not hold',
  category: 'rollback and files',
  severity: 'warning',
  servers: {},
  docs: {
    what: 'A comment `-- lockstep:ignore <rule> <reason> [until YYYY-MM-DD]` that names an unknown rule, gives no reason, stands above no statement, or has expired.',
    why: 'Whoever reads the migration later must be able to tell why a risk was accepted; a suppression without that is not honoured.',
    instead: 'Name the rule and give the reason; renew the date or drop the comment when it has passed.',
    ignoreWhen: 'never: remove the comment instead.',
    manual: 'https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-COMMENTS',
  },
  examples: [
    {
      name: 'no reason',
      up: '-- lockstep:ignore ban-drop-table\ndrop table orders;',
      finds: [{ text: 'lockstep:ignore ban-drop-table', severity: 'warning' }],
    },
    {
      name: 'an unknown rule',
      up: '-- lockstep:ignore ban-everything we know\ndrop table orders;',
      finds: [{ text: 'lockstep:ignore ban-everything we know' }],
    },
    {
      name: 'expired',
      up: '-- lockstep:ignore ban-drop-table archived first until 2020-01-31\ndrop table orders;',
      finds: [{ text: 'lockstep:ignore ban-drop-table archived first until 2020-01-31' }],
    },
    {
      name: 'above no statement',
      up: 'select 1;\n/* lockstep:ignore ban-drop-table archived */',
      finds: [{ text: 'lockstep:ignore ban-drop-table archived' }],
    },
    {
      name: 'a reason and a date to come',
      up: '-- lockstep:ignore ban-drop-table archived first until 2999-01-31\ndrop table orders;',
      finds: [],
    },
    { name: 'an ordinary comment', up: '-- ignore this\nselect 1;', finds: [] },
  ],
});

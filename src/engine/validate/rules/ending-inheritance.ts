import { as, nameOf } from '../../sql/nodes.ts';
import { eachAction } from '../each-action.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const endingInheritance = defineRule({
  id: 'ending-inheritance',
  title: 'Rows leave the parent table with NO INHERIT',
  category: 'compatibility',
  severity: 'warning',
  servers: {},
  on: ['AT_DropInherit'],
  docs: {
    what: 'ALTER TABLE … NO INHERIT on a table that exists before the migration.',
    why: 'From then on queries and changes of the parent leave the rows of this table out, without an error anywhere.',
    instead: 'Let code read both tables first, or do it when nothing asks the parent for these rows any more.',
    ignoreWhen: 'the table is taken out of use on purpose, as an old part of the data.',
    manual: 'https://www.postgresql.org/docs/current/ddl-inherit.html',
  },
  examples: [
    {
      name: 'a child with rows',
      setup: 'create table logs (id bigint); create table web_logs (url text) inherits (logs);',
      up: 'ALTER TABLE web_logs NO INHERIT logs;',
      finds: [{ text: 'NO INHERIT logs', severity: 'warning' }],
      trace: { locks: { web_logs: 'ACCESS EXCLUSIVE' } },
    },
    {
      name: 'a small child',
      setup: 'create table logs (id bigint); create table web_logs (url text) inherits (logs);',
      facts: [{ table: 'web_logs', rows: 0, bytes: 0 }],
      up: 'alter table web_logs no inherit logs;',
      finds: [{ text: 'no inherit logs', severity: 'info' }],
    },
    {
      name: 'a child of the same migration',
      setup: 'create table logs (id bigint);',
      up: 'create table web_logs () inherits (logs); alter table web_logs no inherit logs;',
      finds: [],
    },
    { name: 'inheritance that begins', up: 'alter table web_logs inherit logs;', finds: [] },
  ],
  check: (context) =>
    eachAction(context, ['AT_DropInherit'], 'warning', ({ cmd, range }, altered, severity) => {
      const parent = nameOf(as(cmd.def, 'RangeVar'));
      return {
        range,
        severity,
        message: `Whoever reads ${shown(parent)} no longer gets the rows of ${shown(altered.written)} (${altered.standing.words})`,
        evidence: { table: shown(altered.written), parent: shown(parent) },
      };
    }),
});

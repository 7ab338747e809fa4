import { as } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { droppedNames } from '../node-questions.ts';
import { defineRule, type Found } from '../rule.ts';
import { shown } from '../wording.ts';

export const downMigrationDataLoss = defineRule({
  id: 'down-migration-data-loss',
  title: 'The down drops what was written since the up',
  category: 'rollback and files',
  severity: 'info',
  servers: {},
  on: ['AT_DropColumn', 'DropStmt'],
  docs: {
    what: 'A down that drops a table or column which the up created.',
    why: 'That is its task, but whatever was written there after the up is lost with it.',
    instead: 'Before reverting, look whether the table or column has data, and keep a copy.',
    ignoreWhen: 'the down is run at once, or the data may go.',
    manual: 'https://www.postgresql.org/docs/current/ddl-alter.html',
  },
  examples: [
    {
      name: 'a column',
      up: 'alter table users add column nick text;',
      down: 'ALTER TABLE users DROP COLUMN nick;',
      finds: [{ text: 'DROP COLUMN nick', severity: 'info', direction: 'down' }],
    },
    {
      name: 'a table',
      up: 'create table fresh (a int);',
      down: 'drop table if exists fresh;',
      finds: [{ text: 'drop table if exists fresh', direction: 'down' }],
    },
    {
      name: 'an index holds no data',
      up: 'create index concurrently i on users (a);',
      down: 'drop index concurrently i;',
      finds: [],
    },
    { name: 'the up is another matter', up: 'create table fresh (a int); drop table fresh;', finds: [] },
  ],
  check: (context) => {
    if (context.direction === 'up') return [];
    const found: Found[] = [];
    const altered = context.alter();
    for (const { cmd, range } of altered?.actions ?? []) {
      const name = cmd.name ?? '';
      if (altered === null || cmd.subtype !== 'AT_DropColumn' || !context.createdByUp.has('column', altered.name, name))
        continue;
      found.push({
        range,
        message: `What was written to ${quoteIdentifier(name)} of ${shown(altered.written)} since the up is lost`,
      });
    }
    const drop = as(context.statement.node, 'DropStmt');
    if (drop?.removeType !== 'OBJECT_TABLE') return found;
    const made = droppedNames(drop.objects).filter((written) =>
      context.createdByUp.has('table', context.database.resolve(written)),
    );
    if (made.length > 0)
      found.push({
        range: context.source.range,
        message: `Rows written to ${made.map(shown).join(', ')} since the up are lost`,
      });
    return found;
  },
});

import { as } from '../../sql/nodes.ts';
import { readBlock } from '../open-blocks.ts';
import { defineRule } from '../rule.ts';

/** What in a block of another language shows that it changes something. */
const changes = /\b(?:execute|alter|create|drop|truncate|grant|revoke|update|delete|insert)\b/i;

export const uncheckedDoBlock = defineRule({
  id: 'unchecked-do-block',
  title: 'Part of a DO block is not analysed',
  category: 'correctness',
  severity: 'info',
  servers: {},
  on: ['DoStmt'],
  docs: {
    what: 'A DO block that runs statements which are only put together while it runs. Statements that stand in the block, and those of EXECUTE with a text that is written out, are checked like all others; where only a name in the text is not known, the statement is checked for a table of which nothing is known.',
    why: 'What such a statement does is only known when it runs: no rule has looked at the things that it is about, and what stands behind it is checked as if it had done nothing.',
    instead: 'Write the statements out, or look at the shadow run, which executes the block.',
    ignoreWhen: 'the shadow run has shown what it does.',
    manual: 'https://www.postgresql.org/docs/current/sql-do.html',
  },
  examples: [
    {
      name: 'SQL that is put together',
      up: "DO $$ DECLARE t text; BEGIN FOR t IN SELECT relname FROM pg_class LOOP EXECUTE format('drop table %I', t); END LOOP; END $$;",
      finds: [{ text: 'DO', severity: 'info' }],
    },
    {
      name: 'another language',
      up: "do language plpython3u $x$ plpy.execute('drop table orders') $x$;",
      finds: [{ text: 'do' }],
    },
    {
      name: 'statements that can be read',
      up: "do $$ begin alter table orders add column a int; execute 'alter table orders add column b int'; execute format('drop table %I', 'orders'); end $$;",
      finds: [],
    },
    { name: 'a block that only looks', up: "do $$ begin raise notice 'ready'; end $$;", finds: [] },
    { name: 'ON CONFLICT DO NOTHING', up: 'insert into t values (1) on conflict do nothing;', finds: [] },
  ],
  check: (context) => {
    if (as(context.statement.node, 'DoStmt') === undefined) return [];
    const block = readBlock(context.statement);
    if (block === null ? !changes.test(context.statement.text) : !block.dynamic) return [];
    return [
      {
        range: context.source.head(1),
        message: 'What this block puts together while it runs is only seen on a shadow run',
      },
    ];
  },
});

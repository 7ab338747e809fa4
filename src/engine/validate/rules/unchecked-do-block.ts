import { as } from '../../sql/nodes.ts';
import { defineRule } from '../rule.ts';

/** What in a block shows that it changes more than rows. */
const changes = /\b(?:execute|alter|create|drop|truncate|grant|revoke|update|delete|insert)\b/i;

export const uncheckedDoBlock = defineRule({
  id: 'unchecked-do-block',
  title: 'DO block is not analysed',
  category: 'correctness',
  severity: 'info',
  servers: {},
  docs: {
    what: 'A DO block that changes something.',
    why: 'What it does is only known when it runs: no rule has looked at it, and what stands behind it is checked as if it had done nothing.',
    instead: 'Write the statements out, or look at the shadow run, which executes the block.',
    ignoreWhen: 'the shadow run has shown what it does.',
    manual: 'https://www.postgresql.org/docs/current/sql-do.html',
  },
  examples: [
    {
      name: 'dynamic SQL',
      up: "DO $$ BEGIN EXECUTE 'drop table orders'; END $$;",
      finds: [{ text: 'DO', severity: 'info' }],
    },
    {
      name: 'static SQL',
      up: 'do language plpgsql $x$ begin alter table orders add column a int; end $x$;',
      finds: [{ text: 'do' }],
    },
    { name: 'a block that only looks', up: "do $$ begin raise notice 'ready'; end $$;", finds: [] },
    { name: 'ON CONFLICT DO NOTHING', up: 'insert into t values (1) on conflict do nothing;', finds: [] },
  ],
  check: (context) =>
    as(context.statement.node, 'DoStmt') === undefined || !changes.test(context.statement.text)
      ? []
      : [
          {
            range: context.source.head(1),
            message: 'No rule looks into this block: what it changes is only seen on a shadow run',
          },
        ],
});

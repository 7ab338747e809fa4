import { as, nameOf } from '../../sql/nodes.ts';
import { defineRule } from '../rule.ts';
import { severityFor } from '../standing.ts';
import { shown } from '../wording.ts';

export const createRule = defineRule({
  id: 'create-rule',
  title: 'Rule changes what statements mean',
  category: 'locking',
  severity: 'warning',
  servers: {},
  on: ['RuleStmt'],
  docs: {
    what: 'CREATE RULE on an existing table.',
    why: 'Statements of the running code are rewritten from then on: they touch other rows than they say, RETURNING and row counts change, volatile expressions run twice. The lock is ACCESS EXCLUSIVE, for a moment.',
    instead: 'A trigger, or a view with INSTEAD OF triggers.',
    ignoreWhen: 'the rule belongs to a view that nothing uses yet.',
    manual: 'https://www.postgresql.org/docs/current/rules-triggers.html',
  },
  examples: [
    {
      name: 'a rule on a table',
      setup: 'create table users (id bigint primary key);',
      up: 'CREATE RULE keep AS ON DELETE TO users DO INSTEAD NOTHING;',
      finds: [{ text: 'CREATE RULE keep', severity: 'warning' }],
      trace: { locks: { users: 'ACCESS EXCLUSIVE' } },
    },
    {
      name: 'replaced, without a catalog',
      up: 'create or replace rule "Log" as on update to sales.users do also notify changed;',
      finds: [{ text: 'create or replace rule "Log"' }],
    },
    {
      name: 'a table created in the same migration',
      up: 'create table fresh (a int); create rule r as on delete to fresh do instead nothing;',
      finds: [],
    },
    {
      name: 'a view created in the same migration',
      up: 'create view fresh as select 1 as a; create rule r as on insert to fresh do instead nothing;',
      finds: [],
    },
  ],
  check: (context) => {
    const rule = as(context.statement.node, 'RuleStmt');
    if (rule === undefined) return [];
    const written = nameOf(rule.relation);
    const severity = severityFor(context.standing(written), 'warning');
    if (severity === null) return [];
    const name = context.source.identifier(rule.rulename ?? '');
    return [
      {
        range: { start: context.statement.start, end: name?.end ?? context.statement.end },
        severity,
        message: `Statements on ${shown(written)} do something else than they say from here on`,
        evidence: { relation: shown(written), rule: rule.rulename ?? '' },
      },
    ];
  },
});

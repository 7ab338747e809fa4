import { as, nameOf } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { defineRule } from '../rule.ts';
import { severityFor } from '../standing.ts';
import { listInWords, shown } from '../wording.ts';

const events: Readonly<Record<string, RegExp>> = {
  UpdateStmt: /\bUPDATE\b/,
  DeleteStmt: /\bDELETE\b/,
  InsertStmt: /\bINSERT\b/,
};

export const triggerFiresOnBackfill = defineRule({
  id: 'trigger-fires-on-backfill',
  title: 'Backfill fires the row triggers of the table',
  category: 'correctness',
  severity: 'info',
  servers: {},
  on: ['AlterTableStmt', 'DeleteStmt', 'InsertStmt', 'UpdateStmt'],
  docs: {
    what: 'An UPDATE, DELETE or INSERT … SELECT on a table with enabled row triggers for it.',
    why: 'Each row runs them: updated_at is set to now for rows that nobody touched, audits and queues are flooded, and the statement takes many times as long.',
    instead:
      'Disable the trigger by name in a short transaction, or let its function look at a setting of the session.',
    ignoreWhen: 'the triggers are meant to see this change.',
    manual: 'https://www.postgresql.org/docs/current/trigger-definition.html',
  },
  examples: [
    {
      name: 'a timestamp is kept by a trigger',
      setup:
        'create table users (id bigint primary key, a int); create function f() returns trigger language plpgsql as $$ begin return new; end $$; create trigger touch before update on users for each row execute function f();',
      up: 'UPDATE users SET a = 1 WHERE a IS NULL;',
      finds: [{ text: 'UPDATE users SET a = 1 WHERE a IS NULL', severity: 'info' }],
    },
    {
      name: 'a trigger for something else',
      setup:
        'create table users (id bigint primary key, a int); create function f() returns trigger language plpgsql as $$ begin return new; end $$; create trigger touch before insert on users for each row execute function f();',
      up: 'update users set a = 1 where a is null;',
      finds: [],
    },
    {
      name: 'a trigger that is disabled',
      setup:
        'create table users (id bigint primary key, a int); create function f() returns trigger language plpgsql as $$ begin return new; end $$; create trigger touch before update on users for each row execute function f();',
      up: 'alter table users disable trigger touch; update users set a = 1 where a is null;',
      finds: [],
    },
    { name: 'without a catalog nothing is known of triggers', up: 'update users set a = 1;', finds: [] },
  ],
  check: (context) => {
    const { node } = context.statement;
    const insert = as(node, 'InsertStmt');
    const change = as(node, 'UpdateStmt') ?? as(node, 'DeleteStmt') ?? insert;
    const copies = as(insert?.selectStmt, 'SelectStmt')?.fromClause !== undefined;
    if (change === undefined || (insert !== undefined && !copies)) return [];
    const written = nameOf(change.relation);
    const event = events[Object.keys(node)[0] ?? ''];
    const triggers = context.database.table(written)?.triggers ?? [];
    if (triggers.length === 0 || event === undefined || severityFor(context.standing(written), 'info') === null)
      return [];
    const disabled = new Set(
      context.script.statements.slice(0, context.statement.index).flatMap((statement) =>
        (context.alter(statement)?.actions ?? []).flatMap(({ cmd }) => {
          if (cmd.subtype === 'AT_DisableTrig') return [cmd.name ?? ''];
          return cmd.subtype === 'AT_DisableTrigUser' || cmd.subtype === 'AT_DisableTrigAll' ? ['*'] : [];
        }),
      ),
    );
    if (disabled.has('*')) return [];
    const firing = triggers.filter(
      ({ name, definition, enabled }) =>
        (enabled === 'origin' || enabled === 'always') &&
        !disabled.has(name) &&
        /FOR EACH ROW/i.test(definition) &&
        event.test(definition.toUpperCase().split(' ON ')[0] ?? ''),
    );
    if (firing.length === 0) return [];
    return [
      {
        range: context.source.range,
        message: `${listInWords(firing.map(({ name }) => quoteIdentifier(name)))} ${firing.length === 1 ? 'runs' : 'run'} for each row of ${shown(written)} that this changes`,
        evidence: { table: shown(written), triggers: firing.map(({ name }) => name) },
      },
    ];
  },
});

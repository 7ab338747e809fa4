import { as, nameOf, nameOfParts, strings } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { keyOf } from '../../sql/table-index.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const dropTrigger = defineRule({
  id: 'drop-trigger',
  title: 'Dropped trigger: what it did is no longer done',
  category: 'compatibility',
  severity: 'warning',
  servers: {},
  on: ['CreateTrigStmt', 'DropStmt'],
  docs: {
    what: 'DROP TRIGGER on an existing table, of a trigger that the migration neither made nor makes again in the same transaction.',
    why: 'Rows written from now on go without it: columns fall out of step, audits have gaps. The lock is ACCESS EXCLUSIVE, for a moment, and it queues behind long queries.',
    instead: 'CREATE OR REPLACE TRIGGER from PostgreSQL 14 on, or drop and create in one transaction.',
    ignoreWhen: 'its work is done elsewhere or no longer needed.',
    manual: 'https://www.postgresql.org/docs/current/sql-droptrigger.html',
  },
  examples: [
    {
      name: 'a trigger',
      setup:
        'create table users (id bigint primary key); create function f() returns trigger language plpgsql as $$ begin return new; end $$; create trigger t before update on users for each row execute function f();',
      up: 'DROP TRIGGER t ON users;',
      finds: [{ text: 'DROP TRIGGER t ON users', severity: 'warning' }],
      trace: { locks: { users: 'ACCESS EXCLUSIVE' } },
    },
    {
      name: 'made again too late',
      up: 'drop trigger if exists "T" on sales.users; create trigger "T" after insert on sales.users execute function f();',
      finds: [{ text: 'drop trigger if exists "T" on sales.users' }],
    },
    {
      name: 'made again in one transaction',
      up: 'begin; drop trigger t on users; create trigger t before update on users for each row execute function f(); commit;',
      finds: [],
    },
    {
      name: 'a trigger that is not there yet',
      setup:
        'create table users (id bigint primary key); create function f() returns trigger language plpgsql as $$ begin return new; end $$;',
      up: 'drop trigger if exists t on users; create trigger t before update on users for each row execute function f();',
      finds: [],
    },
    {
      name: 'the down of a new trigger',
      up: 'create trigger t before update on users for each row execute function f();',
      down: 'drop trigger t on users;',
      finds: [],
    },
  ],
  check: (context) => {
    const drop = as(context.statement.node, 'DropStmt');
    if (drop?.removeType !== 'OBJECT_TRIGGER') return [];
    const parts = strings(as(drop.objects?.[0], 'List')?.items);
    const name = parts.at(-1) ?? '';
    const written = nameOfParts(parts.slice(0, -1));
    const table = context.database.resolve(written);
    if (context.standing(written).size === 'new') return [];
    if (context.created.has('trigger', table, name) || context.createdByUp.has('trigger', table, name)) return [];
    const known = context.database.table(written);
    const view = context.database.view(written);
    if (drop.missing_ok === true && (known ?? view)?.triggers.some((trigger) => trigger.name === name) === false)
      return [];
    const { number: block } = context.transaction;
    const again = context.script.statements.slice(context.statement.index + 1).some((statement) => {
      const create = as(statement.node, 'CreateTrigStmt');
      return (
        create?.trigname === name &&
        block !== null &&
        context.transactionOf(statement.index).number === block &&
        keyOf(context.database.resolve(nameOf(create.relation))) === keyOf(table)
      );
    });
    if (again) return [];
    return [
      {
        range: context.source.range,
        message: `What ${quoteIdentifier(name)} does for each change of ${shown(written)} is no longer done`,
        evidence: { table: shown(written), trigger: name, lock: 'ACCESS EXCLUSIVE' },
      },
    ];
  },
});

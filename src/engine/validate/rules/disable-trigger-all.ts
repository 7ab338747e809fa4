import { as } from '../../sql/nodes.ts';
import { eachAction } from '../each-action.ts';
import { type CheckContext, defineRule, type Found } from '../rule.ts';
import { shown, someInWords } from '../wording.ts';

/** `SET session_replication_role = replica`, under which no trigger fires. */
const inSession = (context: CheckContext): readonly Found[] => {
  const set = as(context.statement.node, 'VariableSetStmt');
  const constant = as(set?.args?.[0], 'A_Const')?.sval?.sval ?? '';
  if (set?.name?.toLowerCase() !== 'session_replication_role' || constant.toLowerCase() !== 'replica') return [];
  return [
    {
      range: context.source.range,
      message: 'From here on no trigger of this session fires, and nothing checks its foreign keys, later neither',
    },
  ];
};

export const disableTriggerAll = defineRule({
  id: 'disable-trigger-all',
  title: 'Foreign keys are switched off with all triggers',
  category: 'correctness',
  severity: 'error',
  servers: {},
  on: ['AT_DisableTrigAll', 'VariableSetStmt'],
  docs: {
    what: 'DISABLE TRIGGER ALL, and SET session_replication_role = replica.',
    why: 'Foreign keys are triggers too: rows that break them get in unseen, and nothing checks them when the triggers are enabled again. Only a superuser may do it. The lock is SHARE ROW EXCLUSIVE: writes wait.',
    instead: 'DISABLE TRIGGER USER, or one trigger by name; for a load, drop the foreign key and add it as NOT VALID.',
    ignoreWhen: 'the rows are known to keep all references.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-DISABLE-ENABLE-TRIGGER',
  },
  examples: [
    {
      name: 'a table with a foreign key',
      setup: 'create table users (id bigint primary key); create table orders (user_id bigint references users);',
      up: 'ALTER TABLE orders DISABLE TRIGGER ALL;',
      finds: [{ text: 'DISABLE TRIGGER ALL', severity: 'error' }],
      trace: { locks: { orders: 'SHARE ROW EXCLUSIVE' } },
    },
    {
      name: 'without a catalog',
      up: 'alter table orders disable trigger all;',
      finds: [{ text: 'disable trigger all', severity: 'warning' }],
    },
    {
      name: 'no foreign key is involved',
      setup: 'create table orders (a int);',
      up: 'alter table orders disable trigger all;',
      finds: [],
    },
    {
      name: 'for a whole session',
      setup: 'create table users (id bigint primary key); create table orders (user_id bigint references users);',
      up: 'set session_replication_role = replica; insert into orders values (1); set session_replication_role = default; set session_replication_role to origin;',
      finds: [{ text: 'set session_replication_role = replica', severity: 'error' }],
    },
    {
      name: 'only triggers that people made',
      setup: 'create table users (id bigint primary key); create table orders (user_id bigint references users);',
      up: 'alter table orders disable trigger user;',
      finds: [],
    },
  ],
  check: (context) => [
    ...inSession(context),
    ...eachAction(context, ['AT_DisableTrigAll'], 'error', ({ range }, altered) => {
      const own = altered.table?.constraints.filter(({ references }) => references !== null) ?? [];
      const pointing = altered.table === null ? [] : context.database.referencesTo(altered.name);
      const names = [...own, ...pointing.map(({ constraint }) => constraint)].map(({ name }) => name);
      if (altered.table !== null && names.length === 0) return null;
      return {
        range,
        severity: altered.table === null ? 'warning' : 'error',
        message:
          altered.table === null
            ? `If ${shown(altered.written)} has foreign keys, nothing checks them from here on`
            : `Nothing checks ${someInWords([...new Set(names)])} from here on, nor later what got in meanwhile`,
        evidence: { table: shown(altered.written), foreignKeys: names },
      };
    }),
  ],
});

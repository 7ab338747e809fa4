import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { dependentsOf } from '../dependents.ts';
import { type AlterAction, type AlteredTable, type CheckContext, defineRule } from '../rule.ts';
import { listInWords, shown } from '../wording.ts';

const stopsAlter = new Set(['view', 'materialized view', 'policy', 'rule', 'trigger', 'publication']);

/** Generated columns that read the column. */
const generatedFrom = (
  altered: AlteredTable,
  kinds: readonly { readonly kind: string; readonly words: string }[],
): readonly string[] =>
  kinds.flatMap(({ kind, words }) => {
    if (kind !== 'column') return [];
    const name = words.split('.').at(-1)?.replaceAll('"', '') ?? '';
    const column = altered.table?.columns.find((each) => each.name === name);
    return column === undefined || column.generated === null ? [] : [`generated column ${quoteIdentifier(name)}`];
  });

const blockers = (context: CheckContext, altered: AlteredTable, { cmd }: AlterAction): readonly string[] => {
  const dependents = dependentsOf(context.database, altered.name, cmd.name ?? '');
  const named = dependents.filter(({ kind }) => stopsAlter.has(kind)).map(({ words }) => words);
  return [...named, ...generatedFrom(altered, dependents)];
};

export const dependentViewBlocksAlter = defineRule({
  id: 'dependent-view-blocks-alter',
  title: 'Column cannot change while views and others use it',
  category: 'correctness',
  severity: 'error',
  servers: {},
  on: ['AT_AlterColumnType', 'AT_DropColumn'],
  docs: {
    what: 'ALTER COLUMN … TYPE, or DROP COLUMN without CASCADE, of a column that a view, materialized view, rule, policy, trigger condition, publication filter or generated column uses.',
    why: 'PostgreSQL refuses it: 0A000 for the type change, 2BP01 for the drop.',
    instead:
      'In one transaction drop what is named, change the column, and create it again with its owner, grants and options.',
    ignoreWhen: 'the catalog that was checked against is older than the database.',
    manual: 'https://www.postgresql.org/docs/current/ddl-depend.html',
  },
  examples: [
    {
      name: 'a type change under a view',
      setup:
        'create table users (id bigint primary key, email varchar(20)); create view emails as select email from users;',
      up: 'ALTER TABLE users ALTER COLUMN email TYPE text;',
      finds: [{ text: 'ALTER COLUMN email TYPE text', severity: 'error' }],
      trace: { fails: '0A000' },
    },
    {
      name: 'a drop under a materialized view',
      setup:
        'create table users (id bigint primary key, "E-mail" text); create materialized view m as select "E-mail" from users;',
      up: 'alter table users drop column "E-mail";',
      finds: [{ text: 'drop column "E-mail"' }],
      trace: { fails: '2BP01' },
    },
    {
      name: 'the view is dropped first',
      setup:
        'create table users (id bigint primary key, email varchar(20)); create view emails as select email from users;',
      up: 'drop view emails; alter table users alter column email type text; create view emails as select email from users;',
      finds: [],
    },
    {
      name: 'the trigger is dropped first',
      setup:
        'create table users (id bigint primary key, email text); create function note() returns trigger language plpgsql as $$ begin return new; end $$; create trigger noted before update of email on users for each row execute function note();',
      up: 'drop trigger noted on users; alter table users drop column email;',
      finds: [],
    },
    {
      name: 'the view uses another column',
      setup: 'create table users (id bigint primary key, email varchar(20)); create view ids as select id from users;',
      up: 'alter table users alter column email type text;',
      finds: [],
    },
    {
      name: 'CASCADE takes the view with it',
      setup: 'create table users (id bigint primary key, email text); create view emails as select email from users;',
      up: 'alter table users drop column email cascade;',
      finds: [],
    },
    {
      name: 'the publication leaves the table first',
      setup:
        'create table users (id bigint primary key, vip boolean); create publication sent for table users where (vip);',
      up: 'alter publication sent drop table users; alter table users drop column vip;',
      finds: [],
    },
  ],
  check: (context) => {
    const altered = context.alter();
    if (altered === null) return [];
    return altered.actions.flatMap((action) => {
      const { cmd, range } = action;
      const drops = cmd.subtype === 'AT_DropColumn' && cmd.behavior !== 'DROP_CASCADE';
      if (!drops && cmd.subtype !== 'AT_AlterColumnType') return [];
      const names = blockers(context, altered, action);
      if (names.length === 0) return [];
      const sqlstate = drops ? '2BP01' : '0A000';
      return [
        {
          range,
          message: `${listInWords(names)} ${names.length === 1 ? 'uses' : 'use'} ${quoteIdentifier(cmd.name ?? '')} of ${shown(altered.written)}: the statement fails with ${sqlstate}`,
          evidence: { table: shown(altered.written), column: cmd.name, dependents: names, sqlstate },
        },
      ];
    });
  },
});

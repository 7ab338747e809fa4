import { all, as, nameOf } from '../../sql/nodes.ts';
import { optionIsOn } from '../../sql/option-is-on.ts';
import { insertAt } from '../fixes.ts';
import { type CheckContext, defineRule, type Found } from '../rule.ts';
import { listInWords, shown } from '../wording.ts';

const nameOfOption = (option: string): string => option.split('=')[0] ?? option;
const isOff = (option: string): boolean => /=(?:false|off|no|0)$/i.test(option);
const isSecurity = (name: string): boolean => name === 'security_barrier' || name === 'security_invoker';

/** The actions of an `ALTER VIEW` that switch a guard off which the view has. */
const inAlter = (context: CheckContext): readonly Found[] => {
  const alter = as(context.statement.node, 'AlterTableStmt');
  if (alter?.objtype !== 'OBJECT_VIEW' || context.direction === 'down') return [];
  const written = nameOf(alter.relation);
  const held = (context.database.view(written)?.options ?? []).filter((option) => !isOff(option)).map(nameOfOption);
  return all(alter.cmds, 'AlterTableCmd').flatMap(({ subtype, def }, at) => {
    const options = as(def, 'List')?.items;
    const resets = subtype === 'AT_ResetRelOptions';
    if (!resets && subtype !== 'AT_SetRelOptions') return [];
    const lost = held.filter(
      (name) =>
        isSecurity(name) &&
        all(options, 'DefElem').some(({ defname }) => defname === name) &&
        (resets || !optionIsOn(options, name)),
    );
    if (lost.length === 0) return [];
    return [
      {
        range: context.source.actions()[at] ?? context.source.range,
        message: `${shown(written)} is read without ${listInWords(lost)} from here on`,
        evidence: { view: shown(written), lost },
      },
    ];
  });
};

export const replaceViewLosesOptions = defineRule({
  id: 'replace-view-loses-options',
  title: 'Replaced view loses its options',
  category: 'security and access',
  severity: 'error',
  servers: {},
  on: ['AlterTableStmt', 'ViewStmt'],
  docs: {
    what: 'CREATE OR REPLACE VIEW that does not repeat the security_barrier, security_invoker or check_option of the view as it is; ALTER VIEW that switches security_barrier or security_invoker off.',
    why: 'PostgreSQL takes exactly the options that the statement writes: what is not repeated is gone, without a word. Rows that were hidden may become visible.',
    instead: 'Repeat the options in WITH (…), and WITH CHECK OPTION at the end.',
    ignoreWhen: 'the option is meant to go.',
    manual: 'https://www.postgresql.org/docs/current/sql-createview.html',
  },
  examples: [
    {
      name: 'a security barrier',
      setup: 'create table users (id bigint); create view own with (security_barrier) as select id from users;',
      up: 'CREATE OR REPLACE VIEW own AS SELECT id FROM users WHERE id > 0;',
      finds: [{ text: 'CREATE OR REPLACE VIEW', severity: 'error' }],
    },
    {
      name: 'the other option alone is repeated',
      setup:
        'create table users (id bigint); create view own with (security_barrier, security_invoker) as select id from users;',
      up: 'create or replace view own with (security_barrier) as select id from users where id > 0;',
      finds: [{ text: 'create or replace view', severity: 'error' }],
    },
    {
      name: 'an option is switched off, and another one that was off',
      setup:
        'create table users (id bigint); create view own with (security_barrier, security_invoker) as select id from users; create view open as select id from users;',
      up: 'alter view own reset (security_invoker); alter view own set (security_barrier = off); alter view own set (check_option = local); alter view open reset (security_invoker);',
      finds: [
        { text: 'reset (security_invoker)', severity: 'error' },
        { text: 'set (security_barrier = off)', severity: 'error' },
      ],
    },
    {
      name: 'the options are repeated',
      setup: 'create table users (id bigint); create view own with (security_barrier) as select id from users;',
      up: 'create or replace view own with (security_barrier) as select id from users where id > 0;',
      finds: [],
    },
    {
      name: 'a view without options',
      setup: 'create table users (id bigint); create view own as select id from users;',
      up: 'create or replace view own as select id from users where id > 0;',
      finds: [],
    },
    {
      name: 'a view that is not there yet',
      setup: 'create table users (id bigint);',
      up: 'create or replace view own as select id from users;',
      finds: [],
    },
  ],
  check: (context) => {
    const switchedOff = inAlter(context);
    if (switchedOff.length > 0) return switchedOff;
    const statement = as(context.statement.node, 'ViewStmt');
    // A down gives back what was there before the up.
    if (statement?.replace !== true || context.direction === 'down') return [];
    const written = nameOf(statement.view);
    const options = context.database.view(written)?.options ?? [];
    const kept = new Set(all(statement.options, 'DefElem').map(({ defname }) => defname));
    if (statement.withCheckOption !== undefined && statement.withCheckOption !== 'NO_CHECK_OPTION')
      kept.add('check_option');
    const lost = options.filter((option) => !isOff(option) && !kept.has(nameOfOption(option)));
    if (lost.length === 0) return [];
    const names = lost.map(nameOfOption);
    const query = kept.size === 0 ? context.source.words('AS') : null;
    return [
      {
        range: context.source.head(4),
        severity: names.some(isSecurity) ? ('error' as const) : ('warning' as const),
        message: `${shown(written)} has ${listInWords(lost)} and loses ${lost.length === 1 ? 'it' : 'them'} by this statement, which does not repeat ${lost.length === 1 ? 'it' : 'them'}`,
        evidence: { view: shown(written), lost },
        fix:
          query === null
            ? null
            : { title: 'Repeat the options', edits: [insertAt(query.start, `WITH (${lost.join(', ')}) `)] },
      },
    ];
  },
});

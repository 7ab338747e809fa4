import { all, as, nameOf } from '../../sql/nodes.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const autovacuumDisabled = defineRule({
  id: 'autovacuum-disabled',
  title: 'Autovacuum is switched off for a table',
  category: 'timeouts and operational',
  severity: 'warning',
  servers: {},
  on: ['AT_SetRelOptions', 'CreateStmt'],
  docs: {
    what: 'autovacuum_enabled = false on a table, by CREATE TABLE or ALTER TABLE … SET.',
    why: 'Dead rows and outdated statistics pile up until somebody remembers, and the forced vacuum against wraparound then comes at the worst time.',
    instead: 'Tune autovacuum_vacuum_scale_factor and the cost limits of the table.',
    ignoreWhen: 'the same migration switches it on again, or the table lives for a few hours.',
    manual: 'https://www.postgresql.org/docs/current/sql-createtable.html#RELOPTION-AUTOVACUUM-ENABLED',
  },
  examples: [
    {
      name: 'an existing table',
      setup: 'create table orders (a int);',
      up: 'ALTER TABLE orders SET (autovacuum_enabled = false);',
      finds: [{ text: 'SET (autovacuum_enabled = false)', severity: 'warning' }],
    },
    {
      name: 'a new table',
      up: 'create table t (a int) with (autovacuum_enabled = off);',
      finds: [{ text: 'create table' }],
    },
    {
      name: 'it is switched on again',
      setup: 'create table orders (a int);',
      up: 'alter table orders set (autovacuum_enabled = false); alter table orders reset (autovacuum_enabled);',
      finds: [],
    },
    {
      name: 'only while a new table is filled',
      up: 'create table t (a int) with (autovacuum_enabled = off); alter table t reset (autovacuum_enabled);',
      finds: [],
    },
    {
      name: 'it is switched on',
      setup: 'create table orders (a int) with (autovacuum_enabled = false);',
      up: 'alter table orders set (autovacuum_enabled = true);',
      finds: [],
    },
    {
      name: 'other storage options',
      setup: 'create table orders (a int);',
      up: 'alter table orders set (autovacuum_vacuum_scale_factor = 0.01, fillfactor = 80);',
      finds: [],
    },
  ],
  check: (context) => {
    const turnsOff = (options: Parameters<typeof all>[0]): boolean =>
      all(options, 'DefElem').some(({ defname, arg }) => {
        const value = as(arg, 'String')?.sval ?? as(as(arg, 'TypeName')?.names?.[0], 'String')?.sval ?? '';
        const number = as(arg, 'Integer');
        return (
          defname === 'autovacuum_enabled' &&
          (/^(?:false|off|no)$/i.test(value) || (number !== undefined && (number.ival ?? 0) === 0))
        );
      });
    const isBack = () =>
      context.script.statements
        .slice(context.statement.index + 1)
        .some(({ text }) => /\bautovacuum_enabled\b(?!\s*=\s*'?(?:false|off|no|0))/i.test(text));
    const create = as(context.statement.node, 'CreateStmt');
    if (create !== undefined && turnsOff(create.options) && !isBack())
      return [
        { range: context.source.head(2), message: `Nothing vacuums ${shown(nameOf(create.relation))} by itself` },
      ];
    const altered = context.alter();
    return (altered?.actions ?? []).flatMap(({ cmd, range }) =>
      altered !== null && cmd.subtype === 'AT_SetRelOptions' && turnsOff(as(cmd.def, 'List')?.items) && !isBack()
        ? [
            {
              range,
              message: `From here on nothing vacuums ${shown(altered.written)} by itself`,
              evidence: { table: shown(altered.written) },
            },
          ]
        : [],
    );
  },
});

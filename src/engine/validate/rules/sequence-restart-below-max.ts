import { all, as, nameOf, type WrittenName } from '../../sql/nodes.ts';
import { keyOf } from '../../sql/table-index.ts';
import { type CheckContext, defineRule, type Found } from '../rule.ts';
import { type Standing, severityFor } from '../standing.ts';
import type { SourceRange } from '../statement-source.ts';
import { takesFrom } from '../takes-from.ts';
import { shown, shownObject } from '../wording.ts';

const found = (range: SourceRange, sequence: string, owner: string, standing: Standing): readonly Found[] => {
  const severity = severityFor(standing, 'warning');
  if (severity === null || standing.size === 'empty') return [];
  return [
    {
      range,
      severity,
      message: `${sequence} gives out numbers again that ${owner} may hold: inserts then fail with 23505 (${standing.words})`,
      evidence: { sequence, table: owner, rows: standing.rows },
    },
  ];
};

const inSequence = (context: CheckContext): readonly Found[] => {
  const alter = as(context.statement.node, 'AlterSeqStmt');
  if (!all(alter?.options, 'DefElem').some(({ defname }) => defname === 'restart')) return [];
  const written: WrittenName = nameOf(alter?.sequence);
  const name = context.database.resolve(written);
  const { sequences, tables } = context.database.catalog;
  const owner =
    sequences.find((sequence) => keyOf(sequence) === keyOf(name))?.ownedBy?.table ??
    tables.find(({ columns }) => columns.some((column) => takesFrom(column.default, name)));
  if (context.created.has('sequence', name) || (owner === undefined && context.hasCatalog)) return [];
  const range = {
    start: context.source.words('RESTART')?.start ?? context.statement.start,
    end: context.statement.end,
  };
  const table = owner === undefined ? 'its table' : shownObject(owner);
  return found(range, shown(written), table, context.standing(owner ?? { schema: null, name: '' }));
};

const inIdentity = (context: CheckContext): readonly Found[] => {
  const altered = context.alter();
  return (altered?.actions ?? []).flatMap(({ cmd, range }) => {
    const options = as(cmd.def, 'List')?.items;
    const restarts = all(options, 'DefElem').some(({ defname }) => defname === 'restart');
    if (altered === null || cmd.subtype !== 'AT_SetIdentity' || !restarts) return [];
    return found(range, `The identity of ${cmd.name ?? ''}`, shown(altered.written), altered.standing);
  });
};

export const sequenceRestartBelowMax = defineRule({
  id: 'sequence-restart-below-max',
  title: 'Sequence begins again under the keys that exist',
  category: 'correctness',
  severity: 'warning',
  servers: {},
  on: ['AlterSeqStmt', 'AlterTableStmt'],
  docs: {
    what: 'ALTER SEQUENCE … RESTART, or RESTART of an identity column, where the table that takes its keys from it has rows.',
    why: 'The numbers are given out a second time: each INSERT fails with 23505 until the sequence has passed the largest key.',
    instead: 'SELECT setval(…, (SELECT max(id) FROM …)), which looks at the rows.',
    ignoreWhen: 'the new start lies above every key, or the table is empty.',
    manual: 'https://www.postgresql.org/docs/current/sql-altersequence.html',
  },
  examples: [
    {
      name: 'a serial column’s sequence',
      setup: 'create table users (id bigserial primary key);',
      up: 'ALTER SEQUENCE users_id_seq RESTART WITH 1;',
      finds: [{ text: 'RESTART WITH 1', severity: 'warning' }],
    },
    {
      name: 'an identity column',
      setup: 'create table users (id bigint generated always as identity primary key);',
      up: 'alter table users alter column id restart;',
      finds: [{ text: 'alter column id restart' }],
    },
    {
      name: 'an empty table',
      setup: 'create table users (id bigserial primary key);',
      facts: [{ table: 'users', rows: 0, bytes: 8192 }],
      up: 'alter sequence users_id_seq restart;',
      finds: [],
    },
    {
      name: 'a sequence that no column owns and a default takes from',
      setup: 'create sequence "Tickets"; create table t (id bigint primary key default nextval(\'"Tickets"\'));',
      up: 'alter sequence "Tickets" restart with 1000;',
      finds: [{ text: 'restart with 1000' }],
    },
    {
      name: 'a sequence that no column takes from',
      setup: 'create sequence tickets;',
      up: 'alter sequence tickets restart with 1000;',
      finds: [],
    },
    {
      name: 'another property',
      setup: 'create table users (id bigserial primary key);',
      up: 'alter sequence users_id_seq cache 20;',
      finds: [],
    },
  ],
  check: (context) => [...inSequence(context), ...inIdentity(context)],
});

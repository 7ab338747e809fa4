import type { DefElem, Node } from '@pgsql/types';
import type { ObjectName } from '../../catalog/catalog.ts';
import { all, as, nameOf, strings, type WrittenName } from '../../sql/nodes.ts';
import { parseScript } from '../../sql/parser.ts';
import { keyOf } from '../../sql/table-index.ts';
import { formatType, typeRef } from '../../sql/type-name.ts';
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

/** The table that takes its keys from a sequence; undefined when none is known to, or the migration makes the sequence. */
const tableOf = (context: CheckContext, name: ObjectName): ObjectName | undefined => {
  const { sequences, tables } = context.database.catalog;
  if (context.created.has('sequence', name)) return undefined;
  return (
    sequences.find((sequence) => keyOf(sequence) === keyOf(name))?.ownedBy?.table ??
    tables.find(({ columns }) => columns.some((column) => takesFrom(column.default, name)))
  );
};

const largest: Readonly<Record<string, bigint>> = {
  smallint: 32_767n,
  integer: 2_147_483_647n,
  bigint: 9_223_372_036_854_775_807n,
};

const numberOf = (node: Node | undefined): bigint | null => {
  const text = as(node, 'Float')?.fval ?? as(node, 'Integer')?.ival;
  return text === undefined ? null : BigInt(text);
};

/** A start beyond this lies above the keys of a table that is large. */
const farAway = 1_000_000_000n;

const isFarAway = (node: Node | undefined): boolean => (numberOf(node) ?? 0n) >= farAway;

/** What an option of `ALTER SEQUENCE` takes from the numbers to come. */
const endOf = ({ defname, arg }: DefElem, maximum: bigint): { readonly words: string; readonly why: string } | null => {
  switch (defname) {
    case 'cycle':
      return as(arg, 'Boolean')?.boolval === true
        ? { words: 'CYCLE', why: 'begins again with numbers that its table holds once it has reached its end' }
        : null;
    case 'maxvalue': {
      const wanted = numberOf(arg);
      return wanted !== null && wanted < maximum
        ? { words: 'MAXVALUE', why: `gives out no number above ${wanted}` }
        : null;
    }
    case 'as': {
      const wanted = largest[formatType(typeRef(as(arg, 'TypeName')))];
      return wanted !== undefined && wanted < maximum
        ? { words: 'AS', why: `gives out no number above ${wanted}` }
        : null;
    }
    default:
      return null;
  }
};

/** How far a sequence counted before the migration: to go back to that is no news. */
function maximumOf({ database, original }: CheckContext, name: ObjectName): bigint {
  const [maximum] = [original, database.catalog].flatMap(
    (catalog) => catalog?.sequences.find((sequence) => keyOf(sequence) === keyOf(name))?.maximum ?? [],
  );
  return BigInt(maximum ?? 0);
}

const inSequence = (context: CheckContext): readonly Found[] => {
  const alter = as(context.statement.node, 'AlterSeqStmt');
  if (alter === undefined) return [];
  const written: WrittenName = nameOf(alter.sequence);
  const name = context.database.resolve(written);
  const owner = tableOf(context, name);
  if (context.created.has('sequence', name) || (owner === undefined && context.hasCatalog)) return [];
  const table = owner === undefined ? 'its table' : shownObject(owner);
  const standing = context.standing(owner ?? { schema: null, name: '' });
  const from = (words: string) => ({
    start: context.source.words(words)?.start ?? context.statement.start,
    end: context.statement.end,
  });
  const maximum = maximumOf(context, name);
  return all(alter.options, 'DefElem').flatMap((option) => {
    if (option.defname === 'restart' && isFarAway(option.arg)) return [];
    if (option.defname === 'restart') return found(from('RESTART'), shown(written), table, standing);
    const end = endOf(option, maximum);
    if (end === null) return [];
    const message = `${shown(written)} ${end.why}: inserts into ${table} then fail (${standing.words})`;
    return found(from(end.words), shown(written), table, standing).map((one) => ({ ...one, message }));
  });
};

/** The sequence that the first argument of setval names by a text, or by its column. */
const sequenceMeant = (context: CheckContext, argument: Node | undefined): ObjectName | null => {
  const text = (node: Node | undefined): string | null => {
    const bare = as(node, 'TypeCast')?.arg ?? node;
    return as(bare, 'A_Const')?.sval?.sval ?? null;
  };
  // Any text may stand there, also one that is no name.
  const resolved = (dotted: string): ObjectName | null => {
    const script = parseScript(`table ${dotted}`);
    const select = script.ok ? as(script.value.statements[0]?.node, 'SelectStmt') : undefined;
    const relation = as(select?.fromClause?.[0], 'RangeVar');
    return relation === undefined ? null : context.database.resolve(nameOf(relation));
  };
  const direct = text(argument);
  if (direct !== null) return resolved(direct);
  const call = as(argument, 'FuncCall');
  const [table, column] = (call?.args ?? []).map(text);
  if (strings(call?.funcname).at(-1) !== 'pg_get_serial_sequence' || table == null || column == null) return null;
  const owner = resolved(table);
  const { sequences } = context.database.catalog;
  return owner === null
    ? null
    : (sequences.find(({ ownedBy }) => ownedBy?.column === column && keyOf(ownedBy.table) === keyOf(owner)) ?? null);
};

const inSetval = (context: CheckContext): readonly Found[] => {
  const select = as(context.statement.node, 'SelectStmt');
  return all(select?.targetList, 'ResTarget').flatMap(({ val }) => {
    const call = as(val, 'FuncCall');
    const start = as(call?.args?.[1], 'A_Const');
    if (strings(call?.funcname).at(-1) !== 'setval' || start === undefined) return [];
    if (BigInt(start.ival?.ival ?? start.fval?.fval ?? 0) >= farAway) return [];
    const sequence = sequenceMeant(context, call?.args?.[0]);
    const owner = sequence === null ? undefined : tableOf(context, sequence);
    if (sequence === null || owner === undefined) return [];
    const range = { start: context.offset(call?.location), end: context.statement.end };
    return found(range, shownObject(sequence), shownObject(owner), context.standing(owner));
  });
};

const inIdentity = (context: CheckContext): readonly Found[] => {
  const altered = context.alter();
  return (altered?.actions ?? []).flatMap(({ cmd, range }) => {
    const options = as(cmd.def, 'List')?.items;
    const restarts = all(options, 'DefElem').some(({ defname, arg }) => defname === 'restart' && !isFarAway(arg));
    if (altered === null || cmd.subtype !== 'AT_SetIdentity' || !restarts) return [];
    return found(range, `The identity of ${cmd.name ?? ''}`, shown(altered.written), altered.standing);
  });
};

export const sequenceRestartBelowMax = defineRule({
  id: 'sequence-restart-below-max',
  title: 'Sequence gives out keys again, or no more',
  category: 'correctness',
  severity: 'warning',
  servers: {},
  on: ['AlterSeqStmt', 'AT_SetIdentity', 'SelectStmt'],
  docs: {
    what: 'ALTER SEQUENCE … RESTART, RESTART of an identity column, setval to a number, CYCLE, a lower MAXVALUE or a narrower type, where the table that takes its keys from the sequence has rows.',
    why: 'The numbers are given out a second time: each INSERT fails with 23505 until the sequence has passed the largest key. Past its maximum a sequence gives none, and each INSERT fails.',
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
      name: 'setval of what is no name',
      up: "create table kinds (id serial primary key); select setval('no name', 1);",
      finds: [],
    },
    {
      name: 'setval to a number',
      setup: 'create table users (id bigserial primary key); create sequence free;',
      up: "select setval('users_id_seq', 1, false); select pg_catalog.setval(pg_get_serial_sequence('users', 'id'), 1); select setval('users_id_seq', (select max(id) from users)); select setval('free', 1); create table t (id serial); select setval('t_id_seq', 100);",
      finds: [
        { text: "setval('users_id_seq', 1, false)" },
        { text: "pg_catalog.setval(pg_get_serial_sequence('users', 'id'), 1)" },
      ],
    },
    {
      name: 'a number above all keys of a large table',
      setup:
        'create table users (id bigserial primary key); create table pets (id bigint generated always as identity primary key);',
      up: "select setval('users_id_seq', 5000000000); alter sequence users_id_seq restart with 2000000000; alter table pets alter column id restart with 1000000000;",
      finds: [],
    },
    {
      name: 'a down that lets the numbers end where they ended',
      setup: 'create table users (id serial primary key);',
      up: 'alter sequence users_id_seq as bigint;',
      down: 'alter sequence users_id_seq as integer;',
      finds: [],
    },
    {
      name: 'an end to the numbers',
      setup: 'create table users (id bigserial primary key);',
      up: 'alter sequence users_id_seq cycle; alter sequence users_id_seq as integer; alter sequence users_id_seq maxvalue 1000; alter sequence users_id_seq no cycle; alter sequence users_id_seq no maxvalue; alter sequence users_id_seq as bigint;',
      finds: [{ text: 'cycle' }, { text: 'as integer' }, { text: 'maxvalue 1000' }],
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
  check: (context) => [...inSequence(context), ...inIdentity(context), ...inSetval(context)],
});

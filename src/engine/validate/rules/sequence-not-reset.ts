import type { Node } from '@pgsql/types';
import type { Column, ObjectName, Table } from '../../catalog/catalog.ts';
import { all, as, findNodes, nameOf } from '../../sql/nodes.ts';
import type { Statement } from '../../sql/parser.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { quoteLiteral } from '../../sql/quote-literal.ts';
import { keyOf } from '../../sql/table-index.ts';
import { statementsAfter } from '../fixes.ts';
import { type CheckContext, defineRule } from '../rule.ts';
import { takesFrom } from '../takes-from.ts';
import { shown, shownObject } from '../wording.ts';

/** Columns that take their values from a sequence of their own, when they are not told. */
const isNumbered = ({ identity, default: value }: Column): boolean =>
  identity !== null || (value !== null && /^nextval\(/i.test(value));

/** The largest whole number that the rows give the column; null for what is only known when it runs. */
const largestIn = (values: readonly (Node | undefined)[]): bigint | null => {
  const numbers: bigint[] = [];
  for (const value of values) {
    const constant = as(value, 'A_Const');
    const written = constant?.fval?.fval;
    if (written !== undefined && /^\d+$/.test(written)) numbers.push(BigInt(written));
    else if (constant?.ival !== undefined) numbers.push(BigInt(constant.ival.ival ?? 0));
    else return null;
  }
  return numbers.toSorted((one, other) => (one < other ? -1 : 1)).at(-1) ?? null;
};

type Given = { readonly column: Column; readonly largest: bigint | null };

/** The numbered column that an INSERT or COPY writes itself. */
const givenBy = ({ node }: Statement, table: Table): Given | null => {
  const numbered = table.columns.find(isNumbered);
  if (numbered === undefined) return null;
  const copy = as(node, 'CopyStmt');
  if (copy !== undefined) {
    const names = all(copy.attlist, 'String').map(({ sval }) => sval);
    return names.length === 0 || names.includes(numbered.name) ? { column: numbered, largest: null } : null;
  }
  const insert = as(node, 'InsertStmt');
  const select = as(insert?.selectStmt, 'SelectStmt');
  if (insert === undefined || select === undefined || insert.override === 'OVERRIDING_USER_VALUE') return null;
  const names = all(insert.cols, 'ResTarget').map(({ name }) => name ?? '');
  const place = (names.length === 0 ? table.columns.map(({ name }) => name) : names).indexOf(numbered.name);
  if (place < 0) return null;
  const rows = all(select.valuesLists, 'List').map(({ items }) => items?.[place]);
  const given = rows.filter((value) => value !== undefined && as(value, 'SetToDefault') === undefined);
  if (rows.length > 0 && given.length === 0) return null;
  if (rows.length === 0 && select.fromClause === undefined) return null;
  // A value that the sequence itself gives is no value of one's own.
  if (
    findNodes(given.length > 0 ? given : select.targetList, 'FuncCall').some(
      ({ funcname }) => as(funcname?.at(-1), 'String')?.sval === 'nextval',
    )
  )
    return null;
  return { column: numbered, largest: largestIn(given) };
};

/** True for rows of a table whose sequence gives the keys here too: it gave these out itself. */
const isGivenElsewhere = ({ database, statement }: CheckContext, { column }: Given): boolean =>
  findNodes(as(statement.node, 'InsertStmt')?.selectStmt, 'RangeVar').some((source) => {
    const table = database.table(nameOf(source));
    return table !== null && database.lookup.sequencesOf(table).some((own) => takesFrom(column.default, own));
  });

/** True when the file sets the sequence later, in whatever way. */
const isSet = (context: CheckContext, table: ObjectName): boolean =>
  context.script.statements.slice(context.statement.index + 1).some((statement) => {
    const { node } = statement;
    if (findNodes([node], 'FuncCall').some(({ funcname }) => as(funcname?.at(-1), 'String')?.sval === 'setval'))
      return true;
    if ('DoStmt' in node || as(node, 'AlterSeqStmt') !== undefined) return true;
    const altered = context.alter(statement);
    return (
      altered !== null &&
      keyOf(altered.name) === keyOf(table) &&
      altered.actions.some(({ cmd }) => cmd.subtype === 'AT_SetIdentity' || cmd.subtype === 'AT_AddIdentity')
    );
  });

/** The number that the sequence gave last, by the facts; null when nobody knows. */
const lastValueOf = (context: CheckContext, table: Table, column: string): bigint | null => {
  const fact = context.facts?.sequences?.find(
    (sequence) =>
      sequence.column?.schema === table.schema &&
      sequence.column.table === table.name &&
      sequence.column.name === column,
  );
  return fact?.lastValue == null ? null : BigInt(fact.lastValue);
};

export const sequenceNotReset = defineRule({
  id: 'sequence-not-reset',
  title: 'Keys written by hand that the sequence does not know of',
  category: 'correctness',
  severity: 'info',
  servers: {},
  on: ['CopyStmt', 'InsertStmt'],
  docs: {
    what: 'INSERT or COPY that writes values of its own to a serial or identity column, in a file that does not set the sequence afterwards, unless the facts show the sequence to be further already.',
    why: 'The sequence still stands before these values and gives them out again: each such INSERT then fails with 23505 until it has passed them.',
    instead: 'SELECT setval(pg_get_serial_sequence(…), (SELECT max(id) FROM …)) behind the rows.',
    ignoreWhen: 'all rows of the table bring their own keys.',
    manual: 'https://www.postgresql.org/docs/current/functions-sequence.html',
  },
  examples: [
    {
      name: 'the first rows of a new table',
      up: "CREATE TABLE kinds (id bigserial PRIMARY KEY, name text);\nINSERT INTO kinds (id, name) VALUES (1, 'a'), (2, 'b');",
      finds: [{ text: 'INSERT INTO kinds', severity: 'warning' }],
      fixed:
        "CREATE TABLE kinds (id bigserial PRIMARY KEY, name text);\nINSERT INTO kinds (id, name) VALUES (1, 'a'), (2, 'b');\nSELECT setval(pg_get_serial_sequence('kinds', 'id'), (SELECT max(id) FROM kinds));",
    },
    {
      name: 'rows of another table, with their keys',
      setup:
        'create table kinds (id bigint generated by default as identity primary key, name text); create table old_kinds (id bigint, name text);',
      up: 'insert into kinds (id, name) select id, name from old_kinds;',
      finds: [{ text: 'insert into kinds', severity: 'info' }],
    },
    {
      name: 'what happens then, on the server',
      setup: 'create table kinds (id bigserial primary key, name text);',
      up: "insert into kinds (id, name) values (1, 'a'); insert into kinds (name) values ('b');",
      finds: [{ text: 'insert into kinds' }],
      trace: { fails: '23505' },
    },
    {
      name: 'the sequence is set',
      up: "create table kinds (id serial primary key, name text); insert into kinds values (1, 'a'); select setval('kinds_id_seq', 1);",
      finds: [],
    },
    {
      name: 'the sequence is further',
      setup: 'create table kinds (id bigserial primary key, name text);',
      facts: [{ table: 'kinds', rows: 90, bytes: 8192 }],
      live: {
        sequences: [
          {
            schema: 'public',
            name: 'kinds_id_seq',
            lastValue: '90',
            end: '9223372036854775807',
            usedFraction: 0,
            cycles: false,
            column: { schema: 'public', table: 'kinds', name: 'id', type: 'bigint' },
          },
        ],
      },
      up: "insert into kinds (id, name) values (7, 'a');",
      finds: [],
    },
    {
      name: 'rows of a table that takes its keys from the same sequence',
      setup:
        "create table kinds (id bigserial primary key, name text); create table new_kinds (id bigint default nextval('kinds_id_seq') primary key, name text);",
      up: 'insert into new_kinds (id, name) select id, name from kinds;',
      finds: [],
    },
    {
      name: 'keys that the sequence never gives, or gives itself',
      setup: 'create table kinds (id bigserial primary key, name text);',
      up: "insert into kinds (id, name) values (0, 'none'), (default, 'a'); insert into kinds (id) values (nextval('kinds_id_seq')); insert into kinds (name) values ('b');",
      finds: [],
    },
  ],
  check: (context) => {
    if (context.direction === 'down') return [];
    const { node } = context.statement;
    const copy = as(node, 'CopyStmt');
    if (copy !== undefined && copy.is_from !== true) return [];
    const relation = copy?.relation ?? as(node, 'InsertStmt')?.relation;
    const written = nameOf(relation);
    const table = relation === undefined ? null : context.database.table(written);
    const given = table === null ? null : givenBy(context.statement, table);
    if (table === null || given === null || isSet(context, table) || isGivenElsewhere(context, given)) return [];
    const last = lastValueOf(context, table, given.column.name);
    if (given.largest !== null && given.largest <= (last ?? 0n)) return [];
    // The last of several such statements tells it for all.
    const again = context.script.statements.slice(context.statement.index + 1).some((later) => {
      const target = as(later.node, 'InsertStmt')?.relation ?? as(later.node, 'CopyStmt')?.relation;
      return (
        target !== undefined &&
        keyOf(context.database.resolve(nameOf(target))) === keyOf(table) &&
        givenBy(later, table) !== null
      );
    });
    if (again) return [];
    const column = quoteIdentifier(given.column.name);
    const fresh = context.standing(written).size === 'new';
    const into = context.source.identifier(written.name);
    return [
      {
        range: { start: context.statement.start, end: into?.end ?? context.source.head(2).end },
        severity: fresh && given.largest !== null ? ('warning' as const) : ('info' as const),
        message: `The sequence behind ${column} of ${shown(written)} does not know of these keys${given.largest === null ? '' : `, the largest being ${given.largest}`}: inserts that take theirs from it fail with 23505`,
        evidence: {
          table: shownObject(table),
          column: given.column.name,
          largest: given.largest?.toString() ?? null,
          lastValue: last?.toString() ?? null,
        },
        fix: {
          title: 'Set the sequence behind the rows',
          edits: [
            statementsAfter(context, context.statement, [
              `SELECT setval(pg_get_serial_sequence(${quoteLiteral(shown(written))}, ${quoteLiteral(given.column.name)}), (SELECT max(${column}) FROM ${shown(written)}))`,
            ]),
          ],
        },
      },
    ];
  },
});

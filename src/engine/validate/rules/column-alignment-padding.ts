import { all, as, nameOf } from '../../sql/nodes.ts';
import { typeRef } from '../../sql/type-name.ts';
import { defineRule } from '../rule.ts';
import { columnList, shown } from '../wording.ts';

/** Width and alignment of the built-in types of fixed width, as `pg_type.typlen` and `typalign` say. */
const fixed: Readonly<Record<string, readonly [width: number, alignment: number]>> = {
  bool: [1, 1],
  char: [1, 1],
  int2: [2, 2],
  smallserial: [2, 2],
  serial2: [2, 2],
  int4: [4, 4],
  serial: [4, 4],
  serial4: [4, 4],
  float4: [4, 4],
  date: [4, 4],
  oid: [4, 4],
  int8: [8, 8],
  bigserial: [8, 8],
  serial8: [8, 8],
  float8: [8, 8],
  money: [8, 8],
  timestamp: [8, 8],
  timestamptz: [8, 8],
  time: [8, 8],
  timetz: [12, 8],
  interval: [16, 8],
  uuid: [16, 1],
};

type Sized = { readonly name: string; readonly width: number; readonly alignment: number };

/** Bytes that a row of these columns loses between them; what stands behind them has a width of its own in each row. */
const paddingOf = (columns: readonly Sized[]): number => {
  let at = 0;
  let lost = 0;
  for (const { width, alignment } of columns) {
    const aligned = Math.ceil(at / alignment) * alignment;
    lost += aligned - at;
    at = aligned + width;
  }
  return lost;
};

/** Less is not worth another order of the columns. */
const worthwhile = 8;

export const columnAlignmentPadding = defineRule({
  id: 'column-alignment-padding',
  title: 'Order of columns that wastes space in every row',
  category: 'types and conventions',
  severity: 'info',
  servers: {},
  on: ['CreateStmt'],
  optIn: true,
  docs: {
    what: `CREATE TABLE whose columns of fixed width, as they follow each other, lose ${worthwhile} bytes or more in each row to alignment, and would lose fewer in another order.`,
    why: 'A bigint or timestamp begins at a multiple of eight bytes, an integer at one of four. Behind a narrower column the gap is filled with nothing, in every row and in every page of the cache.',
    instead: 'The widest columns first, those of variable length last. Only a new table can be ordered for free.',
    ignoreWhen: 'the order says something to readers and the table stays small.',
    manual: 'https://www.postgresql.org/docs/current/storage-page-layout.html',
  },
  examples: [
    {
      name: 'narrow and wide in turn',
      up: 'CREATE TABLE t (a boolean, id bigint PRIMARY KEY, b boolean, at timestamptz);',
      finds: [{ text: 'CREATE TABLE', severity: 'info' }],
    },
    {
      name: 'the wide ones first',
      up: 'create table t (id bigint primary key, at timestamptz, a boolean, b boolean);',
      finds: [],
    },
    { name: 'a few bytes', up: 'create table t (a int, id bigint primary key);', finds: [] },
    {
      name: 'behind a text nothing is fixed',
      up: 'create table t (id bigint primary key, name text, a boolean, b bigint, c boolean, d bigint);',
      finds: [],
    },
  ],
  check: (context) => {
    const create = as(context.statement.node, 'CreateStmt');
    if (create === undefined || create.relation?.relpersistence === 't' || context.direction === 'down') return [];
    const columns: Sized[] = [];
    for (const column of all(create.tableElts, 'ColumnDef')) {
      const { schema, name, array } = typeRef(column.typeName);
      const known = schema === null && !array ? fixed[name] : undefined;
      // Behind a value of variable length the place of the next one differs from row to row.
      if (known === undefined) break;
      columns.push({ name: column.colname ?? '', width: known[0], alignment: known[1] });
    }
    const better = columns.toSorted((a, b) => b.alignment - a.alignment);
    const [lost, least] = [paddingOf(columns), paddingOf(better)];
    if (lost - least < worthwhile) return [];
    const table = shown(nameOf(create.relation));
    return [
      {
        range: context.source.head(2),
        message: `Each row of ${table} loses ${lost} bytes between its columns; in the order ${columnList(better.map(({ name }) => name))} it loses ${least}`,
        evidence: { table, lost, least, order: better.map(({ name }) => name) },
      },
    ];
  },
});

import { all, as, strings } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { type CheckContext, defineRule, type Found } from '../rule.ts';

const repeated = (names: readonly string[]): string | null =>
  names.find((name, i) => name !== '' && names.indexOf(name) !== i) ?? null;

const inKeys = (context: CheckContext): readonly Found[] => {
  const create = as(context.statement.node, 'CreateStmt');
  const alter = as(context.statement.node, 'AlterTableStmt');
  const definitions = create?.tableElts ?? all(alter?.cmds, 'AlterTableCmd').flatMap(({ def }) => def ?? []);
  return all(definitions, 'Constraint').flatMap((constraint) => {
    // The columns that point may be the same ones, those that are pointed at may not.
    const inKey = repeated(strings(constraint.keys));
    const name = inKey ?? repeated(strings(constraint.pk_attrs));
    if (name === null) return [];
    const sqlstate = inKey === null ? '42830' : '42701';
    const from = { start: context.offset(constraint.location), end: context.statement.end };
    return [
      {
        range: context.source.identifier(name, from) ?? from,
        message: `Column ${quoteIdentifier(name)} is named twice in one key: the statement fails with ${sqlstate}`,
        evidence: { column: name, sqlstate },
      },
    ];
  });
};

const inIndex = (context: CheckContext): readonly Found[] => {
  const index = as(context.statement.node, 'IndexStmt');
  const names = all(index?.indexParams, 'IndexElem')
    .filter(({ opclass, collation }) => opclass === undefined && collation === undefined)
    .map(({ name }) => name ?? '');
  const name = repeated(names);
  if (name === null) return [];
  const from = { start: context.offset(index?.relation?.location), end: context.statement.end };
  return [
    {
      range: context.source.identifier(name, from) ?? context.source.range,
      severity: 'info',
      message: `Column ${quoteIdentifier(name)} is twice in this index: it only makes it larger`,
      evidence: { column: name },
    },
  ];
};

export const duplicateIndexColumn = defineRule({
  id: 'duplicate-index-column',
  title: 'Column named twice in one key or index',
  category: 'index and constraint',
  severity: 'error',
  servers: {},
  on: ['AT_AddColumn', 'AT_AddConstraint', 'CreateStmt', 'IndexStmt'],
  docs: {
    what: 'The same column twice in a PRIMARY KEY, UNIQUE or FOREIGN KEY, or in an index.',
    why: 'PostgreSQL refuses such a key with 42701; an index takes it and is only larger than it need be.',
    instead: 'Name the column once; most often another one was meant.',
    ignoreWhen: 'never for a key; an index may hold one column under two operator classes, which is not reported.',
    manual: 'https://www.postgresql.org/docs/current/ddl-constraints.html',
  },
  examples: [
    {
      name: 'a primary key',
      up: 'CREATE TABLE t (id bigint, a int, PRIMARY KEY (id, id));',
      finds: [{ text: 'id', severity: 'error' }],
      trace: { fails: '42701' },
    },
    {
      name: 'an index',
      setup: 'create table users (id bigint primary key, a int, b int);',
      up: 'create index concurrently i on users (a, b, a);',
      finds: [{ text: 'a', severity: 'info' }],
    },
    {
      name: 'two operator classes of one column',
      setup: 'create table users (id bigint primary key, a text);',
      up: 'create index concurrently i on users (a, a text_pattern_ops);',
      finds: [],
    },
    { name: 'different columns', up: 'create table t (a int, b int, unique (a, b), unique (b, a));', finds: [] },
    {
      name: 'one expression twice is not looked at',
      up: 'create index concurrently i on users (lower(a), lower(b));',
      finds: [],
    },
  ],
  check: (context) => [...inKeys(context), ...inIndex(context)],
});

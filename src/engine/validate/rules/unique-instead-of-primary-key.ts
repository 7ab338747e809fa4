import type { Constraint } from '@pgsql/types';
import { all, as, nameOf, strings } from '../../sql/nodes.ts';
import { chosenNames } from '../chosen-names.ts';
import { isNamedLater, replaceRange } from '../fixes.ts';
import { type CheckContext, defineRule } from '../rule.ts';
import { columnList, shown } from '../wording.ts';

/** A unique constraint over columns that all are NOT NULL: what a primary key is, but for its name. */
type Candidate = { readonly columns: readonly string[]; readonly constraint: Constraint };

const candidatesIn = (context: CheckContext): readonly Candidate[] => {
  const create = as(context.statement.node, 'CreateStmt');
  const columns = all(create?.tableElts, 'ColumnDef');
  const has = (name: string, contype: string) =>
    columns.some(
      (column) =>
        column.colname === name && all(column.constraints, 'Constraint').some((one) => one.contype === contype),
    );
  const inline = columns.flatMap((column) =>
    all(column.constraints, 'Constraint')
      .filter(({ contype }) => contype === 'CONSTR_UNIQUE')
      .map((constraint) => ({ columns: [column.colname ?? ''], constraint })),
  );
  const own = all(create?.tableElts, 'Constraint')
    .filter(({ contype }) => contype === 'CONSTR_UNIQUE')
    .map((constraint) => ({ columns: strings(constraint.keys), constraint }));
  return [...inline, ...own].filter((one) => one.columns.every((name) => has(name, 'CONSTR_NOTNULL')));
};

const hasPrimaryKey = (context: CheckContext): boolean => {
  const create = as(context.statement.node, 'CreateStmt');
  const constraints = [
    ...all(create?.tableElts, 'Constraint'),
    ...all(create?.tableElts, 'ColumnDef').flatMap((column) => all(column.constraints, 'Constraint')),
  ];
  return constraints.some(({ contype }) => contype === 'CONSTR_PRIMARY');
};

/** False where the words do not fit a primary key, where LIKE may bring one, and where the name that goes is used. */
const canBeKey = (context: CheckContext, constraint: Constraint): boolean => {
  const create = as(context.statement.node, 'CreateStmt');
  const name = chosenNames(context).get(constraint);
  return (
    constraint.nulls_not_distinct !== true &&
    all(create?.tableElts, 'TableLikeClause').length === 0 &&
    (name === undefined || !isNamedLater(context, name))
  );
};

export const uniqueInsteadOfPrimaryKey = defineRule({
  id: 'unique-instead-of-primary-key',
  title: 'UNIQUE NOT NULL where the table has no primary key',
  category: 'index and constraint',
  severity: 'info',
  servers: {},
  on: ['CreateStmt'],
  docs: {
    what: 'CREATE TABLE without a primary key, with a unique constraint over columns that are NOT NULL.',
    why: 'The columns could be the primary key and are not known as such: logical replication refuses updates and deletes of the table, REFERENCES has to name the columns, and tools see a table without a key.',
    instead: 'PRIMARY KEY in place of UNIQUE NOT NULL.',
    ignoreWhen: 'the key is added in a later migration.',
    manual: 'https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-PRIMARY-KEYS',
  },
  examples: [
    {
      name: 'on the column',
      up: 'CREATE TABLE users (email text NOT NULL UNIQUE, name text);',
      finds: [{ text: 'CREATE TABLE', severity: 'info' }],
      fixed: 'CREATE TABLE users (email text NOT NULL PRIMARY KEY, name text);',
    },
    {
      name: 'behind the columns',
      up: 'create table seats (hall int not null, seat int not null, constraint seats_key unique (hall, seat));',
      finds: [{ text: 'create table' }],
    },
    {
      name: 'beside a primary key',
      up: 'create table users (id bigint primary key, email text not null unique);',
      finds: [],
    },
    { name: 'a column that may be NULL', up: 'create table users (email text unique);', finds: [] },
    {
      name: 'the key is added later in the file',
      up: 'create table users (email text not null unique, id bigint); alter table users add primary key (id);',
      finds: [],
    },
  ],
  check: (context) => {
    const create = as(context.statement.node, 'CreateStmt');
    if (create === undefined || create.relation?.relpersistence === 't' || context.direction === 'down') return [];
    const [candidate] = candidatesIn(context);
    if (candidate === undefined || hasPrimaryKey(context)) return [];
    const written = nameOf(create.relation);
    const later = context.script.statements
      .slice(context.statement.index + 1)
      .some((statement) =>
        (context.alter(statement)?.actions ?? []).some(
          ({ cmd }) => as(cmd.def, 'Constraint')?.contype === 'CONSTR_PRIMARY',
        ),
      );
    if (later) return [];
    const { constraint } = candidate;
    const start = context.offset(constraint.location);
    const word = context.source.words('UNIQUE', { start, end: context.statement.end });
    if (word === null) return [];
    return [
      {
        range: context.source.head(2),
        message: `${columnList(candidate.columns)} could be the primary key of ${shown(written)}, which has none`,
        evidence: { table: shown(written), columns: candidate.columns },
        fix: canBeKey(context, constraint)
          ? { title: 'Make it the primary key', edits: [replaceRange(word, 'PRIMARY KEY')] }
          : null,
      },
    ];
  },
});

import type { WrittenName } from '../../sql/nodes.ts';
import { all, as, nameOf, strings } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { keyOf } from '../../sql/table-index.ts';
import { type CheckContext, defineRule, type Found } from '../rule.ts';
import type { SourceRange } from '../statement-source.ts';
import { shown } from '../wording.ts';

const found = (
  context: CheckContext,
  table: WrittenName,
  columns: readonly string[],
  range: SourceRange,
): readonly Found[] => {
  const [only, second] = columns;
  if (only === undefined || second !== undefined) return [];
  const key = keyOf(context.database.resolve(table));
  const facts = context.facts?.tables.find((known) => keyOf(known) === key);
  const column = facts?.columns.find(({ name }) => name === only);
  if (facts === undefined || column === undefined || facts.rows < 100) return [];
  const distinct = column.distinct < 0 ? -column.distinct * facts.rows : column.distinct;
  const filled = facts.rows * (1 - column.nullFraction);
  // Statistics are a sample: a tenth is more than they are ever wrong by.
  if (distinct <= 0 || distinct > filled * 0.9) return [];
  return [
    {
      range,
      message: `${quoteIdentifier(only)} of ${shown(table)} has about ${Math.round(distinct)} different values in ${Math.round(filled)} rows: this fails with 23505`,
      evidence: { table: shown(table), column: only, distinct: Math.round(distinct), rows: facts.rows },
    },
  ];
};

export const uniqueIndexOverDuplicates = defineRule({
  id: 'unique-index-over-duplicates',
  title: 'Column that shall be unique holds duplicates',
  category: 'correctness',
  severity: 'error',
  servers: {},
  on: ['IndexStmt', 'AT_AddConstraint'],
  docs: {
    what: 'A unique index or constraint over one column whose statistics show the same values many times.',
    why: 'The build fails with 23505 at the first duplicate, after all the time that it took; CONCURRENTLY leaves an INVALID index behind that slows every write.',
    instead: 'Find the duplicates with GROUP BY … HAVING count(*) > 1 and mend them first.',
    ignoreWhen: 'the statistics are old and the duplicates are gone.',
    manual: 'https://www.postgresql.org/docs/current/indexes-unique.html',
  },
  examples: [
    {
      name: 'few values in many rows',
      setup: 'create table users (id bigint primary key, email text);',
      facts: [
        { table: 'users', rows: 10_000, bytes: 900_000, columns: [{ name: 'email', nullFraction: 0, distinct: -0.5 }] },
      ],
      up: 'CREATE UNIQUE INDEX CONCURRENTLY ON users (email);',
      finds: [{ text: 'CREATE UNIQUE INDEX', severity: 'error' }],
    },
    {
      name: 'a constraint',
      setup: 'create table users (id bigint primary key, email text);',
      facts: [
        { table: 'users', rows: 10_000, bytes: 900_000, columns: [{ name: 'email', nullFraction: 0, distinct: 12 }] },
      ],
      up: 'alter table users add unique (email);',
      finds: [{ text: 'add unique (email)' }],
    },
    {
      name: 'all different, many NULL',
      setup: 'create table users (id bigint primary key, email text);',
      facts: [
        {
          table: 'users',
          rows: 10_000,
          bytes: 900_000,
          columns: [{ name: 'email', nullFraction: 0.6, distinct: -0.4 }],
        },
      ],
      up: 'create unique index concurrently on users (email);',
      finds: [],
    },
    {
      name: 'without facts nothing is known',
      setup: 'create table users (id bigint primary key, email text);',
      up: 'create unique index concurrently on users (email);',
      finds: [],
    },
  ],
  check: (context) => {
    const index = as(context.statement.node, 'IndexStmt');
    if (index?.unique === true && index.whereClause === undefined) {
      const columns = all(index.indexParams, 'IndexElem').map(({ name }) => name ?? '');
      return found(context, nameOf(index.relation), columns, context.source.head(3));
    }
    const altered = context.alter();
    return (altered?.actions ?? []).flatMap(({ cmd, range }) => {
      const constraint = cmd.subtype === 'AT_AddConstraint' ? as(cmd.def, 'Constraint') : undefined;
      const unique = constraint?.contype === 'CONSTR_UNIQUE' || constraint?.contype === 'CONSTR_PRIMARY';
      return altered !== null && unique ? found(context, altered.written, strings(constraint.keys), range) : [];
    });
  },
});

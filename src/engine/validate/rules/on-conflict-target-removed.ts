import type { Index } from '../../catalog/catalog.ts';
import { all, as, nameOf, strings } from '../../sql/nodes.ts';
import { keyOf, type PlacedIndex } from '../../sql/table-index.ts';
import { droppedNames } from '../node-questions.ts';
import { type CheckContext, defineRule } from '../rule.ts';
import { columnList, shown, shownObject } from '../wording.ts';

const columnsOf = (index: Index): readonly string[] => index.keys.flatMap(({ column }) => column ?? []);

/** True for an index that upholds the same rule: unique over all rows and over no other columns. */
const upholds = (other: Index, columns: readonly string[]): boolean =>
  other.unique &&
  other.valid &&
  other.predicate === null &&
  [...columnsOf(other)].sort().join() === [...columns].sort().join();

/** True when the file builds a unique index, or adds a unique constraint, over the same columns. */
const isReplaced = (context: CheckContext, { on, index }: PlacedIndex): boolean => {
  const wanted = [...columnsOf(index)].sort().join();
  return context.script.statements.some((statement) => {
    const create = as(statement.node, 'IndexStmt');
    if (create?.unique === true && create.whereClause === undefined)
      return (
        keyOf(context.database.resolve(nameOf(create.relation))) === keyOf(on) &&
        all(create.indexParams, 'IndexElem')
          .map(({ name }) => name ?? '')
          .sort()
          .join() === wanted
      );
    const altered = context.alter(statement);
    return (
      altered !== null &&
      keyOf(altered.name) === keyOf(on) &&
      altered.actions.some(({ cmd }) => {
        const constraint = as(cmd.def, 'Constraint');
        const unique = constraint?.contype === 'CONSTR_UNIQUE' || constraint?.contype === 'CONSTR_PRIMARY';
        return unique && [...strings(constraint.keys)].sort().join() === wanted;
      })
    );
  });
};

export const onConflictTargetRemoved = defineRule({
  id: 'on-conflict-target-removed',
  title: 'Unique index dropped: duplicates get in, ON CONFLICT fails',
  category: 'compatibility',
  severity: 'warning',
  servers: {},
  on: ['DropStmt'],
  foldsUnder: ['drop-index-backing-constraint'],
  docs: {
    what: 'DROP INDEX of a unique index that no other unique index over the same columns stands in for.',
    why: 'From then on duplicates are accepted, and INSERT … ON CONFLICT over those columns fails with 42P10.',
    instead: 'Build the replacement with CREATE UNIQUE INDEX CONCURRENTLY first.',
    ignoreWhen: 'the columns need not be unique any more.',
    manual: 'https://www.postgresql.org/docs/current/sql-insert.html#SQL-ON-CONFLICT',
  },
  examples: [
    {
      name: 'a unique index',
      setup: 'create table users (id bigint primary key, email text); create unique index u on users (email);',
      up: 'DROP INDEX CONCURRENTLY u;',
      finds: [{ text: 'DROP INDEX CONCURRENTLY u', severity: 'warning' }],
    },
    {
      name: 'another unique index has one column more',
      setup:
        'create table users (id bigint primary key, email text, shop int); create unique index u on users (email); create unique index v on users (email, shop);',
      up: 'drop index concurrently if exists u;',
      finds: [{ text: 'drop index concurrently if exists u' }],
    },
    {
      name: 'another unique index upholds the same',
      setup:
        'create table users (id bigint primary key, email text); create unique index u on users (email); create unique index v on users (email);',
      up: 'drop index concurrently u;',
      finds: [],
    },
    {
      name: 'the replacement is built first',
      setup: 'create table users (id bigint primary key, email text); create unique index u on users (email);',
      up: 'create unique index concurrently v on users (email) include (id); drop index concurrently u;',
      finds: [],
    },
    {
      name: 'an index that is not unique',
      setup: 'create table users (id bigint primary key, email text); create index i on users (email);',
      up: 'drop index concurrently i;',
      finds: [],
    },
    { name: 'without a catalog nobody knows', up: 'drop index concurrently u;', finds: [] },
  ],
  check: (context) => {
    const drop = as(context.statement.node, 'DropStmt');
    if (drop?.removeType !== 'OBJECT_INDEX') return [];
    return droppedNames(drop.objects).flatMap((written) => {
      const placed = context.database.index(written);
      if (placed === null || !placed.index.unique || !placed.index.valid) return [];
      const { index, on } = placed;
      if (context.created.has('index', { schema: on.schema, name: index.name })) return [];
      if (context.standing(on).size === 'new') return [];
      const others = context.database.table(on)?.indexes ?? [];
      if (others.some((other) => other.name !== index.name && upholds(other, columnsOf(index)))) return [];
      if (isReplaced(context, placed)) return [];
      return [
        {
          range: context.source.range,
          message: `Nothing keeps ${columnList(columnsOf(index))} of ${shownObject(on)} unique any more, and ON CONFLICT over it fails`,
          evidence: { index: shown(written), table: shownObject(on), columns: columnsOf(index) },
        },
      ];
    });
  },
});

import type { Constraint } from '@pgsql/types';
import { all, as, nameOf, strings } from '../../sql/nodes.ts';
import { countInWords } from '../../sql/quantity.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { keyOf } from '../../sql/table-index.ts';
import { type KnownQuery, statementsOfQuery } from '../known-queries.ts';
import { type AlteredTable, type CheckContext, defineRule, type Found } from '../rule.ts';
import type { SourceRange } from '../statement-source.ts';
import { shown } from '../wording.ts';

/** Known inserts into the table that name their columns, and not this one. */
const insertsWithout = (context: CheckContext, altered: AlteredTable, column: string): readonly KnownQuery[] =>
  context.knownQueries.filter(
    (query) =>
      /\binsert\b/i.test(query.text) &&
      statementsOfQuery(query).some(({ node }) => {
        const insert = as(node, 'InsertStmt');
        const columns = all(insert?.cols, 'ResTarget').map(({ name }) => name);
        return (
          insert !== undefined &&
          columns.length > 0 &&
          !columns.includes(column) &&
          keyOf(context.database.resolve(nameOf(insert.relation))) === keyOf(altered.name)
        );
      }),
  );

const words: Readonly<Record<string, string>> = {
  CONSTR_CHECK: 'the new CHECK',
  CONSTR_UNIQUE: 'the new UNIQUE',
  CONSTR_FOREIGN: 'the new foreign key',
  CONSTR_EXCLUSION: 'the new EXCLUDE',
};

/** What the counters say of writes that each have to satisfy the constraint. */
const writesTo = (context: CheckContext, altered: AlteredTable, range: SourceRange, what: string): readonly Found[] => {
  const activity = context.facts?.tables.find((table) => keyOf(table) === keyOf(altered.name))?.activity;
  const writes = (activity?.inserts ?? 0) + (activity?.updates ?? 0);
  if (writes === 0) return [];
  return [
    {
      range,
      message: `Each write of ${shown(altered.written)} has to satisfy ${what} from here on, NOT VALID or not: ${countInWords(writes)} inserts and updates were counted`,
      evidence: { table: shown(altered.written), writes },
    },
  ];
};

/** A required column that a foreign key is to empty when the row it points to goes; null when there is none. */
const emptiedAlthoughRequired = (
  { database }: CheckContext,
  { table }: AlteredTable,
  constraint: Constraint | undefined,
): string | null => {
  if (constraint?.contype !== 'CONSTR_FOREIGN' || constraint.fk_del_action !== 'n') return null;
  const named = strings(constraint.fk_del_set_cols);
  const emptied = named.length > 0 ? named : strings(constraint.fk_attrs);
  return emptied.find((name) => database.column(table, name)?.notNull === true) ?? null;
};

export const newConstraintRejectsOldWrites = defineRule({
  id: 'new-constraint-rejects-old-writes',
  title: 'Constraint that running code does not know yet',
  category: 'compatibility',
  severity: 'info',
  servers: {},
  on: ['AT_AddConstraint', 'AT_SetNotNull'],
  foldsUnder: [
    'adding-required-field',
    'adding-check-constraint',
    'adding-foreign-key-constraint',
    'adding-unique-constraint',
    'adding-exclusion-constraint',
  ],
  docs: {
    what: 'SET NOT NULL on a column that a known INSERT leaves out and that has no default; a foreign key with ON DELETE SET NULL on a column that is NOT NULL; a new CHECK, UNIQUE, EXCLUDE or foreign key on a table for which the facts have counted writes.',
    why: 'The constraint holds for every write from the moment in which it is added, NOT VALID or not: what the running code still writes otherwise fails with 23502, 23514, 23505 or 23503.',
    instead: 'Deploy code first that satisfies the constraint, then add it.',
    ignoreWhen: 'the code that runs satisfies it already.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES',
  },
  examples: [
    {
      name: 'a known insert leaves the column out',
      setup: 'create table users (id bigint primary key, email text);',
      queries: ['insert into users (id) values ($1)'],
      up: 'ALTER TABLE users ALTER COLUMN email SET NOT NULL;',
      finds: [{ text: 'ALTER COLUMN email SET NOT NULL', severity: 'warning' }],
    },
    {
      name: 'writes were counted',
      setup: 'create table users (id bigint primary key, age int);',
      facts: [
        {
          table: 'users',
          rows: 50_000,
          bytes: 9_000_000,
          activity: { inserts: 120_000, updates: 3000, deletes: 0, sequentialScans: 0, indexScans: 0 },
        },
      ],
      up: 'alter table users add constraint adult check (age > 17) not valid;',
      finds: [{ text: 'add constraint adult check (age > 17) not valid', severity: 'info' }],
    },
    {
      name: 'a foreign key that empties a required column, and one that empties another',
      setup: 'create table users (id bigint primary key); create table pets (user_id bigint not null, old_id bigint);',
      up: 'alter table pets add foreign key (user_id) references users (id) on delete set null not valid; alter table pets add foreign key (old_id) references users (id) on delete set null not valid;',
      finds: [
        { text: 'add foreign key (user_id) references users (id) on delete set null not valid', severity: 'warning' },
      ],
    },
    {
      name: 'the column has a default',
      setup: "create table users (id bigint primary key, email text default '');",
      queries: ['insert into users (id) values ($1)'],
      up: 'alter table users alter column email set not null;',
      finds: [],
    },
    {
      name: 'every known insert names the column',
      setup: 'create table users (id bigint primary key, email text);',
      queries: ['insert into users (id, email) values ($1, $2)'],
      up: 'alter table users alter column email set not null;',
      finds: [],
    },
    {
      name: 'nobody writes',
      setup: 'create table users (id bigint primary key, age int);',
      facts: [
        {
          table: 'users',
          rows: 50_000,
          bytes: 9_000_000,
          activity: { inserts: 0, updates: 0, deletes: 0, sequentialScans: 9, indexScans: 9 },
        },
      ],
      up: 'alter table users add constraint adult check (age > 17) not valid;',
      finds: [],
    },
    { name: 'nothing is known', up: 'alter table users add constraint c check (a > 1) not valid;', finds: [] },
  ],
  check: (context) => {
    const altered = context.alter();
    if (altered === null || altered.standing.size === 'new' || context.direction === 'down') return [];
    return altered.actions.flatMap(({ cmd, range }): readonly Found[] => {
      const constraint = cmd.subtype === 'AT_AddConstraint' ? as(cmd.def, 'Constraint') : undefined;
      const emptied = emptiedAlthoughRequired(context, altered, constraint);
      if (emptied !== null)
        return [
          {
            range,
            severity: 'warning',
            message: `ON DELETE SET NULL empties ${quoteIdentifier(emptied)}, which must not be NULL: deletions in ${shown(nameOf(constraint?.pktable))} that a row points to fail with 23502`,
            evidence: { table: shown(altered.written), column: emptied, sqlstate: '23502' },
          },
        ];
      const what = words[constraint?.contype ?? ''];
      if (what !== undefined) return writesTo(context, altered, range, what);
      const column = context.database.column(altered.table, cmd.name ?? '');
      if (cmd.subtype !== 'AT_SetNotNull' || column === null || column.notNull) return [];
      if (column.default !== null || column.identity !== null) return [];
      const broken = insertsWithout(context, altered, column.name);
      const [first] = broken;
      if (first === undefined) return [];
      return [
        {
          range,
          severity: 'warning',
          message: `${broken.length} of ${context.knownQueries.length} known queries insert into ${shown(altered.written)} without ${quoteIdentifier(column.name)}: they fail with 23502`,
          evidence: {
            table: shown(altered.written),
            column: column.name,
            sqlstate: '23502',
            queries: broken.slice(0, 20).map(({ text }) => text),
          },
        },
      ];
    });
  },
});

import type { Constraint } from '@pgsql/types';
import { as, nameOf, strings } from '../../sql/nodes.ts';
import { countInWords } from '../../sql/quantity.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { keyOf } from '../../sql/table-index.ts';
import { type AlteredTable, type CheckContext, defineRule, type Found } from '../rule.ts';
import type { SourceRange } from '../statement-source.ts';
import { shown } from '../wording.ts';

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
  on: ['AT_AddConstraint'],
  foldsUnder: [
    'adding-required-field',
    'adding-check-constraint',
    'adding-foreign-key-constraint',
    'adding-unique-constraint',
    'adding-exclusion-constraint',
  ],
  docs: {
    what: 'SET NOT NULL on a column that a known INSERT leaves out and that has no default; a foreign key with ON DELETE SET NULL on a column that is NOT NULL; a new CHECK, UNIQUE, EXCLUDE or foreign key on a table for which the facts have counted writes.',
    why: 'The constraint holds for every write from the moment in which it is added, NOT VALID or not: what the running code still writes otherwise fails with 23514, 23505, 23P01 or 23503.',
    instead: 'Deploy code first that satisfies the constraint, then add it.',
    ignoreWhen: 'the code that runs satisfies it already.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES',
  },
  examples: [
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
      const constraint = as(cmd.def, 'Constraint');
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
      return what === undefined ? [] : writesTo(context, altered, range, what);
    });
  },
});

import { as } from '../../sql/nodes.ts';
import { eachAction } from '../each-action.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const addingExclusionConstraint = defineRule({
  id: 'adding-exclusion-constraint',
  title: 'Exclusion constraint builds its index under an ACCESS EXCLUSIVE lock',
  category: 'locking',
  severity: 'error',
  servers: {},
  on: ['AT_AddConstraint'],
  docs: {
    what: 'ADD CONSTRAINT … EXCLUDE on an existing table.',
    why: 'The index is built and every row compared while nobody can read or write the table; there is no concurrent form.',
    instead: 'Build a new table with the constraint, copy in batches and swap, or use a maintenance window.',
    ignoreWhen: 'the table is small.',
    manual: 'https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-EXCLUSION',
  },
  examples: [
    {
      name: 'on an existing table',
      setup: 'create table bookings (during tsrange);',
      up: 'ALTER TABLE bookings ADD CONSTRAINT no_overlap EXCLUDE USING gist (during WITH &&);',
      finds: [{ text: 'ADD CONSTRAINT no_overlap EXCLUDE USING gist (during WITH &&)', severity: 'error' }],
      trace: { locks: { bookings: 'ACCESS EXCLUSIVE' } },
    },
    {
      name: 'without a catalog',
      up: 'alter table bookings add exclude using gist (during with &&);',
      finds: [{ text: 'add exclude using gist (during with &&)' }],
    },
    { name: 'another constraint', up: 'alter table bookings add constraint c check (true) not valid;', finds: [] },
    {
      name: 'a new table',
      up: 'create table fresh (during tsrange); alter table fresh add exclude using gist (during with &&);',
      finds: [],
    },
  ],
  check: (context) =>
    eachAction(context, ['AT_AddConstraint'], 'error', ({ cmd, range }, altered, severity) =>
      as(cmd.def, 'Constraint')?.contype !== 'CONSTR_EXCLUSION'
        ? null
        : {
            range,
            severity,
            message: `The index of the constraint is built while nobody can read or write ${shown(altered.written)} (${altered.standing.words})`,
            evidence: { table: shown(altered.written), lock: 'ACCESS EXCLUSIVE', rows: altered.standing.rows },
          },
    ),
});

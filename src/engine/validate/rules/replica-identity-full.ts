import { as } from '../../sql/nodes.ts';
import { eachAction } from '../each-action.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const replicaIdentityFull = defineRule({
  id: 'replica-identity-full',
  title: 'Replica identity that costs much, or tells nothing',
  category: 'timeouts and operational',
  severity: 'info',
  servers: {},
  on: ['AT_ReplicaIdentity'],
  docs: {
    what: 'REPLICA IDENTITY FULL or NOTHING.',
    why: 'FULL writes the whole old row into the WAL for each UPDATE and DELETE, and a subscriber without a fitting index looks through all its rows. With NOTHING a published table refuses them.',
    instead: 'REPLICA IDENTITY USING INDEX of a unique index over NOT NULL columns.',
    ignoreWhen: 'the table is small or hardly changes.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-REPLICA-IDENTITY',
  },
  examples: [
    {
      name: 'the whole row',
      setup: 'create table events (id bigint);',
      up: 'ALTER TABLE events REPLICA IDENTITY FULL;',
      finds: [{ text: 'REPLICA IDENTITY FULL', severity: 'info' }],
      trace: { locks: { events: 'ACCESS EXCLUSIVE' } },
    },
    {
      name: 'nothing',
      up: 'alter table events replica identity nothing;',
      finds: [{ text: 'replica identity nothing' }],
    },
    { name: 'an index', up: 'alter table events replica identity using index i;', finds: [] },
    { name: 'a new table', up: 'create table t (a int); alter table t replica identity full;', finds: [] },
  ],
  check: (context) =>
    eachAction(context, ['AT_ReplicaIdentity'], 'info', ({ cmd, range }, altered) => {
      const kind = as(cmd.def, 'ReplicaIdentityStmt')?.identity_type;
      if (kind !== 'f' && kind !== 'n') return null;
      return {
        range,
        message:
          kind === 'f'
            ? `Each UPDATE and DELETE of ${shown(altered.written)} writes the whole old row into the WAL`
            : `Once ${shown(altered.written)} is published, UPDATE and DELETE fail`,
        evidence: { table: shown(altered.written), lock: 'ACCESS EXCLUSIVE' },
      };
    }),
});

import { as } from '../../sql/nodes.ts';
import { eachAction } from '../each-action.ts';
import { publicationsOf } from '../publications.ts';
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
    {
      name: 'of published tables, with a key and without',
      setup:
        'create table events (id bigint primary key); create table logs (a int); create publication p for all tables;',
      up: 'alter table events replica identity full; alter table logs replica identity full; alter table logs replica identity nothing;',
      finds: [
        { text: 'replica identity full', severity: 'warning' },
        { text: 'replica identity full', severity: 'info' },
        { text: 'replica identity nothing', severity: 'error' },
      ],
    },
    { name: 'an index', up: 'alter table events replica identity using index i;', finds: [] },
    { name: 'a new table', up: 'create table t (a int); alter table t replica identity full;', finds: [] },
  ],
  check: (context) =>
    eachAction(context, ['AT_ReplicaIdentity'], 'info', ({ cmd, range }, altered) => {
      const kind = as(cmd.def, 'ReplicaIdentityStmt')?.identity_type;
      if (kind !== 'f' && kind !== 'n') return null;
      const { table } = altered;
      const isPublished = table !== null && publicationsOf(context.database, table).some(({ updates }) => updates);
      // Without a key the whole row is the only identity that there is.
      const hasKey = table?.constraints.some((constraint) => constraint.kind === 'primary key') === true;
      return {
        range,
        ...(isPublished && kind === 'n' ? { severity: 'error' as const } : {}),
        ...(isPublished && kind === 'f' && hasKey ? { severity: 'warning' as const } : {}),
        message:
          kind === 'f'
            ? `Each UPDATE and DELETE of ${shown(altered.written)} writes the whole old row into the WAL`
            : isPublished
              ? `${shown(altered.written)} is published: UPDATE and DELETE fail from here on`
              : `Once ${shown(altered.written)} is published, UPDATE and DELETE fail`,
        evidence: { table: shown(altered.written), lock: 'ACCESS EXCLUSIVE' },
      };
    }),
});

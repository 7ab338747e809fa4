import { as, nameOf } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { defineRule } from '../rule.ts';
import { shown, shownObject } from '../wording.ts';

export const ddlOnPartitionChild = defineRule({
  id: 'ddl-on-partition-child',
  title: 'Inherited column or constraint changed on a partition',
  category: 'correctness',
  severity: 'error',
  servers: { from: 10 },
  on: ['AlterTableStmt', 'RenameStmt'],
  docs: {
    what: 'ADD, DROP, RENAME or a change of type of a column on a partition, or DROP of a constraint that the partition inherits.',
    why: 'A partition must look like its parent: PostgreSQL refuses it with 42P16 (42809 for ADD COLUMN).',
    instead: 'Change the partitioned table; its partitions follow.',
    ignoreWhen: 'never: the statement cannot succeed.',
    manual: 'https://www.postgresql.org/docs/current/ddl-partitioning.html',
  },
  examples: [
    {
      name: 'a column dropped from a partition',
      setup:
        'create table events (at int, a int) partition by range (at); create table events_1 partition of events for values from (1) to (2);',
      up: 'ALTER TABLE events_1 DROP COLUMN a;',
      finds: [{ text: 'DROP COLUMN a', severity: 'error' }],
      trace: { fails: '42P16' },
    },
    {
      name: 'a column added to a partition',
      setup:
        'create table events (at int, a int) partition by range (at); create table events_1 partition of events for values from (1) to (2);',
      up: 'alter table events_1 add column b int;',
      finds: [{ text: 'add column b int' }],
      trace: { fails: '42809' },
    },
    {
      name: 'a renamed column',
      setup:
        'create table events (at int, a int) partition by range (at); create table events_1 partition of events for values from (1) to (2);',
      up: 'alter table events_1 rename column a to b;',
      finds: [{ text: 'alter table events_1 rename column a to b' }],
      trace: { fails: '42P16' },
    },
    {
      name: 'the parent',
      setup:
        'create table events (at int, a int) partition by range (at); create table events_1 partition of events for values from (1) to (2);',
      up: 'alter table events drop column a;',
      finds: [],
    },
    {
      name: "what is the partition's own",
      setup:
        'create table events (at int, a int) partition by range (at); create table events_1 partition of events for values from (1) to (2);',
      up: 'alter table events_1 alter a set not null, alter a set default 1, set (fillfactor = 70); alter table events_1 add constraint c check (a > 0) not valid;',
      finds: [],
    },
  ],
  check: (context) => {
    const message = (parent: string) =>
      `This is a partition of ${parent}: the change has to be made there, and fails here`;
    const rename = as(context.statement.node, 'RenameStmt');
    if (rename?.renameType === 'OBJECT_COLUMN') {
      const table = context.database.table(nameOf(rename.relation));
      return table === null || table.partitionOf === null
        ? []
        : [
            {
              range: context.source.range,
              message: message(shownObject(table.partitionOf.parent)),
              evidence: { sqlstate: '42P16' },
            },
          ];
    }
    const altered = context.alter();
    const table = altered?.table ?? null;
    if (altered === null || table === null || table.partitionOf === null) return [];
    const parent = shownObject(table.partitionOf.parent);
    return altered.actions.flatMap(({ cmd, range }) => {
      const name = cmd.name ?? '';
      const column = context.database.column(table, name);
      const inherited =
        cmd.subtype === 'AT_AddColumn' ||
        (['AT_DropColumn', 'AT_AlterColumnType'].includes(cmd.subtype ?? '') && column !== null) ||
        (cmd.subtype === 'AT_DropConstraint' && context.database.constraint(table, name)?.local === false);
      if (!inherited) return [];
      const sqlstate = cmd.subtype === 'AT_AddColumn' ? '42809' : '42P16';
      return [
        {
          range,
          message: message(parent),
          evidence: {
            partition: shown(altered.written),
            parent,
            ...(name === '' ? {} : { name: quoteIdentifier(name) }),
            sqlstate,
          },
        },
      ];
    });
  },
});

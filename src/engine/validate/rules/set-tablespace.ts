import { all, as, nameOf } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { defineRule } from '../rule.ts';
import { severityFor } from '../standing.ts';
import { shown } from '../wording.ts';

export const setTablespace = defineRule({
  id: 'set-tablespace',
  title: 'SET TABLESPACE copies the table under a lock',
  category: 'rewrite',
  severity: 'error',
  servers: {},
  on: ['AlterTableMoveAllStmt', 'AT_SetTableSpace'],
  docs: {
    what: 'ALTER TABLE, INDEX or MATERIALIZED VIEW … SET TABLESPACE, and ALTER … ALL IN TABLESPACE.',
    why: 'The files are copied while ACCESS EXCLUSIVE is held: nobody can read or write the table until the copy is complete.',
    instead:
      'Move it with an online tool, or in a maintenance window; indexes alone move with REINDEX (TABLESPACE …) CONCURRENTLY from PostgreSQL 14 on.',
    ignoreWhen: 'the table is small.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html',
  },
  examples: [
    {
      name: 'a table',
      setup: 'create table orders (a int);',
      up: 'ALTER TABLE orders SET TABLESPACE fast;',
      finds: [{ text: 'SET TABLESPACE fast', severity: 'error' }],
    },
    {
      name: 'without a catalog',
      up: 'alter table orders set tablespace fast;',
      finds: [{ text: 'set tablespace fast' }],
    },
    {
      name: 'an index',
      setup: 'create table orders (a int); create index i on orders (a);',
      up: 'alter index i set tablespace fast;',
      finds: [{ text: 'set tablespace fast' }],
    },
    {
      name: 'everything in a tablespace',
      up: 'alter table all in tablespace slow set tablespace fast;',
      finds: [{ text: 'alter table all in tablespace slow set tablespace fast' }],
    },
    {
      name: 'where it is already',
      setup: 'create table orders (a int); create index i on orders (a);',
      up: 'alter table orders set tablespace pg_default; alter index i set tablespace pg_default;',
      finds: [],
    },
    { name: 'a new table', up: 'create table fresh (a int); alter table fresh set tablespace fast;', finds: [] },
    { name: 'another setting', up: 'alter table orders set (fillfactor = 70);', finds: [] },
  ],
  check: (context) => {
    const moved = as(context.statement.node, 'AlterTableMoveAllStmt');
    if (moved !== undefined)
      return [
        {
          range: context.source.range,
          message: `Everything in ${quoteIdentifier(moved.orig_tablespacename ?? '')} is copied while nobody can read or write it`,
          evidence: { tablespace: moved.orig_tablespacename ?? '' },
        },
      ];
    const alter = as(context.statement.node, 'AlterTableStmt');
    if (alter === undefined || !all(alter.cmds, 'AlterTableCmd').some(({ subtype }) => subtype === 'AT_SetTableSpace'))
      return [];
    const written = nameOf(alter.relation);
    const placed = alter.objtype === 'OBJECT_INDEX' ? context.database.index(written) : null;
    const standing = context.standing(placed === null ? written : placed.on);
    const severity = severityFor(standing, 'error');
    if (severity === null) return [];
    const relation = alter.objtype === 'OBJECT_INDEX' ? placed?.index : context.database.table(written);
    // Where a relation names no tablespace it is in that of its database, which is mostly pg_default.
    const current = relation == null ? null : (relation.tablespace ?? 'pg_default');
    return all(alter.cmds, 'AlterTableCmd').flatMap(({ subtype, name }, i) =>
      subtype !== 'AT_SetTableSpace' || name === current
        ? []
        : [
            {
              range: context.source.actions()[i] ?? context.source.range,
              severity,
              message: `All of ${shown(written)} is copied while nobody can read or write it (${standing.words})`,
              evidence: { relation: shown(written), rows: standing.rows, bytes: standing.bytes },
            },
          ],
    );
  },
});

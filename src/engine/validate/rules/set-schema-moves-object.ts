import { as, nameOf, nameOfObject } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { leavesAlone } from '../leaves-alone.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const setSchemaMovesObject = defineRule({
  id: 'set-schema-moves-object',
  title: 'Object moved to another schema breaks the running application',
  category: 'compatibility',
  severity: 'error',
  servers: {},
  on: ['AlterObjectSchemaStmt'],
  docs: {
    what: 'ALTER … SET SCHEMA on an object that exists before the migration.',
    why: 'Code that names it with the old schema, or finds it by its search_path, fails from that moment.',
    instead:
      'In the same transaction create a view with the old name in the old schema; move the code, then drop the view.',
    ignoreWhen: 'no running code uses it, or the new schema is on its search_path.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-SCHEMA',
  },
  examples: [
    {
      name: 'a table',
      setup: 'create schema sales; create table orders (a int);',
      up: 'ALTER TABLE orders SET SCHEMA sales;',
      finds: [{ text: 'SET SCHEMA sales', severity: 'error' }],
    },
    {
      name: 'a type, without a catalog',
      up: 'alter type mood set schema "Sales";',
      finds: [{ text: 'set schema "Sales"' }],
    },
    {
      name: 'a table created in the same migration',
      up: 'create table fresh (a int); alter table fresh set schema sales;',
      finds: [],
    },
    { name: 'another setting', up: 'alter table orders set (fillfactor = 70);', finds: [] },
  ],
  check: (context) => {
    const move = as(context.statement.node, 'AlterObjectSchemaStmt');
    if (move === undefined || context.direction === 'down') return [];
    if (leavesAlone(context)) return [];
    const written = move.relation === undefined ? nameOfObject(move.object) : nameOf(move.relation);
    const name = context.database.resolve(written);
    if (context.created.has('table', name) || context.created.has('type', name) || context.created.has('view', name))
      return [];
    const range = context.source.words('SET SCHEMA');
    return [
      {
        range: { start: range?.start ?? context.statement.start, end: context.statement.end },
        message: `Code that looks for ${shown(written)} in its old schema fails as soon as it is in ${quoteIdentifier(move.newschema ?? '')}`,
        evidence: { object: shown(written), newSchema: move.newschema },
      },
    ];
  },
});

import { all, as, nameOf } from '../../sql/nodes.ts';
import { optionIsOn } from '../../sql/option-is-on.ts';
import { defineRule } from '../rule.ts';
import { severityFor } from '../standing.ts';
import { shown } from '../wording.ts';

export const vacuumFull = defineRule({
  id: 'vacuum-full',
  title: 'VACUUM FULL rewrites the table',
  category: 'rewrite',
  severity: 'error',
  servers: {},
  on: ['VacuumStmt'],
  foldsUnder: ['concurrently-in-transaction'],
  docs: {
    what: 'VACUUM FULL.',
    why: 'The table and its indexes are written again under ACCESS EXCLUSIVE: nobody can read or write them, and the space of a second copy is needed.',
    instead: 'Plain VACUUM to make space reusable; an online tool such as pg_repack to give it back.',
    ignoreWhen: 'the table is small or out of use.',
    manual: 'https://www.postgresql.org/docs/current/sql-vacuum.html',
  },
  examples: [
    {
      name: 'one table',
      setup: 'create table orders (a int);',
      up: 'VACUUM FULL orders;',
      finds: [{ text: 'VACUUM FULL orders', severity: 'error' }],
    },
    {
      name: 'all tables, as an option',
      up: 'vacuum (verbose, full);',
      finds: [{ text: 'vacuum (verbose, full)', severity: 'error' }],
    },
    { name: 'plain', up: 'vacuum (analyze) orders;', finds: [] },
    {
      name: 'switched off',
      up: 'vacuum (full false) orders; vacuum (full 0) orders; vacuum (full OFF) orders;',
      finds: [],
    },
  ],
  check: (context) => {
    const vacuum = as(context.statement.node, 'VacuumStmt');
    if (vacuum?.is_vacuumcmd !== true || !optionIsOn(vacuum.options, 'full')) return [];
    const relations = all(vacuum.rels, 'VacuumRelation').flatMap(({ relation }) =>
      relation === undefined ? [] : [nameOf(relation)],
    );
    const [first] = relations;
    const standing = context.standing(first ?? { schema: null, name: '' });
    const severity = severityFor(standing, 'error');
    if (severity === null) return [];
    const what = first === undefined ? 'Every table of the database' : `All of ${relations.map(shown).join(', ')}`;
    return [
      {
        range: context.source.range,
        severity,
        message: `${what} is written again while nobody can read or write it (${standing.words})`,
        evidence: { rewrite: true, rows: standing.rows, bytes: standing.bytes },
      },
    ];
  },
});

import type { Constraint, Node } from '@pgsql/types';
import { all, as, findNodes, nameOfParts, strings } from '../../sql/nodes.ts';
import type { CatalogView } from '../catalog-view.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

// Of the server's own functions many names are shared by an immutable and a stable one: these are never immutable.
const changing: ReadonlySet<string> = new Set(
  `now transaction_timestamp statement_timestamp clock_timestamp timeofday random random_normal gen_random_uuid nextval
  currval lastval current_setting txid_current pg_current_xact_id pg_backend_pid version`.split(/\s+/),
);

/** What in an expression gives another answer another time, as it is called; null when nothing is known to. */
const changingPart = (database: CatalogView, expression: Node | undefined): string | null => {
  if (findNodes(expression, 'SQLValueFunction').length > 0) return 'The time or the user';
  for (const call of findNodes(expression, 'FuncCall')) {
    const written = nameOfParts(strings(call.funcname));
    const routines = database.routines(written);
    if (
      routines.length === 0
        ? changing.has(written.name)
        : routines.every(({ volatility }) => volatility !== 'immutable')
    )
      return shown(written);
  }
  return null;
};

export const volatileCheckConstraint = defineRule({
  id: 'volatile-check-constraint',
  title: 'CHECK whose truth changes by itself',
  category: 'correctness',
  severity: 'info',
  servers: {},
  on: ['AT_AddColumn', 'AT_AddConstraint', 'CreateStmt'],
  docs: {
    what: 'A CHECK whose expression is not immutable, for example one with now() or random().',
    why: 'It is checked when a row is written and never again: rows that were right become wrong, and a dump of them can then not be loaded.',
    instead: 'A trigger for what holds only at the moment of writing; an immutable condition for the rest.',
    ignoreWhen: 'the condition can only become more true.',
    manual: 'https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-CHECK-CONSTRAINTS',
  },
  examples: [
    {
      name: 'the time of day',
      up: 'ALTER TABLE users ADD CONSTRAINT c CHECK (born < now()) NOT VALID;',
      finds: [{ text: 'CONSTRAINT c CHECK (born < now()) NOT VALID', severity: 'info' }],
    },
    {
      name: 'in a new table',
      up: 'create table t (a double precision check (a > random()));',
      finds: [{ text: 'check (a > random())' }],
    },
    { name: 'an immutable condition', up: 'create table t (a text check (length(a) > 1));', finds: [] },
    {
      name: 'a comparison with a constant date',
      up: "alter table t add check (d > date '2020-01-01') not valid;",
      finds: [],
    },
  ],
  check: (context) => {
    const create = as(context.statement.node, 'CreateStmt');
    const alter = as(context.statement.node, 'AlterTableStmt');
    const definitions = create?.tableElts ?? all(alter?.cmds, 'AlterTableCmd').flatMap(({ def }) => def ?? []);
    const checks: readonly Constraint[] = [
      ...all(definitions, 'Constraint'),
      ...all(definitions, 'ColumnDef').flatMap(({ constraints }) => all(constraints, 'Constraint')),
    ].filter(({ contype }) => contype === 'CONSTR_CHECK');
    return checks.flatMap((check) => {
      const changing = changingPart(context.database, check.raw_expr);
      if (changing === null) return [];
      const start = context.offset(check.location);
      const end = context.source.list({ start, end: context.statement.end })[0]?.end ?? context.statement.end;
      return [
        {
          range: { start, end },
          message: `${changing} changes by itself: what was right when it was written may be wrong when it is loaded again`,
          evidence: { changing },
        },
      ];
    });
  },
});

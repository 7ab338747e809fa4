import type { Constraint } from '@pgsql/types';
import { expressionVolatility } from '../../sql/expressions.ts';
import { all, as } from '../../sql/nodes.ts';
import { defineRule } from '../rule.ts';

export const volatileCheckConstraint = defineRule({
  id: 'volatile-check-constraint',
  title: 'CHECK whose truth changes by itself',
  category: 'correctness',
  severity: 'info',
  servers: {},
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
    { name: 'an immutable condition', up: 'create table t (a int check (abs(a) > 1));', finds: [] },
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
    const names = { lookup: context.database.lookup, searchPath: context.database.searchPath };
    return checks.flatMap((check) => {
      if (check.raw_expr === undefined) return [];
      const volatility = expressionVolatility(check.raw_expr, names);
      if (volatility !== 'stable' && volatility !== 'volatile') return [];
      const start = context.offset(check.location);
      const end = context.source.list({ start, end: context.statement.end })[0]?.end ?? context.statement.end;
      return [
        {
          range: { start, end },
          message: `This condition is ${volatility}: what was right when it was written may be wrong when it is loaded again`,
          evidence: { volatility },
        },
      ];
    });
  },
});

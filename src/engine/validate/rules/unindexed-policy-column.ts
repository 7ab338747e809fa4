import type { Node } from '@pgsql/types';
import { as, findNodes, nameOf, strings } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { defineRule } from '../rule.ts';
import { severityFor } from '../standing.ts';
import { shown } from '../wording.ts';

/** The columns of the row itself that an expression compares by `=`, outside of subqueries. */
const comparedColumns = (expression: Node | undefined): readonly string[] => {
  const inQueries = new Set<unknown>(
    findNodes(expression, 'SubLink').flatMap(({ subselect }) => findNodes(subselect, 'A_Expr')),
  );
  return findNodes(expression, 'A_Expr').flatMap((compared) => {
    if (inQueries.has(compared) || strings(compared.name)[0] !== '=') return [];
    return [compared.lexpr, compared.rexpr].flatMap((side) => {
      const fields = strings(as(side, 'ColumnRef')?.fields);
      return fields.length > 0 ? fields.slice(-1) : [];
    });
  });
};

export const unindexedPolicyColumn = defineRule({
  id: 'unindexed-policy-column',
  title: 'Policy over a column without an index',
  category: 'index and constraint',
  severity: 'info',
  servers: {},
  on: ['AlterPolicyStmt', 'CreatePolicyStmt'],
  docs: {
    what: 'A policy whose USING compares a column by = that no index of the table leads with, on a table that is not small.',
    why: 'The condition is part of every query on the table: without an index each of them reads all rows of the table to throw most away.',
    instead:
      'CREATE INDEX CONCURRENTLY on the column. A function that says who is asking is called once per query, and not once per row, when it stands in a subquery: (SELECT current_setting(…)).',
    ignoreWhen: 'all queries are narrow by another indexed column.',
    manual: 'https://www.postgresql.org/docs/current/ddl-rowsecurity.html',
  },
  examples: [
    {
      name: 'no index leads with the column',
      setup: 'create table notes (id bigint primary key, owner text);',
      up: 'CREATE POLICY own ON notes USING (owner = current_user);',
      finds: [{ text: 'CREATE POLICY own', severity: 'info' }],
    },
    {
      name: 'an index leads with it',
      setup: 'create table notes (id bigint primary key, owner text); create index i on notes (owner, id);',
      up: 'create policy own on notes using (owner = current_user);',
      finds: [],
    },
    {
      name: 'the index is made in the same migration',
      setup: 'create table notes (id bigint primary key, owner text);',
      up: 'create policy own on notes using (owner = current_user); create index concurrently i on notes (owner);',
      finds: [],
    },
    {
      name: 'a small table',
      setup: 'create table notes (id bigint primary key, owner text);',
      facts: [{ table: 'notes', rows: 90, bytes: 16_384 }],
      up: 'create policy own on notes using (owner = current_user);',
      finds: [],
    },
    {
      name: 'columns of another table',
      setup:
        'create table teams (id bigint primary key, member text); create table notes (id bigint primary key, team_id bigint);',
      up: "create policy own on notes using (exists (select from teams where member = current_user and kind = 'x'));",
      finds: [],
    },
  ],
  check: (context) => {
    const create = as(context.statement.node, 'CreatePolicyStmt');
    const policy = create ?? as(context.statement.node, 'AlterPolicyStmt');
    const written = nameOf(policy?.table);
    const table = context.database.table(written);
    const severity = severityFor(context.standing(written), 'warning');
    if (policy === undefined || table === null || severity !== 'warning' || context.direction === 'down') return [];
    const built = context.script.statements.flatMap(({ node }) => {
      const index = as(node, 'IndexStmt');
      return index?.relation?.relname === table.name ? [as(index.indexParams?.[0], 'IndexElem')?.name] : [];
    });
    const column = comparedColumns(policy.qual).find(
      (name) =>
        table.columns.some((one) => one.name === name) &&
        !built.includes(name) &&
        !table.indexes.some((index) => index.valid && index.keys[0]?.column === name),
    );
    if (column === undefined) return [];
    return [
      {
        range: context.source.head(3),
        message: `No index of ${shown(written)} leads with ${quoteIdentifier(column)}: every query reads the whole table for this policy (${context.standing(written).words})`,
        evidence: { table: shown(written), column },
      },
    ];
  },
});

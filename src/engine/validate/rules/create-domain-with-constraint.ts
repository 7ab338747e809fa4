import { all, as, nameOfParts, strings } from '../../sql/nodes.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const createDomainWithConstraint = defineRule({
  id: 'create-domain-with-constraint',
  title: 'Domain with a constraint',
  category: 'types and conventions',
  severity: 'info',
  servers: {},
  on: ['CreateDomainStmt'],
  optIn: true,
  docs: {
    what: 'CREATE DOMAIN with CHECK or NOT NULL.',
    why: 'A new column of such a domain rewrites its table, even without a default. Changing the constraint later reads every table that uses the domain, and VALIDATE CONSTRAINT of a domain blocks their writes (before PostgreSQL 18), so that NOT VALID does not help as it does for a table.',
    instead: 'A plain type, with the CHECK on each table.',
    ignoreWhen: 'the constraint will never change and the domain is used by small tables.',
    manual: 'https://www.postgresql.org/docs/current/sql-createdomain.html',
  },
  examples: [
    {
      name: 'a check',
      up: "CREATE DOMAIN email AS text CHECK (value LIKE '%@%');",
      finds: [{ text: 'CREATE DOMAIN email', severity: 'info' }],
    },
    { name: 'NOT NULL', up: 'create domain app.code as text not null;', finds: [{ text: 'create domain app.code' }] },
    { name: 'only a name for a type', up: 'create domain code as varchar(20);', finds: [] },
    { name: 'a default', up: 'create domain flag as boolean default false;', finds: [] },
  ],
  check: (context) => {
    const create = as(context.statement.node, 'CreateDomainStmt');
    const constrained = all(create?.constraints, 'Constraint').some(
      ({ contype }) => contype === 'CONSTR_CHECK' || contype === 'CONSTR_NOTNULL',
    );
    if (!constrained || context.direction === 'down') return [];
    const written = nameOfParts(strings(create?.domainname));
    const name = context.source.identifier(written.name);
    return [
      {
        range: { start: context.statement.start, end: name?.end ?? context.source.head(3).end },
        message: `Each table that gets a column of ${shown(written)} is rewritten for its constraint`,
        evidence: { domain: shown(written) },
      },
    ];
  },
});

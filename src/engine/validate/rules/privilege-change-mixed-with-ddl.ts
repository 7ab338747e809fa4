import type { GrantStmt } from '@pgsql/types';
import { all, as, nameOf, nameOfParts, strings } from '../../sql/nodes.ts';
import { type CheckContext, defineRule } from '../rule.ts';

/** True when all that is granted on is made by the same file. */
const isOnNewObjects = (context: CheckContext, grant: GrantStmt): boolean => {
  const relations = all(grant.objects, 'RangeVar').map((relation) => context.database.resolve(nameOf(relation)));
  const routines = all(grant.objects, 'ObjectWithArgs').map(({ objname }) => nameOfParts(strings(objname)));
  const schemas = all(grant.objects, 'String').map(({ sval }) => ({ schema: sval ?? '', name: '' }));
  const made = (kind: Parameters<typeof context.created.has>[0], one: (typeof relations)[number]): boolean =>
    context.created.has(kind, one);
  const count = relations.length + routines.length + schemas.length;
  return (
    count > 0 &&
    relations.every((one) => made('table', one) || made('view', one) || made('sequence', one)) &&
    routines.every((one) => made('routine', context.database.resolve(one))) &&
    schemas.every((one) => made('schema', one))
  );
};

export const privilegeChangeMixedWithDdl = defineRule({
  id: 'privilege-change-mixed-with-ddl',
  title: 'Privileges and schema are changed in one migration',
  category: 'security and access',
  severity: 'info',
  servers: {},
  on: ['GrantRoleStmt', 'GrantStmt'],
  optIn: true,
  docs: {
    what: 'GRANT or REVOKE on objects that were there before, or of roles, in a file that also alters tables.',
    why: 'Who may do what is reviewed by other people than columns are, and is taken back for other reasons: in one file both are approved and reverted together.',
    instead: 'A migration of its own for the privileges. Those of an object belong to the migration that makes it.',
    ignoreWhen: 'the same people review both.',
    manual: 'https://www.postgresql.org/docs/current/sql-grant.html',
  },
  examples: [
    {
      name: 'a grant on another table',
      up: 'ALTER TABLE orders ADD COLUMN a int;\nGRANT SELECT ON users TO reports;',
      finds: [{ text: 'GRANT SELECT ON users TO reports', severity: 'info' }],
    },
    {
      name: 'membership in a role',
      up: 'alter table orders add b int; grant admin to bob;',
      finds: [{ text: 'grant admin to bob' }],
    },
    {
      name: 'privileges on what the migration makes',
      up: 'create table fresh (id int); alter table fresh add column b int; grant select on fresh to reports;',
      finds: [],
    },
    { name: 'privileges alone', up: 'grant select on users to reports; revoke all on orders from public;', finds: [] },
  ],
  check: (context) => {
    if (context.direction === 'down') return [];
    const grant = as(context.statement.node, 'GrantStmt');
    if (grant !== undefined && isOnNewObjects(context, grant)) return [];
    const alters = context.script.statements.some(({ node }) => as(node, 'AlterTableStmt') !== undefined);
    if (!alters) return [];
    return [
      {
        range: context.source.range,
        message: 'Who may do what is changed in a file that changes tables too',
      },
    ];
  },
});

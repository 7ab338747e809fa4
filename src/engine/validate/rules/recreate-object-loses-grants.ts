import type { Grant, ObjectName } from '../../catalog/catalog.ts';
import { as, nameOf, nameOfObject, nameOfParts, strings, type WrittenName } from '../../sql/nodes.ts';
import type { Statement } from '../../sql/parser.ts';
import { keyOf } from '../../sql/table-index.ts';
import { droppedNames } from '../node-questions.ts';
import { type CheckContext, defineRule } from '../rule.ts';
import { listInWords, shown } from '../wording.ts';

/** The relation or routine that a statement creates. */
const creates = ({ node }: Statement): WrittenName | null => {
  const relation =
    as(node, 'CreateStmt')?.relation ?? as(node, 'ViewStmt')?.view ?? as(node, 'CreateTableAsStmt')?.into?.rel;
  if (relation !== undefined) return nameOf(relation);
  const routine = as(node, 'CreateFunctionStmt');
  return routine === undefined ? null : nameOfParts(strings(routine.funcname));
};

/** True for a GRANT that may give back what was lost: one that names the object, or all of its schema. */
const grantsOn = (context: CheckContext, statement: Statement, object: ObjectName): boolean => {
  const grant = as(statement.node, 'GrantStmt');
  if (grant === undefined) return as(statement.node, 'DoStmt') !== undefined;
  if (grant.is_grant !== true) return false;
  if (grant.targtype === 'ACL_TARGET_ALL_IN_SCHEMA')
    return (grant.objects ?? []).some((each) => nameOfObject(each).name === object.schema);
  return (grant.objects ?? []).some((each) => keyOf(context.database.resolve(nameOfObject(each))) === keyOf(object));
};

const lostGrants = (context: CheckContext, object: ObjectName, routine: boolean): readonly Grant[] =>
  (context.database.catalog.grants ?? []).filter(
    (grant) =>
      grant.schema === object.schema &&
      !grant.revoked &&
      grant.kind !== 'schema' &&
      (routine
        ? grant.kind === 'routine' && grant.name.startsWith(`${object.name}(`)
        : grant.kind !== 'routine' && grant.name === object.name),
  );

export const recreateObjectLosesGrants = defineRule({
  id: 'recreate-object-loses-grants',
  title: 'Object is dropped and made again without its privileges',
  category: 'security and access',
  severity: 'error',
  servers: {},
  on: ['CreateFunctionStmt', 'CreateStmt', 'CreateTableAsStmt', 'DoStmt', 'DropStmt', 'GrantStmt', 'ViewStmt'],
  docs: {
    what: 'DROP and CREATE of a view, table or routine to which roles have been granted privileges, with no GRANT behind it.',
    why: 'The privileges go with the old object: the roles get 42501 (permission denied) from the moment of the commit.',
    instead: 'CREATE OR REPLACE where it is possible, else the same GRANTs in the same transaction.',
    ignoreWhen: 'default privileges give the same rights to the new object.',
    manual: 'https://www.postgresql.org/docs/current/sql-grant.html',
  },
  examples: [
    {
      name: 'a view',
      setup: 'create table users (id bigint); create view own as select id from users; grant select on own to public;',
      up: 'DROP VIEW own;\nCREATE VIEW own AS SELECT id, 1 AS a FROM users;',
      finds: [{ text: 'DROP VIEW own', severity: 'error' }],
    },
    {
      name: 'the privileges are given again',
      setup: 'create table users (id bigint); create view own as select id from users; grant select on own to public;',
      up: 'drop view own; create view own as select id, 1 as a from users; grant select on own to public;',
      finds: [],
    },
    {
      name: 'nobody but the owner has privileges',
      setup: 'create table users (id bigint); create view own as select id from users;',
      up: 'drop view own; create view own as select id, 1 as a from users;',
      finds: [],
    },
    {
      name: 'it is not made again',
      setup: 'create table users (id bigint); create view own as select id from users; grant select on own to public;',
      up: 'drop view own;',
      finds: [],
    },
    {
      name: 'it is replaced',
      setup: 'create table users (id bigint); create view own as select id from users; grant select on own to public;',
      up: 'create or replace view own as select id from users where id > 0;',
      finds: [],
    },
  ],
  check: (context) => {
    const drop = as(context.statement.node, 'DropStmt');
    const routine = drop?.removeType === 'OBJECT_FUNCTION' || drop?.removeType === 'OBJECT_PROCEDURE';
    const relation = ['OBJECT_VIEW', 'OBJECT_MATVIEW', 'OBJECT_TABLE'].includes(drop?.removeType ?? '');
    if (!routine && !relation) return [];
    const later = context.script.statements.slice(context.statement.index + 1);
    return droppedNames(drop?.objects).flatMap((written) => {
      const object = context.database.resolve(written);
      const [known] = routine ? context.database.routines(written) : [];
      const name = known === undefined ? object : { schema: known.schema, name: known.name };
      const lost = lostGrants(context, name, routine);
      const again = later.find((statement) => {
        const made = creates(statement);
        return made !== null && made.name === name.name && (made.schema ?? name.schema) === name.schema;
      });
      if (lost.length === 0 || again === undefined) return [];
      if (later.some((statement) => grantsOn(context, statement, name))) return [];
      const roles = [...new Set(lost.map(({ grantee }) => (grantee === '' ? 'PUBLIC' : grantee)))];
      const defaults = (context.database.catalog.otherObjects ?? []).some(({ kind }) => kind === 'default privileges');
      return [
        {
          range: context.source.range,
          severity: defaults ? ('warning' as const) : ('error' as const),
          message: `${shown(written)} is made again at line ${again.line} without the privileges of ${listInWords(roles)}`,
          evidence: {
            object: shown(written),
            lost: lost.map(
              ({ grantee, privilege }) => `${privilege.toUpperCase()} to ${grantee === '' ? 'PUBLIC' : grantee}`,
            ),
          },
        },
      ];
    });
  },
});

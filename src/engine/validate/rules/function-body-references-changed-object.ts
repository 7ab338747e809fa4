import { as, nameOfParts, strings } from '../../sql/nodes.ts';
import { routineReferences } from '../../sql/routine-references.ts';
import { removedNames } from '../removed-names.ts';
import { type CheckContext, defineRule } from '../rule.ts';
import { shownObject, someInWords } from '../wording.ts';

/** Routines that this migration drops or writes anew, here or later: what they did before does not matter. */
const rewritten = (context: CheckContext): ReadonlySet<string> =>
  new Set(
    context.script.statements.flatMap(({ node }) => {
      const made = as(node, 'CreateFunctionStmt')?.funcname;
      const dropped = as(node, 'DropStmt');
      const routines = ['OBJECT_FUNCTION', 'OBJECT_PROCEDURE', 'OBJECT_ROUTINE'];
      if (made !== undefined) return [nameOfParts(strings(made)).name];
      if (dropped === undefined || !routines.includes(dropped.removeType ?? '')) return [];
      return (dropped.objects ?? []).map((object) => strings(as(object, 'ObjectWithArgs')?.objname).at(-1) ?? '');
    }),
  );

export const functionBodyReferencesChangedObject = defineRule({
  id: 'function-body-references-changed-object',
  title: 'A function names what the statement takes away',
  category: 'compatibility',
  severity: 'error',
  servers: {},
  needs: 'catalog',
  docs: {
    what: 'A dropped, renamed or moved table, view or column that the body of a SQL or PL/pgSQL routine names, NEW and OLD of trigger functions included.',
    why: 'PostgreSQL does not record what a body that is text uses: the statement succeeds, and the routine fails when it is next called. In a trigger that is every write to the table.',
    instead: 'Replace the routine in the same migration, before the name goes.',
    ignoreWhen: 'nobody calls the routine any more; then drop it.',
    manual: 'https://www.postgresql.org/docs/current/ddl-depend.html',
  },
  examples: [
    {
      name: 'a dropped column that a trigger function sets',
      setup: `create table users (id bigint primary key, seen timestamptz);
        create function touch() returns trigger language plpgsql as 'begin new.seen := now(); return new; end';
        create trigger touch before update on users for each row execute function touch();`,
      up: 'alter table users drop column seen;',
      finds: [{ text: 'drop column seen', severity: 'error' }],
    },
    {
      name: 'a renamed table that a function reads',
      setup: `create table users (id bigint primary key);
        create function people() returns bigint language sql as 'select count(*) from users';`,
      up: 'alter table users rename to accounts;',
      finds: [{ text: 'alter table users rename to accounts', severity: 'error' }],
    },
    {
      name: 'a function that names another column of that name',
      setup: `create table users (id bigint primary key, seen timestamptz); create table pets (seen timestamptz);
        create function last_pet() returns timestamptz language sql as 'select max(seen) from pets';`,
      up: 'alter table users drop column seen;',
      finds: [],
    },
    {
      name: 'a function that the migration replaces',
      setup: `create table users (id bigint primary key, seen timestamptz);
        create function last_seen() returns timestamptz language sql as 'select max(seen) from users';`,
      up: "create or replace function last_seen() returns timestamptz language sql as 'select now()'; alter table users drop column seen;",
      finds: [],
    },
    { name: 'without a catalog', up: 'alter table users drop column seen;', finds: [] },
  ],
  check: (context) => {
    const removed = removedNames(context);
    if (removed.length === 0) return [];
    const anew = rewritten(context);
    return removed.flatMap(({ relation, column, words, range }) => {
      const wanted = (column ?? relation.name).toLowerCase();
      const users = context.database.catalog.routines.filter((routine) => {
        if (anew.has(routine.name) || !routine.definition.toLowerCase().includes(wanted)) return false;
        return routineReferences(routine, context.database.catalog).references.some(
          (reference) =>
            reference.relation.schema === relation.schema &&
            reference.relation.name === relation.name &&
            reference.column === column,
        );
      });
      if (users.length === 0) return [];
      const named = users.map((routine) => `${routine.kind} ${shownObject(routine)}`);
      const fail = users.length === 1 ? `uses ${words} and fails` : `use ${words} and fail`;
      return [
        {
          range,
          message: `The ${someInWords(named)} ${fail} when next called`,
          evidence: { routines: named },
        },
      ];
    });
  },
});

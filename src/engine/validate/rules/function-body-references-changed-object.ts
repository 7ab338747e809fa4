import type { Catalog, Routine } from '../../catalog/catalog.ts';
import { byObject } from '../../sql/by-object.ts';
import { type RoutineReferences, routineReferences } from '../../sql/routine-references.ts';
import { keyOf } from '../../sql/table-index.ts';
import { brokenBy } from '../broken-users.ts';
import { changedNames, holdsOneOf, wordsIn } from '../changed-names.ts';
import { refusesIn } from '../refuses-value.ts';
import { removedNames } from '../removed-names.ts';
import { type CheckContext, defineRule } from '../rule.ts';
import type { SourceRange } from '../statement-source.ts';
import { shownObject, someInWords } from '../wording.ts';

const readings = byObject(50, (_catalog: Catalog) => new WeakMap<Routine, RoutineReferences>());

const byText = byObject(20, (routines: readonly Routine[]) => new Map(routines.map((one) => [one.definition, one])));

/** How a routine reads on a catalog; null where that has none of this text: it was dropped or written anew. */
const readingOn = (routine: Routine, catalog: Catalog): readonly RoutineReferences[] | null => {
  const there = byText(catalog.routines).get(routine.definition);
  if (there === undefined) return null;
  const known = readings(catalog).get(there);
  if (known !== undefined) return [known];
  const read = routineReferences(there, catalog, refusesIn(catalog));
  readings(catalog).set(there, read);
  return [read];
};

const wordsOf = byObject(5_000, ({ definition }: Routine) => wordsIn(definition));

/** The routines that a difference between catalogs may touch: those that name what changed, or that its triggers call. */
const routinesNaming = ({ database }: CheckContext, names: ReadonlySet<string>): readonly Routine[] => {
  const { tables, routines } = database.catalog;
  const called = new Set(
    tables.flatMap(({ name, triggers }) =>
      names.has(name.toLowerCase()) ? triggers.map((trigger) => keyOf(trigger.function)) : [],
    ),
  );
  const isNaming = holdsOneOf(names);
  return routines.filter((routine) => called.has(keyOf(routine)) || isNaming(wordsOf(routine)));
};

/** What breaks routines: a clause of the statement, and what the routines do with it. */
type Cause = { readonly range: SourceRange; readonly words: string | null; readonly reason: string };

export const functionBodyReferencesChangedObject = defineRule({
  id: 'function-body-references-changed-object',
  title: 'A function names what the statement takes away',
  category: 'compatibility',
  severity: 'error',
  servers: {},
  needs: 'catalog',
  docs: {
    what: 'A statement after which the body of a SQL or PL/pgSQL routine no longer works: it names a table, view, column, type, sequence or function that is dropped, renamed or moved, NEW and OLD of trigger functions included, a column that it compares or writes has a type that does not fit, or a name in it has become ambiguous.',
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
    {
      name: 'a column that is called like a variable of a function',
      setup: `create table users (id bigint primary key);
        create function has(found_id bigint) returns boolean language plpgsql as 'begin return exists (select from users where id = found_id); end';`,
      up: 'alter table users add column found_id bigint;',
      finds: [{ text: 'alter table users add column found_id bigint', severity: 'error' }],
    },
    { name: 'without a catalog', up: 'alter table users drop column seen;', finds: [] },
  ],
  check: (context) => {
    const names = changedNames(context.database.catalog, context.left().catalog);
    const broken = names.size === 0 ? [] : brokenBy(context, routinesNaming(context, names), readingOn);
    if (broken.length === 0) return [];
    const removed = removedNames(context);
    const causes = new Map<string, { readonly cause: Cause; readonly routines: Routine[] }>();
    for (const { user, fault } of broken) {
      const taken = removed.find(({ relation, column }) =>
        fault.kind === 'relation' ? column === null && relation.name === fault.name : column === fault.name,
      );
      const range = taken?.range ?? context.source.range;
      const cause = { range, words: taken?.words ?? null, reason: fault.reason };
      const key = `${cause.range.start} ${cause.words ?? cause.reason}`;
      const known = causes.get(key) ?? { cause, routines: [] };
      known.routines.push(user);
      causes.set(key, known);
    }
    return [...causes.values()].map(({ cause: { range, words, reason }, routines }) => {
      const named = routines.map((routine) => `${routine.kind} ${shownObject(routine)}`);
      const [uses, fails] = routines.length === 1 ? ['uses', 'fails'] : ['use', 'fail'];
      const what =
        words === null ? `${fails} when next called, as ${reason}` : `${uses} ${words} and ${fails} when next called`;
      return { range, message: `The ${someInWords(named)} ${what}`, evidence: { routines: named } };
    });
  },
});

import * as z from 'zod';
import { SqlFailure } from '../../engine/ports/sql-client.ts';
import { quoteIdentifier } from '../../engine/sql/quote-identifier.ts';
import type { WritingSession } from './writing-session.ts';

/** Something to take away, as `pg_identify_object` names it. */
export type Droppable = {
  /** Its system catalog. */
  readonly class: string;
  readonly oid: string;
  readonly type: string;
  readonly identity: string;
};

/** What `DROP` calls a type of object, where that is another word; null for what no `DROP` takes away. */
const WORDS: ReadonlyMap<string, string | null> = new Map([
  ['function', 'routine'],
  ['procedure', 'routine'],
  ['aggregate', 'routine'],
  ['composite type', 'type'],
  ['statistics object', 'statistics'],
  ['foreign-data wrapper', 'foreign data wrapper'],
  // These go with the object that they belong to, or by a statement of their own.
  ['user mapping', null],
  ['default acl', null],
  ['large object', null],
  ['operator of access method', null],
  ['function of access method', null],
]);

/** How many objects one transaction takes away: each is locked, and a server has room for some thousands of locks. */
const AT_ONCE = 100;

/**
 * Takes everything away that `contents` lists and the role may drop, and makes the schema `public` as it is in a new
 * database where the role may. Nothing outside of the database changes, and no privilege of the role. Returns why something
 * could not be dropped; what is left then is for the caller to look at.
 */
export async function emptyDatabase(
  session: WritingSession,
  serverVersion: number,
  contents: () => Promise<readonly Droppable[]>,
): Promise<readonly string[]> {
  // Somebody who holds what has to go is not waited for without end; and what goes with something is no news.
  await session.execute(`set lock_timeout = '10s'; set client_min_messages = warning`);
  let left = await contents();
  for (;;) {
    const reasons: string[] = [];
    for (const script of await scriptsFor(session, left, serverVersion)) {
      try {
        await session.execute(script);
      } catch (cause) {
        if (!(cause instanceof SqlFailure)) throw cause;
        reasons.push(cause.message);
      }
    }
    const before = left.length;
    left = await contents();
    // What one round could not drop may be free in the next, as long as there is less and less of it.
    if (left.length === 0 || left.length >= before) return reasons;
  }
}

/** What takes things away, each script in one transaction of its own. */
async function scriptsFor(
  session: WritingSession,
  held: readonly Droppable[],
  serverVersion: number,
): Promise<readonly string[]> {
  const relations = held.filter((one) => one.class === 'pg_class');
  const schemas = held.filter((one) => one.class === 'pg_namespace');
  const large = held.filter((one) => one.class === 'pg_largeobject');
  const others = held.filter((one) => ![relations, schemas, large].some((group) => group.includes(one)));
  return [
    ...inGroups(relations).flatMap((group) => dropsOf(group)),
    ...(await publicAsNew(session, serverVersion)),
    ...schemas.flatMap((schema) => dropsOf([schema])),
    // What went with a schema is no longer there; that is not an error.
    ...others.flatMap((other) => dropsOf([other])),
    ...inGroups(large).map((group) => group.map(({ oid }) => `select pg_catalog.lo_unlink(${oid})`).join(';')),
    ...(await defaultPrivilegesAsNew(session)),
  ];
}

function inGroups<T>(all: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, index) =>
    all.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  );
}

/** A statement for each type among the objects, as one script. */
function dropsOf(objects: readonly Droppable[]): readonly string[] {
  const drops = objects.flatMap(({ type, identity }) => {
    const word = WORDS.has(type) ? WORDS.get(type) : type;
    return word == null ? [] : [`drop ${word} if exists ${identity} cascade`];
  });
  return drops.length === 0 ? [] : [drops.join(';\n')];
}

const publicSchema = z.object({
  /** Its owner; null when there is no such schema. */
  owner: z.string().nullable(),
  owned: z.boolean(),
  ownsDatabase: z.boolean(),
});

const publicQuery = `select pg_catalog.pg_get_userbyid(n.nspowner)::pg_catalog.text as owner,
    coalesce(pg_catalog.pg_has_role(n.nspowner, 'USAGE'), true) as owned,
    pg_catalog.pg_has_role(d.datdba, 'USAGE') as "ownsDatabase"
  from pg_catalog.pg_database d left join pg_catalog.pg_namespace n on n.nspname = 'public'
  where d.datname = pg_catalog.current_database()`;

/** Makes `public` again as a new database has it; nothing where it belongs to somebody else. */
async function publicAsNew(session: WritingSession, serverVersion: number): Promise<readonly string[]> {
  const [row] = await session.query(publicQuery);
  const { owner, owned, ownsDatabase } = publicSchema.parse(row);
  if (!owned) return [];
  const isNewer = serverVersion >= 150_000;
  const usual = isNewer && ownsDatabase ? 'pg_database_owner' : null;
  const keeper = owner ?? usual;
  const authorization = keeper === null ? '' : ` authorization ${quoteIdentifier(keeper)}`;
  return [
    `drop schema if exists public cascade;
     create schema public${authorization};
     grant ${isNewer ? 'usage' : 'all'} on schema public to public;
     comment on schema public is 'standard public schema'`,
  ];
}

const privilegesSchema = z.object({
  role: z.string(),
  schema: z.string().nullable(),
  objects: z.enum(['r', 'S', 'f', 'T', 'n', 'L']),
  /** As `GRANT` lists them; null for nobody. */
  grantees: z.string().nullable(),
});

const privilegesQuery = `select pg_catalog.pg_get_userbyid(d.defaclrole)::pg_catalog.text as role,
    n.nspname::pg_catalog.text as schema, d.defaclobjtype::pg_catalog.text as objects,
    (select pg_catalog.string_agg(distinct case when a.grantee = 0 then 'public'
        else pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(a.grantee)::pg_catalog.text) end, ', ')
      from pg_catalog.aclexplode(d.defaclacl) a) as grantees
  from pg_catalog.pg_default_acl d left join pg_catalog.pg_namespace n on n.oid = d.defaclnamespace`;

const PRIVILEGED: Readonly<Record<z.infer<typeof privilegesSchema>['objects'], string>> = {
  r: 'tables',
  S: 'sequences',
  f: 'functions',
  T: 'types',
  n: 'schemas',
  L: 'large objects',
};

/** Gives new objects the privileges that they have in a new database: a set of them that says nothing else is no longer kept. */
async function defaultPrivilegesAsNew(session: WritingSession): Promise<readonly string[]> {
  const changed = z.array(privilegesSchema).parse(await session.query(privilegesQuery));
  return changed.map(({ role, schema, objects, grantees }) => {
    const place = schema === null ? '' : ` in schema ${quoteIdentifier(schema)}`;
    const begin = `alter default privileges for role ${quoteIdentifier(role)}${place}`;
    const kind = PRIVILEGED[objects];
    const revokes = grantees === null ? [] : [`${begin} revoke all on ${kind} from ${grantees}`];
    // Beside those of a schema the built-in ones hold, which begin with nothing revoked.
    const builtIn = schema === null ? [`${begin} grant all on ${kind} to ${quoteIdentifier(role)}`] : [];
    const forAll =
      schema === null && (objects === 'f' || objects === 'T') ? [`${begin} grant all on ${kind} to public`] : [];
    return [...revokes, ...builtIn, ...forAll].join(';\n');
  });
}

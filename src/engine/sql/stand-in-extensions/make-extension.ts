import { literal, toText } from '../sql.ts';
import { contentsAsSql } from './contents-as-sql.ts';
import { contentsOf } from './known-extensions.ts';

/** What a `CREATE EXTENSION` asks for. */
export type ExtensionRequest = {
  readonly name: string;
  /** Null is the schema that things are made in. */
  readonly schema: string | null;
  readonly version: string | null;
  readonly ifNotExists: boolean;
  readonly cascade: boolean;
};

const text = (value: string | null): string => toText(literal(value));

/** The system catalogs that hold what an extension can have as a member, with a condition on the row `o`. */
const MEMBERS: readonly (readonly [catalog: string, condition: string])[] = [
  [
    'pg_type',
    `not exists (select from pg_catalog.pg_type e where e.typarray = o.oid) and (o.typrelid = 0 or exists (
       select from pg_catalog.pg_class c where c.oid = o.typrelid and c.relkind = 'c'))`,
  ],
  ['pg_class', `o.relkind in ('r', 'v', 'm', 'S', 'f')`],
  ...[
    'pg_proc',
    'pg_operator',
    'pg_opfamily',
    'pg_opclass',
    'pg_am',
    'pg_cast',
    'pg_namespace',
    'pg_language',
    'pg_foreign_data_wrapper',
  ].map((catalog) => [catalog, 'true'] as const),
];

/**
 * A script for a superuser that does what `CREATE EXTENSION` would, with stand-ins for what the extension brings: it is
 * listed with all of them as its members, so that they are dropped, moved and left out of catalogs as the real ones are. One
 * that is not known has no members. `available` are the extensions that the server itself can make.
 */
export function makeExtension(request: ExtensionRequest, available: readonly string[]): string {
  const contents = contentsOf(request.name) ?? {};
  const needed = contents.requires ?? [];
  const first = request.cascade
    ? needed.map((name) =>
        available.includes(name)
          ? `create extension if not exists "${name}" cascade`
          : makeExtension({ ...request, name, version: null, ifNotExists: true }, available),
      )
    : [];
  const name = text(request.name);
  const place = contents.schema ?? request.schema;
  const isThere = request.ifNotExists
    ? `raise notice 'extension "%" already exists, skipping', ${name};
    return;`
    : `raise exception using errcode = '42710', message = pg_catalog.format('extension "%s" already exists', ${name});`;
  const isNowhere =
    contents.schema === undefined
      ? `raise exception using errcode = '3F000', message = case when place is null
        then 'no schema has been selected to create in' else pg_catalog.format('schema "%s" does not exist', place) end;`
      : `execute pg_catalog.format('create schema %I', place);`;
  const members = MEMBERS.map(
    ([catalog, condition]) =>
      `select 'pg_catalog.${catalog}'::pg_catalog.regclass as kind, o.oid from pg_catalog.${catalog} o
        where o.oid > extension and ${condition}`,
  ).join('\n      union all ');
  const script = `do $stand_in$
declare
  extension oid;
  place name := ${place === null ? 'pg_catalog.current_schema()' : text(place)};
  path text := pg_catalog.current_setting('search_path');
  statement text;
begin
  if exists (select from pg_catalog.pg_extension where extname = ${name}) then
    ${isThere}
  end if;
  if not exists (select from pg_catalog.pg_namespace where nspname = place) then
    ${isNowhere}
  end if;
  foreach statement in array array[${needed.map(text).join(', ')}]::text[] loop
    if not exists (select from pg_catalog.pg_extension where extname = statement) then
      raise exception using errcode = '42704', message = pg_catalog.format('required extension "%s" is not installed', statement);
    end if;
  end loop;
  extension := pg_catalog.pg_nextoid('pg_catalog.pg_extension', 'oid', 'pg_catalog.pg_extension_oid_index');
  insert into pg_catalog.pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
    select extension, ${name}, r.oid, n.oid, ${contents.schema === undefined}, ${text(request.version ?? 'stand-in')}
    from pg_catalog.pg_roles r, pg_catalog.pg_namespace n where r.rolname = current_user and n.nspname = place;
  perform pg_catalog.set_config('search_path', pg_catalog.format('%I', place), true);
  foreach statement in array array[${contentsAsSql(request.name, contents).map(text).join(',\n    ')}]::text[] loop
    -- What stands in for most methods of indexes came with 14.
    if statement not like '%brin_bloom%' or pg_catalog.current_setting('server_version_num')::int4 >= 140000 then
      execute pg_catalog.replace(statement, '@extschema@', pg_catalog.quote_ident(place));
    end if;
  end loop;
  perform pg_catalog.set_config('search_path', path, true);
  insert into pg_catalog.pg_depend (classid, objid, objsubid, refclassid, refobjid, refobjsubid, deptype)
    select m.kind, m.oid, 0, 'pg_catalog.pg_extension'::pg_catalog.regclass, extension, 0, 'e' from (
      ${members}) m;
  insert into pg_catalog.pg_depend (classid, objid, objsubid, refclassid, refobjid, refobjsubid, deptype)
    select 'pg_catalog.pg_extension'::pg_catalog.regclass, extension, 0, d.kind, d.oid, 0, 'n' from (
      select 'pg_catalog.pg_namespace'::pg_catalog.regclass as kind, oid from pg_catalog.pg_namespace
        where nspname = place and oid > 16383
      union all select 'pg_catalog.pg_extension'::pg_catalog.regclass, oid from pg_catalog.pg_extension
        where extname = any (array[${needed.map(text).join(', ')}]::text[])) d;
end $stand_in$`;
  return [...first, script].join(';\n');
}

select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    u.umid::pg_catalog.int8 as "oid",
    'pg_user_mapping' as "class",
    'user mapping' as "kind",
    '' as "schema",
    'FOR ' || u.who || ' SERVER ' || pg_catalog.quote_ident(u.srvname) as "name",
    null::pg_catalog.json as "table",
    'CREATE USER MAPPING FOR ' || u.who || ' SERVER ' || pg_catalog.quote_ident(u.srvname)
      -- What stands there is how to log in somewhere else: only the names of the options leave the server.
      || coalesce(' OPTIONS (' || (
        select pg_catalog.string_agg(
          pg_catalog.quote_ident(o.option_name) || ' ' || pg_catalog.quote_literal(
            case when o.option_value ~* '^(on|off|true|false)$' then o.option_value else '****' end
          ), ', ' order by o.option_name collate "C"
        )
        from pg_catalog.pg_options_to_table(u.umoptions) o
      ) || ')', '') as "definition",
    case when u.umuser = 0 then '{}'::pg_catalog.text[] else array[u.usename::pg_catalog.text] end as "roles",
    '' as "owner",
    null as "comment"
  from (
    select m.*, case when m.umuser = 0 then 'PUBLIC' else pg_catalog.quote_ident(m.usename) end as who
    from pg_catalog.pg_user_mappings m
  ) u
  where $1::pg_catalog.text is null
) r

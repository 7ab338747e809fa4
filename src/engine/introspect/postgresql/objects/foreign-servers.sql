select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    s.oid::pg_catalog.int8 as "oid",
    'pg_foreign_server' as "class",
    'server' as "kind",
    '' as "schema",
    s.srvname as "name",
    null::pg_catalog.json as "table",
    'CREATE SERVER ' || pg_catalog.quote_ident(s.srvname)
      || coalesce(' TYPE ' || pg_catalog.quote_literal(s.srvtype), '')
      || coalesce(' VERSION ' || pg_catalog.quote_literal(s.srvversion), '')
      || ' FOREIGN DATA WRAPPER ' || pg_catalog.quote_ident(w.fdwname)
      || coalesce(' OPTIONS (' || (
        select pg_catalog.string_agg(
          pg_catalog.quote_ident(o.option_name) || ' ' || pg_catalog.quote_literal(
            -- What may be a secret never leaves the server.
            case when o.option_name ~* 'pass|secret|token|key|credential' and o.option_value !~* '^(on|off|true|false)$'
              then '****' else o.option_value end
          ), ', ' order by o.option_name collate "C"
        )
        from pg_catalog.pg_options_to_table(s.srvoptions) o
      ) || ')', '') as "definition",
    pg_catalog.pg_get_userbyid(s.srvowner) as "owner",
    d.description as "comment"
  from pg_catalog.pg_foreign_server s
  join pg_catalog.pg_foreign_data_wrapper w on w.oid = s.srvfdw
  left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_foreign_server'::pg_catalog.regclass and d.objoid = s.oid and d.objsubid = 0
  where $1::pg_catalog.text is null
    and not exists (
      select from pg_catalog.pg_depend e
      where e.classid = 'pg_catalog.pg_foreign_server'::pg_catalog.regclass and e.objid = s.oid and e.deptype in ('e', 'i')
    )
  order by s.srvname
) r

select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    w.oid::pg_catalog.int8 as "oid",
    'pg_foreign_data_wrapper' as "class",
    'foreign data wrapper' as "kind",
    '' as "schema",
    w.fdwname as "name",
    null::pg_catalog.json as "table",
    'CREATE FOREIGN DATA WRAPPER ' || pg_catalog.quote_ident(w.fdwname)
      || case when w.fdwhandler <> 0 then ' HANDLER ' || w.fdwhandler::pg_catalog.regproc::pg_catalog.text else '' end
      || case when w.fdwvalidator <> 0 then ' VALIDATOR ' || w.fdwvalidator::pg_catalog.regproc::pg_catalog.text else '' end
      || coalesce(' OPTIONS (' || (
        select pg_catalog.string_agg(
          pg_catalog.quote_ident(o.option_name) || ' ' || pg_catalog.quote_literal(
            -- What may be a secret never leaves the server.
            case when o.option_name ~* 'pass|secret|token|key|credential' and o.option_value !~* '^(on|off|true|false)$'
              then '****' else o.option_value end
          ), ', ' order by o.option_name collate "C"
        )
        from pg_catalog.pg_options_to_table(w.fdwoptions) o
      ) || ')', '') as "definition",
    pg_catalog.pg_get_userbyid(w.fdwowner) as "owner",
    d.description as "comment"
  from pg_catalog.pg_foreign_data_wrapper w
  left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass and d.objoid = w.oid and d.objsubid = 0
  where w.oid >= 16384 and $1::pg_catalog.text is null
    and not exists (
      select from pg_catalog.pg_depend e
      where e.classid = 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass and e.objid = w.oid
        and e.deptype in ('e', 'i')
    )
) r

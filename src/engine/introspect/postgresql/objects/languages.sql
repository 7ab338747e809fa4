select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    l.oid::pg_catalog.int8 as "oid",
    'pg_language' as "class",
    'language' as "kind",
    '' as "schema",
    l.lanname as "name",
    null::pg_catalog.json as "table",
    'CREATE ' || case when l.lanpltrusted then 'TRUSTED ' else '' end || 'LANGUAGE ' || pg_catalog.quote_ident(l.lanname)
      || case when l.lanplcallfoid <> 0 then ' HANDLER ' || l.lanplcallfoid::pg_catalog.regproc::pg_catalog.text else '' end
      || case when l.laninline <> 0 then ' INLINE ' || l.laninline::pg_catalog.regproc::pg_catalog.text else '' end
      || case when l.lanvalidator <> 0 then ' VALIDATOR ' || l.lanvalidator::pg_catalog.regproc::pg_catalog.text else '' end
      as "definition",
    pg_catalog.pg_get_userbyid(l.lanowner) as "owner",
    d.description as "comment"
  from pg_catalog.pg_language l
  left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_language'::pg_catalog.regclass and d.objoid = l.oid and d.objsubid = 0
  where l.oid >= 16384 and $1::pg_catalog.text is null
    and not exists (
      select from pg_catalog.pg_depend e
      where e.classid = 'pg_catalog.pg_language'::pg_catalog.regclass and e.objid = l.oid and e.deptype in ('e', 'i')
    )
) r

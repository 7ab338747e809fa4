select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    m.oid::pg_catalog.int8 as "oid",
    'pg_am' as "class",
    'access method' as "kind",
    '' as "schema",
    m.amname as "name",
    null::pg_catalog.json as "table",
    'CREATE ACCESS METHOD ' || pg_catalog.quote_ident(m.amname)
      || ' TYPE ' || case m.amtype when 't' then 'TABLE' else 'INDEX' end
      || ' HANDLER ' || m.amhandler::pg_catalog.text as "definition",
    '' as "owner",
    d.description as "comment"
  from pg_catalog.pg_am m
  left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_am'::pg_catalog.regclass and d.objoid = m.oid and d.objsubid = 0
  where m.oid >= 16384 and $1::pg_catalog.text is null
    and not exists (
      select from pg_catalog.pg_depend e
      where e.classid = 'pg_catalog.pg_am'::pg_catalog.regclass and e.objid = m.oid and e.deptype in ('e', 'i')
    )
) r

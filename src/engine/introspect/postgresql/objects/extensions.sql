select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    x.oid::pg_catalog.int8 as "oid",
    x.extname as "name",
    x.extversion as "version",
    n.nspname as "schema",
    case when d.description is distinct from a.comment then coalesce(d.description, '') end as "comment",
    (
      select pg_catalog.json_agg(pg_catalog.json_build_object('kind', m.kind, 'count', m.count) order by m.kind)
      from (
        select pg_catalog.replace((pg_catalog.pg_identify_object(e.classid, e.objid, 0)).type, 'foreign-data', 'foreign data')
          as kind, pg_catalog.count(*) as count
        from pg_catalog.pg_depend e
        where e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass and e.refobjid = x.oid and e.deptype = 'e'
        group by 1
      ) m
    ) as "members"
  from pg_catalog.pg_extension x
  join pg_catalog.pg_namespace n on n.oid = x.extnamespace
  left join pg_catalog.pg_available_extensions a on a.name = x.extname
  left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_extension'::pg_catalog.regclass and d.objoid = x.oid and d.objsubid = 0
  order by x.extname
) r

select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    n.oid::pg_catalog.int8 as "oid",
    n.nspname as "name",
    pg_catalog.pg_get_userbyid(n.nspowner) as "owner",
    d.description as "comment"
  from pg_catalog.pg_namespace n
  left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_namespace'::pg_catalog.regclass and d.objoid = n.oid and d.objsubid = 0
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
    and not exists (
      select from pg_catalog.pg_depend e
      where e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass and e.deptype = 'e'
        and e.classid = 'pg_catalog.pg_namespace'::pg_catalog.regclass and e.objid = n.oid
    )
  order by n.nspname
) r

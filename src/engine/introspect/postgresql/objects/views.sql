select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    c.oid::pg_catalog.int8 as "oid",
    n.nspname as "schema",
    c.relname as "name",
    c.relkind = 'm' as "materialized",
    pg_catalog.pg_get_viewdef(c.oid) as "definition",
    coalesce(c.reloptions, '{}'::pg_catalog.text[]) as "options",
    c.relispopulated as "populated",
    pg_catalog.pg_get_userbyid(c.relowner) as "owner",
    d.description as "comment"
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objoid = c.oid and d.objsubid = 0
  where c.relkind in ('v', 'm')
    and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
    and not exists (
      select from pg_catalog.pg_depend e
      where e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and e.objid = c.oid and e.deptype = 'e'
    )
  order by n.nspname, c.relname
) r

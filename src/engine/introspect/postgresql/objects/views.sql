select
  c.oid::pg_catalog.int8 as "oid",
  n.nspname as "schema",
  c.relname as "name",
  c.relkind = 'm' as "materialized",
  c.reloptions || array(
    select 'toast.' || x.option from pg_catalog.unnest(t.reloptions) with ordinality x (option, place) order by x.place
  ) as "options",
  c.relispopulated as "populated",
  (select ts.spcname from pg_catalog.pg_tablespace ts where ts.oid = c.reltablespace) as "tablespace",
  pg_catalog.pg_get_userbyid(c.relowner) as "owner"
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_class t on t.oid = c.reltoastrelid and t.reloptions is not null
where c.relkind in ('v', 'm')
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
  and ($2::pg_catalog.text is null or c.oid = any (array(
    select pg_catalog.json_array_elements_text($2::pg_catalog.json)::pg_catalog.oid
  )))
  and not exists (
    select from pg_catalog.pg_depend e
    where e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass and e.deptype = 'e'
      and e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and e.objid = c.oid
  )
order by n.nspname, c.relname

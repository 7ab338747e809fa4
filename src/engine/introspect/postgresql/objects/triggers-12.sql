select
  g.oid::pg_catalog.int8 as "oid",
  g.tgrelid::pg_catalog.int8 as "relation",
  g.tgname as "name",
  case g.tgenabled when 'D' then 'disabled' when 'R' then 'replica' when 'A' then 'always' else 'origin' end
    as "enabled",
  fn.nspname as "functionSchema",
  f.proname as "functionName",
  g.tgisinternal as "inherited"
from pg_catalog.pg_trigger g
join pg_catalog.pg_class c on c.oid = g.tgrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_proc f on f.oid = g.tgfoid
join pg_catalog.pg_namespace fn on fn.oid = f.pronamespace
where (not g.tgisinternal or exists (
    -- A partition's copy of its parent's trigger; those of foreign keys are made for each partition.
    select from pg_catalog.pg_depend d
    where d.classid = 'pg_catalog.pg_trigger'::pg_catalog.regclass and d.objid = g.oid and d.deptype = 'P'
      and d.refclassid = 'pg_catalog.pg_trigger'::pg_catalog.regclass
  ))
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
  and ($2::pg_catalog.text is null or g.tgrelid = any (array(
    select pg_catalog.json_array_elements_text($2::pg_catalog.json)::pg_catalog.oid
  )))
order by g.tgrelid, g.tgname

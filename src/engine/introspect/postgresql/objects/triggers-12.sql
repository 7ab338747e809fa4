select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    g.oid::pg_catalog.int8 as "oid",
    g.tgrelid::pg_catalog.int8 as "relation",
    g.tgname as "name",
    pg_catalog.pg_get_triggerdef(g.oid) as "definition",
    case g.tgenabled when 'D' then 'disabled' when 'R' then 'replica' when 'A' then 'always' else 'origin' end
      as "enabled",
    pg_catalog.json_build_object('schema', fn.nspname, 'name', f.proname) as "function",
    false as "inherited",
    d.description as "comment"
  from pg_catalog.pg_trigger g
  join pg_catalog.pg_class c on c.oid = g.tgrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_proc f on f.oid = g.tgfoid
  join pg_catalog.pg_namespace fn on fn.oid = f.pronamespace
  left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_trigger'::pg_catalog.regclass and d.objoid = g.oid and d.objsubid = 0
  where not g.tgisinternal
    and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
  order by g.tgrelid, g.tgname
) r

select
  p.oid::pg_catalog.int8 as "oid",
  p.polrelid::pg_catalog.int8 as "relation",
  p.polname as "name",
  p.polpermissive as "permissive",
  case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end
    as "command",
  coalesce((
    select pg_catalog.array_agg(
      case when u = 0 then 'public' else pg_catalog.pg_get_userbyid(u)::pg_catalog.text end
      order by case when u = 0 then 'public' else pg_catalog.pg_get_userbyid(u)::pg_catalog.text end collate "C"
    )
    from pg_catalog.unnest(p.polroles) u
  ), '{}'::pg_catalog.text[]) as "roles"
from pg_catalog.pg_policy p
join pg_catalog.pg_class c on c.oid = p.polrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
  and ($2::pg_catalog.text is null or p.polrelid = any (array(
    select pg_catalog.json_array_elements_text($2::pg_catalog.json)::pg_catalog.oid
  )))
order by p.polrelid, p.polname

select
  k.oid::pg_catalog.int8 as "oid",
  k.conrelid::pg_catalog.int8 as "relation",
  k.contypid::pg_catalog.int8 as "domain",
  k.conname as "name",
  k.contype as "kind",
  k.conkey as "columns",
  k.confrelid::pg_catalog.int8 as "referenced",
  k.confkey as "referencedNumbers",
  k.conindid::pg_catalog.int8 as "index",
  k.convalidated as "validated",
  k.condeferrable as "deferrable",
  k.condeferred as "initiallyDeferred",
  k.connoinherit as "noInherit",
  o.local or o.only_here as "local",
  k.conparentid <> 0 as "attached",
  fn.nspname as "referencedSchema",
  f.relname as "referencedTable",
  case when k.contype = 'f' and $1::pg_catalog.text is not null then (
    select pg_catalog.json_agg(a.attname order by u.position)
    from pg_catalog.unnest(k.confkey) with ordinality u (number, position)
    join pg_catalog.pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.number
  ) end as "referencedColumns",
  k.confupdtype as "onUpdate",
  k.confdeltype as "onDelete",
  k.confmatchtype as "match",
  case when k.contype = 'c' then k.conbin::pg_catalog.text end as "tree"
from pg_catalog.pg_constraint k
join pg_catalog.pg_namespace n on n.oid = k.connamespace
cross join lateral (
  select
    -- A partition's own NOT NULL is called local or not by what came first: being attached, or the parent's.
    k.conislocal and not (k.contype = 'n' and k.coninhcount > 0 and exists (
      select from pg_catalog.pg_class c where c.oid = k.conrelid and c.relispartition
    )) as local,
    -- A NOT NULL that is validated here and not in the parent that it comes from.
    k.contype = 'n' and k.convalidated and k.coninhcount > 0
      and exists (select from pg_catalog.pg_constraint u where u.contype = 'n' and not u.convalidated)
      and exists (
        select from pg_catalog.pg_inherits i
        join pg_catalog.pg_constraint u on u.conrelid = i.inhparent and u.contype = 'n' and not u.convalidated
        join pg_catalog.pg_attribute above on above.attrelid = u.conrelid and above.attnum = u.conkey[1]
        join pg_catalog.pg_attribute a on a.attrelid = i.inhrelid and a.attname = above.attname
        where i.inhrelid = k.conrelid and a.attnum = k.conkey[1]
      ) as only_here
) o
left join pg_catalog.pg_class f on f.oid = k.confrelid
left join pg_catalog.pg_namespace fn on fn.oid = f.relnamespace
where k.contype in ('p', 'u', 'c', 'x', 'f', 'n')
  and (
    k.contype <> 'n'
    or o.only_here
    or o.local and not (k.convalidated and not k.connoinherit and k.conname ~ '_not_null[0-9]*$')
    or k.oid in (
      select d.objoid from pg_catalog.pg_description d where d.classoid = 'pg_catalog.pg_constraint'::pg_catalog.regclass
    )
  )
  and not (k.contype = 'f' and k.conparentid <> 0 and exists (
    select from pg_catalog.pg_constraint p where p.oid = k.conparentid and p.conrelid = k.conrelid
  ))
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
  and ($2::pg_catalog.text is null or k.conrelid = any (array(
    select pg_catalog.json_array_elements_text($2::pg_catalog.json)::pg_catalog.oid
  )))
order by k.conrelid, k.contypid, k.conname, k.oid

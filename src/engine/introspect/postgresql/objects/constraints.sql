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
  k.conislocal as "local",
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
left join pg_catalog.pg_class f on f.oid = k.confrelid
left join pg_catalog.pg_namespace fn on fn.oid = f.relnamespace
where k.contype in ('p', 'u', 'c', 'x', 'f', 'n')
  and not (k.contype = 'n' and k.convalidated and not k.connoinherit and k.conname ~ '_not_null[0-9]*$')
  and not (k.contype = 'n' and not k.conislocal)
  and not (k.contype = 'f' and k.conparentid <> 0 and exists (
    select from pg_catalog.pg_constraint p where p.oid = k.conparentid and p.conrelid = k.conrelid
  ))
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
  and ($2::pg_catalog.text is null or k.conrelid = any (array(
    select pg_catalog.json_array_elements_text($2::pg_catalog.json)::pg_catalog.oid
  )))
order by k.conrelid, k.contypid, k.conname, k.oid

select
  c.oid::pg_catalog.int8 as "oid",
  i.indrelid::pg_catalog.int8 as "relation",
  n.nspname as "schema",
  tc.relname as "table",
  c.relname as "name",
  am.amname as "method",
  am.oid::pg_catalog.int8 as "methodNumber",
  c.relkind = 'I' as "partitioned",
  i.indisunique as "unique",
  i.indnullsnotdistinct as "nullsNotDistinct",
  i.indisvalid and i.indisready and i.indislive as "valid",
  i.indnkeyatts as "keyCount",
  i.indkey::pg_catalog.text as "columns",
  i.indoption::pg_catalog.text as "order",
  i.indclass::pg_catalog.text as "operatorClasses",
  i.indcollation::pg_catalog.text as "collations",
  case
    when i.indpred is null then 'none'
    when i.indpred::pg_catalog.text like '%{CASE%' then 'with CASE'
    else 'plain'
  end as "predicate",
  k.conname as "constraint",
  pn.nspname as "parentSchema",
  pc.relname as "parentName",
  i.indisreplident as "replicaIdentity",
  i.indisclustered as "clustered",
  c.reloptions as "options"
from pg_catalog.pg_index i
join pg_catalog.pg_class c on c.oid = i.indexrelid
join pg_catalog.pg_class tc on tc.oid = i.indrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_am am on am.oid = c.relam
left join pg_catalog.pg_constraint k
  on k.conindid = c.oid and k.conrelid = i.indrelid and k.contype in ('p', 'u', 'x')
left join pg_catalog.pg_inherits h on h.inhrelid = c.oid
left join pg_catalog.pg_class pc on pc.oid = h.inhparent
left join pg_catalog.pg_namespace pn on pn.oid = pc.relnamespace
where tc.relkind in ('r', 'p', 'm')
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
  and ($2::pg_catalog.text is null or i.indrelid in (
    select pg_catalog.json_array_elements_text($2::pg_catalog.json)::pg_catalog.oid
  ))
order by n.nspname, c.relname

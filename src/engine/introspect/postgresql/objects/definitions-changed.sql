-- Whether what the server's functions for definitions look at was written by a transaction that a snapshot did not see:
-- one that was running ($2) or had not begun ($1 is the next one to begin) when it was taken. Numbers of transactions go
-- round; those of rows that are older than half of the circle count as negative ages. Relations themselves are not asked:
-- TRUNCATE, REINDEX and REFRESH write them too, and a table that gets another name gives it to its row type.
with seen as (
  select pg_catalog.age($1::pg_catalog.text::pg_catalog.xid) as age, $2::pg_catalog.text::pg_catalog.text[] as running
),
lasting as (
  select c.oid, c.xmin, c.relkind from pg_catalog.pg_class c where c.relpersistence <> 't' and c.relkind <> 't'
),
written as (
  select c.xmin from lasting c where c.relkind = 'S'
  union all select x.xmin from pg_catalog.pg_attribute x join lasting c on c.oid = x.attrelid
  union all select x.xmin from pg_catalog.pg_attrdef x join lasting c on c.oid = x.adrelid
  union all select x.xmin from pg_catalog.pg_index x join lasting c on c.oid = x.indrelid
  union all select x.xmin from pg_catalog.pg_rewrite x join lasting c on c.oid = x.ev_class
  union all select x.xmin from pg_catalog.pg_trigger x join lasting c on c.oid = x.tgrelid
  union all select x.xmin from pg_catalog.pg_policy x join lasting c on c.oid = x.polrelid
  union all select x.xmin from pg_catalog.pg_inherits x join lasting c on c.oid = x.inhrelid
  union all select x.xmin from pg_catalog.pg_partitioned_table x join lasting c on c.oid = x.partrelid
  union all select x.xmin from pg_catalog.pg_constraint x left join lasting c on c.oid = x.conrelid
    where x.conrelid = 0 or c.oid is not null
  union all select x.xmin from pg_catalog.pg_type x left join lasting c on c.oid = x.typrelid
    where x.typrelid = 0 and x.typcategory <> 'A' or c.oid is not null
  union all select x.xmin from pg_catalog.pg_proc x
  union all select x.xmin from pg_catalog.pg_operator x
  union all select x.xmin from pg_catalog.pg_opclass x
  union all select x.xmin from pg_catalog.pg_collation x
  union all select x.xmin from pg_catalog.pg_statistic_ext x
  union all select x.xmin from pg_catalog.pg_ts_config x
  union all select x.xmin from pg_catalog.pg_namespace x where x.nspname !~ '^pg_(toast_)?temp_'
)
select exists (
  select from written w, seen s
  where pg_catalog.age(w.xmin) between 0 and s.age or w.xmin::pg_catalog.text = any (s.running)
) as changed

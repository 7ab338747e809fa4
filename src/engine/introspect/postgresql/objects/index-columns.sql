select
  a.attrelid::pg_catalog.int8 as "relation",
  a.attnum::pg_catalog.int4 as "number",
  a.attoptions is not null as "classOptions",
  nullif(coalesce(a.attstattarget::pg_catalog.int4, -1), -1) as "statisticsTarget"
from pg_catalog.pg_attribute a
join pg_catalog.pg_class c on c.oid = a.attrelid
where c.relkind in ('i', 'I') and (a.attoptions is not null or coalesce(a.attstattarget::pg_catalog.int4, -1) <> -1)
order by a.attrelid, a.attnum

select
  a.attrelid::pg_catalog.int8 as "relation",
  a.attnum::pg_catalog.int4 as "number",
  a.attoptions is not null as "classOptions"
from pg_catalog.pg_attribute a
join pg_catalog.pg_class c on c.oid = a.attrelid
where c.relkind in ('i', 'I') and a.attoptions is not null
order by a.attrelid, a.attnum

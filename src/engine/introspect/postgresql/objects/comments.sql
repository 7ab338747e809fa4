select
  c.relname as "class",
  d.objoid::pg_catalog.int8 as "object",
  d.objsubid as "column",
  d.description as "comment"
from pg_catalog.pg_description d
join pg_catalog.pg_class c on c.oid = d.classoid
where c.relnamespace = 'pg_catalog'::pg_catalog.regnamespace and c.relname in ('pg_class', 'pg_constraint', 'pg_trigger', 'pg_policy')
  and d.objoid >= 16384
order by d.classoid, d.objoid, d.objsubid

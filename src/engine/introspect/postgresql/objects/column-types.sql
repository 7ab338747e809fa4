-- What the types of columns are called, for the pairs of type and modifier of $1.
select
  t.oid::pg_catalog.int8 as "type",
  p.modifier as "modifier",
  pg_catalog.format_type(t.oid, p.modifier) as "name",
  case when t.typelem <> 0 and t.typlen = -1 then 'array' else t.typtype::pg_catalog.text end as "class",
  t.typcollation::pg_catalog.int8 as "collation",
  t.typstorage as "storage"
from (
  select (x ->> 0)::pg_catalog.oid, (x ->> 1)::pg_catalog.int4 from pg_catalog.json_array_elements($1::pg_catalog.json) x
) p (type, modifier)
join pg_catalog.pg_type t on t.oid = p.type

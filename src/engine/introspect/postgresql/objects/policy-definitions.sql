select
  p.oid::pg_catalog.int8 as "oid",
  pg_catalog.json_build_array(
    pg_catalog.pg_get_expr(p.polqual, p.polrelid), pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid)
  ) as "texts"
from pg_catalog.pg_policy p
where p.oid in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)::pg_catalog.oid)

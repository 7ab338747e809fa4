select
  i.indexrelid::pg_catalog.int8 as "oid",
  pg_catalog.json_build_array(
    pg_catalog.pg_get_expr(i.indpred, i.indrelid)
  ) as "texts"
from pg_catalog.pg_index i
where i.indexrelid in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)::pg_catalog.oid)

select
  i.indexrelid::pg_catalog.int8 as "oid",
  array[pg_catalog.pg_get_indexdef(i.indexrelid), pg_catalog.pg_get_expr(i.indpred, i.indrelid)]
    || array(
      select case when i.indkey[p] = 0 then pg_catalog.pg_get_indexdef(i.indexrelid, p + 1, true) end
      from pg_catalog.generate_series(0, i.indnkeyatts - 1) p
      where i.indexprs is not null
      order by p
    ) as "texts"
from pg_catalog.pg_index i
where i.indexrelid in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)::pg_catalog.oid)

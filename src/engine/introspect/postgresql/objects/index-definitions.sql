select
  i.indexrelid::pg_catalog.int8 as "oid",
  pg_catalog.json_build_array(
    pg_catalog.pg_get_indexdef(i.indexrelid),
    pg_catalog.pg_get_expr(i.indpred, i.indrelid)
  )::pg_catalog.jsonb || coalesce((
    select pg_catalog.jsonb_agg(
      case when i.indkey[p] = 0 then pg_catalog.pg_get_indexdef(i.indexrelid, p + 1, true) end order by p
    )
    from pg_catalog.generate_series(0, i.indnkeyatts - 1) p
    where i.indexprs is not null
  ), '[]'::pg_catalog.jsonb) as "texts"
from pg_catalog.pg_index i
where i.indexrelid in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)::pg_catalog.oid)

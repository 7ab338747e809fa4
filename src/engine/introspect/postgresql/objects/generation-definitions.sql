select d.oid::pg_catalog.int8 as "oid", pg_catalog.json_build_array(pg_catalog.pg_get_expr(d.adbin, d.adrelid)) as "texts"
from pg_catalog.pg_attrdef d
where d.oid in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)::pg_catalog.oid)

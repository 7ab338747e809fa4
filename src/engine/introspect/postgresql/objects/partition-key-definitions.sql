select p.partrelid::pg_catalog.int8 as "oid", pg_catalog.json_build_array(pg_catalog.pg_get_partkeydef(p.partrelid)) as "texts"
from pg_catalog.pg_partitioned_table p
where p.partrelid in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)::pg_catalog.oid)

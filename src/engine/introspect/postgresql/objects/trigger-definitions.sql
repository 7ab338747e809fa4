select g.oid::pg_catalog.int8 as "oid", pg_catalog.json_build_array(pg_catalog.pg_get_triggerdef(g.oid)) as "texts"
from pg_catalog.pg_trigger g
where g.oid in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)::pg_catalog.oid)

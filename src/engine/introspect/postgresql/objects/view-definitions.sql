select c.oid::pg_catalog.int8 as "oid", pg_catalog.json_build_array(pg_catalog.pg_get_viewdef(c.oid)) as "texts"
from pg_catalog.pg_class c
where c.oid in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)::pg_catalog.oid)

select k.oid::pg_catalog.int8 as "oid", pg_catalog.json_build_array(pg_catalog.pg_get_constraintdef(k.oid)) as "texts"
from pg_catalog.pg_constraint k
where k.oid in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)::pg_catalog.oid)

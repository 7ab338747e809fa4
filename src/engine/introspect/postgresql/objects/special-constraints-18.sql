select k.oid::pg_catalog.int8 as "oid"
from pg_catalog.pg_constraint k
where k.contype in ('p', 'u', 'f', 'c') and (k.confdelsetcols is not null or k.conperiod or not k.conenforced)
  and ($1::pg_catalog.text is null or k.conrelid in (
    select pg_catalog.json_array_elements_text($1::pg_catalog.json)::pg_catalog.oid
  ))
order by k.oid

-- The size of a file is asked with a lock on the relation: whoever holds ACCESS EXCLUSIVE on one is not waited for.
with locked as materialized (
  select l.relation
  from pg_catalog.pg_locks l
  where l.locktype = 'relation' and l.mode = 'AccessExclusiveLock'
    and l.database = (select d.oid from pg_catalog.pg_database d where d.datname = pg_catalog.current_database())
)
select f.oid::pg_catalog.int8 as "oid", pg_catalog.pg_relation_size(f.oid) as "bytes"
from (
  select e.value::pg_catalog.oid as oid
  from pg_catalog.json_array_elements_text($1::pg_catalog.json) e
) f
where f.oid not in (select l.relation from locked l)

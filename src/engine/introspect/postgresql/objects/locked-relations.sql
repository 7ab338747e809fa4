-- Relations that somebody else has locked so that not even their names can be looked up, or is about to: who waits for
-- such a lock makes everybody behind wait.
select distinct l.relation::pg_catalog.int8 as "oid"
from pg_catalog.pg_locks l
where l.locktype = 'relation' and l.mode = 'AccessExclusiveLock' and l.pid <> pg_catalog.pg_backend_pid()
  and l.database = (select d.oid from pg_catalog.pg_database d where d.datname = pg_catalog.current_database())

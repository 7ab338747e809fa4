select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select x.gid as "id", x.owner as "owner", x.prepared as "preparedAt"
  from pg_catalog.pg_prepared_xacts x
  where x.database = pg_catalog.current_database()
  order by x.prepared, x.gid
  limit 50
) r

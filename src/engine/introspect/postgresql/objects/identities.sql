-- What the objects of a list of pairs (system catalog, number) are called.
select
  coalesce(i.type, 'object of another kind') as "kind",
  coalesce(i.identity, (o ->> 0) || ' ' || (o ->> 1)) as "name"
from pg_catalog.json_array_elements($1::pg_catalog.json) o
cross join lateral pg_catalog.pg_identify_object(
  ('pg_catalog.' || (o ->> 0))::pg_catalog.regclass::pg_catalog.oid, (o ->> 1)::pg_catalog.oid, 0
) i

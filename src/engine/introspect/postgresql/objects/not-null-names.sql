-- Names of NOT NULL constraints that differ from what a new table would call them, and those that a table has only from
-- its parents although the column is its own, or has as its parents have them: not validated.
select
  k.conrelid::pg_catalog.int8 as "relation",
  a.attnum as "number",
  k.conname as "name",
  a.attislocal and not k.conislocal or k.coninhcount > 0 and not k.convalidated as "inherited"
from pg_catalog.pg_constraint k
join pg_catalog.pg_class c on c.oid = k.conrelid
join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
where k.contype = 'n' and k.conrelid >= 16384
  and (k.conname <> c.relname || '_' || a.attname || '_not_null' or a.attislocal and not k.conislocal
    or k.coninhcount > 0 and not k.convalidated)
  and ($1::pg_catalog.text is null or k.conrelid in (
    select pg_catalog.json_array_elements_text($1::pg_catalog.json)::pg_catalog.oid
  ))
order by k.conrelid, a.attnum

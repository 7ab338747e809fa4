select
  c.oid::pg_catalog.int8 as "oid",
  n.nspname as "schema",
  c.relname as "name",
  pg_catalog.format_type(s.seqtypid, null) as "type",
  s.seqstart::pg_catalog.text as "start",
  s.seqincrement::pg_catalog.text as "increment",
  s.seqmin::pg_catalog.text as "minimum",
  s.seqmax::pg_catalog.text as "maximum",
  s.seqcache::pg_catalog.text as "cache",
  s.seqcycle as "cycle",
  tn.nspname as "ownerSchema",
  t.relname as "ownerTable",
  a.attname as "ownerColumn",
  o.deptype = 'i' as "identity",
  pg_catalog.pg_get_userbyid(c.relowner) as "owner"
from pg_catalog.pg_sequence s
join pg_catalog.pg_class c on c.oid = s.seqrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_depend o
  on o.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and o.objid = c.oid and o.objsubid = 0
  and o.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and o.refobjsubid > 0 and o.deptype in ('a', 'i')
left join pg_catalog.pg_class t on t.oid = o.refobjid
left join pg_catalog.pg_namespace tn on tn.oid = t.relnamespace
left join pg_catalog.pg_attribute a on a.attrelid = o.refobjid and a.attnum = o.refobjsubid
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
  and ($2::pg_catalog.text is null or c.oid = any (array(
    select pg_catalog.json_array_elements_text($2::pg_catalog.json)::pg_catalog.oid
  )))
  and not exists (
    select from pg_catalog.pg_depend e
    where e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass and e.deptype = 'e'
      and e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and e.objid = c.oid
  )
order by n.nspname, c.relname

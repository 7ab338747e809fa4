select
  a.attrelid::pg_catalog.int8 as "relation",
  a.attnum::pg_catalog.int4 as "number",
  a.attname as "name",
  pg_catalog.format_type(a.atttypid, a.atttypmod) as "type",
  a.atttypid::pg_catalog.int8 as "typeNumber",
  case when t.typelem <> 0 and t.typlen = -1 then 'array' else t.typtype::pg_catalog.text end as "typeClass",
  a.attnotnull as "notNull",
  null::pg_catalog.text as "notNullName",
  case a.attidentity when 'a' then 'always' when 'd' then 'by default' end as "identity",
  case a.attgenerated when 's' then 'stored' when 'v' then 'virtual' end as "generated",
  a.attcollation::pg_catalog.int8 as "collationNumber",
  case when a.attcollation <> 0 and a.attcollation <> t.typcollation
    then (
      select pg_catalog.quote_ident(cn.nspname) || '.' || pg_catalog.quote_ident(co.collname)
      from pg_catalog.pg_collation co
      join pg_catalog.pg_namespace cn on cn.oid = co.collnamespace
      where co.oid = a.attcollation
    )
  end as "collation",
  case when a.attstorage <> t.typstorage
    then case a.attstorage when 'p' then 'plain' when 'e' then 'external' when 'm' then 'main' else 'extended' end
  end as "storage",
  null::pg_catalog.text as "compression",
  nullif(coalesce(a.attstattarget::pg_catalog.int4, -1), -1) as "statisticsTarget",
  a.attislocal as "local",
  a.attoptions || a.attfdwoptions as "options"
from pg_catalog.pg_attribute a
join pg_catalog.pg_class c on c.oid = a.attrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_type t on t.oid = a.atttypid
where a.attnum > 0 and not a.attisdropped
  and c.relkind in ('r', 'p', 'f', 'v', 'm', 'c')
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
  and ($2::pg_catalog.text is null or c.oid in (
    select pg_catalog.json_array_elements_text($2::pg_catalog.json)::pg_catalog.oid
  ))
order by a.attrelid, a.attnum

-- Columns of relations and attributes of composite types, and those columns of indexes that people set something for.
select
  a.attrelid::pg_catalog.int8 as "relation",
  a.attnum as "number",
  a.attname as "name",
  a.atttypid::pg_catalog.int8 as "typeNumber",
  a.atttypmod as "modifier",
  a.attnotnull as "notNull",
  a.attstorage as "storage",
  a.attidentity as "identity",
  -- What few columns say.
  case
    when a.attgenerated <> '' or not a.attislocal or a.attcollation not in (0, 100)
      or a.attstattarget >= 0 or a.attoptions is not null or a.attfdwoptions is not null
    then pg_catalog.json_build_object(
      'ofIndex', c.relkind in ('i', 'I'),
      'generated', case a.attgenerated when 's' then 'stored' when 'v' then 'virtual' end,
      'local', a.attislocal,
      'collationNumber', a.attcollation::pg_catalog.int8,
      'collation', (
        select pg_catalog.quote_ident(cn.nspname) || '.' || pg_catalog.quote_ident(co.collname)
        from pg_catalog.pg_collation co
        join pg_catalog.pg_namespace cn on cn.oid = co.collnamespace
        where co.oid = a.attcollation
      ),
      'compression', null::pg_catalog.text,
      'statisticsTarget', nullif(coalesce(a.attstattarget::pg_catalog.int4, -1), -1),
      'options', nullif(a.attoptions || array(
        -- What may be a secret never leaves the server.
        select case
          when x.o ~* '^[^=]*(pass|secret|token|key|credential)' and x.o !~* '=(on|off|true|false)$'
            then pg_catalog.split_part(x.o, '=', 1) || '=****'
          else x.o
        end
        from pg_catalog.unnest(a.attfdwoptions) with ordinality x (o, place)
        order by x.place
      ), '{}')
    )
  end as "special"
from pg_catalog.pg_attribute a
join pg_catalog.pg_class c on c.oid = a.attrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where a.attnum > 0 and not a.attisdropped
  and (
    c.relkind in ('r', 'p', 'f', 'v', 'm', 'c')
    or c.relkind in ('i', 'I') and (a.attoptions is not null or a.attstattarget >= 0)
  )
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
  and ($2::pg_catalog.text is null or a.attrelid = any (array(
    select pg_catalog.json_array_elements_text($2::pg_catalog.json)::pg_catalog.oid
    union all
    select i.indexrelid from pg_catalog.pg_index i where i.indrelid = any (array(
      select pg_catalog.json_array_elements_text($2::pg_catalog.json)::pg_catalog.oid
    ))
  )))
order by a.attrelid, a.attnum

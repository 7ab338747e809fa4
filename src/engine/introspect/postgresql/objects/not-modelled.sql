select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select 'base type' as "what", pg_catalog.count(*)::pg_catalog.int4 as "count"
  from pg_catalog.pg_type o
  join pg_catalog.pg_namespace n on n.oid = o.typnamespace
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
    and o.typtype = 'b' and not (o.typcategory = 'A' and o.typelem <> 0)
    and not exists (
      select from pg_catalog.pg_depend e
      where e.classid = 'pg_catalog.pg_type'::pg_catalog.regclass and e.objid = o.oid and e.deptype in ('e', 'i')
    )
  union all
  select 'operator class' as "what", pg_catalog.count(*)::pg_catalog.int4 as "count"
  from pg_catalog.pg_opclass o
  join pg_catalog.pg_namespace n on n.oid = o.opcnamespace
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
    and not exists (
      select from pg_catalog.pg_depend e
      where e.classid = 'pg_catalog.pg_opclass'::pg_catalog.regclass and e.objid = o.oid and e.deptype in ('e', 'i')
    )
  union all
  select 'operator family' as "what", pg_catalog.count(*)::pg_catalog.int4 as "count"
  from pg_catalog.pg_opfamily o
  join pg_catalog.pg_namespace n on n.oid = o.opfnamespace
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
    and not exists (
      select from pg_catalog.pg_depend e
      where e.classid = 'pg_catalog.pg_opfamily'::pg_catalog.regclass and e.objid = o.oid and e.deptype in ('e', 'i')
    )
  union all
  select 'text search parser' as "what", pg_catalog.count(*)::pg_catalog.int4 as "count"
  from pg_catalog.pg_ts_parser o
  join pg_catalog.pg_namespace n on n.oid = o.prsnamespace
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
    and not exists (
      select from pg_catalog.pg_depend e
      where e.classid = 'pg_catalog.pg_ts_parser'::pg_catalog.regclass and e.objid = o.oid and e.deptype in ('e', 'i')
    )
  union all
  select 'text search template' as "what", pg_catalog.count(*)::pg_catalog.int4 as "count"
  from pg_catalog.pg_ts_template o
  join pg_catalog.pg_namespace n on n.oid = o.tmplnamespace
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
    and not exists (
      select from pg_catalog.pg_depend e
      where e.classid = 'pg_catalog.pg_ts_template'::pg_catalog.regclass and e.objid = o.oid and e.deptype in ('e', 'i')
    )
  union all
  select 'conversion' as "what", pg_catalog.count(*)::pg_catalog.int4 as "count"
  from pg_catalog.pg_conversion o
  join pg_catalog.pg_namespace n on n.oid = o.connamespace
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
    and not exists (
      select from pg_catalog.pg_depend e
      where e.classid = 'pg_catalog.pg_conversion'::pg_catalog.regclass and e.objid = o.oid and e.deptype in ('e', 'i')
    )
  union all
  select 'foreign data wrapper' as "what", pg_catalog.count(*)::pg_catalog.int4 as "count"
  from pg_catalog.pg_foreign_data_wrapper o
  where $1::pg_catalog.text is null and o.oid >= 16384
    and not exists (
      select from pg_catalog.pg_depend e
      where e.classid = 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass and e.objid = o.oid and e.deptype in ('e', 'i')
    )
  union all
  select 'procedural language' as "what", pg_catalog.count(*)::pg_catalog.int4 as "count"
  from pg_catalog.pg_language o
  where $1::pg_catalog.text is null and o.oid >= 16384
    and not exists (
      select from pg_catalog.pg_depend e
      where e.classid = 'pg_catalog.pg_language'::pg_catalog.regclass and e.objid = o.oid and e.deptype in ('e', 'i')
    )
  union all
  select 'transform' as "what", pg_catalog.count(*)::pg_catalog.int4 as "count"
  from pg_catalog.pg_transform o
  where $1::pg_catalog.text is null and o.oid >= 16384
    and not exists (
      select from pg_catalog.pg_depend e
      where e.classid = 'pg_catalog.pg_transform'::pg_catalog.regclass and e.objid = o.oid and e.deptype in ('e', 'i')
    )
  union all
  select 'subscription' as "what", pg_catalog.count(o.subname)::pg_catalog.int4 as "count"
  from pg_catalog.pg_subscription o
  where $1::pg_catalog.text is null
    and o.subdbid = (select b.oid from pg_catalog.pg_database b where b.datname = pg_catalog.current_database())
  union all
  select 'user mapping' as "what", pg_catalog.count(*)::pg_catalog.int4 as "count"
  from pg_catalog.pg_user_mappings o
  where $1::pg_catalog.text is null
  order by 1
) r
where r."count" > 0

-- Objects that people made, of all kinds of which there are few, and those of the other kinds that lie where no query of
-- their own looks for them: in a schema of the system, or of a kind of relation that is not known.
with place as (
  select n.oid, n.nspname in ('pg_catalog', 'information_schema') as system
  from pg_catalog.pg_namespace n
  where n.nspname !~ '^pg_(toast|temp_|toast_temp_)'
    and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
),
object (class, oid) as (
  select 'pg_class'::pg_catalog.text, c.oid
  from pg_catalog.pg_class c
  join place n on n.oid = c.relnamespace
  where n.system and c.relkind not in ('i', 'I') or c.relkind not in ('r', 'p', 'f', 'v', 'm', 'S', 'c', 'i', 'I', 't')
  union all
  select 'pg_proc', p.oid from pg_catalog.pg_proc p join place n on n.oid = p.pronamespace where n.system
  union all
  select 'pg_type', t.oid from pg_catalog.pg_type t join place n on n.oid = t.typnamespace
  -- An operator without a function is a name that another operator was promised as its commutator or negator.
  union all
  select 'pg_operator', o.oid from pg_catalog.pg_operator o join place n on n.oid = o.oprnamespace where o.oprcode <> 0
  union all
  select 'pg_opclass', o.oid from pg_catalog.pg_opclass o join place n on n.oid = o.opcnamespace
  union all
  select 'pg_opfamily', o.oid from pg_catalog.pg_opfamily o join place n on n.oid = o.opfnamespace
  union all
  select 'pg_collation', o.oid from pg_catalog.pg_collation o join place n on n.oid = o.collnamespace
  union all
  select 'pg_conversion', o.oid from pg_catalog.pg_conversion o join place n on n.oid = o.connamespace
  union all
  select 'pg_statistic_ext', o.oid from pg_catalog.pg_statistic_ext o join place n on n.oid = o.stxnamespace
  union all
  select 'pg_ts_config', o.oid from pg_catalog.pg_ts_config o join place n on n.oid = o.cfgnamespace
  union all
  select 'pg_ts_dict', o.oid from pg_catalog.pg_ts_dict o join place n on n.oid = o.dictnamespace
  union all
  select 'pg_ts_parser', o.oid from pg_catalog.pg_ts_parser o join place n on n.oid = o.prsnamespace
  union all
  select 'pg_ts_template', o.oid from pg_catalog.pg_ts_template o join place n on n.oid = o.tmplnamespace
  union all
  select 'pg_namespace', n.oid from place n where not n.system
  union all
  select 'pg_am', o.oid from pg_catalog.pg_am o where $1::pg_catalog.text is null
  union all
  select 'pg_cast', o.oid from pg_catalog.pg_cast o where $1::pg_catalog.text is null
  union all
  select 'pg_default_acl', o.oid from pg_catalog.pg_default_acl o where $1::pg_catalog.text is null
  union all
  select 'pg_event_trigger', o.oid from pg_catalog.pg_event_trigger o where $1::pg_catalog.text is null
  union all
  select 'pg_extension', o.oid from pg_catalog.pg_extension o where $1::pg_catalog.text is null
  union all
  select 'pg_foreign_data_wrapper', o.oid from pg_catalog.pg_foreign_data_wrapper o where $1::pg_catalog.text is null
  union all
  select 'pg_foreign_server', o.oid from pg_catalog.pg_foreign_server o where $1::pg_catalog.text is null
  union all
  select 'pg_language', o.oid from pg_catalog.pg_language o where $1::pg_catalog.text is null
  union all
  select 'pg_publication', o.oid from pg_catalog.pg_publication o where $1::pg_catalog.text is null
  union all
  select 'pg_transform', o.oid from pg_catalog.pg_transform o where $1::pg_catalog.text is null
  union all
  select 'pg_user_mapping', o.umid from pg_catalog.pg_user_mappings o where $1::pg_catalog.text is null
  -- Members that people added to a family or class which they did not make.
  union all
  select 'pg_amop', o.oid from pg_catalog.pg_amop o
  where $1::pg_catalog.text is null and not exists (
    select from pg_catalog.pg_depend d
    where d.classid = 'pg_catalog.pg_amop'::pg_catalog.regclass and d.objid = o.oid and d.deptype in ('a', 'i')
      and d.refclassid in ('pg_catalog.pg_opclass'::pg_catalog.regclass, 'pg_catalog.pg_opfamily'::pg_catalog.regclass)
      and d.refobjid >= 16384
  )
  union all
  select 'pg_amproc', o.oid from pg_catalog.pg_amproc o
  where $1::pg_catalog.text is null and not exists (
    select from pg_catalog.pg_depend d
    where d.classid = 'pg_catalog.pg_amproc'::pg_catalog.regclass and d.objid = o.oid and d.deptype in ('a', 'i')
      and d.refclassid in ('pg_catalog.pg_opclass'::pg_catalog.regclass, 'pg_catalog.pg_opfamily'::pg_catalog.regclass)
      and d.refobjid >= 16384
  )
)
select o.class as "class", o.oid::pg_catalog.int8 as "oid"
from object o
where o.oid >= 16384
  -- What belongs to an extension, or comes with another object: a type's array, a table's row type.
  and not exists (
    select from pg_catalog.pg_depend e
    where e.classid = ('pg_catalog.' || o.class)::pg_catalog.regclass and e.objid = o.oid and e.deptype in ('e', 'i')
  )

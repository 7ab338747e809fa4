-- For each system catalog: how many rows it has, and of the rows that are new the numbers of the objects that they are about.
-- A row is new when the transaction that wrote it is not older than $1.
select
  'pg_aggregate'::pg_catalog.text as "catalog", 'pg_proc'::pg_catalog.text as "class", pg_catalog.count(*)::pg_catalog.int4 as "count",
  pg_catalog.json_agg(x.aggfnoid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
    as "new"
from pg_catalog.pg_aggregate x
union all
select 'pg_am', 'pg_am', pg_catalog.count(*),
  pg_catalog.json_agg(x.oid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_am x
union all
select 'pg_amop', 'pg_amop', pg_catalog.count(*),
  pg_catalog.json_agg(x.oid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_amop x
union all
select 'pg_amproc', 'pg_amproc', pg_catalog.count(*),
  pg_catalog.json_agg(x.oid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_amproc x
union all
select 'pg_attrdef', 'pg_class', pg_catalog.count(*),
  pg_catalog.json_agg(x.adrelid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_attrdef x
union all
select 'pg_attribute', 'pg_class', pg_catalog.count(*),
  pg_catalog.json_agg(x.attrelid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_attribute x
union all
select 'pg_cast', 'pg_cast', pg_catalog.count(*),
  pg_catalog.json_agg(x.oid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_cast x
union all
select 'pg_class', 'pg_class', pg_catalog.count(*),
  pg_catalog.json_agg(x.oid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_class x
union all
select 'pg_collation', 'pg_collation', pg_catalog.count(*),
  pg_catalog.json_agg(x.oid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_collation x
union all
select 'pg_constraint', 'pg_constraint', pg_catalog.count(*),
  pg_catalog.json_agg(x.oid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_constraint x
union all
select 'pg_conversion', 'pg_conversion', pg_catalog.count(*),
  pg_catalog.json_agg(x.oid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_conversion x
union all
select 'pg_default_acl', 'pg_default_acl', pg_catalog.count(*),
  pg_catalog.json_agg(x.oid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_default_acl x
union all
select 'pg_enum', 'pg_type', pg_catalog.count(*),
  pg_catalog.json_agg(x.enumtypid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_enum x
union all
select 'pg_event_trigger', 'pg_event_trigger', pg_catalog.count(*),
  pg_catalog.json_agg(x.oid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_event_trigger x
union all
select 'pg_extension', 'pg_extension', pg_catalog.count(*),
  pg_catalog.json_agg(x.oid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_extension x
union all
select 'pg_foreign_data_wrapper', 'pg_foreign_data_wrapper', pg_catalog.count(*),
  pg_catalog.json_agg(x.oid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_foreign_data_wrapper x
union all
select 'pg_foreign_server', 'pg_foreign_server', pg_catalog.count(*),
  pg_catalog.json_agg(x.oid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_foreign_server x
union all
select 'pg_foreign_table', 'pg_class', pg_catalog.count(*),
  pg_catalog.json_agg(x.ftrelid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_foreign_table x
union all
select 'pg_index', 'pg_class', pg_catalog.count(*),
  pg_catalog.json_agg(x.indexrelid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_index x
union all
select 'pg_inherits', 'pg_class', pg_catalog.count(*),
  pg_catalog.json_agg(x.inhrelid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_inherits x
union all
select 'pg_language', 'pg_language', pg_catalog.count(*),
  pg_catalog.json_agg(x.oid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_language x
union all
select 'pg_namespace', 'pg_namespace', pg_catalog.count(*),
  pg_catalog.json_agg(x.oid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_namespace x
union all
select 'pg_opclass', 'pg_opclass', pg_catalog.count(*),
  pg_catalog.json_agg(x.oid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_opclass x
union all
select 'pg_operator', 'pg_operator', pg_catalog.count(*),
  pg_catalog.json_agg(x.oid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_operator x
union all
select 'pg_opfamily', 'pg_opfamily', pg_catalog.count(*),
  pg_catalog.json_agg(x.oid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_opfamily x
union all
select 'pg_partitioned_table', 'pg_class', pg_catalog.count(*),
  pg_catalog.json_agg(x.partrelid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_partitioned_table x
union all
select 'pg_policy', 'pg_policy', pg_catalog.count(*),
  pg_catalog.json_agg(x.oid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_policy x
union all
select 'pg_proc', 'pg_proc', pg_catalog.count(*),
  pg_catalog.json_agg(x.oid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_proc x
union all
select 'pg_publication', 'pg_publication', pg_catalog.count(*),
  pg_catalog.json_agg(x.oid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_publication x
union all
select 'pg_publication_rel', 'pg_publication_rel', pg_catalog.count(*),
  pg_catalog.json_agg(x.oid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_publication_rel x
union all
select 'pg_range', 'pg_type', pg_catalog.count(*),
  pg_catalog.json_agg(x.rngtypid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_range x
union all
select 'pg_rewrite', 'pg_rewrite', pg_catalog.count(*),
  pg_catalog.json_agg(x.oid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_rewrite x
union all
select 'pg_seclabel', '', pg_catalog.count(*),
  pg_catalog.json_agg(x.objoid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_seclabel x
union all
select 'pg_sequence', 'pg_class', pg_catalog.count(*),
  pg_catalog.json_agg(x.seqrelid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_sequence x
union all
select 'pg_statistic_ext', 'pg_statistic_ext', pg_catalog.count(*),
  pg_catalog.json_agg(x.oid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_statistic_ext x
union all
select 'pg_transform', 'pg_transform', pg_catalog.count(*),
  pg_catalog.json_agg(x.oid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_transform x
union all
select 'pg_trigger', 'pg_trigger', pg_catalog.count(*),
  pg_catalog.json_agg(x.oid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_trigger x
union all
select 'pg_ts_config', 'pg_ts_config', pg_catalog.count(*),
  pg_catalog.json_agg(x.oid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_ts_config x
union all
select 'pg_ts_config_map', '', pg_catalog.count(*),
  pg_catalog.json_agg(x.mapcfg::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_ts_config_map x
union all
select 'pg_ts_dict', 'pg_ts_dict', pg_catalog.count(*),
  pg_catalog.json_agg(x.oid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_ts_dict x
union all
select 'pg_ts_parser', 'pg_ts_parser', pg_catalog.count(*),
  pg_catalog.json_agg(x.oid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_ts_parser x
union all
select 'pg_ts_template', 'pg_ts_template', pg_catalog.count(*),
  pg_catalog.json_agg(x.oid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_ts_template x
union all
select 'pg_type', 'pg_type', pg_catalog.count(*),
  pg_catalog.json_agg(x.oid::pg_catalog.int8) filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_type x
union all
select
  'pg_description of ' || x.classoid::pg_catalog.regclass::pg_catalog.text, '', pg_catalog.count(*),
  pg_catalog.json_agg(x.objoid::pg_catalog.int8)
    filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_description x
group by x.classoid
union all
select
  'pg_depend of ' || x.classid::pg_catalog.regclass::pg_catalog.text, x.classid::pg_catalog.regclass::pg_catalog.text,
  pg_catalog.count(*),
  pg_catalog.json_agg(x.objid::pg_catalog.int8)
    filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_depend x
group by x.classid
union all
select 'members of extensions', '', pg_catalog.count(*),
  pg_catalog.json_agg(x.objid::pg_catalog.int8)
    filter (where pg_catalog.age(x.xmin) <= pg_catalog.age($1::pg_catalog.text::pg_catalog.xid))
from pg_catalog.pg_depend x
where x.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass and x.deptype = 'e'

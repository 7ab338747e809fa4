select
  case
    when w.rulename = '_RETURN' then 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid
    else coalesce(h.refclassid, d.classid)
  end::pg_catalog.int8 as "class",
  case when w.rulename = '_RETURN' then w.ev_class else coalesce(h.refobjid, d.objid) end::pg_catalog.int8 as "object",
  d.objsubid as "column",
  case
    when coalesce(e.typrelid, t.typrelid) <> 0 then 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid
    else d.refclassid
  end::pg_catalog.int8 as "onClass",
  coalesce(m.refobjid, nullif(coalesce(e.typrelid, t.typrelid), 0), e.oid, d.refobjid)::pg_catalog.int8 as "onObject",
  d.refobjsubid as "onColumn"
from pg_catalog.pg_depend d
left join pg_catalog.pg_rewrite w on d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass and w.oid = d.objid
-- A type's array, and a range's multirange, come with the type.
left join pg_catalog.pg_type t on d.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass and t.oid = d.refobjid
left join pg_catalog.pg_type e on e.oid = t.typelem and e.typarray = t.oid
left join pg_catalog.pg_depend m
  on coalesce(e.typtype, t.typtype) = 'm' and m.objid = coalesce(e.oid, t.oid) and m.deptype = 'i'
  and m.classid = 'pg_catalog.pg_type'::pg_catalog.regclass and m.refclassid = m.classid
-- A member of an operator class or family stands for that.
left join pg_catalog.pg_depend h
  on d.classid in ('pg_catalog.pg_amop'::pg_catalog.regclass, 'pg_catalog.pg_amproc'::pg_catalog.regclass)
  and h.classid = d.classid and h.objid = d.objid
  and h.refclassid in ('pg_catalog.pg_opclass'::pg_catalog.regclass, 'pg_catalog.pg_opfamily'::pg_catalog.regclass)
where d.objid >= 16384 and d.refobjid >= 16384
  and d.deptype in ('n', 'a', 'P', 'S')
  and d.classid in (
    select o.oid from pg_catalog.pg_class o
    where o.relnamespace = 'pg_catalog'::pg_catalog.regnamespace and o.relname in (
      'pg_class', 'pg_type', 'pg_proc', 'pg_constraint', 'pg_attrdef', 'pg_rewrite', 'pg_trigger', 'pg_policy',
      'pg_statistic_ext', 'pg_collation', 'pg_operator', 'pg_publication_rel', 'pg_event_trigger', 'pg_cast',
      'pg_ts_config', 'pg_ts_dict', 'pg_ts_parser', 'pg_ts_template', 'pg_foreign_table', 'pg_foreign_server',
      'pg_foreign_data_wrapper', 'pg_user_mapping', 'pg_language', 'pg_transform', 'pg_am', 'pg_conversion',
      'pg_opclass', 'pg_opfamily', 'pg_amop', 'pg_amproc'
    )
  )
  and d.refclassid in (
    select o.oid from pg_catalog.pg_class o
    where o.relnamespace = 'pg_catalog'::pg_catalog.regnamespace and o.relname in (
      'pg_class', 'pg_type', 'pg_proc', 'pg_constraint', 'pg_collation', 'pg_operator', 'pg_ts_config', 'pg_ts_dict',
      'pg_ts_parser', 'pg_ts_template', 'pg_foreign_server', 'pg_foreign_data_wrapper', 'pg_language', 'pg_transform',
      'pg_am', 'pg_opclass', 'pg_opfamily'
    )
  )

select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select distinct
    case
      when w.ev_class is not null and w.rulename = '_RETURN' then 'pg_class'
      when h.refclassid is not null then h.refclassid::pg_catalog.regclass::pg_catalog.text
      else d.class
    end as "class",
    case when w.rulename = '_RETURN' then w.ev_class else coalesce(h.refobjid, d.objid) end::pg_catalog.int8 as "object",
    d.objsubid as "column",
    case when coalesce(e.typrelid, t.typrelid) <> 0 then 'pg_class' else d.refclass end as "onClass",
    coalesce(m.refobjid, nullif(coalesce(e.typrelid, t.typrelid), 0), e.oid, d.refobjid)::pg_catalog.int8 as "onObject",
    d.refobjsubid as "onColumn"
  from (
    select
      o.relname::pg_catalog.text as class, p.objid, p.objsubid,
      q.relname::pg_catalog.text as refclass, p.refobjid, p.refobjsubid, p.deptype, p.refclassid, p.classid
    from pg_catalog.pg_depend p
    join pg_catalog.pg_class o on o.oid = p.classid
    join pg_catalog.pg_class q on q.oid = p.refclassid
    where p.objid >= 16384 and p.refobjid >= 16384
      and p.deptype in ('n', 'a', 'P', 'S')
      and o.relname in (
        'pg_class', 'pg_type', 'pg_proc', 'pg_constraint', 'pg_attrdef', 'pg_rewrite', 'pg_trigger', 'pg_policy',
        'pg_statistic_ext', 'pg_collation', 'pg_operator', 'pg_publication_rel', 'pg_event_trigger', 'pg_cast',
        'pg_ts_config', 'pg_ts_dict', 'pg_ts_parser', 'pg_ts_template', 'pg_foreign_table', 'pg_foreign_server',
        'pg_foreign_data_wrapper', 'pg_user_mapping', 'pg_language', 'pg_transform', 'pg_am', 'pg_conversion',
        'pg_opclass', 'pg_opfamily', 'pg_amop', 'pg_amproc'
      )
      and q.relname in (
        'pg_class', 'pg_type', 'pg_proc', 'pg_constraint', 'pg_collation', 'pg_operator', 'pg_ts_config', 'pg_ts_dict',
        'pg_ts_parser', 'pg_ts_template', 'pg_foreign_server', 'pg_foreign_data_wrapper', 'pg_language', 'pg_transform',
        'pg_am', 'pg_opclass', 'pg_opfamily'
      )
  ) d
  left join pg_catalog.pg_rewrite w on d.class = 'pg_rewrite' and w.oid = d.objid
  -- A type's array, and a range's multirange, come with the type.
  left join pg_catalog.pg_type t on d.refclass = 'pg_type' and t.oid = d.refobjid
  left join pg_catalog.pg_type e on e.oid = t.typelem and e.typarray = t.oid
  left join pg_catalog.pg_depend m
    on coalesce(e.typtype, t.typtype) = 'm' and m.objid = coalesce(e.oid, t.oid) and m.deptype = 'i'
    and m.classid = 'pg_catalog.pg_type'::pg_catalog.regclass and m.refclassid = m.classid
  -- A member of an operator class or family stands for that.
  left join pg_catalog.pg_depend h
    on d.class in ('pg_amop', 'pg_amproc') and h.classid = d.classid and h.objid = d.objid
    and h.refclassid in ('pg_catalog.pg_opclass'::pg_catalog.regclass, 'pg_catalog.pg_opfamily'::pg_catalog.regclass)
) r

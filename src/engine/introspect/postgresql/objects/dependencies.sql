select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select distinct
    case when w.ev_class is not null and w.rulename = '_RETURN' then 'pg_class' else d.class end as "class",
    case when w.ev_class is not null and w.rulename = '_RETURN' then w.ev_class else d.objid end::pg_catalog.int8 as "object",
    d.objsubid as "column",
    case
      when t.typrelid <> 0 then 'pg_class'
      else d.refclass
    end as "onClass",
    case
      when t.typrelid <> 0 then t.typrelid
      when t.typtype = 'b' and t.typcategory = 'A' and t.typelem <> 0 then case when et.typrelid <> 0 then et.typrelid else t.typelem end
      else d.refobjid
    end::pg_catalog.int8 as "onObject",
    t.typtype = 'b' and t.typcategory = 'A' and et.typrelid <> 0 as "onRow",
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
        'pg_ts_config', 'pg_ts_dict', 'pg_foreign_table', 'pg_foreign_server'
      )
      and q.relname in (
        'pg_class', 'pg_type', 'pg_proc', 'pg_constraint', 'pg_collation', 'pg_operator', 'pg_ts_config', 'pg_ts_dict',
        'pg_foreign_server'
      )
  ) d
  left join pg_catalog.pg_rewrite w on d.class = 'pg_rewrite' and w.oid = d.objid
  left join pg_catalog.pg_type t on d.refclass = 'pg_type' and t.oid = d.refobjid
  left join pg_catalog.pg_type et on t.typcategory = 'A' and et.oid = t.typelem
) r

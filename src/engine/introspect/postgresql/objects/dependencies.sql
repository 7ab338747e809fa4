select
  d.classid::pg_catalog.int8 as "class",
  d.objid::pg_catalog.int8 as "object",
  d.objsubid as "column",
  d.refclassid::pg_catalog.int8 as "onClass",
  d.refobjid::pg_catalog.int8 as "onObject",
  d.refobjsubid as "onColumn"
from pg_catalog.pg_depend d
where d.objid >= 16384
  -- The schema `public` comes with the server.
  and (d.refobjid >= 16384 or d.refclassid = 'pg_catalog.pg_namespace'::pg_catalog.regclass)
  -- Only DEPENDS ON EXTENSION makes an x.
  and d.deptype in ('n', 'a', 'P', 'S', 'x')
  -- A default depends on its own column, which says nothing.
  and (d.classid <> 'pg_catalog.pg_attrdef'::pg_catalog.regclass or d.deptype <> 'a')
  and (d.refclassid in (
    'pg_catalog.pg_class'::pg_catalog.regclass, 'pg_catalog.pg_type'::pg_catalog.regclass,
    'pg_catalog.pg_proc'::pg_catalog.regclass, 'pg_catalog.pg_constraint'::pg_catalog.regclass,
    'pg_catalog.pg_collation'::pg_catalog.regclass, 'pg_catalog.pg_operator'::pg_catalog.regclass,
    'pg_catalog.pg_ts_config'::pg_catalog.regclass, 'pg_catalog.pg_ts_dict'::pg_catalog.regclass,
    'pg_catalog.pg_ts_parser'::pg_catalog.regclass, 'pg_catalog.pg_ts_template'::pg_catalog.regclass,
    'pg_catalog.pg_foreign_server'::pg_catalog.regclass, 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass,
    'pg_catalog.pg_language'::pg_catalog.regclass, 'pg_catalog.pg_transform'::pg_catalog.regclass,
    'pg_catalog.pg_am'::pg_catalog.regclass, 'pg_catalog.pg_opclass'::pg_catalog.regclass,
    'pg_catalog.pg_opfamily'::pg_catalog.regclass, 'pg_catalog.pg_extension'::pg_catalog.regclass
  )
  -- What is in a schema says so by its name.
  or d.refclassid = 'pg_catalog.pg_namespace'::pg_catalog.regclass and d.classid in (
    'pg_catalog.pg_extension'::pg_catalog.regclass,
    -- Came with 15.
    pg_catalog.to_regclass('pg_catalog.pg_publication_namespace')
  ))

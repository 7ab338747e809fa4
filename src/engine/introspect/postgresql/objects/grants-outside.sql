select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  with object (kind, class, oid, part, schema, name, col, acl, normal) as (
    select 'language', 'pg_catalog.pg_language'::pg_catalog.regclass, l.oid, 0, null::pg_catalog.name,
      l.lanname::pg_catalog.text, null::pg_catalog.name, l.lanacl, pg_catalog.acldefault('l', l.lanowner)
    from pg_catalog.pg_language l
    where l.lanacl is not null
    union all
    select 'foreign data wrapper', 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass, w.oid, 0, null, w.fdwname,
      null, w.fdwacl, pg_catalog.acldefault('F', w.fdwowner)
    from pg_catalog.pg_foreign_data_wrapper w
    where w.fdwacl is not null
    union all
    select 'server', 'pg_catalog.pg_foreign_server'::pg_catalog.regclass, s.oid, 0, null, s.srvname,
      null, s.srvacl, pg_catalog.acldefault('S', s.srvowner)
    from pg_catalog.pg_foreign_server s
    where s.srvacl is not null
    union all
    select 'schema', 'pg_catalog.pg_namespace'::pg_catalog.regclass, n.oid, 0, n.nspname, n.nspname,
      null, n.nspacl, pg_catalog.acldefault('n', n.nspowner)
    from pg_catalog.pg_namespace n
    where n.nspacl is not null and n.nspname = 'pg_catalog'
    union all
    select
      case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end,
      'pg_catalog.pg_class'::pg_catalog.regclass, c.oid, 0, n.nspname, c.relname, null,
      c.relacl, pg_catalog.acldefault(case when c.relkind = 'S' then 's' else 'r' end::pg_catalog."char", c.relowner)
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relacl is not null and c.relkind in ('r', 'p', 'f', 'v', 'm', 'S')
      and (
        n.nspname = 'pg_catalog'
        or exists (
          select from pg_catalog.pg_depend e
          where e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass and e.deptype = 'e'
            and e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and e.objid = c.oid
        )
      )
    union all
    select 'column', 'pg_catalog.pg_class'::pg_catalog.regclass, c.oid, a.attnum, n.nspname, c.relname, a.attname,
      a.attacl, pg_catalog.acldefault('c', c.relowner)
    from pg_catalog.pg_attribute a
    join pg_catalog.pg_class c on c.oid = a.attrelid
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where a.attacl is not null and not a.attisdropped
      and (
        n.nspname = 'pg_catalog'
        or exists (
          select from pg_catalog.pg_depend e
          where e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass and e.deptype = 'e'
            and e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and e.objid = c.oid
        )
      )
    union all
    select 'routine', 'pg_catalog.pg_proc'::pg_catalog.regclass, p.oid, 0, n.nspname,
      p.proname || '(' || pg_catalog.oidvectortypes(p.proargtypes) || ')', null,
      p.proacl, pg_catalog.acldefault('f', p.proowner)
    from pg_catalog.pg_proc p
    join pg_catalog.pg_namespace n on n.oid = p.pronamespace
    where p.proacl is not null
      and (
        n.nspname = 'pg_catalog'
        or exists (
          select from pg_catalog.pg_depend e
          where e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass and e.deptype = 'e'
            and e.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass and e.objid = p.oid
        )
      )
    union all
    select 'type', 'pg_catalog.pg_type'::pg_catalog.regclass, t.oid, 0, n.nspname, t.typname, null,
      t.typacl, pg_catalog.acldefault('T', t.typowner)
    from pg_catalog.pg_type t
    join pg_catalog.pg_namespace n on n.oid = t.typnamespace
    where t.typacl is not null
      and (
        n.nspname = 'pg_catalog'
        or exists (
          select from pg_catalog.pg_depend e
          where e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass and e.deptype = 'e'
            and e.classid = 'pg_catalog.pg_type'::pg_catalog.regclass and e.objid = t.oid
        )
      )
  ),
  -- What the server or an extension granted when it made the object is not the people's doing.
  outside as (
    select o.*, coalesce(i.initprivs, o.normal) as initial
    from object o
    left join pg_catalog.pg_init_privs i on i.classoid = o.class and i.objoid = o.oid and i.objsubid = o.part
    where o.acl <> coalesce(i.initprivs, o.normal)
      and ($1::pg_catalog.text is null or o.schema in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
  )
  select
    o.kind as "kind", coalesce(o.schema, '') as "schema", o.name as "name", o.col as "column",
    case when x.grantee = 0 then '' else pg_catalog.pg_get_userbyid(x.grantee)::pg_catalog.text end as "grantee",
    pg_catalog.lower(x.privilege_type) as "privilege",
    coalesce(x.held, x.initial) as "grantable",
    x.held is null as "revoked"
  from outside o
  cross join lateral (
    select e.grantee, e.privilege_type,
      pg_catalog.bool_or(e.is_grantable) filter (where e.is_held) as held,
      pg_catalog.bool_or(e.is_grantable) filter (where not e.is_held) as initial
    from (
      select h.grantee, h.privilege_type, h.is_grantable, true as is_held from pg_catalog.aclexplode(o.acl) h
      union all
      select d.grantee, d.privilege_type, d.is_grantable, false from pg_catalog.aclexplode(o.initial) d
    ) e
    group by 1, 2
  ) x
  where x.held is distinct from x.initial
  order by 1, 2, 3, 4, 5, 6, 8
) r

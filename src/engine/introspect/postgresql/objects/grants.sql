select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  with object (kind, schema, name, col, owner, acl, normal) as (
    select 'schema', n.nspname::pg_catalog.text, n.nspname::pg_catalog.text, null::pg_catalog.text,
      n.nspowner, n.nspacl, pg_catalog.acldefault('n', n.nspowner)
    from pg_catalog.pg_namespace n
    where n.nspacl is not null
      and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
    union all
    select
      case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end,
      n.nspname, c.relname, null,
      c.relowner, c.relacl, pg_catalog.acldefault(case when c.relkind = 'S' then 's' else 'r' end::pg_catalog."char", c.relowner)
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relacl is not null and c.relkind in ('r', 'p', 'f', 'v', 'm', 'S')
      and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
      and not exists (
        select from pg_catalog.pg_depend e
        where e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass and e.deptype = 'e'
          and e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and e.objid = c.oid
      )
    union all
    select 'column', n.nspname, c.relname, a.attname, c.relowner, a.attacl, pg_catalog.acldefault('c', c.relowner)
    from pg_catalog.pg_attribute a
    join pg_catalog.pg_class c on c.oid = a.attrelid
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where a.attacl is not null and not a.attisdropped
      and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
      and not exists (
        select from pg_catalog.pg_depend e
        where e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass and e.deptype = 'e'
          and e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and e.objid = c.oid
      )
    union all
    select 'routine', n.nspname, p.proname || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')', null,
      p.proowner, p.proacl, pg_catalog.acldefault('f', p.proowner)
    from pg_catalog.pg_proc p
    join pg_catalog.pg_namespace n on n.oid = p.pronamespace
    where p.proacl is not null
      and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
      and not exists (
        select from pg_catalog.pg_depend e
        where e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass and e.deptype = 'e'
          and e.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass and e.objid = p.oid
      )
    union all
    select 'type', n.nspname, t.typname, null, t.typowner, t.typacl, pg_catalog.acldefault('T', t.typowner)
    from pg_catalog.pg_type t
    join pg_catalog.pg_namespace n on n.oid = t.typnamespace
    where t.typacl is not null and t.typtype in ('b', 'e', 'd', 'c', 'r')
      and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
      and not exists (
        select from pg_catalog.pg_depend e
        where e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass and e.deptype = 'e'
          and e.classid = 'pg_catalog.pg_type'::pg_catalog.regclass and e.objid = t.oid
      )
  )
  select
    o.kind as "kind", o.schema as "schema", o.name as "name", o.col as "column",
    case when x.grantee = 0 then '' else pg_catalog.pg_get_userbyid(x.grantee)::pg_catalog.text end as "grantee",
    pg_catalog.lower(x.privilege_type) as "privilege",
    case when x.grantor is not null then pg_catalog.pg_get_userbyid(x.grantor) end as "grantor",
    coalesce(x.held, x.normal) as "grantable",
    x.held is null as "revoked"
  -- Object by object: the planner knows nothing of how many privileges there are.
  from object o
  cross join lateral (
    -- One that handed on what it was given may have given the same as the owner.
    select e.grantee, e.privilege_type, e.grantor,
      pg_catalog.bool_or(e.is_grantable) filter (where e.is_held) as held,
      pg_catalog.bool_or(e.is_grantable) filter (where not e.is_held) as normal
    from (
      select h.grantee, h.privilege_type, nullif(h.grantor, o.owner) as grantor, h.is_grantable, true as is_held
      from pg_catalog.aclexplode(o.acl) h
      union all
      select d.grantee, d.privilege_type, null, d.is_grantable, false
      from pg_catalog.aclexplode(o.normal) d
    ) e
    group by 1, 2, 3
  ) x
  where x.held is distinct from x.normal
  order by 1, 2, 3, 4, 5, 6, 9, 7
) r

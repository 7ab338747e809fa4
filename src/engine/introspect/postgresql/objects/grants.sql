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
  ),
  held as (
    -- One that handed on what it was given may have given the same as the owner.
    select o.kind, o.schema, o.name, o.col, x.grantee, x.privilege_type, nullif(x.grantor, o.owner) as grantor,
      pg_catalog.bool_or(x.is_grantable) as is_grantable
    from object o, pg_catalog.aclexplode(o.acl) x
    group by 1, 2, 3, 4, 5, 6, 7
  ),
  normal as (
    select o.kind, o.schema, o.name, o.col, x.grantee, x.privilege_type, null::pg_catalog.oid as grantor, x.is_grantable
    from object o, pg_catalog.aclexplode(o.normal) x
  ),
  differing as (
    select h.*, false as revoked
    from held h
    where h.grantor is not null or not exists (
      select from normal d
      where (d.kind, d.schema, d.name, d.grantee, d.privilege_type, d.is_grantable)
        = (h.kind, h.schema, h.name, h.grantee, h.privilege_type, h.is_grantable)
    )
    union all
    select d.*, true
    from normal d
    where not exists (
      select from held h
      where h.grantor is null
        and (h.kind, h.schema, h.name, h.grantee, h.privilege_type)
          = (d.kind, d.schema, d.name, d.grantee, d.privilege_type)
    )
  )
  select
    kind as "kind", schema as "schema", name as "name", col as "column",
    case when grantee = 0 then '' else pg_catalog.pg_get_userbyid(grantee)::pg_catalog.text end as "grantee",
    pg_catalog.lower(privilege_type) as "privilege",
    case when grantor is not null then pg_catalog.pg_get_userbyid(grantor) end as "grantor",
    is_grantable as "grantable",
    revoked as "revoked"
  from differing
  order by 1, 2, 3, 4, 5, 6, 9, 7
) r

select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  with object as (
    select
      a.oid, a.defaclrole as role, n.nspname as schema, a.defaclacl as acl, a.defaclobjtype as type,
      case when a.defaclnamespace = 0 then pg_catalog.acldefault(
        case a.defaclobjtype when 'S' then 's' else a.defaclobjtype end::pg_catalog."char", a.defaclrole
      ) end as normal,
      'ALTER DEFAULT PRIVILEGES FOR ROLE ' || pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(a.defaclrole))
        || coalesce(' IN SCHEMA ' || pg_catalog.quote_ident(n.nspname), '') as start,
      case a.defaclobjtype
        when 'r' then 'TABLES' when 'S' then 'SEQUENCES' when 'f' then 'ROUTINES' when 'T' then 'TYPES'
        when 'L' then 'LARGE OBJECTS' else 'SCHEMAS'
      end as objects
    from pg_catalog.pg_default_acl a
    left join pg_catalog.pg_namespace n on n.oid = a.defaclnamespace
    where $1::pg_catalog.text is null
  ),
  held as (
    select o.oid, x.grantee, x.privilege_type, x.is_grantable from object o, pg_catalog.aclexplode(o.acl) x
  ),
  normal as (
    select o.oid, x.grantee, x.privilege_type, x.is_grantable
    from object o, pg_catalog.aclexplode(o.normal) x where o.normal is not null
  ),
  changes as (
    select h.oid, h.grantee, h.privilege_type, h.is_grantable, false as revoked
    from held h where not exists (
      select from normal d
      where (d.oid, d.grantee, d.privilege_type, d.is_grantable) = (h.oid, h.grantee, h.privilege_type, h.is_grantable)
    )
    union all
    select d.oid, d.grantee, d.privilege_type, false, true
    from normal d where not exists (
      select from held h where (h.oid, h.grantee, h.privilege_type) = (d.oid, d.grantee, d.privilege_type)
    )
  ),
  statement as (
    select
      o.oid,
      o.start || case when c.revoked then ' REVOKE ' else ' GRANT ' end || c.privilege_type || ' ON ' || o.objects
        || case when c.revoked then ' FROM ' else ' TO ' end
        || case when c.grantee = 0 then 'PUBLIC' else pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(c.grantee)) end
        || case when c.is_grantable then ' WITH GRANT OPTION' else '' end as text,
      case when c.grantee <> 0 then pg_catalog.pg_get_userbyid(c.grantee)::pg_catalog.text end as role
    from object o
    join changes c on c.oid = o.oid
  )
  select
    o.oid::pg_catalog.int8 as "oid",
    'pg_default_acl' as "class",
    'default privileges' as "kind",
    coalesce(o.schema::pg_catalog.text, '') as "schema",
    'on ' || pg_catalog.lower(o.objects) || ' of ' || pg_catalog.pg_get_userbyid(o.role)::pg_catalog.text as "name",
    null::pg_catalog.json as "table",
    (pg_catalog.array_agg(s.text order by s.text collate "C"))[1] as "definition",
    (pg_catalog.array_agg(s.text order by s.text collate "C"))[2:] as "further",
    pg_catalog.array_remove(pg_catalog.array_agg(distinct s.role), null)
      || pg_catalog.pg_get_userbyid(o.role)::pg_catalog.text as "roles",
    '' as "owner",
    null as "comment"
  from object o
  join statement s on s.oid = o.oid
  group by o.oid, o.schema, o.objects, o.role
  order by 4, 5
) r

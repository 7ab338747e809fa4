-- What is in the database and is not shown to this role; what its statistics hide is told with the facts.
with reader as (
  select r.rolsuper as super from pg_catalog.pg_roles r where r.rolname = current_user
)
select 'the options of a user mapping' as "kind",
  case when u.umuser = 0 then 'PUBLIC' else pg_catalog.quote_ident(u.usename) end || ' on '
    || pg_catalog.quote_ident(u.srvname) as "name"
from pg_catalog.pg_user_mappings u
join pg_catalog.pg_foreign_server s on s.oid = u.srvid
cross join reader r
where $1::pg_catalog.text is null and u.umoptions is null and not r.super
  and not (
    case when u.umuser = 0 then pg_catalog.pg_has_role(s.srvowner, 'USAGE')
      else u.usename = current_user
        and (pg_catalog.pg_has_role(s.srvowner, 'USAGE') or pg_catalog.has_server_privilege(s.oid, 'USAGE'))
    end
  )

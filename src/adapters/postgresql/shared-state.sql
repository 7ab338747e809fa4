-- A digest of each catalog that all databases of the server share and everybody may read. What shadow runs make and drop
-- there is no part of it: others may be at work beside this one.
with shadow (oid) as (
  select d.oid from pg_catalog.pg_database d
  where pg_catalog.starts_with(d.datname::pg_catalog.text, 'lockstep_shadow')
  union all
  select r.oid from pg_catalog.pg_roles r
  where pg_catalog.starts_with(pg_catalog.shobj_description(r.oid, 'pg_authid'), 'Lockstep stand-in role')
),
entry (catalog, line) as (
  select 'pg_authid', (r.*)::pg_catalog.text from pg_catalog.pg_roles r where r.oid not in (select s.oid from shadow s)
  union all
  select 'pg_auth_members', pg_catalog.concat_ws(' ', m.roleid, m.member, m.admin_option) from pg_catalog.pg_auth_members m
  union all
  select 'pg_database', pg_catalog.concat_ws(' ', d.oid, d.datname, d.datdba, d.datconnlimit, d.datallowconn, d.datistemplate, d.datacl)
  from pg_catalog.pg_database d where d.oid not in (select s.oid from shadow s)
  union all
  select 'pg_db_role_setting', (s.*)::pg_catalog.text from pg_catalog.pg_db_role_setting s
  union all
  select 'pg_tablespace', (t.*)::pg_catalog.text from pg_catalog.pg_tablespace t
  union all
  select 'pg_shdescription', (d.*)::pg_catalog.text from pg_catalog.pg_shdescription d
  where d.objoid not in (select s.oid from shadow s)
  union all
  select 'pg_shseclabel', (l.*)::pg_catalog.text from pg_catalog.pg_shseclabel l
)
select e.catalog, pg_catalog.md5(pg_catalog.string_agg(e.line, E'\n' order by e.line)) as state
from entry e
group by e.catalog

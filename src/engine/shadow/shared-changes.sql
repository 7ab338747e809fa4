-- What this transaction has changed of what all databases of the server share. Most is told by the locks that it holds on
-- the shared catalogs; GRANT gives its lock back, so rows that nobody else can have written yet are looked for too.
with written (class, what) as (
  values ('pg_authid', 'roles'), ('pg_auth_members', 'memberships of roles'), ('pg_database', 'databases'),
    ('pg_tablespace', 'tablespaces'), ('pg_db_role_setting', 'settings of roles or databases'),
    ('pg_parameter_acl', 'rights on settings'), ('pg_shdescription', 'comments on roles or databases'),
    ('pg_shseclabel', 'security labels of roles or databases'), ('pg_subscription', 'subscriptions'),
    ('pg_replication_origin', 'replication origins')
),
next (id) as (
  select pg_catalog.txid_snapshot_xmax(pg_catalog.txid_current_snapshot())
),
row_of (class, id) as (
  select 'pg_database', d.xmin::pg_catalog.text::pg_catalog.int8 from pg_catalog.pg_database d
  union all
  select 'pg_tablespace', s.xmin::pg_catalog.text::pg_catalog.int8 from pg_catalog.pg_tablespace s
),
own (class) as (
  select r.class from row_of r cross join next n
  -- Row versions keep the lower half of the number of their transaction; a visible one in progress is this one.
  where r.id >= 3 and r.id < n.id & 4294967295
    and n.id - (n.id & 4294967295) + r.id >= coalesce(pg_catalog.txid_current_if_assigned(), n.id)
    and pg_catalog.txid_status(n.id - (n.id & 4294967295) + r.id) = 'in progress'
)
select distinct w.what from written w
where exists (select from own o where o.class = w.class)
  or exists (
    select from pg_catalog.pg_locks l
    join pg_catalog.pg_class c on c.oid = l.relation
    where l.locktype = 'relation' and l.database = 0 and l.pid = pg_catalog.pg_backend_pid() and l.granted
      and l.mode = 'RowExclusiveLock' and c.relname = w.class
      and c.relnamespace = (select n.oid from pg_catalog.pg_namespace n where n.nspname = 'pg_catalog')
  )
order by 1

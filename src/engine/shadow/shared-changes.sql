-- What this transaction has changed of what all databases of the server share. Most is told by the locks that it holds on
-- the shared catalogs; GRANT gives its lock back, so rows that nobody else can have written yet are looked for too.
with written (class, what) as (
  values ('pg_authid', 'roles'), ('pg_auth_members', 'memberships of roles'), ('pg_database', 'databases'),
    ('pg_tablespace', 'tablespaces'), ('pg_db_role_setting', 'settings of roles or databases'),
    ('pg_parameter_acl', 'rights on settings'), ('pg_shdescription', 'comments on roles or databases'),
    ('pg_shseclabel', 'security labels of roles or databases'), ('pg_subscription', 'subscriptions'),
    ('pg_replication_origin', 'replication origins')
),
version_of (class, age) as (
  select 'pg_database', pg_catalog.age(d.xmin) from pg_catalog.pg_database d
  union all
  select 'pg_tablespace', pg_catalog.age(s.xmin) from pg_catalog.pg_tablespace s
),
own (class) as (
  select v.class from version_of v, pg_catalog.txid_current_if_assigned() current (id)
  -- Ages count back from this transaction; its subtransactions come after it. A visible version whose transaction is in
  -- progress is this one's. Far ahead lie only frozen versions, whose number has come round again.
  where case when v.age between -1000000 and 0
    then pg_catalog.txid_status(current.id - v.age) = 'in progress' else false end
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

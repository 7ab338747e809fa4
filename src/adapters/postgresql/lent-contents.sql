-- Everything that people made in the database that the session is in, beside what the inventory of a catalog lists: tables
-- and routines, which a catalog reads by queries of their own, large objects, which it counts, and subscriptions, which the
-- whole server shares.
with made (class, oid) as (
  select i.class, i.oid::pg_catalog.oid from (/* inventory */) i
  union
  select 'pg_largeobject', l.oid from pg_catalog.pg_largeobject_metadata l
  union
  select 'pg_class', c.oid from pg_catalog.pg_class c
  where c.oid >= 16384 and c.relkind in ('r', 'p', 'f', 'v', 'm', 'S') and c.relpersistence <> 't'
  union
  select 'pg_proc', p.oid from pg_catalog.pg_proc p where p.oid >= 16384
)
select m.class, m.oid::pg_catalog.int8, o.type, o.identity
from made m,
  lateral (select ('pg_catalog.' || m.class)::pg_catalog.regclass::pg_catalog.oid) of (class),
  lateral pg_catalog.pg_identify_object(of.class, m.oid, 0) o
where not exists (
  select from pg_catalog.pg_depend e
  -- The columns of a partition key depend on their table in this way; that says nothing of the table.
  where e.classid = of.class and e.objid = m.oid and e.objsubid = 0 and e.deptype in ('e', 'i')
)
-- A run may have dropped this and got it back.
and not (m.class = 'pg_namespace' and o.identity = 'public')
union all
-- Its number is not for everybody to see before 14.
select 'pg_subscription', 0, 'subscription', pg_catalog.quote_ident(s.subname::pg_catalog.text)
from pg_catalog.pg_subscription s
where s.subdbid = (select d.oid from pg_catalog.pg_database d where d.datname = pg_catalog.current_database())
order by 3, 4

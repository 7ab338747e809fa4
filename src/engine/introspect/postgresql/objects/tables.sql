select
  c.oid::pg_catalog.int8 as "oid",
  n.nspname as "schema",
  c.relname as "name",
  case c.relkind when 'r' then 'table' when 'p' then 'partitioned table' else 'foreign table' end as "kind",
  case c.relpersistence when 'u' then 'unlogged' else 'permanent' end as "persistence",
  c.relrowsecurity as "rowSecurity",
  c.relforcerowsecurity as "forceRowSecurity",
  c.relispartition as "isPartition",
  case when c.relispartition then pg_catalog.pg_get_expr(c.relpartbound, 0) end as "bound",
  h.parents as "parents",
  case c.relreplident when 'n' then 'nothing' when 'f' then 'full' when 'i' then 'index' else 'default' end
    as "replicaIdentity",
  c.reloptions as "options",
  x.reloptions as "toastOptions",
  case when am.amname <> 'heap' then am.amname end as "accessMethod",
  (select ts.spcname from pg_catalog.pg_tablespace ts where ts.oid = c.reltablespace) as "tablespace",
  s.srvname as "server",
  case when f.ftoptions is not null then array(
    -- What may be a secret never leaves the server.
    select case
      when x.o ~* '^[^=]*(pass|secret|token|key|credential)' and x.o !~* '=(on|off|true|false)$'
        then pg_catalog.split_part(x.o, '=', 1) || '=****'
      else x.o
    end
    from pg_catalog.unnest(f.ftoptions) with ordinality x (o, place)
    order by x.place
  ) end as "foreignOptions",
  pg_catalog.pg_get_userbyid(c.relowner) as "owner"
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_class x on x.oid = c.reltoastrelid and x.reloptions is not null
left join pg_catalog.pg_am am on am.oid = c.relam
left join pg_catalog.pg_foreign_table f on f.ftrelid = c.oid
left join pg_catalog.pg_foreign_server s on s.oid = f.ftserver
left join (
  select
    i.inhrelid,
    pg_catalog.json_agg(pg_catalog.json_build_object('schema', pn.nspname, 'name', p.relname) order by i.inhseqno) as parents
  from pg_catalog.pg_inherits i
  join pg_catalog.pg_class p on p.oid = i.inhparent
  join pg_catalog.pg_namespace pn on pn.oid = p.relnamespace
  group by i.inhrelid
) h on h.inhrelid = c.oid
where c.relkind in ('r', 'p', 'f')
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
  and ($2::pg_catalog.text is null or c.oid = any (array(
    select pg_catalog.json_array_elements_text($2::pg_catalog.json)::pg_catalog.oid
  )))
  and not exists (
    select from pg_catalog.pg_depend e
    where e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass and e.deptype = 'e'
      and e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and e.objid = c.oid
  )
order by n.nspname, c.relname

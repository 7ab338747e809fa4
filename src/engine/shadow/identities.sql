select pg_catalog.json_agg(pg_catalog.json_build_array(o.kind, o.id, o.parent, o.schema, o.name, o.detail))::pg_catalog.text as row
from (
  with extension (class, object) as (
    select d.classid, d.objid from pg_catalog.pg_depend d where d.deptype = 'e'
  ),
  space as (
    select n.oid, n.nspname from pg_catalog.pg_namespace n
    where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  ),
  relation as (
    select c.oid, c.relname, c.relkind, s.nspname, c.reltype
    from pg_catalog.pg_class c join space s on s.oid = c.relnamespace
    where not exists (
      select from extension e where e.class = 'pg_catalog.pg_class'::pg_catalog.regclass and e.object = c.oid
    )
  ),
  type as (
    select t.oid, t.typname, t.typtype, t.typrelid, s.nspname
    from pg_catalog.pg_type t join space s on s.oid = t.typnamespace
    where (t.typtype in ('e', 'd', 'r') or exists (
        select from pg_catalog.pg_class c where c.oid = t.typrelid and c.relkind = 'c'
      )) and not exists (
        select from extension e where e.class = 'pg_catalog.pg_type'::pg_catalog.regclass and e.object = t.oid
      )
  )
  select 'schema' as kind, s.oid::pg_catalog.text as id, '' as parent, '' as schema, s.nspname::pg_catalog.text as name, '' as detail
  from space s
  union all
  select 'relation', r.oid::pg_catalog.text, '', r.nspname::pg_catalog.text, r.relname::pg_catalog.text,
    case when r.relkind = 'S' and exists (
      select from pg_catalog.pg_depend d
      where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objid = r.oid and d.refobjsubid > 0
        and d.deptype in ('a', 'i')
    ) then 'owned' else r.relkind::pg_catalog.text end
  from relation r where r.relkind in ('r', 'p', 'f', 'v', 'm', 'S', 'i', 'I')
  union all
  select 'column', a.attrelid::pg_catalog.text || '.' || a.attnum, a.attrelid::pg_catalog.text, '', a.attname::pg_catalog.text, ''
  from pg_catalog.pg_attribute a join relation r on r.oid = a.attrelid
  where a.attnum > 0 and not a.attisdropped and a.attinhcount = 0 and r.relkind in ('r', 'p', 'f')
  union all
  select 'constraint', k.oid::pg_catalog.text, k.conrelid::pg_catalog.text, '', k.conname::pg_catalog.text, ''
  from pg_catalog.pg_constraint k join relation r on r.oid = k.conrelid
  where k.contype in ('c', 'f') and k.coninhcount = 0 and k.conparentid = 0
  union all
  select 'type', t.oid::pg_catalog.text, '', t.nspname::pg_catalog.text, t.typname::pg_catalog.text, t.typtype::pg_catalog.text
  from type t
  union all
  select 'attribute', t.oid::pg_catalog.text || '.' || a.attnum, t.oid::pg_catalog.text, '', a.attname::pg_catalog.text, ''
  from type t join pg_catalog.pg_attribute a on a.attrelid = t.typrelid
  where t.typtype = 'c' and a.attnum > 0 and not a.attisdropped
  union all
  select 'label', l.oid::pg_catalog.text, t.oid::pg_catalog.text, '', l.enumlabel::pg_catalog.text, ''
  from type t join pg_catalog.pg_enum l on l.enumtypid = t.oid
) o

-- The floor: what a skilled person would write by hand to get the same catalog as one JSON document.
with user_schema as (
  select n.oid, n.nspname from pg_namespace n where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
),
relation as (
  select c.oid, c.relname, c.relkind, c.relpersistence, c.relrowsecurity, c.relforcerowsecurity, c.reloptions, c.relowner,
    c.relreplident, c.relispartition, c.relpartbound, s.nspname
  from pg_class c join user_schema s on s.oid = c.relnamespace
),
column_list as (
  select a.attrelid, json_agg(json_build_object(
    'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'notNull', a.attnotnull,
    'default', pg_get_expr(d.adbin, d.adrelid), 'identity', a.attidentity, 'generated', a.attgenerated,
    'collation', case when a.attcollation <> t.typcollation then a.attcollation::regcollation::text end,
    'storage', a.attstorage, 'compression', a.attcompression, 'local', a.attislocal,
    'options', coalesce(a.attoptions, a.attfdwoptions), 'comment', e.description) order by a.attnum) as list
  from pg_attribute a
  join relation r on r.oid = a.attrelid and r.relkind in ('r', 'p', 'f', 'v', 'm', 'c')
  join pg_type t on t.oid = a.atttypid
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  left join pg_description e on e.classoid = 'pg_class'::regclass and e.objoid = a.attrelid and e.objsubid = a.attnum
  where a.attnum > 0 and not a.attisdropped group by a.attrelid
),
constraint_list as (
  select k.conrelid, json_agg(json_build_object(
    'name', k.conname, 'kind', k.contype, 'columns', k.conkey, 'definition', pg_get_constraintdef(k.oid),
    'validated', k.convalidated, 'deferrable', k.condeferrable, 'deferred', k.condeferred, 'local', k.conislocal,
    'references', k.confrelid::regclass::text, 'referencedColumns', k.confkey, 'onUpdate', k.confupdtype,
    'onDelete', k.confdeltype, 'comment', e.description) order by k.conname) as list
  from pg_constraint k
  join user_schema s on s.oid = k.connamespace
  left join pg_description e on e.classoid = 'pg_constraint'::regclass and e.objoid = k.oid
  group by k.conrelid
),
index_list as (
  select i.indrelid, json_agg(json_build_object(
    'name', c.relname, 'method', m.amname, 'unique', i.indisunique, 'valid', i.indisvalid,
    'keys', i.indkey::text, 'order', i.indoption::text, 'predicate', pg_get_expr(i.indpred, i.indrelid),
    'definition', pg_get_indexdef(i.indexrelid), 'constraint', k.conname, 'clustered', i.indisclustered,
    'options', c.reloptions, 'comment', e.description) order by c.relname) as list
  from pg_index i
  join pg_class c on c.oid = i.indexrelid
  join user_schema s on s.oid = c.relnamespace
  join pg_am m on m.oid = c.relam
  left join pg_constraint k on k.conindid = i.indexrelid and k.conrelid = i.indrelid and k.contype in ('p', 'u', 'x')
  left join pg_description e on e.classoid = 'pg_class'::regclass and e.objoid = c.oid and e.objsubid = 0
  group by i.indrelid
),
trigger_list as (
  select g.tgrelid, json_agg(json_build_object(
    'name', g.tgname, 'definition', pg_get_triggerdef(g.oid), 'enabled', g.tgenabled,
    'function', g.tgfoid::regproc::text) order by g.tgname) as list
  from pg_trigger g where not g.tgisinternal group by g.tgrelid
),
policy_list as (
  select p.polrelid, json_agg(json_build_object(
    'name', p.polname, 'permissive', p.polpermissive, 'command', p.polcmd, 'roles', p.polroles,
    'using', pg_get_expr(p.polqual, p.polrelid), 'check', pg_get_expr(p.polwithcheck, p.polrelid)) order by p.polname) as list
  from pg_policy p group by p.polrelid
)
select json_build_object(
  'relations', (
    select json_agg(json_build_object(
      'schema', r.nspname, 'name', r.relname, 'kind', r.relkind, 'persistence', r.relpersistence,
      'rowSecurity', r.relrowsecurity, 'forced', r.relforcerowsecurity, 'options', r.reloptions,
      'partitionKey', case when r.relkind = 'p' then pg_get_partkeydef(r.oid) end,
      'bound', case when r.relispartition then pg_get_expr(r.relpartbound, r.oid) end,
      'definition', case when r.relkind in ('v', 'm') then pg_get_viewdef(r.oid) end,
      'columns', cl.list, 'constraints', kl.list, 'indexes', il.list, 'triggers', gl.list, 'policies', pl.list,
      'owner', pg_get_userbyid(r.relowner), 'comment', e.description) order by r.nspname, r.relname)
    from relation r
    left join column_list cl on cl.attrelid = r.oid
    left join constraint_list kl on kl.conrelid = r.oid
    left join index_list il on il.indrelid = r.oid
    left join trigger_list gl on gl.tgrelid = r.oid
    left join policy_list pl on pl.polrelid = r.oid
    left join pg_description e on e.classoid = 'pg_class'::regclass and e.objoid = r.oid and e.objsubid = 0
    where r.relkind in ('r', 'p', 'f', 'v', 'm')
  ),
  'sequences', (
    select json_agg(json_build_object(
      'schema', r.nspname, 'name', r.relname, 'type', format_type(q.seqtypid, null), 'start', q.seqstart,
      'increment', q.seqincrement, 'minimum', q.seqmin, 'maximum', q.seqmax, 'cache', q.seqcache, 'cycle', q.seqcycle,
      'owner', d.refobjid::regclass::text, 'column', d.refobjsubid))
    from pg_sequence q
    join relation r on r.oid = q.seqrelid
    left join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = q.seqrelid and d.deptype in ('a', 'i')
  ),
  'types', (
    select json_agg(json_build_object(
      'schema', s.nspname, 'name', t.typname, 'kind', t.typtype,
      'labels', (select json_agg(l.enumlabel order by l.enumsortorder) from pg_enum l where l.enumtypid = t.oid)))
    from pg_type t join user_schema s on s.oid = t.typnamespace where t.typtype in ('e', 'd', 'r')
  ),
  'routines', (
    select json_agg(json_build_object(
      'schema', s.nspname, 'name', p.proname, 'arguments', pg_get_function_identity_arguments(p.oid),
      'definition', case when p.prokind <> 'a' then pg_get_functiondef(p.oid) end, 'privileges', p.proacl))
    from pg_proc p join user_schema s on s.oid = p.pronamespace
  ),
  'privileges', (
    select json_agg(json_build_object('relation', r.oid::regclass::text, 'privileges', c.relacl))
    from relation r join pg_class c on c.oid = r.oid where c.relacl is not null
  ),
  'dependencies', (
    select json_agg(json_build_array(
      d.classid::int8, d.objid::int8, d.objsubid, d.refclassid::int8, d.refobjid::int8, d.refobjsubid))
    from pg_depend d where d.objid >= 16384 and d.refobjid >= 16384 and d.deptype in ('n', 'a')
  )
)::text as catalog

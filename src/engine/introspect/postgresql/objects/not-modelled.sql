-- What is no object of its own, or lies outside of what a schema holds, and is not in the catalog.
with extension_table as (
  select c.oid, c.oid::pg_catalog.regclass::pg_catalog.text as name,
    -- The system columns of a table are never touched again: their row says which transaction made the table.
    (select a.xmin from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attnum = -1) as made
  from pg_catalog.pg_class c
  join pg_catalog.pg_depend e
    on e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass and e.deptype = 'e'
    and e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and e.objid = c.oid
  where c.relkind in ('r', 'p', 'f') and $1::pg_catalog.text is null
),
known (class) as (
  select pg_catalog.unnest(array[
    'pg_am', 'pg_amop', 'pg_amproc', 'pg_attrdef', 'pg_auth_members', 'pg_authid', 'pg_cast', 'pg_class', 'pg_collation',
    'pg_constraint', 'pg_conversion', 'pg_database', 'pg_default_acl', 'pg_enum', 'pg_event_trigger', 'pg_extension',
    'pg_foreign_data_wrapper', 'pg_foreign_server', 'pg_language', 'pg_largeobject_metadata', 'pg_namespace',
    'pg_opclass', 'pg_operator', 'pg_opfamily', 'pg_parameter_acl', 'pg_policy', 'pg_proc', 'pg_publication',
    'pg_publication_namespace', 'pg_publication_rel', 'pg_rewrite', 'pg_statistic_ext', 'pg_subscription',
    'pg_tablespace', 'pg_transform', 'pg_trigger', 'pg_ts_config', 'pg_ts_dict', 'pg_ts_parser', 'pg_ts_template',
    'pg_type', 'pg_user_mapping'
  ])
),
database as (
  select b.* from pg_catalog.pg_database b where b.datname = pg_catalog.current_database()
)
select x.kind as "kind", x.name as "name", null::pg_catalog.int8 as "count"
from (
  select 'column changed in the table of an extension' as kind,
    t.name || '.' || pg_catalog.quote_ident(a.attname) as name
  from extension_table t
  join pg_catalog.pg_attribute a on a.attrelid = t.oid
  where a.attnum > 0 and not a.attisdropped and a.xmin <> t.made
  union all
  select 'index added to the table of an extension', i.indexrelid::pg_catalog.regclass::pg_catalog.text
  from extension_table t
  join pg_catalog.pg_index i on i.indrelid = t.oid
  join pg_catalog.pg_attribute a on a.attrelid = i.indexrelid and a.attnum = 1
  where a.xmin <> t.made
    and not exists (select from pg_catalog.pg_constraint k where k.conindid = i.indexrelid and k.conrelid = t.oid)
  union all
  select 'constraint added to the table of an extension', t.name || '.' || pg_catalog.quote_ident(k.conname)
  from extension_table t
  join pg_catalog.pg_constraint k on k.conrelid = t.oid
  where k.xmin <> t.made and k.contype not in ('n', 't')
  union all
  select 'trigger added to the table of an extension', t.name || '.' || pg_catalog.quote_ident(g.tgname)
  from extension_table t
  join pg_catalog.pg_trigger g on g.tgrelid = t.oid
  where g.xmin <> t.made and not g.tgisinternal
  union all
  select 'rule added to the table of an extension', t.name || '.' || pg_catalog.quote_ident(w.rulename)
  from extension_table t
  join pg_catalog.pg_rewrite w on w.ev_class = t.oid
  where w.xmin <> t.made
  union all
  select 'policy on the table of an extension', t.name || '.' || pg_catalog.quote_ident(p.polname)
  from extension_table t
  join pg_catalog.pg_policy p on p.polrelid = t.oid
  union all
  -- Comments that the server takes for what is no object of its own here: the type of a table's rows, an array, a multirange,
  -- the rule that is a view's query, the constraint that comes with a constraint trigger.
  select 'comment on a part of something', pg_catalog.pg_describe_object(d.classoid, d.objoid, 0)
  from pg_catalog.pg_description d
  where d.objoid >= 16384 and $1::pg_catalog.text is null
    and (
      d.classoid = 'pg_catalog.pg_type'::pg_catalog.regclass and exists (
        select from pg_catalog.pg_type t
        left join pg_catalog.pg_class c on c.oid = t.typrelid
        where t.oid = d.objoid
          and (t.typtype = 'm' or c.relkind <> 'c' or exists (select from pg_catalog.pg_type e where e.typarray = t.oid))
      )
      or d.classoid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
        and d.objoid in (select w.oid from pg_catalog.pg_rewrite w where w.rulename = '_RETURN')
      or d.classoid = 'pg_catalog.pg_constraint'::pg_catalog.regclass
        and d.objoid in (select k.oid from pg_catalog.pg_constraint k where k.contype = 't')
    )
  union all
  -- DISABLE TRIGGER ALL; no statement that is the same on every server says it of one constraint.
  select distinct 'constraint with triggers switched by hand',
    k.conrelid::pg_catalog.regclass::pg_catalog.text || '.' || pg_catalog.quote_ident(k.conname)
  from pg_catalog.pg_trigger g
  join pg_catalog.pg_constraint k on k.oid = g.tgconstraint
  join pg_catalog.pg_class c on c.oid = k.conrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where g.tgisinternal and g.tgenabled <> 'O' and k.contype <> 't'
    and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
  union all
  select 'partition in the middle of being detached', c.oid::pg_catalog.regclass::pg_catalog.text
  -- Before 14 there is no column of that name, and this one is found.
  from (select false as inhdetachpending) before
  cross join lateral (select i.inhrelid from pg_catalog.pg_inherits i where inhdetachpending) i
  join pg_catalog.pg_class c on c.oid = i.inhrelid and c.relkind not in ('i', 'I')
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where $1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json))
  union all
  select 'setting of the database',
    pg_catalog.split_part(c, '=', 1)
      || case when s.setrole = 0 then '' else ' for ' || pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(s.setrole)) end
  from pg_catalog.pg_db_role_setting s
  join database b on b.oid = s.setdatabase
  cross join pg_catalog.unnest(s.setconfig) c
  where $1::pg_catalog.text is null
  union all
  -- Came with 15; where the locale stands changed with 17.
  select 'locale provider of the database',
    case b.said ->> 'datlocprovider' when 'i' then 'icu' else 'builtin' end
      || ' ' || coalesce(b.said ->> 'datlocale', b.said ->> 'daticulocale')
      || coalesce(' with the rules ' || (b.said ->> 'daticurules'), '')
  from (select pg_catalog.to_jsonb(d) as said from database d) b
  where b.said ->> 'datlocprovider' in ('i', 'b') and $1::pg_catalog.text is null
  union all
  select 'tablespace of the database', pg_catalog.quote_ident(s.spcname)
  from database b
  join pg_catalog.pg_tablespace s on s.oid = b.dattablespace
  where s.oid >= 16384 and $1::pg_catalog.text is null
  union all
  select 'comment on the database', pg_catalog.quote_ident(b.datname)
  from database b
  join pg_catalog.pg_shdescription d on d.classoid = 'pg_catalog.pg_database'::pg_catalog.regclass and d.objoid = b.oid
  where $1::pg_catalog.text is null
    -- What initdb says of the database that it makes.
    and d.description <> 'default administrative connection database'
  union all
  select distinct 'grantee with privileges on the database',
    case when x.grantee = 0 then 'PUBLIC' else pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(x.grantee)) end
  from database b
  cross join pg_catalog.aclexplode(b.datacl) x
  where $1::pg_catalog.text is null
    and (x.grantee, x.privilege_type, x.is_grantable) not in (
      select y.grantee, y.privilege_type, y.is_grantable
      from pg_catalog.aclexplode(pg_catalog.acldefault('d', b.datdba)) y
    )
  union all
  select 'security label of the database', l.provider
  from database b
  join pg_catalog.pg_shseclabel l on l.classoid = 'pg_catalog.pg_database'::pg_catalog.regclass and l.objoid = b.oid
  where $1::pg_catalog.text is null
  union all
  select 'system catalog unknown to Lockstep', c.relname
  from pg_catalog.pg_class c
  where $1::pg_catalog.text is null and c.relkind = 'r'
    and c.relnamespace = (select n.oid from pg_catalog.pg_namespace n where n.nspname = 'pg_catalog')
    and exists (select from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attname = 'oid')
    and c.relname not in (select k.class from known k)
) x
union all
-- There may be millions: few are named, the last of them for all others.
select 'large object', o.oid::pg_catalog.text, case when o.place = 4 then o.total - 3 end
from (
    select m.oid, pg_catalog.row_number() over (order by m.oid) as place,
      (select pg_catalog.count(*) from pg_catalog.pg_largeobject_metadata) as total
    from pg_catalog.pg_largeobject_metadata m
    order by m.oid
    limit 4
  ) o
  where $1::pg_catalog.text is null

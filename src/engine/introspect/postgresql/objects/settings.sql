select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  with relation as (
    select
      c.oid, c.relname, c.relkind, c.relpersistence, c.reloftype, c.relam, n.nspname,
      pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) as path
    from (
      -- Those few of thousands that can have a setting.
      select x.* from pg_catalog.pg_class x
      where x.relkind = 'm' or x.reloftype <> 0 or x.relkind = 'S' and x.relpersistence = 'u'
        or x.relkind in ('i', 'I')
          and x.oid in (select a.attrelid from pg_catalog.pg_attribute a where a.attstattarget >= 0)
        or x.relkind = 'S' and x.oid in (
          select d.objid
          from pg_catalog.pg_class t
          join pg_catalog.pg_depend d on d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.refobjid = t.oid
          where t.relpersistence = 'u' and d.classid = d.refclassid and d.deptype = 'i'
        )
    ) c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
      and not exists (
        select from pg_catalog.pg_depend e
        where e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass and e.deptype = 'e'
          and e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and e.objid = c.oid
      )
  ),
  setting (schema, owner, name, relation, text) as (
    select c.nspname, c.relname, 'COLUMN ' || a.attnum || ' STATISTICS', i.indrelid,
      'ALTER INDEX ' || c.path || ' ALTER COLUMN ' || a.attnum || ' SET STATISTICS ' || a.attstattarget
    from relation c
    join pg_catalog.pg_index i on i.indexrelid = c.oid
    join pg_catalog.pg_attribute a on a.attrelid = c.oid
    where c.relkind in ('i', 'I') and a.attstattarget >= 0
    union all
    select c.nspname, c.relname, 'COLUMN ' || pg_catalog.quote_ident(a.attname), c.oid,
      'ALTER MATERIALIZED VIEW ' || c.path || ' ' || s.text
    from relation c
    join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_catalog.pg_type t on t.oid = a.atttypid
    cross join lateral (
      select pg_catalog.string_agg('ALTER COLUMN ' || pg_catalog.quote_ident(a.attname) || ' SET ' || x, ', ' order by x) as text
      from pg_catalog.unnest(array[
        case when a.attstattarget >= 0 then 'STATISTICS ' || a.attstattarget end,
        case when a.attstorage <> t.typstorage then 'STORAGE ' || case a.attstorage
          when 'p' then 'PLAIN' when 'e' then 'EXTERNAL' when 'm' then 'MAIN' else 'EXTENDED' end end,
        -- Came with 14.
        'COMPRESSION ' || case pg_catalog.to_jsonb(a) ->> 'attcompression' when 'p' then 'pglz' when 'l' then 'lz4' end,
        '(' || pg_catalog.array_to_string(a.attoptions, ', ') || ')'
      ]) x
    ) s
    where c.relkind = 'm' and s.text is not null
    union all
    select c.nspname, c.relname, 'ACCESS METHOD', c.oid,
      'ALTER MATERIALIZED VIEW ' || c.path || ' SET ACCESS METHOD ' || pg_catalog.quote_ident(m.amname)
    from relation c
    join pg_catalog.pg_am m on m.oid = c.relam
    where c.relkind = 'm' and m.amname <> 'heap'
    union all
    select c.nspname, c.relname, 'OF', c.oid,
      'ALTER TABLE ' || c.path || ' OF ' || pg_catalog.format_type(c.reloftype, null)
    from relation c
    where c.reloftype <> 0
    union all
    -- The sequence of an identity column is as its table.
    select c.nspname, c.relname, 'PERSISTENCE', null,
      'ALTER SEQUENCE ' || c.path || case c.relpersistence when 'u' then ' SET UNLOGGED' else ' SET LOGGED' end
    from relation c
    left join pg_catalog.pg_depend d
      on d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objid = c.oid and d.objsubid = 0 and d.deptype = 'i'
      and d.refclassid = d.classid
    left join pg_catalog.pg_class t on t.oid = d.refobjid
    where c.relkind = 'S' and c.relpersistence <> case
      when t.oid is null then 'p'
      -- Until 14 there were no unlogged sequences.
      when pg_catalog.current_setting('server_version_num')::pg_catalog.int4 < 150000 then c.relpersistence
      else t.relpersistence
    end
    union all
    select i.schema, '', 'ON EXTENSION ' || pg_catalog.quote_ident(x.extname) || ' OF ' || i.type || ' ' || i.identity, null,
      'ALTER ' || case when i.type = 'aggregate' then 'FUNCTION' else pg_catalog.upper(i.type) end || ' ' || i.identity
        || ' DEPENDS ON EXTENSION ' || pg_catalog.quote_ident(x.extname)
    from pg_catalog.pg_depend d
    join pg_catalog.pg_extension x on x.oid = d.refobjid
    cross join lateral (
      select o.type, o.identity, coalesce(n.nspname, '') as schema
      from pg_catalog.pg_identify_object(d.classid, d.objid, d.objsubid) o
      left join pg_catalog.pg_namespace n on pg_catalog.quote_ident(n.nspname) = o.schema
    ) i
    where d.deptype = 'x' and d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass and $1::pg_catalog.text is null
  )
  select
    0 as "oid",
    'pg_depend' as "class",
    'setting' as "kind",
    s.schema as "schema",
    case when s.owner = '' then s.name else pg_catalog.quote_ident(s.owner) || ' ' || s.name end as "name",
    case when c.oid is not null then pg_catalog.json_build_object('schema', n.nspname, 'name', c.relname) end as "table",
    s.text as "definition",
    '' as "owner",
    null as "comment"
  from setting s
  left join pg_catalog.pg_class c on c.oid = s.relation
  left join pg_catalog.pg_namespace n on n.oid = c.relnamespace
) r

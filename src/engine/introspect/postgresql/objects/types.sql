select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    t.oid::pg_catalog.int8 as "oid",
    t.typrelid::pg_catalog.int8 as "relation",
    case t.typtype when 'e' then 'enum' when 'd' then 'domain' when 'c' then 'composite' else 'range' end as "kind",
    n.nspname as "schema",
    t.typname as "name",
    coalesce((
      select pg_catalog.array_agg(l.enumlabel::pg_catalog.text order by l.enumsortorder)
      from pg_catalog.pg_enum l where l.enumtypid = t.oid
    ), '{}'::pg_catalog.text[]) as "labels",
    case when t.typtype = 'd' then pg_catalog.format_type(t.typbasetype, t.typtypmod) end as "baseType",
    t.typnotnull as "notNull",
    -- One that people chose is among the constraints.
    (
      select k.conname from pg_catalog.pg_constraint k
      where k.contypid = t.oid and k.contype = 'n' and k.conname ~ '_not_null[0-9]*$'
        and k.conname <> t.typname || '_not_null'
    ) as "notNullName",
    -- A default that is kept as text alone comes from the base type, and would come from there again.
    case when t.typtype = 'd' then pg_catalog.pg_get_expr(t.typdefaultbin, 0) end as "default",
    case when t.typtype = 'd' and t.typcollation <> 0 and t.typcollation <> b.typcollation then (
      select pg_catalog.quote_ident(cn.nspname) || '.' || pg_catalog.quote_ident(co.collname)
      from pg_catalog.pg_collation co
      join pg_catalog.pg_namespace cn on cn.oid = co.collnamespace
      where co.oid = t.typcollation
    ) end as "collation",
    case when t.typtype = 'r' then pg_catalog.format_type(g.rngsubtype, null) end as "subtype",
    case when t.typtype = 'r' then (
      select coalesce(pg_catalog.array_agg(o order by o), '{}'::pg_catalog.text[])
      from (
        select 'subtype_opclass = ' || pg_catalog.quote_ident(ocn.nspname) || '.' || pg_catalog.quote_ident(oc.opcname)
        from pg_catalog.pg_opclass oc
        join pg_catalog.pg_namespace ocn on ocn.oid = oc.opcnamespace
        where oc.oid = g.rngsubopc and not oc.opcdefault
        union all
        select 'collation = ' || pg_catalog.quote_ident(cn.nspname) || '.' || pg_catalog.quote_ident(co.collname)
        from pg_catalog.pg_collation co
        join pg_catalog.pg_namespace cn on cn.oid = co.collnamespace
        join pg_catalog.pg_type st on st.oid = g.rngsubtype
        where co.oid = g.rngcollation and g.rngcollation <> st.typcollation
        union all
        select 'subtype_diff = ' || pg_catalog.quote_ident(fn.nspname) || '.' || pg_catalog.quote_ident(f.proname)
        from pg_catalog.pg_proc f
        join pg_catalog.pg_namespace fn on fn.oid = f.pronamespace
        where f.oid = g.rngsubdiff
        union all
        select 'canonical = ' || pg_catalog.quote_ident(fn.nspname) || '.' || pg_catalog.quote_ident(f.proname)
        from pg_catalog.pg_proc f
        join pg_catalog.pg_namespace fn on fn.oid = f.pronamespace
        where f.oid = g.rngcanonical
        union all
        -- Came with 14. The server makes a name from that of the range.
        select 'multirange_type_name = ' || pg_catalog.quote_ident(mn.nspname) || '.' || pg_catalog.quote_ident(m.typname)
        from pg_catalog.pg_type m
        join pg_catalog.pg_namespace mn on mn.oid = m.typnamespace
        where m.oid = (pg_catalog.to_jsonb(g) ->> 'rngmultitypid')::pg_catalog.oid
          and (
            m.typnamespace <> t.typnamespace
            or m.typname <> case
              when pg_catalog.strpos(t.typname, 'range') > 0 then pg_catalog.overlay(
                t.typname::pg_catalog.text, 'multirange', pg_catalog.strpos(t.typname, 'range'), 5
              )
              else t.typname || '_multirange'
            end::pg_catalog.name
          )
      ) x (o)
    ) end as "options",
    pg_catalog.pg_get_userbyid(t.typowner) as "owner",
    coalesce(d.description, rd.description) as "comment"
  from pg_catalog.pg_type t
  join pg_catalog.pg_namespace n on n.oid = t.typnamespace
  left join pg_catalog.pg_class c on c.oid = t.typrelid
  left join pg_catalog.pg_type b on b.oid = t.typbasetype
  left join pg_catalog.pg_range g on g.rngtypid = t.oid
  left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_type'::pg_catalog.regclass and d.objoid = t.oid and d.objsubid = 0
  left join pg_catalog.pg_description rd
    on rd.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass and rd.objoid = t.typrelid and rd.objsubid = 0
    and t.typrelid <> 0
  where (t.typtype in ('e', 'd', 'r') or t.typtype = 'c' and c.relkind = 'c')
    and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
    and not exists (
      select from pg_catalog.pg_depend e
      where e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass and e.deptype = 'e'
        and e.classid = 'pg_catalog.pg_type'::pg_catalog.regclass and e.objid = t.oid
    )
  order by n.nspname, t.typname
) r

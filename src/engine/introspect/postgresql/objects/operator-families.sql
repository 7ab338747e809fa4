select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  with family as (
    select
      f.oid, f.opfowner, n.nspname, f.opfname, m.amname,
      pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(f.opfname) || ' USING '
        || pg_catalog.quote_ident(m.amname) as path
    from pg_catalog.pg_opfamily f
    join pg_catalog.pg_namespace n on n.oid = f.opfnamespace
    join pg_catalog.pg_am m on m.oid = f.opfmethod
    where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
      and not exists (
        select from pg_catalog.pg_depend e
        where e.classid = 'pg_catalog.pg_opfamily'::pg_catalog.regclass and e.objid = f.oid and e.deptype in ('e', 'i')
      )
  ),
  -- Members that belong to no operator class but to the family alone.
  loose as (
    select d.refobjid as family, 1 as part, o.amopstrategy as number,
      'OPERATOR ' || o.amopstrategy || ' ' || o.amopopr::pg_catalog.regoperator::pg_catalog.text
        || coalesce(' FOR ORDER BY ' || (
          select pg_catalog.quote_ident(sn.nspname) || '.' || pg_catalog.quote_ident(sf.opfname)
          from pg_catalog.pg_opfamily sf
          join pg_catalog.pg_namespace sn on sn.oid = sf.opfnamespace
          where sf.oid = o.amopsortfamily
        ), '') as text
    from pg_catalog.pg_depend d
    join pg_catalog.pg_amop o on o.oid = d.objid
    where d.classid = 'pg_catalog.pg_amop'::pg_catalog.regclass
      and d.refclassid = 'pg_catalog.pg_opfamily'::pg_catalog.regclass
    union all
    select d.refobjid, 2, p.amprocnum,
      'FUNCTION ' || p.amprocnum || ' (' || pg_catalog.format_type(p.amproclefttype, null) || ', '
        || pg_catalog.format_type(p.amprocrighttype, null) || ') ' || p.amproc::pg_catalog.regprocedure::pg_catalog.text
    from pg_catalog.pg_depend d
    join pg_catalog.pg_amproc p on p.oid = d.objid
    where d.classid = 'pg_catalog.pg_amproc'::pg_catalog.regclass
      and d.refclassid = 'pg_catalog.pg_opfamily'::pg_catalog.regclass
  )
  select
    f.oid::pg_catalog.int8 as "oid",
    'pg_opfamily' as "class",
    'operator family' as "kind",
    f.nspname as "schema",
    pg_catalog.quote_ident(f.opfname) || ' USING ' || pg_catalog.quote_ident(f.amname) as "name",
    null::pg_catalog.json as "table",
    'CREATE OPERATOR FAMILY ' || f.path as "definition",
    coalesce((
      select array['ALTER OPERATOR FAMILY ' || f.path || ' ADD ' || pg_catalog.string_agg(
        l.text, ', ' order by l.part, l.number, l.text collate "C"
      )]
      from loose l where l.family = f.oid
      having pg_catalog.count(*) > 0
    ), '{}'::pg_catalog.text[]) as "further",
    pg_catalog.pg_get_userbyid(f.opfowner) as "owner",
    d.description as "comment"
  from family f
  left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_opfamily'::pg_catalog.regclass and d.objoid = f.oid and d.objsubid = 0
) r

select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  with member as (
    select d.refobjid as class, 1 as part, o.amopstrategy as number,
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
      and d.refclassid = 'pg_catalog.pg_opclass'::pg_catalog.regclass
    union all
    select d.refobjid, 2, p.amprocnum,
      'FUNCTION ' || p.amprocnum || ' (' || pg_catalog.format_type(p.amproclefttype, null) || ', '
        || pg_catalog.format_type(p.amprocrighttype, null) || ') ' || p.amproc::pg_catalog.regprocedure::pg_catalog.text
    from pg_catalog.pg_depend d
    join pg_catalog.pg_amproc p on p.oid = d.objid
    where d.classid = 'pg_catalog.pg_amproc'::pg_catalog.regclass
      and d.refclassid = 'pg_catalog.pg_opclass'::pg_catalog.regclass
  )
  select
    c.oid::pg_catalog.int8 as "oid",
    'pg_opclass' as "class",
    'operator class' as "kind",
    n.nspname as "schema",
    pg_catalog.quote_ident(c.opcname) || ' USING ' || pg_catalog.quote_ident(m.amname) as "name",
    null::pg_catalog.json as "table",
    'CREATE OPERATOR CLASS ' || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.opcname)
      || case when c.opcdefault then ' DEFAULT' else '' end
      || ' FOR TYPE ' || pg_catalog.format_type(c.opcintype, null) || ' USING ' || pg_catalog.quote_ident(m.amname)
      || ' FAMILY ' || pg_catalog.quote_ident(fn.nspname) || '.' || pg_catalog.quote_ident(f.opfname) || ' AS '
      || pg_catalog.concat_ws(
        ', ',
        -- At least one item must be written.
        case when c.opckeytype <> 0 or not exists (select from member x where x.class = c.oid)
          then 'STORAGE ' || pg_catalog.format_type(coalesce(nullif(c.opckeytype, 0), c.opcintype), null) end,
        (
          select pg_catalog.string_agg(x.text, ', ' order by x.part, x.number, x.text collate "C")
          from member x where x.class = c.oid
        )
      ) as "definition",
    pg_catalog.pg_get_userbyid(c.opcowner) as "owner",
    d.description as "comment"
  from pg_catalog.pg_opclass c
  join pg_catalog.pg_namespace n on n.oid = c.opcnamespace
  join pg_catalog.pg_am m on m.oid = c.opcmethod
  join pg_catalog.pg_opfamily f on f.oid = c.opcfamily
  join pg_catalog.pg_namespace fn on fn.oid = f.opfnamespace
  left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_opclass'::pg_catalog.regclass and d.objoid = c.oid and d.objsubid = 0
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
    and not exists (
      select from pg_catalog.pg_depend e
      where e.classid = 'pg_catalog.pg_opclass'::pg_catalog.regclass and e.objid = c.oid and e.deptype in ('e', 'i')
    )
) r

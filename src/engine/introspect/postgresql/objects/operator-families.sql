select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  with own (class, oid) as (
    select 'pg_catalog.pg_opfamily'::pg_catalog.regclass, f.oid
    from pg_catalog.pg_opfamily f
    join pg_catalog.pg_namespace n on n.oid = f.opfnamespace
    where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
    union all
    select 'pg_catalog.pg_opclass'::pg_catalog.regclass, c.oid
    from pg_catalog.pg_opclass c
    join pg_catalog.pg_namespace n on n.oid = c.opcnamespace
    where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
  ),
  made as (
    select o.class, o.oid from own o
    where not exists (
      select from pg_catalog.pg_depend e where e.classid = o.class and e.objid = o.oid and e.deptype in ('e', 'i')
    )
  ),
  member as (
    select o.amopfamily as family, 1 as part, o.amopstrategy as number, o.amoplefttype as left_type,
      o.amoprighttype as right_type, d.refclassid, d.refobjid,
      'OPERATOR ' || o.amopstrategy || ' ' || o.amopopr::pg_catalog.regoperator::pg_catalog.text
        || coalesce(' FOR ORDER BY ' || (
          select pg_catalog.quote_ident(sn.nspname) || '.' || pg_catalog.quote_ident(sf.opfname)
          from pg_catalog.pg_opfamily sf
          join pg_catalog.pg_namespace sn on sn.oid = sf.opfnamespace
          where sf.oid = o.amopsortfamily
        ), '') as text
    from pg_catalog.pg_amop o
    join pg_catalog.pg_depend d
      on d.classid = 'pg_catalog.pg_amop'::pg_catalog.regclass and d.objid = o.oid
      and (d.refclassid, d.refobjid) in (select m.class, m.oid from made m)
    union all
    select p.amprocfamily, 2, p.amprocnum, p.amproclefttype, p.amprocrighttype, d.refclassid, d.refobjid,
      'FUNCTION ' || p.amprocnum || ' (' || pg_catalog.format_type(p.amproclefttype, null) || ', '
        || pg_catalog.format_type(p.amprocrighttype, null) || ') ' || p.amproc::pg_catalog.regprocedure::pg_catalog.text
    from pg_catalog.pg_amproc p
    join pg_catalog.pg_depend d
      on d.classid = 'pg_catalog.pg_amproc'::pg_catalog.regclass and d.objid = p.oid
      and (d.refclassid, d.refobjid) in (select m.class, m.oid from made m)
  ),
  -- Until 13 everything that was written in a class belonged to it; since 14 what the class can do without belongs to the
  -- family. So that both say the same, a member on one type goes with the class of that type and others with the family.
  placed as (
    select m.family, m.part, m.number, m.text, case
      when m.refclassid = 'pg_catalog.pg_opclass'::pg_catalog.regclass
        then case when m.left_type = m.right_type or v.since_14 then m.refobjid end
      when m.left_type = m.right_type and v.since_14 then coalesce(
        (
          select c.oid from pg_catalog.pg_opclass c
          where c.opcfamily = m.family and c.opcintype = m.left_type and c.oid in (select o.oid from made o)
          order by c.opcname limit 1
        ),
        (
          select min(c.oid) from pg_catalog.pg_opclass c
          where c.opcfamily = m.family and c.oid in (select o.oid from made o)
          having pg_catalog.count(*) = 1 and pg_catalog.bool_and(c.opcmethod not in (
            select a.oid from pg_catalog.pg_am a where a.amname in ('btree', 'hash')
          ))
        )
      )
    end as class
    from member m
    cross join (select pg_catalog.current_setting('server_version_num')::pg_catalog.int4 >= 140000 as since_14) v
  )
  select
    f.oid::pg_catalog.int8 as "oid",
    'pg_opfamily' as "class",
    'operator family' as "kind",
    n.nspname as "schema",
    pg_catalog.quote_ident(f.opfname) || ' USING ' || pg_catalog.quote_ident(a.amname) as "name",
    null::pg_catalog.json as "table",
    'CREATE OPERATOR FAMILY ' || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(f.opfname)
      || ' USING ' || pg_catalog.quote_ident(a.amname) as "definition",
    coalesce((
      select array[
        'ALTER OPERATOR FAMILY ' || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(f.opfname)
          || ' USING ' || pg_catalog.quote_ident(a.amname) || ' ADD '
          || pg_catalog.string_agg(l.text, ', ' order by l.part, l.number, l.text collate "C")
      ]
      from placed l where l.family = f.oid and l.class is null
      having pg_catalog.count(*) > 0
    ), '{}'::pg_catalog.text[]) as "further",
    pg_catalog.pg_get_userbyid(f.opfowner) as "owner",
    d.description as "comment"
  from pg_catalog.pg_opfamily f
  join made o on o.oid = f.oid and o.class = 'pg_catalog.pg_opfamily'::pg_catalog.regclass
  join pg_catalog.pg_namespace n on n.oid = f.opfnamespace
  join pg_catalog.pg_am a on a.oid = f.opfmethod
  left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_opfamily'::pg_catalog.regclass and d.objoid = f.oid and d.objsubid = 0
  union all
  select
    c.oid::pg_catalog.int8, 'pg_opclass', 'operator class', n.nspname,
    pg_catalog.quote_ident(c.opcname) || ' USING ' || pg_catalog.quote_ident(a.amname), null,
    'CREATE OPERATOR CLASS ' || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.opcname)
      || case when c.opcdefault then ' DEFAULT' else '' end
      || ' FOR TYPE ' || pg_catalog.format_type(c.opcintype, null) || ' USING ' || pg_catalog.quote_ident(a.amname)
      || ' FAMILY ' || pg_catalog.quote_ident(fn.nspname) || '.' || pg_catalog.quote_ident(f.opfname) || ' AS '
      || pg_catalog.concat_ws(
        ', ',
        -- At least one item must be written.
        case when c.opckeytype <> 0 or not exists (select from placed x where x.class = c.oid)
          then 'STORAGE ' || pg_catalog.format_type(coalesce(nullif(c.opckeytype, 0), c.opcintype), null) end,
        (
          select pg_catalog.string_agg(x.text, ', ' order by x.part, x.number, x.text collate "C")
          from placed x where x.class = c.oid
        )
      ),
    '{}', pg_catalog.pg_get_userbyid(c.opcowner), d.description
  from pg_catalog.pg_opclass c
  join made o on o.oid = c.oid and o.class = 'pg_catalog.pg_opclass'::pg_catalog.regclass
  join pg_catalog.pg_namespace n on n.oid = c.opcnamespace
  join pg_catalog.pg_am a on a.oid = c.opcmethod
  join pg_catalog.pg_opfamily f on f.oid = c.opcfamily
  join pg_catalog.pg_namespace fn on fn.oid = f.opfnamespace
  left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_opclass'::pg_catalog.regclass and d.objoid = c.oid and d.objsubid = 0
) r

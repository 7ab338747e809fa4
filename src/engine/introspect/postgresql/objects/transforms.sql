select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    t.oid::pg_catalog.int8 as "oid",
    'pg_transform' as "class",
    'transform' as "kind",
    '' as "schema",
    'FOR ' || pg_catalog.format_type(t.trftype, null) || ' LANGUAGE ' || pg_catalog.quote_ident(l.lanname) as "name",
    null::pg_catalog.json as "table",
    'CREATE TRANSFORM FOR ' || pg_catalog.format_type(t.trftype, null) || ' LANGUAGE ' || pg_catalog.quote_ident(l.lanname)
      || ' (' || pg_catalog.concat_ws(
        ', ',
        case when t.trffromsql <> 0
          then 'FROM SQL WITH FUNCTION ' || t.trffromsql::pg_catalog.regprocedure::pg_catalog.text end,
        case when t.trftosql <> 0
          then 'TO SQL WITH FUNCTION ' || t.trftosql::pg_catalog.regprocedure::pg_catalog.text end
      ) || ')' as "definition",
    '' as "owner",
    d.description as "comment"
  from pg_catalog.pg_transform t
  join pg_catalog.pg_language l on l.oid = t.trflang
  left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_transform'::pg_catalog.regclass and d.objoid = t.oid and d.objsubid = 0
  where t.oid >= 16384 and $1::pg_catalog.text is null
    and not exists (
      select from pg_catalog.pg_depend e
      where e.classid = 'pg_catalog.pg_transform'::pg_catalog.regclass and e.objid = t.oid and e.deptype in ('e', 'i')
    )
) r

select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    t.oid::pg_catalog.int8 as "oid",
    'pg_ts_parser' as "class",
    'text search parser' as "kind",
    n.nspname as "schema",
    t.prsname as "name",
    null::pg_catalog.json as "table",
    'CREATE TEXT SEARCH PARSER ' || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(t.prsname)
      || ' (START = ' || t.prsstart::pg_catalog.text || ', GETTOKEN = ' || t.prstoken::pg_catalog.text
      || ', END = ' || t.prsend::pg_catalog.text
      || case when t.prsheadline <> 0 then ', HEADLINE = ' || t.prsheadline::pg_catalog.text else '' end
      || ', LEXTYPES = ' || t.prslextype::pg_catalog.text || ')' as "definition",
    '' as "owner",
    d.description as "comment"
  from pg_catalog.pg_ts_parser t
  join pg_catalog.pg_namespace n on n.oid = t.prsnamespace
  left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_ts_parser'::pg_catalog.regclass and d.objoid = t.oid and d.objsubid = 0
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
    and not exists (
      select from pg_catalog.pg_depend e
      where e.classid = 'pg_catalog.pg_ts_parser'::pg_catalog.regclass and e.objid = t.oid and e.deptype in ('e', 'i')
    )
) r

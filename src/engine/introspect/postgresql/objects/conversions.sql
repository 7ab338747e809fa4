select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    c.oid::pg_catalog.int8 as "oid",
    'pg_conversion' as "class",
    'conversion' as "kind",
    n.nspname as "schema",
    c.conname as "name",
    null::pg_catalog.json as "table",
    'CREATE ' || case when c.condefault then 'DEFAULT ' else '' end || 'CONVERSION '
      || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.conname)
      || ' FOR ' || pg_catalog.quote_literal(pg_catalog.pg_encoding_to_char(c.conforencoding))
      || ' TO ' || pg_catalog.quote_literal(pg_catalog.pg_encoding_to_char(c.contoencoding))
      || ' FROM ' || c.conproc::pg_catalog.text as "definition",
    pg_catalog.pg_get_userbyid(c.conowner) as "owner",
    d.description as "comment"
  from pg_catalog.pg_conversion c
  join pg_catalog.pg_namespace n on n.oid = c.connamespace
  left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_conversion'::pg_catalog.regclass and d.objoid = c.oid and d.objsubid = 0
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
    and not exists (
      select from pg_catalog.pg_depend e
      where e.classid = 'pg_catalog.pg_conversion'::pg_catalog.regclass and e.objid = c.oid and e.deptype in ('e', 'i')
    )
) r

select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    o.oid::pg_catalog.int8 as "oid",
    'pg_collation' as "class",
    'collation' as "kind",
    n.nspname as "schema",
    o.collname as "name",
    null::pg_catalog.json as "table",
    'CREATE COLLATION ' || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(o.collname) || ' (provider = '
      || case o.collprovider when 'i' then 'icu' when 'b' then 'builtin' else 'libc' end
      || case when o.collprovider = 'c'
        then ', lc_collate = ' || pg_catalog.quote_literal(o.collcollate) || ', lc_ctype = ' || pg_catalog.quote_literal(o.collctype)
        else ', locale = ' || pg_catalog.quote_literal(o.colllocale)
          || coalesce(', rules = ' || pg_catalog.quote_literal(o.collicurules), '')
      end
      || case when not o.collisdeterministic then ', deterministic = false' else '' end
      || ')' as "definition",
    pg_catalog.pg_get_userbyid(o.collowner) as "owner",
    d.description as "comment"
  from pg_catalog.pg_collation o
  join pg_catalog.pg_namespace n on n.oid = o.collnamespace
  left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_collation'::pg_catalog.regclass and d.objoid = o.oid and d.objsubid = 0
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
    and not exists (
      select from pg_catalog.pg_depend e
      where e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass and e.deptype = 'e'
        and e.classid = 'pg_catalog.pg_collation'::pg_catalog.regclass and e.objid = o.oid
    )
  order by n.nspname, o.collname
) r

select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    t.oid::pg_catalog.int8 as "oid",
    'pg_type' as "class",
    case when t.typisdefined then 'base type' else 'shell type' end as "kind",
    n.nspname as "schema",
    t.typname as "name",
    null::pg_catalog.json as "table",
    'CREATE TYPE ' || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(t.typname)
      || case when t.typisdefined then ' (' || pg_catalog.concat_ws(
        ', ',
        'INTERNALLENGTH = ' || case when t.typlen = -1 then 'VARIABLE' else t.typlen::pg_catalog.text end,
        'INPUT = ' || t.typinput::pg_catalog.text,
        'OUTPUT = ' || t.typoutput::pg_catalog.text,
        case when t.typreceive <> 0 then 'RECEIVE = ' || t.typreceive::pg_catalog.text end,
        case when t.typsend <> 0 then 'SEND = ' || t.typsend::pg_catalog.text end,
        case when t.typmodin <> 0 then 'TYPMOD_IN = ' || t.typmodin::pg_catalog.text end,
        case when t.typmodout <> 0 then 'TYPMOD_OUT = ' || t.typmodout::pg_catalog.text end,
        case when t.typanalyze <> 0 then 'ANALYZE = ' || t.typanalyze::pg_catalog.text end,
        -- Came with 14.
        'SUBSCRIPT = ' || nullif(pg_catalog.to_jsonb(t) ->> 'typsubscript', '-'),
        case when t.typcollation <> 0 then 'COLLATABLE = true' end,
        'DEFAULT = ' || pg_catalog.quote_literal(
          coalesce(t.typdefault, pg_catalog.pg_get_expr(t.typdefaultbin, 0))
        ),
        case when t.typelem <> 0 then 'ELEMENT = ' || pg_catalog.format_type(t.typelem, null) end,
        case when t.typcategory <> 'U' then 'CATEGORY = ' || pg_catalog.quote_literal(t.typcategory::pg_catalog.text) end,
        case when t.typispreferred then 'PREFERRED = true' end,
        case when t.typdelim <> ',' then 'DELIMITER = ' || pg_catalog.quote_literal(t.typdelim::pg_catalog.text) end,
        'ALIGNMENT = ' || case t.typalign when 'c' then 'char' when 's' then 'int2' when 'd' then 'double' else 'int4' end,
        'STORAGE = ' || case t.typstorage
          when 'p' then 'plain' when 'e' then 'external' when 'x' then 'extended' else 'main' end,
        case when t.typbyval then 'PASSEDBYVALUE' end
      ) || ')' else '' end as "definition",
    pg_catalog.pg_get_userbyid(t.typowner) as "owner",
    d.description as "comment"
  from pg_catalog.pg_type t
  join pg_catalog.pg_namespace n on n.oid = t.typnamespace
  left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_type'::pg_catalog.regclass and d.objoid = t.oid and d.objsubid = 0
  where (t.typtype = 'b' or t.typtype = 'p' and not t.typisdefined)
    and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
    -- The array type of another type depends on it internally.
    and not exists (
      select from pg_catalog.pg_depend e
      where e.classid = 'pg_catalog.pg_type'::pg_catalog.regclass and e.objid = t.oid and e.deptype in ('e', 'i')
    )
) r

select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    0 as "oid",
    'pg_seclabel' as "class",
    'security label' as "kind",
    '' as "schema",
    l.provider || ' ON ' || o.type || ' ' || o.identity as "name",
    null::pg_catalog.json as "table",
    'SECURITY LABEL FOR ' || pg_catalog.quote_ident(l.provider) || ' ON '
      || case when o.type like '% column' then 'COLUMN' when o.type = 'composite type' then 'TYPE'
        else pg_catalog.upper(o.type) end
      || ' ' || o.identity || ' IS ' || pg_catalog.quote_literal(l.label) as "definition",
    '' as "owner",
    null as "comment"
  from pg_catalog.pg_seclabel l
  cross join lateral pg_catalog.pg_identify_object(l.classoid, l.objoid, l.objsubid) o
  where o.identity is not null
    and (
      $1::pg_catalog.text is null
      or coalesce(o.schema, case when o.type = 'schema' then o.name end) in (
        select s from pg_catalog.json_array_elements_text($1::pg_catalog.json) s
        union all
        select pg_catalog.quote_ident(s) from pg_catalog.json_array_elements_text($1::pg_catalog.json) s
      )
    )
) r

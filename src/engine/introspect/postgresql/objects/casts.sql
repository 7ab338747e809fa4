select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    c.oid::pg_catalog.int8 as "oid",
    'pg_cast' as "class",
    'cast' as "kind",
    '' as "schema",
    '(' || pg_catalog.format_type(c.castsource, null) || ' AS ' || pg_catalog.format_type(c.casttarget, null) || ')'
      as "name",
    null::pg_catalog.json as "table",
    'CREATE CAST (' || pg_catalog.format_type(c.castsource, null) || ' AS ' || pg_catalog.format_type(c.casttarget, null)
      || ')'
      || case c.castmethod
        when 'b' then ' WITHOUT FUNCTION'
        when 'i' then ' WITH INOUT'
        else ' WITH FUNCTION ' || c.castfunc::pg_catalog.regprocedure::pg_catalog.text
      end
      || case c.castcontext when 'a' then ' AS ASSIGNMENT' when 'i' then ' AS IMPLICIT' else '' end as "definition",
    '' as "owner",
    d.description as "comment"
  from pg_catalog.pg_cast c
  left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_cast'::pg_catalog.regclass and d.objoid = c.oid and d.objsubid = 0
  where c.oid >= 16384 and $1::pg_catalog.text is null
    and not exists (
      select from pg_catalog.pg_depend e
      where e.classid = 'pg_catalog.pg_cast'::pg_catalog.regclass and e.objid = c.oid and e.deptype in ('e', 'i')
    )
  order by 5
) r

select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    s.oid::pg_catalog.int8 as "oid",
    'pg_statistic_ext' as "class",
    'statistics' as "kind",
    n.nspname as "schema",
    s.stxname as "name",
    pg_catalog.json_build_object('schema', tn.nspname, 'name', c.relname) as "table",
    pg_catalog.pg_get_statisticsobjdef(s.oid) as "definition",
    -- Came with 13; -1 stood for none until 16.
    case when (pg_catalog.to_jsonb(s) ->> 'stxstattarget')::pg_catalog.int4 >= 0
      then array['ALTER STATISTICS ' || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(s.stxname)
        || ' SET STATISTICS ' || (pg_catalog.to_jsonb(s) ->> 'stxstattarget')]
      else '{}'::pg_catalog.text[]
    end as "further",
    pg_catalog.pg_get_userbyid(s.stxowner) as "owner",
    d.description as "comment"
  from pg_catalog.pg_statistic_ext s
  join pg_catalog.pg_namespace n on n.oid = s.stxnamespace
  join pg_catalog.pg_class c on c.oid = s.stxrelid
  join pg_catalog.pg_namespace tn on tn.oid = c.relnamespace
  left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass and d.objoid = s.oid and d.objsubid = 0
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
  order by n.nspname, s.stxname
) r

select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    v.oid::pg_catalog.int8 as "oid",
    'pg_event_trigger' as "class",
    'event trigger' as "kind",
    '' as "schema",
    v.evtname as "name",
    null::pg_catalog.json as "table",
    'CREATE EVENT TRIGGER ' || pg_catalog.quote_ident(v.evtname) || ' ON ' || v.evtevent
      || coalesce(' WHEN TAG IN (' || (
        select pg_catalog.string_agg(pg_catalog.quote_literal(x.tag), ', ' order by x.place)
        from pg_catalog.unnest(v.evttags) with ordinality x (tag, place)
      ) || ')', '')
      || ' EXECUTE FUNCTION ' || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(p.proname) || '()'
      as "definition",
    case v.evtenabled
      when 'D' then array['ALTER EVENT TRIGGER ' || pg_catalog.quote_ident(v.evtname) || ' DISABLE']
      when 'R' then array['ALTER EVENT TRIGGER ' || pg_catalog.quote_ident(v.evtname) || ' ENABLE REPLICA']
      when 'A' then array['ALTER EVENT TRIGGER ' || pg_catalog.quote_ident(v.evtname) || ' ENABLE ALWAYS']
      else '{}'::pg_catalog.text[]
    end as "further",
    pg_catalog.pg_get_userbyid(v.evtowner) as "owner",
    d.description as "comment"
  from pg_catalog.pg_event_trigger v
  join pg_catalog.pg_proc p on p.oid = v.evtfoid
  join pg_catalog.pg_namespace n on n.oid = p.pronamespace
  left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_event_trigger'::pg_catalog.regclass and d.objoid = v.oid and d.objsubid = 0
  where $1::pg_catalog.text is null
    and not exists (
      select from pg_catalog.pg_depend e
      where e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass and e.deptype = 'e'
        and e.classid = 'pg_catalog.pg_event_trigger'::pg_catalog.regclass and e.objid = v.oid
    )
  order by v.evtname
) r

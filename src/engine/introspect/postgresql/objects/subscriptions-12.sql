select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    -- Before 14 only a superuser may read a subscription's number, and with it its comment.
    0 as "oid",
    'pg_subscription' as "class",
    'subscription' as "kind",
    '' as "schema",
    s.subname as "name",
    null::pg_catalog.json as "table",
    'CREATE SUBSCRIPTION ' || pg_catalog.quote_ident(s.subname) || ' CONNECTION ''host=****'' PUBLICATION '
      || (
        select pg_catalog.string_agg(pg_catalog.quote_ident(p), ', ' order by p collate "C")
        from pg_catalog.unnest(s.subpublications) p
      )
      || ' WITH (connect = false, slot_name = ' || coalesce(pg_catalog.quote_literal(s.subslotname), 'NONE') || ')'
      as "definition",
    pg_catalog.pg_get_userbyid(s.subowner) as "owner",
    null as "comment"
  from pg_catalog.pg_subscription s
  where $1::pg_catalog.text is null
    and s.subdbid = (select b.oid from pg_catalog.pg_database b where b.datname = pg_catalog.current_database())
) r

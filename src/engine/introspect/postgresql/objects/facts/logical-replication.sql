select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    coalesce(
      (
        select pg_catalog.json_agg(
          pg_catalog.json_build_object('name', p.pubname, 'allTables', p.puballtables) order by p.pubname
        )
        from pg_catalog.pg_publication p
      ),
      '[]'::pg_catalog.json
    ) as "publications",
    coalesce(
      (
        select pg_catalog.json_agg(
          pg_catalog.json_build_object('name', s.subname, 'enabled', s.subenabled) order by s.subname
        )
        from pg_catalog.pg_subscription s
        where s.subdbid = (select d.oid from pg_catalog.pg_database d where d.datname = pg_catalog.current_database())
      ),
      '[]'::pg_catalog.json
    ) as "subscriptions"
) r

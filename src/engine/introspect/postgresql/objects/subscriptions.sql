select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    s.oid::pg_catalog.int8 as "oid",
    'pg_subscription' as "class",
    'subscription' as "kind",
    '' as "schema",
    s.subname as "name",
    null::pg_catalog.json as "table",
    -- How to reach the publisher is never read: it may hold a password, and only a superuser may see it.
    'CREATE SUBSCRIPTION ' || pg_catalog.quote_ident(s.subname) || ' CONNECTION ''host=****'' PUBLICATION '
      || (
        select pg_catalog.string_agg(pg_catalog.quote_ident(p), ', ' order by p collate "C")
        from pg_catalog.unnest(s.subpublications) p
      )
      || ' WITH (connect = false, slot_name = ' || coalesce(pg_catalog.quote_literal(s.subslotname), 'NONE')
      || case when s.subbinary then ', binary = true' else '' end
      || ', streaming = ' || case s.streaming when 'p' then 'parallel' when 't' then 'on' when 'true' then 'on' else 'off' end
      || case when s.subsynccommit <> 'off'
        then ', synchronous_commit = ' || pg_catalog.quote_literal(s.subsynccommit) else '' end
      || case when s.twophase in ('p', 'e') then ', two_phase = on' else '' end
      || case when s.disableonerr = 'true' then ', disable_on_error = true' else '' end
      || case when s.passwordrequired = 'false' then ', password_required = false' else '' end
      || case when s.runasowner = 'true' then ', run_as_owner = true' else '' end
      || case when s.origin <> 'any' then ', origin = ' || pg_catalog.quote_literal(s.origin) else '' end
      || case when s.failover = 'true' then ', failover = true' else '' end
      || ')' as "definition",
    pg_catalog.pg_get_userbyid(s.subowner) as "owner",
    d.description as "comment"
  from (
    -- A name that the server's version does not have as a column yet is found here.
    select null as subtwophasestate, null as subdisableonerr, null as subpasswordrequired, null as subrunasowner,
      'any' as suborigin, null as subfailover
  ) later
  cross join lateral (
    select
      p.oid, p.subdbid, p.subname, p.subowner, p.subslotname, p.subsynccommit, p.subpublications, p.subbinary,
      p.substream::pg_catalog.text as streaming,
      subtwophasestate::pg_catalog.text as twophase,
      subdisableonerr::pg_catalog.text as disableonerr,
      subpasswordrequired::pg_catalog.text as passwordrequired,
      subrunasowner::pg_catalog.text as runasowner,
      suborigin::pg_catalog.text as origin,
      subfailover::pg_catalog.text as failover
    from pg_catalog.pg_subscription p
  ) s
  left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_subscription'::pg_catalog.regclass and d.objoid = s.oid and d.objsubid = 0
  where $1::pg_catalog.text is null
    and s.subdbid = (select b.oid from pg_catalog.pg_database b where b.datname = pg_catalog.current_database())
) r

select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    t.oid::pg_catalog.int8 as "oid",
    'pg_ts_config' as "class",
    'text search configuration' as "kind",
    n.nspname as "schema",
    t.cfgname as "name",
    null::pg_catalog.json as "table",
    'CREATE TEXT SEARCH CONFIGURATION ' || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(t.cfgname)
      || ' (PARSER = ' || pg_catalog.quote_ident(pn.nspname) || '.' || pg_catalog.quote_ident(p.prsname) || ')'
      as "definition",
    coalesce((
      select pg_catalog.array_agg(
        'ALTER TEXT SEARCH CONFIGURATION ' || pg_catalog.quote_ident(n.nspname) || '.'
          || pg_catalog.quote_ident(t.cfgname) || ' ADD MAPPING FOR ' || pg_catalog.quote_ident(m.alias) || ' WITH '
          || m.dictionaries
        order by m.alias
      )
      from (
        select k.alias, pg_catalog.string_agg(
          pg_catalog.quote_ident(dn.nspname) || '.' || pg_catalog.quote_ident(dt.dictname), ', ' order by g.mapseqno
        ) as dictionaries
        from pg_catalog.pg_ts_config_map g
        join pg_catalog.ts_token_type(t.cfgparser) k on k.tokid = g.maptokentype
        join pg_catalog.pg_ts_dict dt on dt.oid = g.mapdict
        join pg_catalog.pg_namespace dn on dn.oid = dt.dictnamespace
        where g.mapcfg = t.oid
        group by k.alias
      ) m
    ), '{}'::pg_catalog.text[]) as "further",
    pg_catalog.pg_get_userbyid(t.cfgowner) as "owner",
    d.description as "comment"
  from pg_catalog.pg_ts_config t
  join pg_catalog.pg_namespace n on n.oid = t.cfgnamespace
  join pg_catalog.pg_ts_parser p on p.oid = t.cfgparser
  join pg_catalog.pg_namespace pn on pn.oid = p.prsnamespace
  left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_ts_config'::pg_catalog.regclass and d.objoid = t.oid and d.objsubid = 0
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
    and not exists (
      select from pg_catalog.pg_depend e
      where e.classid = 'pg_catalog.pg_ts_config'::pg_catalog.regclass and e.objid = t.oid and e.deptype in ('e', 'i')
    )
  order by n.nspname, t.cfgname
) r

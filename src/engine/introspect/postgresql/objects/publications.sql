select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    p.oid::pg_catalog.int8 as "oid",
    'pg_publication' as "class",
    'publication' as "kind",
    '' as "schema",
    p.pubname as "name",
    null::pg_catalog.json as "table",
    'CREATE PUBLICATION ' || pg_catalog.quote_ident(p.pubname)
      || case when p.puballtables then ' FOR ALL TABLES' else '' end
      || ' WITH (publish = ' || pg_catalog.quote_literal(pg_catalog.concat_ws(
        ', ',
        case when p.pubinsert then 'insert' end, case when p.pubupdate then 'update' end,
        case when p.pubdelete then 'delete' end, case when p.pubtruncate then 'truncate' end
      ))
      || case when pg_catalog.to_jsonb(p) ->> 'pubviaroot' = 'true' then ', publish_via_partition_root = true' else '' end
      || case when pg_catalog.to_jsonb(p) ->> 'pubgencols' = 's' then ', publish_generated_columns = stored' else '' end
      || ')' as "definition",
    coalesce((
      select pg_catalog.array_agg(
        'ALTER PUBLICATION ' || pg_catalog.quote_ident(p.pubname) || ' ADD TABLE ONLY '
          || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname)
          || coalesce((
            select ' (' || pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' order by a.attnum) || ')'
            from pg_catalog.pg_attribute a
            where a.attrelid = l.prrelid and a.attnum = any (l.prattrs)
          ), '')
          || coalesce(' WHERE (' || pg_catalog.pg_get_expr(l.prqual, l.prrelid) || ')', '')
        order by n.nspname, c.relname
      )
      from pg_catalog.pg_publication_rel l
      join pg_catalog.pg_class c on c.oid = l.prrelid
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where l.prpubid = p.oid
    ), '{}'::pg_catalog.text[]) || coalesce((
      select pg_catalog.array_agg(
        'ALTER PUBLICATION ' || pg_catalog.quote_ident(p.pubname) || ' ADD TABLES IN SCHEMA '
          || pg_catalog.quote_ident(n.nspname)
        order by n.nspname
      )
      from pg_catalog.pg_publication_namespace l
      join pg_catalog.pg_namespace n on n.oid = l.pnnspid
      where l.pnpubid = p.oid
    ), '{}'::pg_catalog.text[]) as "further",
    pg_catalog.pg_get_userbyid(p.pubowner) as "owner",
    d.description as "comment"
  from pg_catalog.pg_publication p
  left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_publication'::pg_catalog.regclass and d.objoid = p.oid and d.objsubid = 0
  where $1::pg_catalog.text is null
    and not exists (
      select from pg_catalog.pg_depend e
      where e.classid = 'pg_catalog.pg_publication'::pg_catalog.regclass and e.objid = p.oid and e.deptype in ('e', 'i')
    )
  order by p.pubname
) r

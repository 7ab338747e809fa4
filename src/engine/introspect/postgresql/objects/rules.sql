select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    w.oid::pg_catalog.int8 as "oid",
    'pg_rewrite' as "class",
    'rule' as "kind",
    n.nspname as "schema",
    pg_catalog.quote_ident(c.relname) || '.' || pg_catalog.quote_ident(w.rulename) as "name",
    pg_catalog.json_build_object('schema', n.nspname, 'name', c.relname) as "table",
    pg_catalog.rtrim(pg_catalog.pg_get_ruledef(w.oid), ';') as "definition",
    case w.ev_enabled
      when 'D' then array['ALTER TABLE ' || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname)
        || ' DISABLE RULE ' || pg_catalog.quote_ident(w.rulename)]
      when 'R' then array['ALTER TABLE ' || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname)
        || ' ENABLE REPLICA RULE ' || pg_catalog.quote_ident(w.rulename)]
      when 'A' then array['ALTER TABLE ' || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname)
        || ' ENABLE ALWAYS RULE ' || pg_catalog.quote_ident(w.rulename)]
      else '{}'::pg_catalog.text[]
    end as "further",
    pg_catalog.pg_get_userbyid(c.relowner) as "owner",
    d.description as "comment"
  from pg_catalog.pg_rewrite w
  join pg_catalog.pg_class c on c.oid = w.ev_class
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass and d.objoid = w.oid and d.objsubid = 0
  where w.rulename <> '_RETURN'
    and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
    and not exists (
      select from pg_catalog.pg_depend e
      where e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass and e.deptype = 'e'
        and e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and e.objid = c.oid
    )
  order by n.nspname, c.relname, w.rulename
) r

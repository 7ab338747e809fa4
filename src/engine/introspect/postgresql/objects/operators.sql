select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    o.oid::pg_catalog.int8 as "oid",
    'pg_operator' as "class",
    'operator' as "kind",
    n.nspname as "schema",
    o.oprname || ' (' || case when o.oprleft = 0 then 'NONE' else pg_catalog.format_type(o.oprleft, null) end
      || ', ' || case when o.oprright = 0 then 'NONE' else pg_catalog.format_type(o.oprright, null) end || ')' as "name",
    null::pg_catalog.json as "table",
    'CREATE OPERATOR ' || pg_catalog.quote_ident(n.nspname) || '.' || o.oprname
      || ' (FUNCTION = ' || o.oprcode::pg_catalog.text
      || case when o.oprleft = 0 then '' else ', LEFTARG = ' || pg_catalog.format_type(o.oprleft, null) end
      || case when o.oprright = 0 then '' else ', RIGHTARG = ' || pg_catalog.format_type(o.oprright, null) end
      || coalesce((
        select ', COMMUTATOR = OPERATOR(' || pg_catalog.quote_ident(cn.nspname) || '.' || c.oprname || ')'
        from pg_catalog.pg_operator c
        join pg_catalog.pg_namespace cn on cn.oid = c.oprnamespace
        where c.oid = o.oprcom
      ), '')
      || coalesce((
        select ', NEGATOR = OPERATOR(' || pg_catalog.quote_ident(cn.nspname) || '.' || c.oprname || ')'
        from pg_catalog.pg_operator c
        join pg_catalog.pg_namespace cn on cn.oid = c.oprnamespace
        where c.oid = o.oprnegate
      ), '')
      || case when o.oprrest = 0 then '' else ', RESTRICT = ' || o.oprrest::pg_catalog.text end
      || case when o.oprjoin = 0 then '' else ', JOIN = ' || o.oprjoin::pg_catalog.text end
      || case when o.oprcanhash then ', HASHES' else '' end
      || case when o.oprcanmerge then ', MERGES' else '' end
      || ')' as "definition",
    pg_catalog.pg_get_userbyid(o.oprowner) as "owner",
    d.description as "comment"
  from pg_catalog.pg_operator o
  join pg_catalog.pg_namespace n on n.oid = o.oprnamespace
  left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_operator'::pg_catalog.regclass and d.objoid = o.oid and d.objsubid = 0
  where o.oprcode <> 0
    and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
    and not exists (
      select from pg_catalog.pg_depend e
      where e.classid = 'pg_catalog.pg_operator'::pg_catalog.regclass and e.objid = o.oid and e.deptype in ('e', 'i')
    )
  order by n.nspname, 5
) r

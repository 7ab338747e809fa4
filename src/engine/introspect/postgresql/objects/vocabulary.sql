select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    (select pg_catalog.json_agg(k.word) from pg_catalog.pg_get_keywords() k where k.catcode <> 'U') as "keywords",
    (
      select pg_catalog.json_agg(
        pg_catalog.json_build_object(
          'oid', o.oid::pg_catalog.int8, 'method', o.opcmethod::pg_catalog.int8, 'input', o.opcintype::pg_catalog.int8
        )
      )
      from pg_catalog.pg_opclass o where o.opcdefault
    ) as "defaultOperatorClasses",
    (
      select pg_catalog.json_object_agg(c.oid::pg_catalog.text, c.relname)
      from pg_catalog.pg_class c
      where c.relnamespace = 'pg_catalog'::pg_catalog.regnamespace and c.relkind = 'r'
    ) as "systemCatalogs",
    (select pg_catalog.json_object_agg(m.oid::pg_catalog.text, m.amname) from pg_catalog.pg_am m) as "accessMethods"
) r

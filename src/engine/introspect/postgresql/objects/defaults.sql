select
  ad.oid::pg_catalog.int8 as "oid",
  ad.relation::pg_catalog.int8 as "relation",
  ad.number::pg_catalog.int4 as "number",
  case when ad.tree not like '%{VAR %' then pg_catalog.pg_get_expr(ad.expression, 0) end as "expression",
  case when ad.tree like '%{VAR %' then ad.tree end as "tree"
from (
  select ad.oid, ad.adrelid as relation, ad.adnum as number, ad.adbin as expression, ad.adbin::pg_catalog.text as tree
  from pg_catalog.pg_attrdef ad
  join pg_catalog.pg_class c on c.oid = ad.adrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
    and ($2::pg_catalog.text is null or ad.adrelid = any (array(
      select pg_catalog.json_array_elements_text($2::pg_catalog.json)::pg_catalog.oid
    )))
  -- Keeps the server from making the text twice.
  offset 0
) ad
order by ad.relation, ad.number

select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    c.oid::pg_catalog.int8 as "oid",
    i.indrelid::pg_catalog.int8 as "relation",
    c.relname as "name",
    am.amname as "method",
    i.indisunique as "unique",
    i.indnullsnotdistinct as "nullsNotDistinct",
    i.indisvalid and i.indisready and i.indislive as "valid",
    (
      select pg_catalog.json_agg(pg_catalog.json_build_object(
        'column', a.attname,
        'expression', case when i.indkey[p] = 0 then pg_catalog.pg_get_indexdef(i.indexrelid, p + 1, true) end,
        'descending', i.indoption[p] & 1 = 1,
        'nullsFirst', i.indoption[p] & 2 = 2
      ) order by p)
      from pg_catalog.generate_series(0, i.indnkeyatts - 1) p
      left join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[p] and i.indkey[p] <> 0
    ) as "keys",
    coalesce((
      select pg_catalog.array_agg(a.attname::pg_catalog.text order by p)
      from pg_catalog.generate_series(i.indnkeyatts, i.indnatts - 1) p
      join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[p]
    ), '{}'::pg_catalog.text[]) as "include",
    pg_catalog.pg_get_expr(i.indpred, i.indrelid) as "predicate",
    pg_catalog.pg_get_indexdef(i.indexrelid) as "definition",
    k.conname as "constraint",
    case when pc.oid is not null then pg_catalog.json_build_object('schema', pn.nspname, 'name', pc.relname) end
      as "parent",
    i.indisreplident as "replicaIdentity",
    i.indisclustered as "clustered",
    coalesce(c.reloptions, '{}'::pg_catalog.text[]) as "options",
    d.description as "comment"
  from pg_catalog.pg_index i
  join pg_catalog.pg_class c on c.oid = i.indexrelid
  join pg_catalog.pg_class tc on tc.oid = i.indrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_am am on am.oid = c.relam
  left join pg_catalog.pg_constraint k
    on k.conindid = c.oid and k.conrelid = i.indrelid and k.contype in ('p', 'u', 'x')
  left join pg_catalog.pg_inherits h on h.inhrelid = c.oid
  left join pg_catalog.pg_class pc on pc.oid = h.inhparent
  left join pg_catalog.pg_namespace pn on pn.oid = pc.relnamespace
  left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objoid = c.oid and d.objsubid = 0
  where tc.relkind in ('r', 'p', 'm')
    and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
  order by n.nspname, c.relname
) r

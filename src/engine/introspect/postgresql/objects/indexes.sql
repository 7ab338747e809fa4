select
  c.oid::pg_catalog.int8 as "oid",
  i.indrelid::pg_catalog.int8 as "relation",
  c.relname as "name",
  c.relam::pg_catalog.int8 as "methodNumber",
  i.indisunique as "unique",
  i.indnkeyatts as "keyCount",
  i.indkey::pg_catalog.text as "columns",
  i.indoption::pg_catalog.text as "order",
  i.indclass::pg_catalog.text as "operatorClasses",
  i.indcollation::pg_catalog.text as "collations",
  -- How the server keeps expressions.
  i.indexprs::pg_catalog.text as "expressions",
  i.indpred::pg_catalog.text as "predicate",
  -- What few indexes say.
  case
    when c.relkind = 'I' or c.relispartition or c.reltablespace <> 0 or c.reloptions is not null or i.indisreplident
      or i.indisclustered or not (i.indisvalid and i.indisready and i.indislive) or i.indnullsnotdistinct
    then pg_catalog.json_build_object(
      'partitioned', c.relkind = 'I',
      'parent', (
        select pg_catalog.json_build_object('schema', pn.nspname, 'name', pc.relname)
        from pg_catalog.pg_inherits h
        join pg_catalog.pg_class pc on pc.oid = h.inhparent
        join pg_catalog.pg_namespace pn on pn.oid = pc.relnamespace
        where h.inhrelid = c.oid
      ),
      'nullsNotDistinct', i.indnullsnotdistinct,
      'valid', i.indisvalid and i.indisready and i.indislive,
      'replicaIdentity', i.indisreplident,
      'clustered', i.indisclustered,
      'tablespace', (select ts.spcname from pg_catalog.pg_tablespace ts where ts.oid = c.reltablespace),
      'options', c.reloptions
    )
  end as "special"
from pg_catalog.pg_index i
join pg_catalog.pg_class c on c.oid = i.indexrelid
join pg_catalog.pg_class tc on tc.oid = i.indrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where tc.relkind in ('r', 'p', 'm')
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
  and ($2::pg_catalog.text is null or i.indrelid = any (array(
    select pg_catalog.json_array_elements_text($2::pg_catalog.json)::pg_catalog.oid
  )))

select 'relation' as "kind", c.oid::pg_catalog.int8 as "oid"
from pg_catalog.pg_class c
where c.relkind in ('r', 'p', 'f', 'v', 'm', 'S', 'c') and c.oid >= 16384
union all
select 'index', i.indexrelid::pg_catalog.int8 from pg_catalog.pg_index i where i.indexrelid >= 16384
union all
select 'constraint', k.oid::pg_catalog.int8 from pg_catalog.pg_constraint k where k.oid >= 16384
union all
select 'trigger', t.oid::pg_catalog.int8 from pg_catalog.pg_trigger t where t.oid >= 16384
union all
select 'policy', p.oid::pg_catalog.int8 from pg_catalog.pg_policy p
union all
-- Once for each parent.
select 'child', h.inhrelid::pg_catalog.int8 from pg_catalog.pg_inherits h

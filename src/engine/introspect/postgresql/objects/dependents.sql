-- The objects of $1, pairs of system catalog and number, and those that depend on one; each with the relation it belongs to,
-- and whether that is what a composite type has its attributes in.
with recursive reached (class, oid) as (
  select p.pair ->> 0, (p.pair ->> 1)::pg_catalog.oid
  from pg_catalog.json_array_elements($1::pg_catalog.json) p (pair)
  union
  select n.class, n.oid
  from reached r
  cross join lateral (
    select d.classid::pg_catalog.regclass::pg_catalog.text as class, d.objid as oid
    from pg_catalog.pg_depend d
    where d.refclassid = r.class::pg_catalog.regclass and d.refobjid = r.oid
    union all
    -- The attributes of a composite type are those of a relation that belongs to it.
    select 'pg_type', c.reltype
    from pg_catalog.pg_class c
    where r.class = 'pg_class' and c.oid = r.oid and c.relkind = 'c'
  ) n
)
select
  b.class as "class",
  b.oid::pg_catalog.int8 as "oid",
  b.relation::pg_catalog.int8 as "relation",
  coalesce(b.relation in (select c.oid from pg_catalog.pg_class c where c.relkind = 'c'), false) as "composite"
from (
  select
    r.class, r.oid,
    case r.class
      when 'pg_class' then coalesce(
        (select i.indrelid from pg_catalog.pg_index i where i.indexrelid = r.oid),
        (select c.oid from pg_catalog.pg_class c where c.oid = r.oid and c.relkind in ('r', 'p', 'f', 'v', 'm', 'S', 'c'))
      )
      when 'pg_constraint' then (select k.conrelid from pg_catalog.pg_constraint k where k.oid = r.oid)
      when 'pg_trigger' then (select t.tgrelid from pg_catalog.pg_trigger t where t.oid = r.oid)
      when 'pg_policy' then (select p.polrelid from pg_catalog.pg_policy p where p.oid = r.oid)
      when 'pg_attrdef' then (select a.adrelid from pg_catalog.pg_attrdef a where a.oid = r.oid)
      when 'pg_rewrite' then (
        select w.ev_class from pg_catalog.pg_rewrite w where w.oid = r.oid and w.rulename = '_RETURN'
      )
      -- The type of its rows, and the array of that.
      when 'pg_type' then (
        select coalesce(nullif(y.typrelid, 0), nullif(e.typrelid, 0))
        from pg_catalog.pg_type y
        left join pg_catalog.pg_type e on e.oid = y.typelem and e.typarray = y.oid
        where y.oid = r.oid
      )
    end as relation
  from reached r
) b

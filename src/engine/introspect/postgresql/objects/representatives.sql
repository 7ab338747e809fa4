-- The rule that is a view's query.
with recursive copied (oid, source) as (
  -- A foreign key that points at a partitioned table is kept once more for each partition.
  select k.oid, k.conparentid
  from pg_catalog.pg_constraint k
  join pg_catalog.pg_constraint p on p.oid = k.conparentid and p.conrelid = k.conrelid
  where k.contype = 'f'
  union all
  select c.oid, p.conparentid
  from copied c
  join pg_catalog.pg_constraint p on p.oid = c.source
  join pg_catalog.pg_constraint above on above.oid = p.conparentid and above.conrelid = p.conrelid
)
select
  'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.int8 as "class",
  w.ev_class::pg_catalog.int8 as "object",
  'pg_catalog.pg_rewrite'::pg_catalog.regclass::pg_catalog.int8 as "forClass",
  w.oid::pg_catalog.int8 as "forObject"
from pg_catalog.pg_rewrite w
where w.rulename = '_RETURN' and w.oid >= 16384
union all
-- A type's array, a range's multirange, and the type of a relation's rows come with the type, the range, the relation.
select
  case
    when coalesce(e.typrelid, t.typrelid) <> 0 and m.refobjid is null then 'pg_catalog.pg_class'::pg_catalog.regclass
    else 'pg_catalog.pg_type'::pg_catalog.regclass
  end::pg_catalog.int8,
  coalesce(m.refobjid, nullif(coalesce(e.typrelid, t.typrelid), 0), e.oid)::pg_catalog.int8,
  'pg_catalog.pg_type'::pg_catalog.regclass::pg_catalog.int8,
  t.oid::pg_catalog.int8
from (
  select distinct d.refobjid
  from pg_catalog.pg_depend d
  where d.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass and d.refobjid >= 16384
    and d.deptype in ('n', 'a', 'P', 'S')
) d
join pg_catalog.pg_type t on t.oid = d.refobjid
left join pg_catalog.pg_type e on e.oid = t.typelem and e.typarray = t.oid
left join pg_catalog.pg_depend m
  on coalesce(e.typtype, t.typtype) = 'm' and m.objid = coalesce(e.oid, t.oid) and m.deptype = 'i'
  and m.classid = 'pg_catalog.pg_type'::pg_catalog.regclass and m.refclassid = m.classid
where coalesce(m.refobjid, nullif(coalesce(e.typrelid, t.typrelid), 0), e.oid) is not null
union all
-- A member of an operator class or family stands for that.
select h.refclassid::pg_catalog.int8, h.refobjid::pg_catalog.int8, h.classid::pg_catalog.int8, h.objid::pg_catalog.int8
from pg_catalog.pg_depend h
where h.classid in ('pg_catalog.pg_amop'::pg_catalog.regclass, 'pg_catalog.pg_amproc'::pg_catalog.regclass)
  and h.objid >= 16384
  and h.refclassid in ('pg_catalog.pg_opclass'::pg_catalog.regclass, 'pg_catalog.pg_opfamily'::pg_catalog.regclass)
union all
-- What a publication says of a table or a schema is part of the publication.
select
  'pg_catalog.pg_publication'::pg_catalog.regclass::pg_catalog.int8, l.prpubid::pg_catalog.int8,
  'pg_catalog.pg_publication_rel'::pg_catalog.regclass::pg_catalog.int8, l.oid::pg_catalog.int8
from pg_catalog.pg_publication_rel l
union all
select d.refclassid::pg_catalog.int8, d.refobjid::pg_catalog.int8, d.classid::pg_catalog.int8, d.objid::pg_catalog.int8
from pg_catalog.pg_depend d
where d.classid = pg_catalog.to_regclass('pg_catalog.pg_publication_namespace')
  and d.refclassid = 'pg_catalog.pg_publication'::pg_catalog.regclass
union all
select
  'pg_catalog.pg_constraint'::pg_catalog.regclass::pg_catalog.int8, c.source::pg_catalog.int8,
  'pg_catalog.pg_constraint'::pg_catalog.regclass::pg_catalog.int8, c.oid::pg_catalog.int8
from copied c
where c.source not in (select other.oid from copied other)
union all
-- An extension stands for what belongs to it, where something else depends on that.
select e.refclassid::pg_catalog.int8, e.refobjid::pg_catalog.int8, e.classid::pg_catalog.int8, e.objid::pg_catalog.int8
from pg_catalog.pg_depend e
where e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass and e.deptype = 'e' and e.objid >= 16384
  and exists (
    select from pg_catalog.pg_depend d
    where d.refclassid = e.classid and d.refobjid = e.objid and d.deptype in ('n', 'a')
  )

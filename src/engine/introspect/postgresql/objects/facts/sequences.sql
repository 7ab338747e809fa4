with locked as materialized (
  select l.relation
  from pg_catalog.pg_locks l
  where l.locktype = 'relation' and l.mode = 'AccessExclusiveLock'
    and l.database = (select d.oid from pg_catalog.pg_database d where d.datname = pg_catalog.current_database())
),
-- Once for all sequences: for each of them by itself it takes a second for a thousand.
used as materialized (
  select d.objid as sequence, d.refobjid as relation, d.refobjsubid as number
  from pg_catalog.pg_depend d
  join pg_catalog.pg_sequence s on s.seqrelid = d.objid
  where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
    and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.refobjsubid > 0 and d.deptype in ('a', 'i')
  union
  select d.refobjid, f.adrelid, f.adnum
  from pg_catalog.pg_depend d
  join pg_catalog.pg_sequence s on s.seqrelid = d.refobjid
  join pg_catalog.pg_attrdef f on f.oid = d.objid
  where d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass
    and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
),
narrowest as materialized (
  select distinct on (used.sequence)
    used.sequence,
    pg_catalog.json_build_object(
      'schema', tn.nspname, 'table', t.relname, 'name', a.attname, 'type', pg_catalog.format_type(b.oid, null)
    ) as "column"
  from used
  join pg_catalog.pg_attribute a on a.attrelid = used.relation and a.attnum = used.number
  join pg_catalog.pg_class t on t.oid = a.attrelid
  join pg_catalog.pg_namespace tn on tn.oid = t.relnamespace
  join pg_catalog.pg_type y on y.oid = a.atttypid
  join pg_catalog.pg_type b on b.oid = coalesce(nullif(y.typbasetype, 0), y.oid)
  -- Of several columns the narrowest is full first.
  order by used.sequence, case when b.typlen > 0 then b.typlen else 32767 end, tn.nspname, t.relname, a.attname
)
select
  n.nspname as "schema",
  c.relname as "name",
  s.seqstart::pg_catalog.text as "start",
  s.seqincrement::pg_catalog.text as "increment",
  s.seqmin::pg_catalog.text as "minimum",
  s.seqmax::pg_catalog.text as "maximum",
  s.seqcycle as "cycle",
  pg_catalog.has_sequence_privilege(c.oid, 'select, usage') as "readable",
  c.oid in (select l.relation from locked l) as "locked",
  case
    when not pg_catalog.has_sequence_privilege(c.oid, 'select, usage') then null
    when c.oid in (select l.relation from locked l) then null
    -- A standby has no contents of unlogged sequences.
    when c.relpersistence <> 'p' and pg_catalog.pg_is_in_recovery() then null
    else pg_catalog.pg_sequence_last_value(c.oid)::pg_catalog.text
  end as "lastValue",
  u."column" as "column"
from pg_catalog.pg_sequence s
join pg_catalog.pg_class c on c.oid = s.seqrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join narrowest u on u.sequence = c.oid
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
  and not exists (
    select from pg_catalog.pg_depend e
    where e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass and e.deptype = 'e'
      and e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and e.objid = c.oid
  )
order by n.nspname, c.relname

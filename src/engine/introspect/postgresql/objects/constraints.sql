select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    k.oid::pg_catalog.int8 as "oid",
    k.conrelid::pg_catalog.int8 as "relation",
    k.contypid::pg_catalog.int8 as "domain",
    k.conname as "name",
    case k.contype
      when 'p' then 'primary key' when 'u' then 'unique' when 'c' then 'check' when 'x' then 'exclusion'
      when 'f' then 'foreign key' else 'not null'
    end as "kind",
    coalesce((
      select pg_catalog.array_agg(a.attname::pg_catalog.text order by u.position)
      from pg_catalog.unnest(k.conkey) with ordinality u (number, position)
      join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.number
    ), '{}'::pg_catalog.text[]) as "columns",
    pg_catalog.pg_get_constraintdef(k.oid) as "definition",
    k.convalidated as "validated",
    k.condeferrable as "deferrable",
    k.condeferred as "initiallyDeferred",
    k.connoinherit as "noInherit",
    k.conislocal as "local",
    k.conparentid <> 0 as "attached",
    case when k.contype = 'f' then pg_catalog.json_build_object(
      'table', pg_catalog.json_build_object('schema', fn.nspname, 'name', f.relname),
      'columns', (
        select pg_catalog.json_agg(a.attname order by u.position)
        from pg_catalog.unnest(k.confkey) with ordinality u (number, position)
        join pg_catalog.pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.number
      ),
      'onUpdate', case k.confupdtype
        when 'r' then 'restrict' when 'c' then 'cascade' when 'n' then 'set null' when 'd' then 'set default'
        else 'no action' end,
      'onDelete', case k.confdeltype
        when 'r' then 'restrict' when 'c' then 'cascade' when 'n' then 'set null' when 'd' then 'set default'
        else 'no action' end,
      'match', case k.confmatchtype when 'f' then 'full' when 'p' then 'partial' else 'simple' end
    ) end as "references",
    d.description as "comment"
  from pg_catalog.pg_constraint k
  join pg_catalog.pg_namespace n on n.oid = k.connamespace
  left join pg_catalog.pg_class f on f.oid = k.confrelid
  left join pg_catalog.pg_namespace fn on fn.oid = f.relnamespace
  left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_constraint'::pg_catalog.regclass and d.objoid = k.oid and d.objsubid = 0
  where k.contype in ('p', 'u', 'c', 'x', 'f', 'n')
    and not (k.contype = 'n' and k.convalidated and not k.connoinherit and k.conname ~ '_not_null[0-9]*$')
    and not (k.contype = 'n' and not k.conislocal)
    and not (k.contype = 'f' and k.conparentid <> 0 and exists (
      select from pg_catalog.pg_constraint p where p.oid = k.conparentid and p.conrelid = k.conrelid
    ))
    and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
  order by k.conrelid, k.contypid, k.conname, k.oid
) r

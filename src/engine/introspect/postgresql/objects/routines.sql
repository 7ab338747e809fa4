select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    p.oid::pg_catalog.int8 as "oid",
    n.nspname as "schema",
    p.proname as "name",
    case p.prokind
      when 'p' then 'procedure' when 'a' then 'aggregate' when 'w' then 'window function' else 'function'
    end as "kind",
    pg_catalog.pg_get_function_identity_arguments(p.oid) as "arguments",
    pg_catalog.pg_get_function_result(p.oid) as "result",
    l.lanname as "language",
    case p.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end as "volatility",
    p.proisstrict as "strict",
    p.prosecdef as "securityDefiner",
    case when p.prokind <> 'a' then pg_catalog.pg_get_functiondef(p.oid) end as "definition",
    case when p.prokind = 'a' then pg_catalog.json_build_object(
      'kind', g.aggkind,
      'stateFunction', g.aggtransfn::pg_catalog.text,
      'stateType', pg_catalog.format_type(g.aggtranstype, null),
      'stateSpace', g.aggtransspace,
      'finalFunction', nullif(g.aggfinalfn::pg_catalog.text, '-'),
      'finalExtra', g.aggfinalextra,
      'finalModify', g.aggfinalmodify,
      'combineFunction', nullif(g.aggcombinefn::pg_catalog.text, '-'),
      'serialFunction', nullif(g.aggserialfn::pg_catalog.text, '-'),
      'deserialFunction', nullif(g.aggdeserialfn::pg_catalog.text, '-'),
      'initial', g.agginitval,
      'movingStateFunction', nullif(g.aggmtransfn::pg_catalog.text, '-'),
      'movingInverseFunction', nullif(g.aggminvtransfn::pg_catalog.text, '-'),
      'movingStateType', case when g.aggmtranstype <> 0 then pg_catalog.format_type(g.aggmtranstype, null) end,
      'movingStateSpace', g.aggmtransspace,
      'movingFinalFunction', nullif(g.aggmfinalfn::pg_catalog.text, '-'),
      'movingFinalExtra', g.aggmfinalextra,
      'movingFinalModify', g.aggmfinalmodify,
      'movingInitial', g.aggminitval,
      'sortOperator', (
        select 'operator(' || pg_catalog.quote_ident(sn.nspname) || '.' || so.oprname || ')'
        from pg_catalog.pg_operator so
        join pg_catalog.pg_namespace sn on sn.oid = so.oprnamespace
        where so.oid = g.aggsortop
      ),
      'parallel', p.proparallel
    ) end as "aggregate",
    pg_catalog.pg_get_userbyid(p.proowner) as "owner",
    d.description as "comment"
  from pg_catalog.pg_proc p
  join pg_catalog.pg_namespace n on n.oid = p.pronamespace
  join pg_catalog.pg_language l on l.oid = p.prolang
  left join pg_catalog.pg_aggregate g on g.aggfnoid = p.oid
  left join pg_catalog.pg_description d
    on d.classoid = 'pg_catalog.pg_proc'::pg_catalog.regclass and d.objoid = p.oid and d.objsubid = 0
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
    and not exists (
      select from pg_catalog.pg_depend e
      where e.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass and e.objid = p.oid
        and (e.deptype = 'e' or e.deptype = 'i' and e.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass)
    )
  order by n.nspname, p.proname, "arguments"
) r

select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    s.system_identifier::pg_catalog.text || ' ' || k.timeline_id || ' ' || d.oid || ' ' || d.datname as "database",
    pg_catalog.current_setting('server_version_num') || ' ' || current_user as "reader",
    -- What is shared by all databases: sums of what can be seen of it.
    (
      select pg_catalog.sum(pg_catalog.hashtextextended(x.oid || ' ' || x.rolname || ' ' || x.rolsuper, 0))
      from pg_catalog.pg_roles x
    ) || ' ' || coalesce((
      select pg_catalog.sum(pg_catalog.hashtextextended(x.roleid || ' ' || x.member, 0)) from pg_catalog.pg_auth_members x
    ), 0) || ' ' || coalesce((
      select pg_catalog.sum(pg_catalog.hashtextextended(x.oid || ' ' || x.spcname, 0)) from pg_catalog.pg_tablespace x
    ), 0) || ' ' || coalesce((
      select pg_catalog.sum(pg_catalog.hashtextextended(pg_catalog.concat_ws(' ', x.umid, x.usename, x.umoptions), 0))
      from pg_catalog.pg_user_mappings x
    ), 0) as "shared",
    pg_catalog.txid_snapshot_xmin(pg_catalog.txid_current_snapshot())::pg_catalog.text as "horizon",
    pg_catalog.txid_snapshot_xmax(pg_catalog.txid_current_snapshot())::pg_catalog.text as "next"
  from pg_catalog.pg_control_system() s, pg_catalog.pg_control_checkpoint() k, pg_catalog.pg_database d
  where d.datname = pg_catalog.current_database()
) r

-- Triggers of every kind, switched in every way.
create table audited (id integer primary key, a text, b text, changed_at timestamptz);
create table audit_log (at timestamptz default now(), what text);
create function audit() returns trigger language plpgsql as $$ begin return new; end $$;
create function audit_all() returns trigger language plpgsql as $$ begin return null; end $$;
create trigger a_before before insert or update of a, b on audited for each row when (new.a is not null) execute function audit('x', 'it''s');
create trigger b_after after delete on audited referencing old table as gone for each statement execute function audit_all();
create constraint trigger c_constraint after update on audited from audit_log deferrable initially deferred
  for each row when (old.a is distinct from new.a) execute function audit_all();
create trigger d_disabled before update on audited for each row execute function audit();
create trigger e_replica before update on audited for each row execute function audit();
create trigger f_always before truncate on audited for each statement execute function audit_all();
alter table audited disable trigger d_disabled;
alter table audited enable replica trigger e_replica;
alter table audited enable always trigger f_always;
comment on trigger a_before on audited is 'before it happens';
create function on_ddl() returns event_trigger language plpgsql as $$ begin null; end $$;
create event trigger watch_ddl on ddl_command_end when tag in ('CREATE TABLE', 'ALTER TABLE') execute function on_ddl();
create event trigger watch_drop on sql_drop execute function on_ddl();
alter event trigger watch_drop disable;

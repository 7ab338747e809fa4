-- Row security, owners and privileges, with roles whose names need quoting.
do $$ begin
  if not exists (select from pg_roles where rolname = 'lockstep_app') then create role lockstep_app; end if;
  if not exists (select from pg_roles where rolname = 'Lockstep "Owner"') then create role "Lockstep ""Owner"""; end if;
end $$;
create schema private;
create table documents (id integer primary key, owner_name text, body text, secret text);
alter table documents enable row level security;
alter table documents force row level security;
create policy own_documents on documents using (owner_name = current_user) with check (owner_name = current_user);
create policy readable on documents as restrictive for select to lockstep_app, "Lockstep ""Owner""" using (secret is null);
create policy insertable on documents for insert to public with check (length(body) < 1000);
create table private.notes (id serial primary key, body text);
alter table private.notes owner to lockstep_app;
create view documents_open as select id, body from documents;
alter view documents_open owner to "Lockstep ""Owner""";
grant select (id, body), update (body) on documents to lockstep_app;
grant select on documents to "Lockstep ""Owner""" with grant option;
grant usage on schema private to lockstep_app;
grant usage on sequence private.notes_id_seq to public;
create function secret_function() returns integer language sql as 'select 1';
revoke all on function secret_function() from public;
grant execute on function secret_function() to lockstep_app;
create type level as enum ('low', 'high');
revoke usage on type level from public;
revoke all on documents from postgres;
grant select on documents to postgres;
comment on policy own_documents on documents is 'everyone sees their own';

create role app_rw;
create role app_ro;
create table tenant (id int primary key, name text not null);
create table document (id bigint primary key, tenant_id int not null references tenant (id), owner name, body text, secret boolean default false);
alter table document enable row level security;
create policy document_tenant on document using (tenant_id = current_setting('app.tenant')::int);
create policy document_secret on document as restrictive using (not secret);
create table counter (name text primary key, value bigint not null default 0);
grant select, insert, update on document, tenant to app_rw;
grant select on document to app_ro;
create view shielded with (security_barrier = true) as select id, body from document;
create function bump(n text) returns bigint language plpgsql as $$ declare v bigint; begin update counter set value = value + 1 where name = n returning value into v; return v; end $$;
create function elevated() returns int language sql security definer set search_path = pg_catalog, pg_temp as $$ select 1 $$;
create function body_of(d bigint) returns text language sql stable as 'select body from public.document where id = d';
create procedure sweep() language plpgsql as $$ begin perform 1; end $$;

-- unsafe: row security taken off
-- because: every role with rights sees every row.
alter table document disable row level security;

-- unsafe: policy of rows dropped
-- because: nobody but the owner sees rows through it any more.
drop policy document_tenant on document;

-- unsafe: restrictive policy dropped
-- because: rows that it hid are seen.
drop policy document_secret on document;

-- unsafe: policy that lets everything through
-- because: permissive policies add up.
create policy everything on document for select using (true);

-- unsafe: everything granted to everybody
-- because: any role can write.
grant all on table document to public;

-- unsafe: everything in a schema granted to everybody
-- because: any role can write.
grant all privileges on all tables in schema public to public;

-- safe: reading granted to a role
-- because: a narrow grant.
grant select on tenant to app_ro;

-- safe: one column granted to a role
-- because: a narrow grant.
grant update (name) on tenant to app_rw;

-- unsafe: rights taken from a role that has them
-- because: the code that runs fails.
revoke insert, update on document from app_rw;

-- safe: rights taken that nobody has
-- because: nothing changes.
revoke delete on document from app_ro;

-- unsafe: granted to a role that is missing
-- because: PostgreSQL refuses it.
-- fails: 42704
-- known: the catalog does not list roles.
grant select on tenant to nobody_known;

-- unsafe: superuser made
-- because: a role that may do anything comes from a migration.
create role deployer superuser login;

-- unsafe: server setting changed
-- because: it counts for the whole server.
alter system set work_mem = '1GB';

-- unsafe: security definer without a search path
-- because: callers choose what names mean.
create function danger() returns int language plpgsql security definer as $$ begin return (select count(*) from tenant); end $$;

-- safe: security definer with a search path
-- because: names mean what the author meant.
create function guarded() returns bigint language sql security definer set search_path = pg_catalog, pg_temp as $$ select count(*) from public.tenant $$;

-- safe: security invoker
-- because: callers have their own rights.
create function mild() returns bigint language sql as $$ select count(*) from tenant $$;

-- unsafe: definer replaced without its search path
-- because: the setting is lost with the replacement.
create or replace function elevated() returns int language sql security definer as $$ select 2 $$;

-- unsafe: definer replaced by an invoker
-- because: the callers have not the rights it lent them.
create or replace function elevated() returns int language sql as $$ select 2 $$;

-- unsafe: view replaced without its barrier
-- because: the option is lost with the replacement.
create or replace view shielded as select id, body from document;

-- safe: view replaced with its barrier
-- because: nothing is lost.
create or replace view shielded with (security_barrier = true) as select id, body from document where id > 0;

-- unsafe: column renamed that a function reads
-- because: the body of the function is text and fails at its next call.
alter table counter rename column value to amount;

-- unsafe: body names a table that is missing
-- because: PostgreSQL refuses a body in SQL.
-- fails: 42P01
create function broken() returns int language sql as $$ select count(*)::int from nothing_here $$;

-- unsafe: body names a column that is missing
-- because: PostgreSQL refuses a body in SQL.
-- fails: 42703
create function broken(d bigint) returns text language sql as $$ select boddy from document where id = d $$;

-- unsafe: body in plpgsql with a syntax error
-- because: PostgreSQL refuses it.
-- fails: 42601
create function broken() returns int language plpgsql as $$ begin retrun 1; end $$;

-- unsafe: plpgsql body names a column that is missing
-- because: every call fails.
create function broken(d bigint) returns text language plpgsql as $$ declare t text; begin select boddy into t from public.document where id = d; return t; end $$;

-- unsafe: plpgsql body calls a function that is missing
-- because: every call fails.
create function broken() returns void language plpgsql as $$ begin perform public.not_there(1); end $$;

-- safe: plpgsql body that fits
-- because: tables and columns are there.
create function fitting(d bigint) returns text language plpgsql stable as $$ declare t text; begin select body into t from document where id = d; return t; end $$;

-- safe: plpgsql body with its own temporary table
-- because: it is made before it is used.
create function with_temp() returns int language plpgsql as $$ begin create temporary table mine (a int) on commit drop; insert into mine values (1); return (select count(*) from mine); end $$;

-- safe: plpgsql body with records and loops
-- because: what is read is there.
create function loops() returns void language plpgsql as $$
declare r record;
begin
  for r in select id, name from tenant loop
    raise notice 'tenant % is %', r.id, r.name;
  end loop;
end $$;

-- unsafe: trigger function that is none
-- because: PostgreSQL refuses it.
-- fails: 42883
create trigger t before insert on counter for each row execute function bump('x');

-- unsafe: function called with too many arguments in a default
-- because: PostgreSQL refuses it.
-- fails: 42883
alter table counter add column n bigint default bump('a', 'b');

-- unsafe: function dropped that has another signature
-- because: PostgreSQL refuses it.
-- fails: 42883
drop function bump(integer);

-- safe: function dropped if it is there
-- because: nothing happens.
drop function if exists bump(integer);

-- unsafe: procedure dropped
-- because: code calls it.
drop procedure sweep();

-- unsafe: query in a migration with a missing column
-- because: PostgreSQL refuses it.
-- fails: 42703
insert into tenant (id, title) values (1, 'x');

-- unsafe: more values than columns
-- because: PostgreSQL refuses it.
-- fails: 42601
insert into tenant (id, name) values (1, 'x', true);

-- unsafe: required column left out
-- because: PostgreSQL refuses it.
-- fails: 23502
insert into tenant (id) values (1);

-- unsafe: conflict target that no index serves
-- because: PostgreSQL refuses it.
-- fails: 42P10
insert into tenant (id, name) values (1, 'x') on conflict (name) do nothing;

-- unsafe: comparison of two types
-- because: PostgreSQL has no such operator.
-- fails: 42883
alter table document add constraint odd check (tenant_id = body) not valid;

-- unsafe: check with a subquery
-- because: PostgreSQL refuses it.
-- fails: 0A000
alter table document add constraint odd check (tenant_id in (select id from tenant)) not valid;

-- unsafe: check with an aggregate
-- because: PostgreSQL refuses it.
-- fails: 42803
alter table document add constraint odd check (count(tenant_id) > 0) not valid;

-- unsafe: check that is no condition
-- because: PostgreSQL wants a boolean.
-- fails: 42804
alter table document add constraint odd check (tenant_id + 1) not valid;

-- unsafe: default that names a column
-- because: PostgreSQL refuses it.
-- fails: 0A000
alter table document add column twice int default (tenant_id * 2);

-- safe: policy of a role
-- because: it narrows what one role sees.
create policy own_documents on document for update to app_rw using (owner = current_user) with check (owner = current_user);

-- unsafe: policy that names a missing column
-- because: PostgreSQL refuses it.
-- fails: 42703
create policy p on document using (author = current_user);

-- unsafe: policy of a name that is taken
-- because: PostgreSQL refuses it.
-- fails: 42710
create policy document_tenant on document using (true);

-- safe: privileges by default
-- because: they count for new objects.
alter default privileges in schema public grant select on tables to app_ro;

-- safe: role without rights made
-- because: it may do nothing.
create role reporting nologin;

-- unsafe: owner of a table changed away from the code's role
-- because: PostgreSQL refuses a role that is missing.
-- fails: 42704
-- known: the catalog does not list roles.
alter table document owner to nobody_known;

-- safe: new table with its grants
-- because: the code's role reads it at once.
create table attachment (id bigint primary key, document_id bigint not null references document (id), name text);
alter table attachment enable row level security;
create policy attachment_all on attachment using (exists (select from document d where d.id = document_id));
grant select, insert, update on attachment to app_rw;
grant select on attachment to app_ro;

-- What PostgreSQL 15 brought.
create table seats (row_number integer, seat integer, holder text, unique nulls not distinct (row_number, holder));
create unique index seats_key on seats (seat) nulls not distinct;
create table tickets (tenant integer, id integer, seat integer, primary key (tenant, id));
create table notes (tenant integer, ticket integer,
  foreign key (tenant, ticket) references tickets on delete set null (ticket));
create view own_rights with (security_invoker = true) as select * from tickets;
create schema "All of it";
create publication "with Filter" for table seats (row_number, seat) where (seat > 0), tickets where (tenant <> 7);
create publication in_schemas for tables in schema "All of it", public, table tickets with (publish = 'insert, update');
create unlogged sequence quick;
create unlogged table scratch (id serial, number bigint generated always as identity);

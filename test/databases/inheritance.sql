-- Plain table inheritance, with merged columns, own defaults and constraints that do and do not pass on.
create table cities (name text not null, population real default 0, elevation integer,
  constraint population_check check (population >= 0),
  constraint only_cities check (elevation > -500) no inherit);
create table capitals (state char(2) unique not null) inherits (cities);
create table rivers (name text, length real);
create table river_cities (bridges integer default 1) inherits (cities, rivers);
alter table capitals alter column population set default 1000;
alter table capitals add constraint big check (population > 10);
create table villages (name text not null, mayor text) inherits (cities);
create index on capitals (name);
alter table only cities alter column name set storage external;
alter table villages alter column population drop default;
create table hamlets (population real) inherits (cities);
alter table only hamlets alter column population drop default;
alter table only hamlets alter column name set storage extended;
create table quays (name text) inherits (cities);

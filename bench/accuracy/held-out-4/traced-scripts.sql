create table author (id serial primary key, name text not null, born date);
create table book (id serial primary key, author_id int not null references author (id), title text not null, price numeric, meta json, isbn varchar(17), published timestamp);
create table loan (id bigint generated always as identity primary key, book_id int not null, person text, due date);
create index loan_person on loan (person);
create table holiday (day date primary key, label text);
create type cover as enum ('hard', 'soft');
create view cheap_book as select id, title from book where id < 5;
create function upper_title() returns trigger language plpgsql as $$ begin new.title := upper(new.title); return new; end $$;

-- unsafe: strong lock kept while another table is changed slowly
-- because: readers of author wait for the index of book.
BEGIN;
ALTER TABLE author ADD COLUMN died date;
CREATE INDEX book_title ON book (title);
COMMIT;

-- unsafe: strong lock kept while rows are counted
-- because: readers wait for the query.
begin;
alter table book add column pages int;
select count(*) from loan;
commit;

-- safe: strong lock kept for other quick changes of the same table
-- because: every one of them only writes the catalog.
begin;
set local lock_timeout = '1s';
alter table book add column pages int;
alter table book alter column pages set default 0;
comment on column book.pages is 'counted by hand';
commit;

-- unsafe: foreign key and its validation in one go
-- because: both tables stay locked against writes during the scan.
begin;
alter table loan add constraint loan_book foreign key (book_id) references book (id) not valid;
alter table loan validate constraint loan_book;
commit;

-- safe: foreign key, then its validation after the commit
-- because: the scan runs under SHARE UPDATE EXCLUSIVE and ROW SHARE.
begin;
set local lock_timeout = '2s';
alter table loan add constraint loan_book foreign key (book_id) references book (id) not valid;
commit;
alter table loan validate constraint loan_book;

-- unsafe: required at once
-- because: full scan under ACCESS EXCLUSIVE.
set lock_timeout to '2s';
alter table author alter column born set not null;

-- safe: required in four steps
-- because: the scan happens under the lock of VALIDATE and the check spares the other one.
set lock_timeout = '2s';
alter table author add constraint author_born_known check (born is not null) not valid;
alter table author validate constraint author_born_known;
alter table author alter column born set not null;
alter table author drop constraint author_born_known;

-- safe: required without a scan in the words of 18
-- because: NOT NULL NOT VALID reads nothing and VALIDATE reads under a weak lock.
alter table author add constraint author_born_nn not null born not valid;
alter table author validate constraint author_born_nn;

-- unsafe: required without a scan on a server that cannot
-- because: NOT NULL as a table constraint is new in 18.
-- server: 16
alter table author add constraint author_born_nn not null born not valid;

-- unsafe: new json column made of an old one in one statement
-- because: the whole table is updated while it is locked.
begin;
alter table book add column meta_b jsonb;
update book set meta_b = meta::jsonb;
commit;

-- unsafe: enum from text
-- because: the table is rewritten.
alter table book add column binding text;
alter table book alter column binding type cover using binding::cover;

-- safe: column of an enum
-- because: nothing is written for old rows.
alter table book add column binding cover;

-- safe: column of an enum with a default
-- because: a constant of an enum is kept in the catalog.
alter table book add column binding cover default 'soft';

-- unsafe: exclusion of overlaps built in place
-- because: the index is built under ACCESS EXCLUSIVE.
alter table loan add column span daterange;
alter table loan add constraint loan_once exclude using gist (span with &&);

-- unsafe: constraint that needs an operator class that is not there
-- because: gist has none for integers without an extension.
-- fails: 42704
alter table loan add constraint loan_apart exclude using gist (book_id with =, daterange(due, due) with &&);

-- safe: exclusion in a new table
-- because: nobody uses it yet.
create table booking (id bigint primary key, room int4range, during tstzrange, exclude using gist (room with &&, during with &&));

-- safe: two tables changed in one transaction
-- because: both are instant.
begin;
alter table author add column web text;
alter table book add column web text;
commit;

-- safe: two tables changed in two transactions
-- because: only one is locked at a time.
begin;
alter table author add column web text;
commit;
begin;
alter table book add column web text;
commit;

-- safe: new tables with keys between them
-- because: the table they refer to is locked for a moment only.
create table publisher (id bigint primary key, name text not null);
create table imprint (id bigint primary key, publisher_id bigint not null references publisher, label text unique);

-- unsafe: column retyped that a view shows
-- because: the server refuses it.
-- fails: 0A000
alter table book alter column title type varchar(500);

-- safe: view made anew with a column more
-- because: columns are appended, old ones stay.
create or replace view cheap_book as select id, title, price from book where id < 5;

-- unsafe: view made anew with a column less
-- because: the server refuses it.
-- fails: 42P16
create or replace view cheap_book as select id from book where id < 5;

-- unsafe: view made anew with columns in another order
-- because: the server takes it for a rename.
-- fails: 42P16
create or replace view cheap_book as select title, id from book where id < 5;

-- unsafe: column dropped that a view shows
-- because: the server refuses it without CASCADE.
-- fails: 2BP01
alter table book drop column title;

-- unsafe: column dropped with the view
-- because: the view goes too.
alter table book drop column title cascade;

-- unsafe: time zone added to a time on a server that is not in UTC
-- because: the table is rewritten.
set timezone = 'Europe/Berlin';
alter table book alter column published type timestamptz;

-- safe: price without limits made text of nothing new
-- because: numeric to numeric with no change does nothing.
alter table book alter column price type numeric;

-- unsafe: price given a scale
-- because: every row is checked and rounded.
alter table book alter column price type numeric(10,2);

-- safe: table with a text check
-- because: it is new.
create table shelf (id int generated always as identity primary key, code text not null check (length(code) < 10), floor smallint default 0);
alter table shelf add constraint shelf_code unique (code);
alter table shelf alter column floor set not null;
insert into shelf (code) values ('A1'), ('A2');
create index on shelf (floor);

-- safe: trigger of a new table
-- because: nobody writes there yet.
create table article (id bigint primary key, title text);
create trigger article_title before insert or update on article for each row execute function upper_title();

-- unsafe: index and its use in one transaction with a strong lock
-- because: writers wait for the build, readers for the column.
begin;
alter table loan add column returned boolean not null default false;
create index loan_open on loan (book_id) where not returned;
commit;

-- safe: index of a temporary table
-- because: no other session can see it.
create temp table wanted (id int);
create index on wanted (id);
insert into wanted select g from generate_series(1, 100) g;
analyze wanted;
drop table wanted;

-- unsafe: long transaction that reads a large table and then locks it
-- because: the lock is upgraded after reading, which can deadlock.
begin;
update loan set person = trim(person) where id between 1 and 500;
alter table loan add column remark text;
commit;

-- unsafe: validation of a key under a lock that a rename took
-- because: the scan runs under ACCESS EXCLUSIVE.
-- given
alter table loan add constraint loan_book foreign key (book_id) references book (id) not valid;
-- migration
begin;
alter table loan rename constraint loan_book to loan_of_book;
alter table loan validate constraint loan_of_book;
commit;

-- safe: unique index of a table that stays small by its definition
-- because: a table that is made here holds nothing.
create table setting (name text, value text);
create unique index setting_name on setting (name);
alter table setting replica identity full;

-- unsafe: materialized view filled from a large table and read meanwhile
-- because: refreshing without CONCURRENTLY locks readers out.
-- given
create materialized view per_author as select author_id, count(*) as books from book group by author_id;
-- migration
refresh materialized view per_author;

-- safe: materialized view refreshed beside readers
-- because: its unique index allows CONCURRENTLY.
-- given
create materialized view per_author as select author_id, count(*) as books from book group by author_id;
create unique index on per_author (author_id);
-- migration
refresh materialized view concurrently per_author;

-- unsafe: materialized view refreshed concurrently without a key
-- because: the server refuses it.
-- fails: 55000
-- given
create materialized view per_author as select author_id, count(*) as books from book group by author_id;
-- migration
refresh materialized view concurrently per_author;

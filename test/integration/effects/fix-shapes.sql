-- Migrations that call for the fix of the rule above them, with the down behind <=>; their places are filled at random.
-- add-column-generated-stored
alter table customers add column $new int generated always as (number * 2) stored <=> alter table customers drop column $new
alter table $if_exists$table add column $new text generated always as ('a' || $column::text) stored not null
alter table customers add column $new int generated always as (plus_one(number)) stored
alter table customers add column $new int generated always as (number + 1) stored unique
alter table customers add column $new positive generated always as (number) stored
alter table customers add column $new int generated always as (number) stored references customers
alter table parents add column $new int generated always as (a) stored
alter table customers add column $new int generated always as (number) stored; create index $new_i on customers ($new)
alter table customers add column $new int generated always as (number) stored check ($new > 0), add column c int
alter table "Odd ""Schema"."Order" add "stored" text generated always as ("Été") stored
-- add-column-volatile-default
alter table $if_exists$table add column $new uuid default gen_random_uuid() <=> alter table $table drop column $new
alter table customers add column $new text default (case when any_number() > 1 then 'a, b' else 'it''s' end) collate "C"
alter table customers add column $new int default any_number() check ($new > 0), add column other int
alter table customers add column $new int constraint odd default any_number() null, add constraint $new_c check ($new > 0 or $new is null)
alter table customers add column if not exists number int default any_number()
alter table customers add column if not exists $new int default any_number()
alter table customers add column $new int default any_number() unique
alter table orders add column "default" int default any_number(), drop column total
alter table only events add column $new int default any_number()
alter table parents add column $new int default any_number(); update parents set $new = 1
alter table customers add column $new int default any_number() references customers
alter table customers add column $new int default any_number(), alter column $new set default 5
-- adding-check-constraint
alter table $if_exists$table add constraint $new check ($condition) <=> alter table $table drop constraint $new
alter table customers add constraint $new not null number <=> alter table customers drop constraint $new
alter table customers add constraint $new not null kind no inherit
alter table parents add constraint $new check (a > 0) no inherit
alter table only children add constraint $new check (a > 0)
alter table orders add constraint $new check (total > 0 and code <> ',') -- it's; the code
alter table customers add constraint $new check (number > 0), add constraint $new_b check (number > -1), add column c int
alter table customers add constraint $new check (number > 0); alter table customers rename to $new_t
alter table customers add constraint $new check (number > 0); alter table customers rename constraint $new to $new_c
alter table customers add constraint $new check (number > 0); alter table customers drop constraint $new
alter table orders add constraint $new check ((("when") <> $$a; it's$$))
alter table events add constraint $new check (id > 0)
-- adding-foreign-key-constraint
alter table orders add constraint $new foreign key (customer) references customers <=> alter table orders drop constraint $new
alter table orders add foreign key (customer) references customers <=> alter table orders drop constraint orders_customer_fkey
alter table waiting add foreign key (customer) references customers
alter table orders add foreign key (customer) references customers, add foreign key (customer) references customers (id) on delete cascade
alter table $if_exists$table add foreign key ($column) references $other_table ($other_column) on delete set null
alter table orders add constraint $new foreign key (customer) references customers deferrable initially deferred
alter table customers add constraint $new foreign key (kind) references kinds match full on update cascade
alter table events add foreign key (id) references customers
alter table events_2020 add foreign key (id) references customers
alter table "Odd ""Schema"."äääääääääääääääääääääääääääääää" add foreign key (id) references "Odd ""Schema".customers
alter table "Odd ""Schema"."äääääääääääääääääääääääääääääää" add foreign key ("ööööööööööööööööööööööööööööööö") references customers
alter table "Odd ""Schema"."Order" add foreign key ("a,b") references "Odd ""Schema".customers (id) on delete set null ("a,b")
alter table orders add foreign key (customer) references customers; alter table orders drop constraint orders_customer_fkey
alter table waiting add foreign key (up) references waiting, drop constraint waiting_customer_fkey
begin; alter table orders add foreign key (customer) references customers; alter table orders rename to $new; commit
-- adding-json-column
alter table $if_exists$table add column $new json <=> alter table $table drop column $new
alter table customers add "json" json default '{"a": [1, 2]}' not null, add column c int
alter table customers add column $new pg_catalog.json
alter table customers add column $new json[]
alter table customers add column $new json check ($new::text <> 'json')
alter table customers add column $new json default '{}'::json
alter table customers add column $new json; update customers set $new = raw
-- adding-required-field
alter table $if_exists$table add column $new $type not null
alter table customers add column $new int check ($new is not null or true) not null
alter table customers add column $new int constraint odd not null check ($new > 0)
alter table customers add column "not null" int not null, add "x" text
alter table customers add column $new int not null unique, add column c int not null
alter table customers add column $new text collate "C" not null references kinds
alter table customers add column $new int default null not null
alter table customers add column $new positive not null
-- adding-unique-constraint
alter table $if_exists$only$table add constraint $new unique ($column) <=> alter table $table drop constraint $new
alter table customers add unique (number) <=> alter table customers drop constraint customers_number_key
alter table customers add unique (number, email)
alter table customers add unique nulls not distinct (number, weight)
alter table customers add constraint customers_kind unique (number)
alter table orders add unique (code)
alter table "Odd ""Schema"."Order" add unique ("a,b", "Été")
alter table "Odd ""Schema"."äääääääääääääääääääääääääääääää" add unique ("ööööööööööööööööööööööööööööööö", a_rather_long_name_of_a_column_that_has_forty)
alter table customers add constraint $new unique (number) deferrable
alter table customers add constraint $new unique (number) with (fillfactor = 70)
alter table customers add unique (number), add unique (weight)
alter table customers add unique (number) not deferrable
alter table only parents add unique (a)
alter table customers add constraint $new unique (id, number); alter table orders add constraint $new_b foreign key (customer, id) references customers (id, number) not valid
alter table customers add unique (lower); alter table customers add unique (number, id) include (email)
alter table events_2020 add unique (id)
alter table readings_new add unique (k, id) not deferrable initially immediate
-- analyze-after-expression-index
create index concurrently $new on $table ((lower($column::text)))
create index concurrently $new on customers ((number + 1)) where number > 0 <=> drop index $new
begin; create index $new on customers ((plus_one(number))) with (fillfactor = 70); create index $new_b on customers (lower(email)); commit
create index $new on totals ((n + 1))
create index $new on events ((id + 1))
create index $new on customers ((number + 1)); alter table customers rename to $new_t
create index $new on customers ((number + 1)); drop table customers cascade
-- attach-partition-builds-index
alter table readings attach partition readings_new for values from (10) to (20) <=> alter table readings detach partition readings_new
alter table letters attach partition letters_new for values in ('q', 'r')
alter table readings detach partition readings_low; alter table readings attach partition readings_new for values from (0) to (20)
drop index readings_down; alter table readings attach partition readings_new for values from (10) to (20)
drop index readings_both, readings_down; alter table readings attach partition readings_new default
drop index readings_both, readings_down, readings_val; create index odd on readings (val collate "C"); alter table readings attach partition readings_new default
drop index readings_both, readings_down, readings_val; create index odd on readings (val text_pattern_ops) include (id); alter table readings attach partition readings_new default
drop index readings_both, readings_down, readings_val; create index odd on readings (val) with (fillfactor = 70); alter table readings attach partition readings_new default
drop index readings_both, readings_down, readings_val; create unique index odd on readings (k, val) nulls not distinct; alter table readings attach partition readings_new default
-- create-partition-of-locks-parent
create table $new partition of readings for values from (20) to (30) <=> drop table $new
create table "Odd ""Schema".$new partition of readings default
create table $new partition of letters for values in ('x', $$y z$$)
create table $new partition of letters for values in ('x') partition by range (v)
create table $new partition of readings for values from (minvalue) to (0) with (fillfactor = 70)
create table $new partition of readings (val default 'a') for values from (20) to (30)
create table $new partition of events for values from ('2023-01-01') to ('2024-01-01')
create unlogged table $new partition of readings for values from (20) to (30)
create temp table $new partition of readings for values from (20) to (30)
comment on column readings.val is 'it''s'; alter table readings alter column val set default 'a,b'; create table $new partition of readings for values from (20) to (30)
create trigger $new_t before insert on readings for each row execute function keep_row(); create table $new partition of readings for values from (20) to (30)
alter table readings alter column val set statistics 200, alter column val set storage external, alter column val set (n_distinct = 5); create table $new partition of readings for values from (20) to (30)
alter table readings add constraint $new_c foreign key (id) references customers not valid; create table $new partition of readings for values from (20) to (30)
alter table readings add primary key (id, k); comment on table readings is 'x'; create table $new partition of readings for values from (20) to (30)
grant select on readings to public; alter table readings enable row level security; create table $new partition of readings for values from (20) to (30)
-- drop-index-backing-constraint
drop index orders_code_key
drop index concurrently if exists customers_pkey restrict
drop index public.orders_code_key cascade
drop index if exists serials_pkey, orders_placed
drop index if exists "Odd ""Schema"."Order_pkey"
-- generated-always-rejects-explicit
alter table customers alter column id add generated always as identity <=> alter table customers alter column id drop identity
alter table customers alter id add generated always as identity (start with 100), alter column "number" set default 5
alter table letters alter column n set generated always set increment by 2
-- gin-on-jsonb-default-opclass
create index $new on customers using gin (extra) <=> drop index $new
create index concurrently $new on customers using gin (extra) with (fastupdate = off) where number > 0
create index $new on customers using gin (body, extra)
create index "extra" on customers using gin (extra, (extra -> 'a'))
-- hash-index
create index $new on $table using hash ($column) <=> drop index $new
create index $new on customers using hash (extra)
create index $new on customers using hash (number int4_ops) with (fillfactor = 70) where number > 0
create index on customers using hash (span)
create index $new on customers using /* quick */ hash (email)
create index concurrently if not exists $new on customers using hash (email collate "C")
-- invalid-index-after-failed-concurrently
create index concurrently if not exists broken on "Broken é" (number)
create index concurrently if not exists "é broken" on public."Broken é" (id)
create unique index concurrently if not exists broken on "Broken é" (number) where number > 0
select 1; create index concurrently if not exists broken on "Broken é" (number, id); alter index broken rename to $new
create index concurrently if not exists $new on $table ($column)
create index concurrently if not exists orders_placed on orders (placed)
-- large-or-hot-table-ddl
alter table $table add column $new int <=> alter table $table drop column $new
create index $new on customers (number)
-- missing-application-name
alter table $table add column $new int <=> alter table $table drop column $new
begin; drop table kinds; commit
-- missing-foreign-key-index
alter table orders add column $new int references customers <=> alter table orders drop column $new
alter table $table add constraint $new foreign key ($column) references $other_table ($other_column) not valid
create table $new (a int references customers, b int, foreign key (b) references customers (id))
create table "Odd ""Schema"."$new" (a int primary key, b int constraint odd references customers on delete cascade) with (fillfactor = 70)
create temp table $new (a int references $other_table)
create table $new (a int references customers) partition by range (a)
create table $new partition of readings (foreign key (id) references customers) default
create table if not exists kinds (code text references kinds)
create table if not exists $new (code text references kinds)
create table $new (a int references customers, b int); create index on $new (b, a)
alter table orders add column $new int references customers; alter table orders drop column $new
alter table orders add column $new int references customers; alter table orders rename column $new to $new_c
create schema $new create table t (a int references public.customers)
create table $new (a int references customers); drop table $new
alter table if exists orders add column if not exists $new int references customers, add column b int references customers
begin; create table $new (a int references customers); alter table $new rename to $new_t; commit
-- pending-trigger-events
begin; insert into waiting values (3, 3); alter table waiting add column $new int; commit
begin; update waiting set customer = 2; drop table waiting; commit
begin; delete from customers where id = 5; insert into waiting values (4, 4); truncate waiting; commit
begin; set constraints all deferred; insert into waiting (id, customer) values (5, 5); alter table waiting drop column up; commit
-- prefer-bigint-over-int
create table $new (a int, b integer default 5, c int4 check (c > 0), d int[]) <=> drop table $new
alter table $table add column $new int
alter table $table alter column $column type int using 1
alter table children add column $new int
alter table parents add column c int
create table $new (a int) inherits (parents)
create table $new (c int, n int generated always as identity, s serial, g int generated always as (c) stored)
create table $new (a int references customers, b int default nextval('orders_id_seq'))
create table $new (like customers, "int" int)
create table $new (a int) partition by range (a); create table $new_p partition of $new for values from (1) to (5)
create table $new (id serial); alter sequence $new_id_seq restart 5
create table $new (a int); insert into $new select 1
create table $new (a int); create function $new_f() returns setof int language sql as 'select a from $new'
create table $new (id serial); comment on column $new.id is 'a'; drop table $new
-- prefer-bigint-over-smallint
create table $new (a smallint, b int2, s smallserial, s2 serial2) <=> drop table $new
alter table $table add column $new smallint not null default 1
alter table customers alter column number type smallint
-- prefer-jsonb
create table $new (a json, "json" json default '{}') <=> drop table $new
alter table customers alter column raw type json
create table $new (id int primary key, a json check (a::text <> ''))
create table $new (a json generated always as ('{}'::json) stored)
-- renaming-table
alter table $table rename to $new <=> alter table $new rename to $table
alter table if exists customers rename to "Brand New"
alter table "Odd ""Schema"."Order" rename to orders
alter table kinds rename to customers_2; alter table customers_2 add column $new int
alter table kinds rename to $new; drop table $new
alter table kinds rename to $new; insert into $new values ('z', 'z')
alter table kinds rename to $new; alter table $new rename column label to $new_c
alter table events rename to $new
alter table orders rename to $new; create index concurrently $new_i on $new (customer)
alter view order_view rename to $new
alter table totals rename to $new
alter index orders_placed rename to $new
-- replace-view-loses-options
create or replace view order_view as select id, code from orders <=> create or replace view order_view with (security_barrier) as select id, code from orders
create or replace view order_view (id, code) as select id, code as "as" from orders
create or replace view order_view as select id, code, total from public.orders where total > 0
create or replace view checked_view as select id, number from customers where number > 1
create or replace view checked_view as select id, number from customers where number > 1 with cascaded check option
create or replace view order_view with (security_invoker) as select id, code from orders
alter view order_view set (security_invoker = true); create or replace view order_view as select id, code from orders
-- require-concurrent-index-creation
create index $new on $if_exists$only$table ($column) <=> drop index $new
create index $new on $table ($column)
create unique index $new on $table ($column desc nulls last) include (id) where $condition
create index on "Odd ""Schema"."Order" ("a,b", "Été")
create index if not exists $new on only customers using btree (email text_pattern_ops, number)
create index $new on totals (n)
create index concurrently_not on customers (number); alter index concurrently_not rename to $new
create index $new on customers (number); drop index $new; create index $new on customers (number)
begin; create index $new on customers (number); commit; create index on customers (number)
create index $new on customers (number); comment on index $new is 'a'
create index $new on customers (number); cluster customers using $new
create unique index $new on customers (number); alter table customers add constraint $new_c unique using index $new
do $$ begin create index brand_new on customers (number); end $$
-- require-concurrent-index-deletion
drop index $index <=> create index customers_kind on customers (kind)
drop index if exists $index$behavior
drop index orders_placed, customers_kind
drop index "Odd ""Schema"."é index" restrict
drop index customers_kind; create index customers_kind on customers (kind, number)
drop index events_val
drop index totals_kind; drop index if exists nosuch
drop index events_2020_val_idx
-- require-concurrent-partition-detach
alter table readings detach partition readings_low <=> alter table readings attach partition readings_low for values from (0) to (10)
alter table $table detach partition $other_table
alter table if exists letters detach partition public.letters_a; drop table letters_a
alter table only readings detach partition readings_low
alter table readings detach partition readings_low; alter table readings attach partition readings_low for values from (0) to (11)
-- require-concurrent-refresh-matview
refresh materialized view totals
refresh materialized view $view with data
refresh materialized view totals; drop materialized view totals
drop index totals_kind; create unique index on totals (kind) where n > 0; refresh materialized view totals
drop index totals_kind; create unique index on totals (lower(kind)); refresh materialized view totals
-- require-concurrent-reindex
reindex table $table
reindex index $index
reindex (verbose, concurrently false) table customers
reindex schema public
reindex (tablespace pg_default) index customers_kind
reindex table totals
reindex system postgres
reindex database postgres
-- require-idle-in-transaction-timeout
begin; alter table $table add column $new int; commit <=> alter table $table drop column $new
begin isolation level read committed; select 1; drop index customers_kind; commit; begin; drop table kinds; commit
-- require-lock-timeout
alter table $table add column $new int <=> alter table $table drop column $new
insert into kinds values ('z', 'z'); drop index $index
begin; set transaction isolation level serializable; drop table kinds; commit
begin; lock table kinds; drop table kinds; end
-- security-definer-search-path
create function $new() returns int language sql security definer as 'select 1' <=> drop function $new()
create or replace function looks_up() returns bigint as 'select count(*) + 1 from kinds' language sql external security definer
create function $new(a int default 1, out b int) security definer language plpgsql as $body$ begin b := a; end $body$
create procedure "Odd ""Schema".$new() language sql security definer as 'update kinds set label = label'
alter function keep_row() security definer
alter function "public".plus_one(n int) security definer stable
create function $new() returns int language sql security definer as 'select 1'; alter function $new() rename to $new_b
create function "Odd ""Schema".$new() returns bigint language sql security definer as 'select count(*) from "Order"'
create function $new() returns int language sql security definer return 1
-- sequence-not-reset
insert into serials (id, amount) values (70, 1), (71, 2)
insert into serials select id + 100, amount from serials
insert into orders (id, code) overriding system value values (90, 'q')
insert into "Odd ""Schema"."Order" ("Id", "a,b") values (50, 1)
insert into serials (id, amount) values (70, 1); delete from serials where id = 70; drop table serials
insert into serials (id, amount) values (70, 1); delete from serials
insert into letters (k, v, n) values ('a', 5, 40)
insert into serials (id, amount) select 70, 1 on conflict (id) do nothing
insert into serials (id, amount) values (70, 1); alter table serials rename to $new
-- sequence-type-stays-int
alter table serials alter column id type bigint <=> alter table serials alter column id type int
alter table only serials alter id set data type int8 using id * 1, alter column amount type bigint
alter table "Odd ""Schema"."Order" alter column "Id" type bigint, alter column "a,b" drop not null
alter table if exists serials alter column id type bigint; alter table serials rename to $new
alter table serials alter column id type bigint; alter sequence serials_id_seq rename to $new
alter table serials alter column id type bigint; drop sequence serials_id_seq cascade
alter table serials alter column id type bigint; alter table serials drop column id
-- session-setting-leaks
begin; set statement_timeout = 0; set search_path = ''; alter table public.kinds add column $new int; commit
begin; set row_security = off; create table $new (a int); commit
begin; set /* for all */ session_replication_role = replica; insert into kinds values ('q', 'q'); commit
begin; set role postgres; create table $new (a int); commit; create table $new_b (a int)
begin; set session session_replication_role to replica; commit; alter table kinds add column $new int
-- set-local-outside-transaction
set local lock_timeout = '1s'; alter table $table add column $new int
set local search_path = "Odd ""Schema"; create table $new (a int)
set local session_replication_role = replica; insert into kinds values ('q', 'q')
begin; commit; set local statement_timeout to 5000
set local role postgres
set local time zone 'UTC'; create table $new (a timestamptz default '2020-01-01')
set local transaction_timeout = 0
-- set-not-null-full-scan
alter table $if_exists$only$table alter column $column set not null <=> alter table $table alter column $column drop not null
alter table customers alter number set not null, alter column weight set not null
alter table "Odd ""Schema"."Order" alter column "not null" set not null
alter table "Odd ""Schema"."äääääääääääääääääääääääääääääää" alter column a_rather_long_name_of_a_column_that_has_forty set not null
alter table customers add constraint customers_kind_not_null check (kind <> '') not valid; alter table customers alter column kind set not null
alter table parents alter column a set not null
alter table only children alter column a set not null
alter table events alter column val set not null
begin; alter table customers alter column kind set not null; commit
alter table customers alter column kind set not null; alter table customers rename column kind to $new
-- short-integer-primary-key
create table $new (id int primary key, other int) <=> drop table $new
create table $new (id serial, k smallint, primary key (id, k))
create table $new (id int generated always as identity primary key); create table $new_b (a int references $new)
create table $new (id int primary key references customers)
alter table kinds add column $new int
create table $new (id int primary key) partition by range (id); create table $new_p partition of $new default
create table $new (id int) inherits (parents); alter table $new add primary key (id)
create table $new (a int primary key) inherits (parents)
alter table kinds drop constraint kinds_pkey; alter table kinds add column $new smallserial primary key
create table $new (id int primary key); alter table $new inherit parents
-- specialised-index-advice
create index $new on customers using btree (span) <=> drop index $new
create index $new on customers using btree (body)
create index $new on customers using btree (extra, number)
create index $new on customers using btree (span desc nulls last)
create index $new on customers using btree (span) include (number)
create index $new on customers /* c */ using btree (span) with (fillfactor = 70)
create index $new on customers using btree (span) with (deduplicate_items = off)
-- statement-timeout-kills-concurrent-build
set statement_timeout = '30s'; create index concurrently $new on $table ($column)
set statement_timeout to 30000; reindex table concurrently customers
set statement_timeout = '30s'; create index concurrently $new on customers (number); alter table kinds add column $new int
-- unique-instead-of-primary-key
create table $new (a int not null unique, b int) <=> drop table $new
create table $new (a int not null, b text not null, unique (a, b))
create table $new (a int unique not null, b int unique not null)
create table $new (a int not null unique nulls not distinct, b int)
create table $new (a int not null constraint odd unique deferrable)
create table $new (a int not null, constraint "unique" unique (a) include (a) with (fillfactor = 70))
create table $new (a int not null, unique nulls not distinct (a))
create table $new (b text check (b <> 'unique'), a int not null unique) partition by range (a)
create table $new (a int not null unique) inherits (parents)
create table $new (like customers including all, a int not null unique)
create table $new (a int not null unique); alter table $new replica identity using index $new_a_key
create table $new (a int not null unique); alter table $new rename constraint $new_a_key to x
create temp table $new (a int not null unique)
create unlogged table if not exists $new (a int not null unique)
-- unnamed-constraint-or-index
create table $new (id int primary key, a int unique, b int references customers, c int check (c > 0)) <=> drop table $new
create table $new (a int, b int, check (a > b), check (a > 0), unique (a, b), foreign key (a) references customers, exclude using btree (a with =))
create table $new (a int check (a > 0) check (a < 9) unique references customers references customers (id))
alter table customers add unique (number) <=> alter table customers drop constraint customers_number_key
alter table orders add check (customer > 0)
alter table orders add foreign key (customer) references customers, add unique (customer, total)
alter table "Odd ""Schema"."äääääääääääääääääääääääääääääää" add unique ("ööööööööööööööööööööööööööööööö", a_rather_long_name_of_a_column_that_has_forty)
alter table "Odd ""Schema"."äääääääääääääääääääääääääääääää" add column $new int primary key
alter table customers add column $new int unique, add column c int unique
alter table orders add unique (code), drop constraint orders_code_key
alter table orders add unique (code)
create table customers_id (a int, id_key int unique); create table customers (id_id int unique)
create table $new (a int unique); create table $new_a (key int unique, b int primary key)
create schema $new create table t (a int primary key)
create table $new (like customers including all, k int unique)
create table $new partition of readings (unique (id, k)) default
create table if not exists kinds (code int primary key)
alter table letters add primary key (k)
create table $new (a int not null, not null a)

create schema crm;
create extension if not exists btree_gist;
create table crm.companies (id bigint generated always as identity primary key, name text not null, vat text, country char(2), parent_id bigint, size int, owner_id int, phone varchar(20));
create unique index companies_vat_uq on crm.companies (vat);
create unique index companies_country_lower_uq on crm.companies (lower(name));
create unique index companies_partial_uq on crm.companies (country) where country is not null;
create table crm.users (id int primary key, email text not null, login text, company_id bigint, manager_id int, born date, state text, constraint users_login_present check (login is not null));
alter table crm.users add constraint users_company_fk foreign key (company_id) references crm.companies (id) not valid;
alter table crm.users add constraint users_state_known check (state in ('new', 'live', 'gone')) not valid;
create table crm.rooms (id int primary key, building int not null, number int not null);
create table crm.bookings (id bigint primary key, room_id int, during tstzrange, building int, number int, uid uuid);
create table crm.keyless (a int not null, b int, c text);
create unique index keyless_a on crm.keyless (a);
create unique index keyless_b on crm.keyless (b);
create unique index keyless_a_desc on crm.keyless (a desc);
create table crm.checked (id bigint primary key, ref text, amount int, other text,
  constraint ref_there check (ref is not null),
  constraint amount_there check (amount is not null and amount > 0));
alter table crm.checked add constraint other_there check (other is not null) not valid;

-- unsafe: foreign key checked at once
-- because: all users are read while writes to both tables wait.
ALTER TABLE ONLY crm.users ADD CONSTRAINT users_manager_fk FOREIGN KEY (manager_id) REFERENCES crm.users (id);

-- safe: foreign key not valid
-- because: only new rows are checked, brief locks.
ALTER TABLE crm.users ADD CONSTRAINT users_manager_fk FOREIGN KEY (manager_id) REFERENCES crm.users (id) ON DELETE SET NULL NOT VALID;

-- safe: earlier foreign key validated
-- because: SHARE UPDATE EXCLUSIVE on users, ROW SHARE on companies.
ALTER TABLE crm.users VALIDATE CONSTRAINT users_company_fk;

-- safe: earlier check validated
-- because: SHARE UPDATE EXCLUSIVE, writes go on.
ALTER TABLE "crm"."users" VALIDATE CONSTRAINT "users_state_known";

-- unsafe: constraint validated that is not there
-- because: PostgreSQL refuses.
-- fails: 42704
ALTER TABLE crm.users VALIDATE CONSTRAINT users_state_check;

-- unsafe: foreign key to columns without a unique constraint
-- because: there is nothing unique on (building, number).
-- fails: 42830
ALTER TABLE crm.bookings ADD CONSTRAINT bookings_room_fk FOREIGN KEY (building, number) REFERENCES crm.rooms (building, number) NOT VALID;

-- unsafe: foreign key between types that do not compare
-- because: there is no equality of uuid and integer.
-- fails: 42804
ALTER TABLE crm.bookings ADD FOREIGN KEY (uid) REFERENCES crm.rooms (id) NOT VALID;

-- unsafe: foreign key to an expression's unique index
-- because: a unique index over lower(name) does not make name a key.
-- fails: 42830
ALTER TABLE crm.users ADD COLUMN company_name text REFERENCES crm.companies (name);

-- safe: nullable column with a reference
-- because: all values are null, nothing is checked; brief locks.
ALTER TABLE crm.companies ADD COLUMN account_manager_id int REFERENCES crm.users (id);

-- unsafe: column with a default and a reference
-- because: the default of all rows is checked, both tables are locked meanwhile.
ALTER TABLE crm.companies ADD COLUMN account_manager_id int DEFAULT 1 REFERENCES crm.users (id);

-- unsafe: check on a new column
-- because: PostgreSQL scans the table even though the column is new.
ALTER TABLE crm.companies ADD COLUMN stars int CHECK (stars BETWEEN 1 AND 5);

-- unsafe: check verified at once
-- because: scan under ACCESS EXCLUSIVE.
ALTER TABLE crm.companies ADD CONSTRAINT companies_size_positive CHECK (size > 0);

-- safe: check not valid
-- because: no scan.
ALTER TABLE crm.companies ADD CONSTRAINT companies_size_positive CHECK (size > 0) NOT VALID;

-- unsafe: check with an unknown column
-- because: there is no such column.
-- fails: 42703
ALTER TABLE crm.companies ADD CONSTRAINT companies_size_positive CHECK (sizes > 0) NOT VALID;

-- unsafe: not null set on a nullable column
-- because: scan under ACCESS EXCLUSIVE.
ALTER TABLE crm.companies ALTER COLUMN country SET NOT NULL;

-- safe: not null where a validated check proves it
-- because: no scan since 12.
ALTER TABLE crm.checked ALTER COLUMN ref SET NOT NULL;
ALTER TABLE crm.checked DROP CONSTRAINT ref_there;

-- safe: not null where a longer check proves it
-- because: amount is not null is part of the conjunction.
ALTER TABLE crm.checked ALTER COLUMN amount SET NOT NULL;

-- unsafe: not null where the check was never validated
-- because: NOT VALID proves nothing, so the table is scanned.
ALTER TABLE crm.checked ALTER COLUMN other SET NOT NULL;

-- safe: check validated, then not null, then check dropped
-- because: the proof is there when it is needed.
ALTER TABLE crm.checked VALIDATE CONSTRAINT other_there;
ALTER TABLE crm.checked ALTER COLUMN other SET NOT NULL;
ALTER TABLE crm.checked DROP CONSTRAINT other_there;

-- unsafe: check dropped before it could prove anything
-- because: at the time of SET NOT NULL there is no proof.
BEGIN;
ALTER TABLE crm.checked DROP CONSTRAINT ref_there;
ALTER TABLE crm.checked ALTER COLUMN ref SET NOT NULL;
COMMIT;

-- safe: not null of a column of the key
-- because: it is not null already.
ALTER TABLE crm.users ALTER COLUMN id SET NOT NULL;

-- safe: not null of a column that is not null
-- because: nothing to do.
ALTER TABLE crm.companies ALTER COLUMN name SET NOT NULL;

-- safe: not null constraint without validation
-- because: 18 accepts NOT NULL ... NOT VALID, no scan.
ALTER TABLE crm.companies ADD CONSTRAINT companies_country_nn NOT NULL country NOT VALID;

-- unsafe: not null proved by a check, on a server that does not look
-- because: 11 scans whatever the checks say.
-- server: 11
ALTER TABLE crm.checked ALTER COLUMN ref SET NOT NULL;

-- unsafe: required column without a default
-- because: existing rows have no value.
-- given
insert into crm.users (id, email, login) values (1, 'a@b', 'a');
-- migration
ALTER TABLE crm.users ADD COLUMN locale varchar(8) NOT NULL;

-- unsafe: unique constraint
-- because: the index is built under ACCESS EXCLUSIVE.
ALTER TABLE crm.users ADD CONSTRAINT users_email_key UNIQUE (email);

-- safe: unique constraint over the index that is there
-- because: the index is adopted, brief lock.
ALTER TABLE crm.companies ADD CONSTRAINT companies_vat_key UNIQUE USING INDEX companies_vat_uq;

-- unsafe: unique constraint over an expression index
-- because: constraints have columns, not expressions.
-- fails: 42809
ALTER TABLE crm.companies ADD CONSTRAINT companies_name_key UNIQUE USING INDEX companies_country_lower_uq;

-- unsafe: unique constraint over a partial index
-- because: a constraint covers all rows.
-- fails: 42809
ALTER TABLE crm.companies ADD CONSTRAINT companies_country_key UNIQUE USING INDEX companies_partial_uq;

-- safe: unique constraint whose index is built before, concurrently
-- because: build without blocking, then adopt.
CREATE UNIQUE INDEX CONCURRENTLY users_email_uq ON crm.users (email);
ALTER TABLE crm.users ADD CONSTRAINT users_email_key UNIQUE USING INDEX users_email_uq;

-- safe: primary key over an index of a not null column
-- because: nothing to build and nothing to scan.
ALTER TABLE crm.keyless ADD CONSTRAINT keyless_pkey PRIMARY KEY USING INDEX keyless_a;

-- unsafe: primary key over an index of a nullable column
-- because: the column is made NOT NULL, which scans the table under ACCESS EXCLUSIVE.
ALTER TABLE crm.keyless ADD CONSTRAINT keyless_pkey PRIMARY KEY USING INDEX keyless_b;

-- unsafe: primary key over a descending index
-- because: PostgreSQL wants the default order.
-- fails: 42809
ALTER TABLE crm.keyless ADD PRIMARY KEY USING INDEX keyless_a_desc;

-- unsafe: primary key built
-- because: index build under ACCESS EXCLUSIVE.
ALTER TABLE crm.keyless ADD PRIMARY KEY (a);

-- unsafe: second primary key
-- because: a table has one.
-- fails: 42P16
ALTER TABLE crm.users ADD PRIMARY KEY (email);

-- unsafe: exclusion constraint
-- because: its index is built under ACCESS EXCLUSIVE and there is no concurrent way.
ALTER TABLE crm.bookings ADD CONSTRAINT bookings_no_overlap EXCLUDE USING gist (room_id WITH =, during WITH &&);

-- safe: exclusion constraint of a new table
-- because: it is empty.
CREATE TABLE crm.shifts (room_id int NOT NULL, during tstzrange NOT NULL, EXCLUDE USING gist (room_id WITH =, during WITH &&));

-- unsafe: unique column added
-- because: an index of all rows is built under ACCESS EXCLUSIVE.
ALTER TABLE crm.bookings ADD COLUMN code text UNIQUE;

-- safe: constraint renamed
-- because: of the catalog alone, no query names it.
ALTER TABLE crm.users RENAME CONSTRAINT users_state_known TO users_state_chk;

-- unsafe: check that the rows are still written against dropped, to add a wider one at once
-- because: the new check scans under ACCESS EXCLUSIVE.
BEGIN;
ALTER TABLE crm.users DROP CONSTRAINT users_state_known;
ALTER TABLE crm.users ADD CONSTRAINT users_state_known CHECK (state IN ('new', 'live', 'gone', 'locked'));
COMMIT;

-- safe: check replaced by a wider one without a scan
-- because: NOT VALID, and validated apart.
BEGIN;
ALTER TABLE crm.users DROP CONSTRAINT users_state_known, ADD CONSTRAINT users_state_known_2 CHECK (state IN ('new', 'live', 'gone', 'locked')) NOT VALID;
COMMIT;
ALTER TABLE crm.users VALIDATE CONSTRAINT users_state_known_2;

-- unsafe: constraint with a taken name
-- because: PostgreSQL refuses.
-- fails: 42710
ALTER TABLE crm.users ADD CONSTRAINT users_state_known CHECK (state <> '') NOT VALID;

-- unsafe: primary key dropped that a foreign key needs
-- because: PostgreSQL refuses while users_company_fk is there.
-- fails: 2BP01
ALTER TABLE crm.companies DROP CONSTRAINT companies_pkey;

-- unsafe: primary key dropped with cascade
-- because: the foreign key of users goes with it.
ALTER TABLE crm.companies DROP CONSTRAINT companies_pkey CASCADE;

-- safe: constraint dropped that is not there
-- because: IF EXISTS, nothing is done.
ALTER TABLE crm.users DROP CONSTRAINT IF EXISTS users_old_check;

-- unsafe: check that calls the clock
-- because: scan now, and rows that were right become wrong later.
ALTER TABLE crm.users ADD CONSTRAINT users_born_past CHECK (born < now());

-- safe: foreign key made deferrable
-- because: of the catalog alone.
ALTER TABLE crm.users ALTER CONSTRAINT users_company_fk DEFERRABLE INITIALLY DEFERRED;

-- safe: constraints of a table made in this file
-- because: no rows.
CREATE TABLE crm.tags (id int, name text, company_id bigint);
ALTER TABLE ONLY crm.tags ADD CONSTRAINT tags_pkey PRIMARY KEY (id);
ALTER TABLE crm.tags ADD CONSTRAINT tags_name_key UNIQUE (name), ADD CHECK (name <> ''), ALTER COLUMN name SET NOT NULL;
ALTER TABLE crm.tags ADD CONSTRAINT tags_company_fk FOREIGN KEY (company_id) REFERENCES crm.companies (id);

-- unsafe: foreign key from a new column with data of the same file
-- because: with the default the existing rows are checked.
ALTER TABLE crm.bookings ADD COLUMN company_id bigint NOT NULL DEFAULT 0;
ALTER TABLE crm.bookings ADD CONSTRAINT bookings_company_fk FOREIGN KEY (company_id) REFERENCES crm.companies (id);

-- unsafe: not null in a down migration, column by column
-- because: each scans the table.
ALTER TABLE "crm"."companies" ALTER COLUMN "vat" SET NOT NULL, ALTER COLUMN "phone" SET NOT NULL;

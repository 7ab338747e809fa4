create schema billing;
create schema crm;
create table public.users (id bigint generated always as identity primary key, email varchar(255) not null, "firstName" text, active boolean not null default true, created_at timestamptz not null default now(), balance numeric(12,2), tags text[], settings jsonb);
create unique index users_email_key on public.users (email);
create table public.accounts (id integer primary key, code char(8) not null, owner_uuid uuid, opened date);
create table billing.invoices (id bigint primary key, user_id bigint not null references public.users (id), number text, total numeric, status text, constraint invoices_number_key unique (number));
create table crm.users (id uuid primary key, handle text);
create table "Order Lines" ("Id" bigint primary key, "orderRef" text, "Qty" int);
create sequence ticket_seq;
create view billing.open_invoices as select id, user_id, total from billing.invoices where status = 'open';
create function billing.tax(amount numeric, rate numeric default 0.2) returns numeric language sql immutable as 'select amount * rate';
create function touch() returns trigger language plpgsql as 'begin new.created_at := now(); return new; end';
create type mood as enum ('sad', 'ok', 'happy');
create domain positive as integer check (value > 0);
create role reporting;
create trigger users_touch before update on public.users for each row execute function touch();

-- unsafe: a column added to a table whose name has a typo
-- fails: 42P01
-- because: there is no relation "user".
ALTER TABLE "user" ADD COLUMN "phone" varchar(20);

-- unsafe: a quoted name in another case
-- fails: 42P01
-- because: the table is users, "Users" is another name.
ALTER TABLE "Users" ADD COLUMN "nickname" text;

-- unsafe: a camel-case column named without quotes
-- fails: 42703
-- because: firstName folds to firstname, the column is "firstName".
ALTER TABLE users ALTER COLUMN firstName SET DEFAULT '';

-- safe: a camel-case column named with its quotes
-- because: the default changes in the catalog alone and the column may be null.
ALTER TABLE "users" ALTER COLUMN "firstName" SET DEFAULT '';

-- unsafe: a column added twice by two developers
-- fails: 42701
-- because: the table has a column active.
BEGIN;
ALTER TABLE public.users ADD COLUMN active boolean DEFAULT false;
COMMIT;

-- safe: a column added if it is not there, in a table with a space in its name
-- because: a nullable column is a change of the catalog.
ALTER TABLE "Order Lines" ADD COLUMN IF NOT EXISTS "shippedAt" timestamptz;

-- unsafe: a table created again
-- fails: 42P07
-- because: public.accounts is there.
CREATE TABLE "accounts" ("id" SERIAL NOT NULL, "code" TEXT NOT NULL, CONSTRAINT "accounts_pkey" PRIMARY KEY ("id"));

-- safe: the same name in another schema
-- because: billing has no table accounts.
CREATE TABLE billing.accounts (id bigint PRIMARY KEY, note text);

-- unsafe: an index whose name a view has
-- fails: 42P07
-- because: indexes and views share one name space in a schema.
CREATE INDEX CONCURRENTLY open_invoices ON billing.invoices (status);

-- unsafe: a concurrent index with a name that is taken
-- fails: 42P07
-- because: users_email_key is an index of this schema.
CREATE INDEX CONCURRENTLY users_email_key ON users (lower(email));

-- safe: an index with a name taken in another schema only
-- because: an index is in the schema of its table.
CREATE INDEX CONCURRENTLY users_email_key ON billing.invoices (status);

-- unsafe: an unqualified table that only another schema has
-- fails: 42P01
-- because: billing is not on the search path.
ALTER TABLE invoices ADD COLUMN due_on date;

-- safe: an unqualified table after the search path is set
-- because: billing is on the search path then.
SET search_path TO billing, public;
ALTER TABLE invoices ADD COLUMN due_on date;

-- safe: the search path set for the transaction
-- because: SET LOCAL holds until the commit.
BEGIN;
SET LOCAL search_path = billing;
ALTER TABLE invoices ADD COLUMN paid_on date;
COMMIT;

-- unsafe: the search path set for another transaction
-- fails: 42P01
-- because: SET LOCAL ends with the first transaction.
BEGIN;
SET LOCAL search_path = billing;
COMMIT;
ALTER TABLE invoices ADD COLUMN paid_on date;

-- unsafe: a schema that is not there
-- fails: 3F000
-- because: no schema reports.
CREATE TABLE reports.daily (day date PRIMARY KEY, amount numeric);

-- safe: a schema made by the migration
-- because: everything in it is new.
CREATE SCHEMA IF NOT EXISTS reports;
CREATE TABLE reports.daily (day date PRIMARY KEY, amount numeric);
CREATE INDEX ON reports.daily (amount);

-- unsafe: a foreign key to a column of another type
-- fails: 42804
-- because: a uuid cannot be compared with the bigint id of users.
CREATE TABLE sessions (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users (id)
);

-- unsafe: a foreign key to a column that is not unique
-- fails: 42830
-- because: no unique constraint on accounts.code.
ALTER TABLE billing.invoices ADD COLUMN account_code char(8) REFERENCES public.accounts (code);

-- unsafe: a foreign key with two columns to one
-- fails: 42830
-- because: the number of columns differs.
CREATE TABLE pairs (a bigint, b bigint, FOREIGN KEY (a, b) REFERENCES users (id));

-- unsafe: a foreign key to a table without a primary key named
-- fails: 42704
-- because: the referenced table has no primary key and no column is named.
CREATE TABLE notes (body text);
CREATE TABLE note_tags (note bigint REFERENCES notes);

-- unsafe: a foreign key to a view
-- fails: 42809
-- because: a view cannot be referenced.
CREATE TABLE reminders (id bigint PRIMARY KEY, invoice_id bigint REFERENCES billing.open_invoices (id));

-- unsafe: a referenced column that is missing
-- fails: 42703
-- because: accounts has no column uuid.
CREATE TABLE transfers (id bigint PRIMARY KEY, account uuid REFERENCES accounts (uuid));

-- unsafe: a text default for an integer column
-- fails: 22P02
-- because: 'none' is no integer.
ALTER TABLE "accounts" ADD COLUMN "priority" integer NOT NULL DEFAULT 'none';

-- safe: a number in quotes as default of an integer column
-- because: '0' is an integer.
ALTER TABLE "accounts" ADD COLUMN "priority" integer NOT NULL DEFAULT '0';

-- unsafe: an integer default of a boolean column
-- fails: 42804
-- because: 1 is no boolean; other databases take it.
ALTER TABLE users ADD COLUMN is_admin boolean DEFAULT 0 NOT NULL;

-- unsafe: a default that is no label of the enum
-- fails: 22P02
-- because: mood has no label 'fine'.
ALTER TABLE users ADD COLUMN mood mood NOT NULL DEFAULT 'fine';

-- safe: a default that is a label of the enum
-- because: a constant default fills the old rows without a rewrite.
ALTER TABLE users ADD COLUMN mood mood NOT NULL DEFAULT 'ok';

-- unsafe: a default that is no JSON
-- fails: 22P02
-- because: an empty text is no JSON document.
ALTER TABLE users ADD COLUMN prefs jsonb NOT NULL DEFAULT '';

-- safe: an empty object as default
-- because: a constant default needs no rewrite.
ALTER TABLE users ADD COLUMN prefs jsonb NOT NULL DEFAULT '{}'::jsonb;

-- unsafe: brackets as default of an array
-- fails: 22P02
-- because: an array is written with braces.
ALTER TABLE users ADD COLUMN roles text[] NOT NULL DEFAULT '[]';

-- unsafe: a date that does not exist as default
-- fails: 22008
-- because: there is no 30 February.
ALTER TABLE accounts ADD COLUMN closes_on date DEFAULT '2025-02-30';

-- unsafe: a type that is not there
-- fails: 42704
-- because: PostgreSQL has no datetime.
CREATE TABLE events (id bigint PRIMARY KEY, happened_at datetime);

-- unsafe: a column type of another database
-- fails: 42704
-- because: PostgreSQL has no tinyint.
ALTER TABLE users ADD COLUMN level tinyint;

-- unsafe: autoincrement of another database
-- fails: 42601
-- because: AUTO_INCREMENT is not PostgreSQL.
CREATE TABLE logs (id int AUTO_INCREMENT PRIMARY KEY, line text);

-- unsafe: a call with too many arguments
-- fails: 42883
-- because: billing.tax takes at most two.
UPDATE billing.invoices SET total = billing.tax(total, 0.1, true) WHERE id = 7;

-- unsafe: a call of a function that only another schema has
-- known: calls are not resolved.
-- fails: 42883
-- because: billing is not on the search path.
UPDATE billing.invoices SET total = total + tax(total) WHERE id = 7;

-- safe: a call that leaves the default argument out
-- because: rate has a default, and one row is written by its key.
UPDATE billing.invoices SET total = total + billing.tax(total) WHERE id = 7;

-- unsafe: more values than columns
-- fails: 42601
-- because: three values for two columns.
INSERT INTO accounts (id, code) VALUES (1, 'A0000001', 'extra');

-- unsafe: fewer values than columns
-- fails: 42601
-- because: one value for two columns.
INSERT INTO accounts (id, code) VALUES (1);

-- unsafe: rows of different length
-- fails: 42601
-- because: all rows of VALUES must be as long.
INSERT INTO accounts (id, code) VALUES (1, 'A0000001'), (2, 'A0000002', now());

-- unsafe: a value too long for its column
-- fails: 22001
-- because: nine characters in a char(8).
INSERT INTO accounts (id, code) VALUES (1, 'TOOLONG99');

-- unsafe: an integer out of range
-- fails: 22003
-- because: the value does not fit in integer.
INSERT INTO accounts (id, code) VALUES (3000000000, 'A0000001');

-- unsafe: a required column left out
-- fails: 23502
-- because: code is NOT NULL without a default.
INSERT INTO accounts (id) VALUES (1);

-- unsafe: an explicit id in a column that is generated always
-- fails: 428C9
-- because: users.id is GENERATED ALWAYS and the statement does not override it.
INSERT INTO users (id, email) VALUES (1, 'root@example.org');

-- safe: a row by its natural key
-- because: one row with every required column.
INSERT INTO users (email) VALUES ('root@example.org') ON CONFLICT (email) DO NOTHING;

-- unsafe: ON CONFLICT on columns without a unique index
-- fails: 42P10
-- because: nothing makes users.active unique.
INSERT INTO users (email, active) VALUES ('a@example.org', true) ON CONFLICT (active) DO NOTHING;

-- unsafe: ON CONFLICT on a constraint by the name of an index
-- fails: 42704
-- because: users_email_key is an index, no constraint.
INSERT INTO users (email) VALUES ('a@example.org') ON CONFLICT ON CONSTRAINT users_email_key DO NOTHING;

-- safe: ON CONFLICT on a constraint
-- because: the constraint is there.
INSERT INTO billing.invoices (id, user_id, number) SELECT 1, id, 'X-1' FROM users WHERE email = 'root@example.org'
ON CONFLICT ON CONSTRAINT invoices_number_key DO NOTHING;

-- unsafe: a drop of a constraint that is not there
-- fails: 42704
-- because: the constraint has another name.
ALTER TABLE billing.invoices DROP CONSTRAINT fk_rails_user_id;

-- safe: a drop of a constraint that is not there, if it is there
-- because: nothing happens.
ALTER TABLE billing.invoices DROP CONSTRAINT IF EXISTS fk_rails_user_id;

-- unsafe: an index on a column that is not there
-- fails: 42703
-- because: invoices has no column customer_id.
CREATE INDEX CONCURRENTLY IF NOT EXISTS index_invoices_on_customer_id ON billing.invoices USING btree (customer_id);

-- unsafe: a trigger with a function that is not there
-- fails: 42883
-- because: no function set_updated_at().
CREATE TRIGGER set_updated_at BEFORE UPDATE ON accounts FOR EACH ROW EXECUTE FUNCTION set_updated_at();

-- unsafe: a trigger with a function that does not return trigger
-- fails: 42P17
-- because: billing.tax returns numeric.
CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'select 1';
CREATE TRIGGER t BEFORE UPDATE ON accounts FOR EACH ROW EXECUTE FUNCTION one();

-- unsafe: a second trigger of the same name
-- fails: 42710
-- because: users has a trigger users_touch.
CREATE TRIGGER users_touch BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION touch();

-- unsafe: a view of a column that is not there
-- fails: 42703
-- because: invoices has no column currency.
CREATE VIEW billing.totals AS SELECT currency, sum(total) FROM billing.invoices GROUP BY currency;

-- unsafe: a view with a column that is not grouped
-- fails: 42803
-- because: status is neither grouped nor aggregated.
CREATE VIEW billing.totals AS SELECT user_id, status, sum(total) FROM billing.invoices GROUP BY user_id;

-- unsafe: a view with two columns of one name
-- fails: 42701
-- because: both tables have a column id.
CREATE VIEW billing.everything AS SELECT i.*, u.* FROM billing.invoices i JOIN public.users u ON u.id = i.user_id;

-- unsafe: a grant to a role that is not there
-- known: a catalog does not list roles.
-- fails: 42704
-- because: no role readonly.
GRANT SELECT ON billing.invoices TO readonly;

-- unsafe: a comment on a column that is not there
-- fails: 42703
-- because: users has no column e_mail.
COMMENT ON COLUMN users.e_mail IS 'Where we write to';

-- safe: comments on what is there
-- because: words alone.
COMMENT ON TABLE billing.invoices IS 'What customers owe';
COMMENT ON COLUMN "Order Lines"."Qty" IS 'Pieces';
COMMENT ON FUNCTION billing.tax(numeric, numeric) IS 'VAT';

-- unsafe: a comment on a function with other arguments
-- fails: 42883
-- because: billing.tax takes numerics.
COMMENT ON FUNCTION billing.tax(integer) IS 'VAT';

-- unsafe: an ambiguous column in an update
-- fails: 42702
-- because: both tables have a column id.
UPDATE billing.invoices SET status = 'void' FROM public.users u WHERE id = 5 AND u.active;

-- unsafe: a column compared with a type that has no such operator
-- fails: 42883
-- because: no operator compares uuid and bigint.
UPDATE billing.invoices i SET status = 'void' FROM crm.users c WHERE c.id = i.user_id AND c.handle = 'x';

-- unsafe: a check of a column that is not there
-- fails: 42703
-- because: invoices has no column amount.
ALTER TABLE billing.invoices ADD CONSTRAINT amount_positive CHECK (amount > 0) NOT VALID;

-- unsafe: a check that is no boolean
-- fails: 42804
-- because: a CHECK must be boolean.
ALTER TABLE billing.invoices ADD CONSTRAINT c CHECK (total) NOT VALID;

-- unsafe: a check with a subquery
-- fails: 0A000
-- because: a CHECK may not look at other rows.
ALTER TABLE billing.invoices ADD CONSTRAINT known_user CHECK (user_id IN (SELECT id FROM users)) NOT VALID;

-- unsafe: a check whose name is taken
-- fails: 42710
-- because: the constraint invoices_number_key is there.
ALTER TABLE billing.invoices ADD CONSTRAINT invoices_number_key CHECK (number <> '') NOT VALID;

-- unsafe: a second primary key
-- fails: 42P16
-- because: a table has one primary key at most.
ALTER TABLE accounts ADD CONSTRAINT accounts_code_pk PRIMARY KEY (code);

-- unsafe: an index predicate that is not immutable
-- fails: 42P17
-- because: now() may not be in an index predicate.
CREATE INDEX CONCURRENTLY recent_users ON users (email) WHERE created_at > now() - interval '30 days';

-- unsafe: an index on a cast that is not immutable
-- fails: 42P17
-- because: timestamptz to date depends on the time zone.
CREATE INDEX CONCURRENTLY users_created_day ON users ((created_at::date));

-- safe: an index on an immutable expression
-- because: built concurrently, and the expression is immutable.
CREATE INDEX CONCURRENTLY users_created_day ON users (((created_at AT TIME ZONE 'UTC')::date));

-- unsafe: an index on a type without an operator class
-- fails: 42704
-- because: json has no default btree operator class.
CREATE TABLE blobs (id bigint PRIMARY KEY, body json);
CREATE INDEX ON blobs (body);

-- unsafe: a GIN index on a text column without the extension
-- fails: 42704
-- because: text has no default operator class for GIN.
CREATE INDEX CONCURRENTLY users_email_trgm ON users USING gin (email);

-- unsafe: a sequence created again
-- fails: 42P07
-- because: ticket_seq is there.
CREATE SEQUENCE ticket_seq START 1000;

-- unsafe: a type created again
-- fails: 42710
-- because: mood is there.
CREATE TYPE mood AS ENUM ('good', 'bad');

-- unsafe: an enum label added again
-- fails: 42710
-- because: mood has 'ok'.
ALTER TYPE mood ADD VALUE 'ok';

-- safe: an enum label added if it is missing
-- because: the catalog alone changes.
ALTER TYPE public.mood ADD VALUE IF NOT EXISTS 'ok';

-- unsafe: an enum label after one that is not there
-- fails: 22023
-- because: mood has no 'fine'.
ALTER TYPE mood ADD VALUE 'great' AFTER 'fine';

-- safe: a table made if it is missing
-- because: everything is new.
CREATE TABLE IF NOT EXISTS public."ApiToken" (
  "id" TEXT NOT NULL,
  "userId" BIGINT NOT NULL,
  "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "ApiToken_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "ApiToken_userId_idx" ON public."ApiToken"("userId");

-- unsafe: a name that shadows the table of another schema
-- because: the first schema of the path has a users too, the one with uuid keys, and the column goes there.
-- fails: 42703
SET search_path = crm, public;
ALTER TABLE users ALTER COLUMN email SET DEFAULT '';

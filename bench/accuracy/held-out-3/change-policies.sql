create table public.ledger (id bigint primary key, account text not null, cents bigint not null, booked_on date not null default current_date, memo varchar(100), kind char(1) not null default 'D');
create index ledger_account on public.ledger (account);
create table public.country (code char(2) primary key, name text not null);
create table public.price (sku text not null, valid_from date not null, cents int not null, primary key (sku, valid_from));
create table public.job (id uuid primary key default gen_random_uuid(), payload jsonb not null default '{}', state text not null default 'new', run_at timestamptz, worker_id bigint);
create index job_state_run_at on public.job (state, run_at) where state = 'new';
create schema legacy;
create table legacy.old (id int);
create publication pub for table public.country;

-- unsafe: commands of psql before a brief change
-- because: only psql knows them, the server refuses them.
-- fails: 42601
\set ON_ERROR_STOP on
\timing on
ALTER TABLE public.ledger ADD COLUMN note text;

-- unsafe: an echo of psql
-- because: only psql knows it, the server refuses it.
-- fails: 42601
\echo 'commenting'
COMMENT ON TABLE public.ledger IS 'all movements';

-- safe: change set in a comment header
-- because: a nullable column.
--liquibase formatted sql
--changeset someone:42 runInTransaction:true
ALTER TABLE public.ledger ADD COLUMN IF NOT EXISTS reversed_by bigint;
--rollback ALTER TABLE public.ledger DROP COLUMN reversed_by;

-- unsafe: change set with an index
-- because: writes wait for the build.
--liquibase formatted sql
--changeset someone:43
create index ledger_booked on public.ledger(booked_on);

-- unsafe: goose file with a drop
-- because: all rows are lost.
-- +goose Up
DROP TABLE legacy.old;

-- safe: goose file without a transaction
-- because: the build lets writes through.
-- +goose NO TRANSACTION
-- +goose Up
CREATE INDEX CONCURRENTLY IF NOT EXISTS ledger_booked ON public.ledger (booked_on);

-- unsafe: schema dropped
-- because: all its tables are lost.
DROP SCHEMA legacy CASCADE;

-- unsafe: schema dropped that is not empty
-- because: PostgreSQL refuses it.
-- fails: 2BP01
DROP SCHEMA legacy;

-- safe: empty schema made and dropped
-- because: nothing in it.
CREATE SCHEMA IF NOT EXISTS scratch;
DROP SCHEMA scratch;

-- unsafe: dangerous statement after a comment that mentions safety
-- because: comments change nothing.
-- CONCURRENTLY is used below (it is not)
/* create index concurrently */ create index ledger_memo on public.ledger (memo);

-- safe: drop only in a comment
-- because: nothing runs.
-- DROP TABLE public.ledger;
/* TRUNCATE public.ledger; /* nested */ DELETE FROM public.ledger; */
SELECT 1;

-- safe: drop only in a string
-- because: one row is written.
INSERT INTO public.country (code, name) VALUES ('xx', 'DROP TABLE public.ledger; --');

-- safe: dollar quoted text that looks like SQL
-- because: one row is written.
INSERT INTO public.job (payload) VALUES (jsonb_build_object('sql', $q$TRUNCATE public.ledger;$q$));

-- unsafe: dynamic drop in a DO block
-- because: the table goes all the same.
DO $$
BEGIN
  EXECUTE 'DROP TABLE public.ledger';
END
$$;

-- unsafe: index in a DO block
-- because: writes wait for the build.
DO $do$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_indexes WHERE indexname = 'ledger_kind') THEN
    CREATE INDEX ledger_kind ON public.ledger (kind);
  END IF;
END
$do$;

-- safe: column in a DO block
-- because: as brief as outside of it.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'ledger' AND column_name = 'extra') THEN
    ALTER TABLE public.ledger ADD COLUMN extra text;
  END IF;
END $$;

-- unsafe: concurrent index in a DO block
-- because: PostgreSQL refuses it.
-- fails: 25001
DO $$ BEGIN EXECUTE 'CREATE INDEX CONCURRENTLY ledger_kind ON public.ledger (kind)'; END $$;

-- unsafe: DO block that names a missing table
-- because: PostgreSQL refuses it.
-- fails: 42P01
-- known: what a block changes is not held against the catalog; the copy refuses it.
DO $$ BEGIN UPDATE public.nothing_here SET a = 1 WHERE id = 1; END $$;

-- unsafe: loop over all rows in a DO block
-- because: all rows are locked until the block ends.
DO $$
DECLARE r record;
BEGIN
  FOR r IN SELECT id FROM public.ledger LOOP
    UPDATE public.ledger SET memo = 'x' WHERE id = r.id;
  END LOOP;
END $$;

-- safe: loop with commits in a DO block
-- because: each batch is committed.
DO $$
DECLARE n int;
BEGIN
  LOOP
    UPDATE public.ledger SET memo = '' WHERE id IN (SELECT id FROM public.ledger WHERE memo IS NULL LIMIT 1000);
    GET DIAGNOSTICS n = ROW_COUNT;
    EXIT WHEN n = 0;
    COMMIT;
  END LOOP;
END $$;

-- unsafe: large delete by date
-- because: rows without number in one transaction.
DELETE FROM public.ledger WHERE booked_on < DATE '2020-01-01';

-- safe: delete of one batch
-- because: a thousand rows.
DELETE FROM public.ledger WHERE ctid = ANY (ARRAY(SELECT ctid FROM public.ledger WHERE booked_on < DATE '2020-01-01' LIMIT 1000));

-- safe: delete by key
-- because: one row.
DELETE FROM public.country WHERE code = 'xx';

-- unsafe: insert of everything from another table
-- because: rows without number in one transaction.
INSERT INTO public.job (payload) SELECT jsonb_build_object('id', id) FROM public.ledger;

-- unsafe: table made from a busy table
-- because: all rows are read and copied.
CREATE TABLE public.ledger_backup AS SELECT * FROM public.ledger;
DROP TABLE public.ledger;

-- unsafe: merge of a whole table
-- because: all rows are locked in one transaction.
MERGE INTO public.price p USING public.ledger l ON p.sku = l.account WHEN MATCHED THEN UPDATE SET cents = l.cents::int WHEN NOT MATCHED THEN INSERT VALUES (l.account, l.booked_on, l.cents::int);

-- safe: upsert of reference data
-- because: two rows by their key.
INSERT INTO public.country (code, name) VALUES ('de', 'Germany'), ('fr', 'France') ON CONFLICT (code) DO UPDATE SET name = EXCLUDED.name;

-- unsafe: char to text
-- because: trailing blanks are taken off, every row is written again.
ALTER TABLE public.ledger ALTER COLUMN kind TYPE text;

-- unsafe: published table gets an identity that writes everything
-- because: every update logs whole rows.
ALTER TABLE public.country REPLICA IDENTITY FULL;

-- unsafe: primary key of a published table dropped
-- because: updates and deletes are refused afterwards.
ALTER TABLE public.country DROP CONSTRAINT country_pkey;

-- unsafe: publication dropped
-- because: subscribers get nothing any more.
DROP PUBLICATION pub;

-- safe: table added to a publication
-- because: subscribers get more.
ALTER PUBLICATION pub ADD TABLE public.price;

-- safe: two files' worth of brief steps
-- because: each is brief.
SET lock_timeout TO '2s';
ALTER TABLE public.job ADD COLUMN attempts smallint DEFAULT 0;
RESET lock_timeout;
CREATE INDEX CONCURRENTLY job_worker ON public.job USING hash (worker_id);

-- unsafe: name longer than a name can be, twice
-- because: both are cut to the same 63 bytes and the second is refused.
-- fails: 42P07
CREATE INDEX CONCURRENTLY ledger_account_and_booked_on_and_memo_and_kind_and_cents_index_number_one ON public.ledger (account);
CREATE INDEX CONCURRENTLY ledger_account_and_booked_on_and_memo_and_kind_and_cents_index_number_two ON public.ledger (booked_on);

-- unsafe: index of a name that is taken
-- because: PostgreSQL refuses it.
-- fails: 42P07
CREATE INDEX CONCURRENTLY ledger_account ON public.ledger (booked_on);

-- unsafe: guarded index of a name that is taken by another
-- because: nothing is built though the definition differs.
CREATE INDEX CONCURRENTLY IF NOT EXISTS ledger_account ON public.ledger (booked_on);

-- unsafe: guarded table that exists otherwise
-- because: nothing is made though the columns differ.
CREATE TABLE IF NOT EXISTS public.country (id bigint primary key, iso text);

-- safe: reserved word as a column
-- because: quoted, it is a name as any other.
ALTER TABLE public.job ADD COLUMN "order" int;

-- unsafe: reserved word as a column, not quoted
-- because: PostgreSQL refuses it.
-- fails: 42601
ALTER TABLE public.job ADD COLUMN order int;

-- safe: batch by a limited subquery with a lock
-- because: five hundred rows, others skipped.
WITH batch AS (SELECT id FROM public.job WHERE worker_id IS NULL ORDER BY id LIMIT 500 FOR UPDATE SKIP LOCKED)
UPDATE public.job j SET worker_id = 0 FROM batch b WHERE b.id = j.id;

-- unsafe: composite primary key replaced in place
-- because: the index is built under ACCESS EXCLUSIVE.
ALTER TABLE public.price DROP CONSTRAINT price_pkey, ADD PRIMARY KEY (sku);

-- safe: primary key replaced by an index that was built before
-- because: only the catalog changes; nothing references the old key.
CREATE UNIQUE INDEX CONCURRENTLY price_key ON public.price (sku, valid_from, cents);
ALTER TABLE public.price ADD CONSTRAINT price_all UNIQUE USING INDEX price_key;

-- unsafe: sequence reset below the keys
-- because: the next keys collide.
-- fails: 23505
CREATE TABLE public.numbered (id bigint generated by default as identity primary key, v text);
INSERT INTO public.numbered (id, v) VALUES (1, 'a'), (2, 'b');
INSERT INTO public.numbered (v) VALUES ('c');

-- safe: keys given and the sequence moved on
-- because: the next key is free.
CREATE TABLE public.numbered (id bigint generated by default as identity primary key, v text);
INSERT INTO public.numbered (id, v) VALUES (1, 'a'), (2, 'b');
SELECT setval(pg_get_serial_sequence('public.numbered', 'id'), 2);
INSERT INTO public.numbered (v) VALUES ('c');

-- safe: view made and granted
-- because: new.
CREATE VIEW public.ledger_totals AS SELECT account, sum(cents) AS cents FROM public.ledger GROUP BY account;

-- unsafe: view over a missing column
-- because: PostgreSQL refuses it.
-- fails: 42703
CREATE VIEW public.ledger_totals AS SELECT account, sum(amount) AS total FROM public.ledger GROUP BY account;

-- unsafe: view that forgets to group
-- because: PostgreSQL refuses it.
-- fails: 42803
CREATE VIEW public.ledger_totals AS SELECT account, sum(cents) AS cents FROM public.ledger;

-- unsafe: view with a column twice
-- because: PostgreSQL refuses it.
-- fails: 42701
CREATE VIEW public.twice AS SELECT account, account FROM public.ledger;

-- unsafe: rewriting hidden among many brief actions
-- because: one of them writes all rows again.
ALTER TABLE public.job
  ADD COLUMN a int,
  ALTER COLUMN state SET DEFAULT 'queued',
  ALTER COLUMN worker_id TYPE text,
  SET (fillfactor = 90);

-- safe: many brief actions
-- because: none reads or writes rows.
ALTER TABLE public.job
  ADD COLUMN a int,
  ADD COLUMN b text DEFAULT 'b' NOT NULL,
  ALTER COLUMN state SET DEFAULT 'queued',
  ALTER COLUMN payload SET STATISTICS 200,
  SET (fillfactor = 90);

-- unsafe: commit without a transaction, then more
-- because: the runner's transaction is ended in its middle.
-- transaction: file
ALTER TABLE public.job ADD COLUMN a int;
COMMIT;
ALTER TABLE public.job ADD COLUMN b int;

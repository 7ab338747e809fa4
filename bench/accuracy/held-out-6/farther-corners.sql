create schema ops;
create table ops.unit (id bigint generated always as identity primary key, code char(4) not null unique, label text not null default '', weight real, parent bigint references ops.unit (id), tags jsonb not null default '{}', made timestamptz not null default now(), seen timestamp, hidden boolean not null default false);
create index unit_parent on ops.unit (parent);
create index unit_tags on ops.unit using gin (tags jsonb_path_ops);
create table ops.move (id bigint generated always as identity, unit_id bigint not null, at timestamptz not null, note text, constraint move_pk primary key (id), constraint move_unit foreign key (unit_id) references ops.unit (id) on update cascade);
create table ops.move_audit (move_id bigint not null, what text, at timestamptz default now());
create function ops.audit() returns trigger language plpgsql security definer set search_path = ops, pg_temp as $$ begin insert into ops.move_audit (move_id, what) values (old.id, tg_op); return old; end $$;
create trigger move_audit after delete on ops.move for each row execute function ops.audit();
create view ops.visible with (security_barrier) as select id, code, label from ops.unit where not hidden;
create table ops.level (id smallint primary key, name varchar(30) not null unique);
create table ops.part (id bigint, region text not null, v text, primary key (id, region)) partition by list (region);
create table ops.part_eu partition of ops.part for values in ('eu');
create table ops.part_us partition of ops.part for values in ('us');
create index part_v on ops.part (v);
create table ops.sensor (id int not null, t timestamptz not null, v double precision) partition by range (t);
create table ops.sensor_def partition of ops.sensor default;
create unique index sensor_def_k on ops.sensor_def (id, t);
create procedure ops.clean(keep int) language plpgsql as $$ begin delete from ops.move where at < now() - make_interval(days => keep); end $$;
create type ops.kind as enum ('a', 'b', 'c');
create table ops.job (id uuid primary key default gen_random_uuid(), kind ops.kind not null, run_at timestamptz, done boolean not null default false, tries smallint not null default 0);
create index job_todo on ops.job (run_at) where not done;
create materialized view ops.counts as select kind, count(*) from ops.job group by kind;
create publication ops_feed for table ops.level, ops.unit where (not hidden);
create role fc_app;
grant usage on schema ops to fc_app;
grant select on all tables in schema ops to fc_app;
alter default privileges in schema ops grant select on tables to fc_app;

-- unsafe: char made longer
-- because: the server refuses it below a view.
-- fails: 0A000
ALTER TABLE ops.unit ALTER code TYPE char(6);

-- unsafe: char to varchar below a unique index
-- because: the server refuses it below a view.
-- fails: 0A000
ALTER TABLE ops.unit ALTER COLUMN code TYPE varchar(4);

-- safe: label's default changed and its statistics
-- because: catalog only.
ALTER TABLE ops.unit ALTER label SET DEFAULT 'none', ALTER label SET STATISTICS 0;

-- unsafe: published filter's column dropped
-- because: the server refuses it.
-- fails: 2BP01
ALTER TABLE ops.unit DROP COLUMN hidden;

-- unsafe: key of a published table dropped for another
-- because: updates fail until there is one, and an index is built.
ALTER TABLE ops.level DROP CONSTRAINT level_pkey, ADD PRIMARY KEY (name);

-- unsafe: another table published whose updates then fail
-- because: it has no key.
ALTER PUBLICATION ops_feed ADD TABLE ops.move_audit;

-- safe: another table published that has a key
-- because: its rows can be told apart.
ALTER PUBLICATION ops_feed ADD TABLE ops.job;

-- safe: replica identity by the key
-- because: it is so already.
ALTER TABLE ops.level REPLICA IDENTITY DEFAULT;

-- unsafe: publication renamed
-- because: subscribers name it.
ALTER PUBLICATION ops_feed RENAME TO ops_news;

-- unsafe: trigger's function replaced without its rights
-- because: deletions by others fail.
CREATE OR REPLACE FUNCTION ops.audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO ops.move_audit (move_id, what) VALUES (old.id, tg_op); RETURN old; END $$;

-- safe: trigger's function replaced with all that it had
-- because: nothing is lost.
CREATE OR REPLACE FUNCTION ops.audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = ops, pg_temp AS $$ BEGIN INSERT INTO ops.move_audit (move_id, what) VALUES (old.id, 'deleted'); RETURN old; END $$;

-- unsafe: table dropped that a trigger's function writes to
-- because: rows are lost and every deletion fails.
DROP TABLE ops.move_audit;

-- unsafe: trigger replaced to fire less often
-- because: updates are not kept... the old one is gone.
DROP TRIGGER IF EXISTS move_audit ON ops.move;

-- safe: trigger replaced in one statement
-- because: it is never missing.
CREATE OR REPLACE TRIGGER move_audit AFTER DELETE ON ops.move FOR EACH ROW WHEN (old.note IS NOT NULL) EXECUTE FUNCTION ops.audit();

-- unsafe: every trigger of a table switched off
-- because: keys do not hold.
ALTER TABLE ops.move DISABLE TRIGGER USER;

-- unsafe: partition key's index for all partitions
-- because: writers of all wait.
CREATE INDEX part_region_v ON ops.part (region, v);

-- unsafe: a partition's own index dropped
-- because: the server refuses it, it belongs to the parent's.
-- fails: 2BP01
DROP INDEX ops.part_eu_v_idx;

-- unsafe: partitioned index dropped
-- because: all partitions are locked.
DROP INDEX ops.part_v;

-- unsafe: partition for what the default one may hold
-- because: the default one is read under ACCESS EXCLUSIVE.
CREATE TABLE ops.sensor_26 PARTITION OF ops.sensor FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- unsafe: default partition taken out
-- because: ACCESS EXCLUSIVE on the parent, and rows without a place fail.
ALTER TABLE ops.sensor DETACH PARTITION ops.sensor_def;

-- unsafe: partition's rows moved by an update of its key
-- because: no one says how many.
UPDATE ops.part SET region = 'us' WHERE region = 'eu';

-- safe: one row moved by an update of its key
-- because: one.
UPDATE ops.part SET region = 'us' WHERE region = 'eu' AND id = 5;

-- safe: column with a constant for all partitions
-- because: it is kept in the catalog.
ALTER TABLE ops.part ADD COLUMN w int NOT NULL DEFAULT 0;

-- unsafe: check for all partitions
-- because: all rows of all partitions are read.
ALTER TABLE ops.part ADD CONSTRAINT v_len CHECK (length(v) < 100);

-- unsafe: check for the parent alone
-- because: the server refuses it.
-- fails: 42P16
ALTER TABLE ONLY ops.part ADD CONSTRAINT v_len CHECK (length(v) < 100);

-- unsafe: procedure called
-- because: many rows are deleted in one transaction.
CALL ops.clean(30);

-- unsafe: procedure called with a name that it does not have
-- because: the server refuses it.
-- fails: 42883
CALL ops.clean('a', 'b');

-- safe: procedure replaced, which is not called
-- because: it is for later.
CREATE OR REPLACE PROCEDURE ops.clean(keep int) LANGUAGE plpgsql AS $$ BEGIN DELETE FROM ops.move WHERE at < now() - make_interval(days => keep) AND note IS NULL; END $$;

-- unsafe: enum's label renamed
-- because: the running code writes the old one.
ALTER TYPE ops.kind RENAME VALUE 'a' TO 'alpha';

-- unsafe: enum's schema changed
-- because: the running code casts to the old name.
ALTER TYPE ops.kind SET SCHEMA public;

-- unsafe: enum to text
-- because: all rows are written again, and a materialized view stands in the way.
-- fails: 0A000
ALTER TABLE ops.job ALTER kind TYPE text;

-- safe: two labels, added to an enum
-- because: catalog only.
ALTER TYPE ops.kind ADD VALUE 'd';
ALTER TYPE ops.kind ADD VALUE 'aa' AFTER 'a';

-- unsafe: due jobs marked
-- because: no one says how many.
UPDATE ops.job SET done = true WHERE run_at < now();

-- safe: next due jobs taken
-- because: ten.
UPDATE ops.job SET tries = tries + 1 WHERE id IN (SELECT id FROM ops.job WHERE NOT done ORDER BY run_at LIMIT 10 FOR UPDATE SKIP LOCKED);

-- unsafe: index of what is still to do dropped without a substitute
-- because: queries go without it, and it asks for ACCESS EXCLUSIVE.
DROP INDEX ops.job_todo;

-- safe: index for the same, wider, concurrently
-- because: nobody waits.
CREATE INDEX CONCURRENTLY job_todo_kind ON ops.job (kind, run_at) WHERE NOT done;

-- unsafe: index concurrently with an expression that may change
-- because: the server refuses it.
-- fails: 42P17
CREATE INDEX CONCURRENTLY unit_day ON ops.unit (date_trunc('day', made));

-- safe: index concurrently over a time without zone
-- because: it never changes, nobody waits.
CREATE INDEX CONCURRENTLY unit_seen_day ON ops.unit (date_trunc('day', seen));

-- unsafe: small numbers widened in a key that others may hold
-- because: all rows are written again.
ALTER TABLE ops.level ALTER id TYPE int;

-- unsafe: small numbers with a default that is too large
-- because: inserts with the default fail.
ALTER TABLE ops.job ALTER tries SET DEFAULT 40000;

-- unsafe: key's columns changed around
-- because: the server refuses it, the key is there.
-- fails: 42P16
ALTER TABLE ops.move ADD PRIMARY KEY (unit_id, id);

-- unsafe: update rule of a key changed
-- because: all rows are compared again.
ALTER TABLE ops.move DROP CONSTRAINT move_unit, ADD CONSTRAINT move_unit FOREIGN KEY (unit_id) REFERENCES ops.unit (id) ON DELETE SET NULL (unit_id);

-- unsafe: foreign key that empties a required column
-- because: deletions fail as soon as there is a row.
ALTER TABLE ops.move ADD CONSTRAINT move_unit2 FOREIGN KEY (unit_id) REFERENCES ops.unit (id) ON DELETE SET NULL NOT VALID;

-- safe: view's options as they were
-- because: the same.
CREATE OR REPLACE VIEW ops.visible WITH (security_barrier = true) AS SELECT id, code, label FROM ops.unit WHERE NOT hidden AND code <> '';

-- unsafe: view opened
-- because: functions of readers see hidden rows.
ALTER VIEW ops.visible SET (security_barrier = off);

-- unsafe: view's owner given rights of all
-- because: it is read with all rights of the owner.
GRANT ALL ON ops.visible TO PUBLIC;

-- safe: right to read a view
-- because: narrow.
GRANT SELECT ON ops.visible TO fc_app;

-- unsafe: rights for what comes taken away
-- because: new tables cannot be read by the code.
ALTER DEFAULT PRIVILEGES IN SCHEMA ops REVOKE SELECT ON TABLES FROM fc_app;

-- unsafe: all rights of a schema's tables taken
-- because: its queries fail.
REVOKE SELECT ON ALL TABLES IN SCHEMA ops FROM fc_app;

-- safe: right that nobody has taken from everybody
-- because: nothing changes.
REVOKE ALL ON ops.unit FROM PUBLIC;

-- unsafe: role that logs in with a password in the file
-- because: it stands in files and logs.
CREATE ROLE fc_bot LOGIN PASSWORD 'secret';

-- safe: role that logs in
-- because: it has nothing yet.
CREATE ROLE fc_bot LOGIN CONNECTION LIMIT 5;

-- unsafe: search path of a role changed
-- because: its queries mean other tables.
ALTER ROLE fc_app SET search_path = ops, public;

-- unsafe: triggers and keys off for a role
-- because: nothing holds for it.
ALTER ROLE fc_app SET session_replication_role = 'replica';

-- unsafe: rows merged from a large staging table
-- because: all that match.
MERGE INTO ops.level l USING ops.unit u ON l.name = u.label WHEN NOT MATCHED THEN INSERT (id, name) VALUES (u.id, u.label);

-- safe: rows merged from a list
-- because: two.
MERGE INTO ops.level l USING (VALUES (1, 'low'), (2, 'high')) AS s (id, name) ON l.id = s.id WHEN MATCHED THEN UPDATE SET name = s.name WHEN NOT MATCHED THEN INSERT (id, name) VALUES (s.id, s.name);

-- unsafe: identity given by hand
-- because: the server refuses it.
-- fails: 428C9
INSERT INTO ops.unit (id, code) VALUES (1, 'AB');

-- unsafe: identity changed by hand
-- because: the server refuses it.
-- fails: 428C9
UPDATE ops.unit SET id = 5 WHERE id = 4;

-- safe: identity overridden, one row
-- because: it says so.
INSERT INTO ops.unit (id, code) OVERRIDING SYSTEM VALUE VALUES (1, 'AB');

-- unsafe: two transactions, the second never ends
-- because: what it did is taken back.
BEGIN;
ALTER TABLE ops.unit ADD COLUMN x int;
COMMIT;
BEGIN;
ALTER TABLE ops.unit ADD COLUMN y int;

-- unsafe: ended without a beginning
-- because: nothing is taken back.
ALTER TABLE ops.unit DROP COLUMN seen;
ROLLBACK;

-- unsafe: beginning, end, and a concurrent index after it
-- because: the table is published, and the subscriber lacks the column.
BEGIN;
ALTER TABLE ops.unit ADD COLUMN x int;
END;
CREATE INDEX CONCURRENTLY unit_x ON ops.unit (x);

-- unsafe: a concurrent index in a savepoint
-- because: the server refuses it.
-- fails: 25001
BEGIN;
SAVEPOINT a;
CREATE INDEX CONCURRENTLY unit_label ON ops.unit (label);
RELEASE a;
COMMIT;

-- unsafe: rows locked, all of them, in a transaction with other work
-- because: writers wait until the end.
BEGIN;
SELECT id FROM ops.job FOR UPDATE;
ALTER TABLE ops.level ADD COLUMN x int;
COMMIT;

-- safe: one row locked and changed
-- because: one.
BEGIN;
SELECT id FROM ops.level WHERE id = 1 FOR UPDATE;
UPDATE ops.level SET name = 'x' WHERE id = 1;
COMMIT;

-- unsafe: temporary table copied over the real one
-- because: the rows of the real one are lost.
BEGIN;
CREATE TEMP TABLE t AS SELECT * FROM ops.level;
TRUNCATE ops.level;
INSERT INTO ops.level SELECT * FROM t;
COMMIT;

-- unsafe: column with a json of all columns
-- because: all rows are written, and the server refuses it for the publication's filter.
-- fails: 42P10
ALTER TABLE ops.unit ADD COLUMN snapshot jsonb;
UPDATE ops.unit u SET snapshot = to_jsonb(u) - 'snapshot';

-- unsafe: column with a json that is constant
-- because: the table is published, and the subscriber lacks the column.
ALTER TABLE ops.unit ADD COLUMN opts jsonb NOT NULL DEFAULT '{"a": 1}'::jsonb;

-- unsafe: default json that is none
-- because: the server refuses it.
-- fails: 22P02
ALTER TABLE ops.unit ADD COLUMN opts jsonb DEFAULT '{a: 1}';

-- unsafe: materialized view with an index dropped below
-- because: the server refuses it.
-- fails: 2BP01
ALTER TABLE ops.job DROP COLUMN kind;

-- safe: comment and security label left out
-- because: words alone.
COMMENT ON MATERIALIZED VIEW ops.counts IS 'jobs by kind';
COMMENT ON TRIGGER move_audit ON ops.move IS 'keeps what was deleted';

-- unsafe: comment on a trigger of another table
-- because: the server refuses it.
-- fails: 42704
COMMENT ON TRIGGER move_audit ON ops.unit IS 'x';

-- unsafe: constraint trigger's table rewritten by set logged twice
-- because: the server refuses it for a published table.
-- fails: 55000
ALTER TABLE ops.level SET UNLOGGED;
ALTER TABLE ops.level SET LOGGED;

-- safe: toast of a column
-- because: for new values.
ALTER TABLE ops.move ALTER note SET STORAGE MAIN, ALTER note SET COMPRESSION pglz;

-- unsafe: every row touched so that it moves
-- because: all rows are written.
UPDATE ops.move SET id = DEFAULT;

-- unsafe: real to numeric
-- because: all rows are written again.
ALTER TABLE ops.unit ALTER weight TYPE numeric(8,3);

create table t (id int primary key, a int, b text, n int, z date);
alter table t add constraint n_set check (n is not null);
create table u (id int primary key, t_id int);
create type mood as enum ('a', 'b');
create table p (id int not null, at date not null) partition by range (at);
create table p_1 partition of p for values from ('2025-01-01') to ('2026-01-01');
create table p_2 (id int not null, at date not null);
create materialized view mv as select id from t;
create unique index mv_id on mv (id);
create view v as select id, a from t;

-- unsafe: constant default on 10
-- because: every row is written again.
-- server: 10
ALTER TABLE t ADD COLUMN c int DEFAULT 0;

-- safe: constant default on 11
-- because: it is kept in the catalog.
-- server: 11
ALTER TABLE t ADD COLUMN c int DEFAULT 0 NOT NULL;

-- safe: column without a default on 10
-- because: catalog only.
-- server: 10
ALTER TABLE t ADD COLUMN c int;

-- unsafe: required, proved by a check, on 11
-- because: the proof is used since 12.
-- server: 11
ALTER TABLE t ALTER COLUMN n SET NOT NULL;

-- safe: required, proved by a check, on 12
-- because: the proof is used.
-- server: 12
ALTER TABLE t ALTER COLUMN n SET NOT NULL;

-- unsafe: rebuilt concurrently on 11
-- because: it came with 12.
-- server: 11
REINDEX INDEX CONCURRENTLY mv_id;

-- safe: rebuilt concurrently on 12
-- because: nobody waits.
-- server: 12
REINDEX INDEX CONCURRENTLY mv_id;

-- unsafe: detached concurrently on 13
-- because: it came with 14.
-- server: 13
ALTER TABLE p DETACH PARTITION p_1 CONCURRENTLY;

-- safe: detached concurrently on 14
-- because: readers and writers go on.
-- server: 14
ALTER TABLE p DETACH PARTITION p_1 CONCURRENTLY;

-- unsafe: label added in a transaction on 11
-- because: it may be since 12.
-- server: 11
-- transaction: file
ALTER TYPE mood ADD VALUE 'c';

-- safe: label added in a transaction on 12
-- because: it may be.
-- server: 12
-- transaction: file
ALTER TYPE mood ADD VALUE 'c';

-- unsafe: label used where it was added, on 16
-- because: the server refuses it.
-- server: 16
-- transaction: file
ALTER TYPE mood ADD VALUE 'c';
CREATE TABLE moody (m mood DEFAULT 'c');

-- unsafe: generated column on 11
-- because: it came with 12.
-- server: 11
ALTER TABLE u ADD COLUMN g int GENERATED ALWAYS AS (id * 2) STORED;

-- unsafe: virtual column on 17
-- because: it came with 18.
-- server: 17
ALTER TABLE u ADD COLUMN g int GENERATED ALWAYS AS (id * 2) VIRTUAL;

-- safe: virtual column on 18
-- because: it is computed when it is read.
-- server: 18
ALTER TABLE u ADD COLUMN g int GENERATED ALWAYS AS (id * 2) VIRTUAL;

-- unsafe: NOT NULL that is not validated, on 17
-- because: it came with 18.
-- server: 17
ALTER TABLE t ADD CONSTRAINT a_set NOT NULL a NOT VALID;

-- safe: NOT NULL that is not validated, on 18
-- because: no row is read.
ALTER TABLE t ADD CONSTRAINT a_set NOT NULL a NOT VALID;

-- safe: NOT NULL that is validated later, on 18
-- because: the scan lets everybody through.
-- transaction: none
ALTER TABLE t ADD CONSTRAINT a_set NOT NULL a NOT VALID;
ALTER TABLE t VALIDATE CONSTRAINT a_set;

-- unsafe: NULLS NOT DISTINCT on 14
-- because: it came with 15.
-- server: 14
CREATE UNIQUE INDEX CONCURRENTLY t_b ON t (b) NULLS NOT DISTINCT;

-- safe: NULLS NOT DISTINCT on 15
-- because: nobody waits.
-- server: 15
CREATE UNIQUE INDEX CONCURRENTLY t_b ON t (b) NULLS NOT DISTINCT;

-- unsafe: MERGE on 14
-- because: it came with 15.
-- server: 14
MERGE INTO t USING (VALUES (1)) AS s (id) ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id) VALUES (s.id);

-- unsafe: trigger replaced on 13
-- because: it came with 14.
-- server: 13
CREATE OR REPLACE TRIGGER tg BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();

-- safe: trigger replaced on 14
-- because: a short lock.
-- server: 14
CREATE OR REPLACE TRIGGER tg BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();

-- unsafe: expression dropped on 12
-- because: it came with 13.
-- server: 12
ALTER TABLE t ALTER COLUMN b DROP EXPRESSION IF EXISTS;

-- unsafe: uuid of the server on 12
-- because: gen_random_uuid came with 13.
-- server: 12
CREATE TABLE w (id uuid DEFAULT gen_random_uuid() PRIMARY KEY);

-- safe: uuid of the server on 13
-- because: the table is new.
-- server: 13
CREATE TABLE w (id uuid DEFAULT gen_random_uuid() PRIMARY KEY);

-- unsafe: uuidv7 on 17
-- because: it came with 18.
-- server: 17
CREATE TABLE w (id uuid DEFAULT uuidv7() PRIMARY KEY);

-- unsafe: included columns on 10
-- because: they came with 11.
-- known: servers before 12 are not told apart to the last word.
-- server: 10
CREATE UNIQUE INDEX CONCURRENTLY t_b ON t (b) INCLUDE (a);

-- safe: included columns on 11
-- because: nobody waits.
-- server: 11
CREATE UNIQUE INDEX CONCURRENTLY t_b ON t (b) INCLUDE (a);

-- unsafe: security of the caller on 14
-- because: it came with 15.
-- server: 14
CREATE VIEW w WITH (security_invoker = true) AS SELECT id FROM t;

-- unsafe: rows of the unlogged set on 12
-- because: rows are written again and lost in a crash.
-- server: 12
ALTER TABLE t SET UNLOGGED;

-- unsafe: procedure on 10
-- because: it came with 11.
-- server: 10
CREATE PROCEDURE tidy() LANGUAGE sql AS 'select 1';

-- unsafe: expression changed on 16
-- because: it came with 17.
-- server: 16
-- given
create table g (id int, d int generated always as (id * 2) stored);
-- migration
ALTER TABLE g ALTER COLUMN d SET EXPRESSION AS (id * 3);

-- unsafe: expression changed on 17
-- because: every row is written again.
-- server: 17
-- given
create table g (id int, d int generated always as (id * 2) stored);
-- migration
ALTER TABLE g ALTER COLUMN d SET EXPRESSION AS (id * 3);

-- unsafe: publication of a schema on 14
-- because: it came with 15.
-- server: 14
CREATE PUBLICATION pub FOR TABLES IN SCHEMA public;

-- unsafe: constraint not enforced on 17
-- because: it came with 18.
-- server: 17
ALTER TABLE t ADD CONSTRAINT a_ok CHECK (a > 0) NOT ENFORCED;

-- unsafe: statistics of an expression on 13
-- because: it came with 14.
-- server: 13
CREATE STATISTICS st ON lower(b), a FROM t;

-- safe: foreign key in two steps on 12
-- because: nobody waits long.
-- server: 12
-- transaction: none
ALTER TABLE u ADD CONSTRAINT u_t FOREIGN KEY (t_id) REFERENCES t (id) NOT VALID;
ALTER TABLE u VALIDATE CONSTRAINT u_t;

-- unsafe: access method on 14
-- because: it came with 15.
-- server: 14
ALTER TABLE t SET ACCESS METHOD heap;

-- unsafe: attached on 11
-- because: the parent is locked against everybody and rows are read.
-- server: 11
ALTER TABLE p ATTACH PARTITION p_2 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- unsafe: compression on 13
-- because: it came with 14.
-- server: 13
ALTER TABLE t ALTER COLUMN b SET COMPRESSION pglz;

-- safe: compression on 14
-- because: for new values.
-- server: 14
ALTER TABLE t ALTER COLUMN b SET COMPRESSION pglz;

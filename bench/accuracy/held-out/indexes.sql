create table events (
  id bigint generated always as identity primary key,
  kind text not null,
  payload jsonb,
  actor bigint,
  at timestamptz not null default now(),
  doc tsvector
);
create index events_kind on events (kind);
create index events_actor on events (actor);
create unique index events_actor_at on events (actor, at);
create table people (id bigint primary key, email text, login text not null, org bigint);
create unique index people_login on people (login);
create unique index people_email_part on people (email) where org is not null;
create table logs (id bigint, day date not null, body text) partition by range (day);
create table logs_2025 partition of logs for values from ('2025-01-01') to ('2026-01-01');
create table logs_2026 partition of logs for values from ('2026-01-01') to ('2027-01-01');
create materialized view per_kind as select kind, count(*) as n from events group by kind;
create function shout(t text) returns text language plpgsql volatile as 'begin return upper(t); end';

-- safe: an index concurrently
-- because: writes go on.
CREATE INDEX CONCURRENTLY events_at ON events (at);

-- safe: a unique index concurrently
-- because: writes go on.
CREATE UNIQUE INDEX CONCURRENTLY people_email_key ON people (email);

-- safe: an expression index concurrently
-- because: writes go on, lower is immutable.
CREATE INDEX CONCURRENTLY people_lower ON people (lower(email)) WHERE email IS NOT NULL;

-- safe: a gin index concurrently
-- because: writes go on.
CREATE INDEX CONCURRENTLY events_payload ON events USING gin (payload jsonb_path_ops);

-- safe: an index concurrently, IF NOT EXISTS with a new name
-- because: nothing of that name is there.
CREATE INDEX CONCURRENTLY IF NOT EXISTS events_kind_at ON events (kind, at DESC) INCLUDE (actor);

-- safe: an index dropped concurrently
-- because: queries go on while it goes.
DROP INDEX CONCURRENTLY events_kind;

-- safe: an index dropped concurrently that is not there
-- because: IF EXISTS makes it a notice.
DROP INDEX CONCURRENTLY IF EXISTS events_nothing;

-- safe: an index on a table of the same migration
-- because: the table is empty and nobody knows it.
CREATE TABLE visits (id bigint PRIMARY KEY, page text NOT NULL, at timestamptz NOT NULL);
CREATE INDEX visits_page ON visits (page, at);

-- safe: an index on a temporary table
-- because: only this session sees it.
CREATE TEMP TABLE tmp_ids AS SELECT 1 AS id;
CREATE INDEX ON tmp_ids (id);

-- safe: reindex concurrently
-- because: writes go on.
REINDEX INDEX CONCURRENTLY events_kind;

-- safe: reindex of a table concurrently with options
-- because: writes go on.
REINDEX (VERBOSE) TABLE CONCURRENTLY events;

-- safe: unique constraint from an index built concurrently
-- because: the index is there, the constraint takes it over in an instant.
CREATE UNIQUE INDEX CONCURRENTLY people_email_u ON people (email);
ALTER TABLE people ADD CONSTRAINT people_email_u UNIQUE USING INDEX people_email_u;

-- safe: an index renamed
-- because: queries do not name indexes; ALTER INDEX RENAME lets reads and writes go on.
ALTER INDEX events_kind RENAME TO events_by_kind;

-- safe: an index on the parent alone, then on partitions, attached
-- because: each is built concurrently, ON ONLY builds nothing.
CREATE INDEX logs_day ON ONLY logs (day);
CREATE INDEX CONCURRENTLY logs_2025_day ON logs_2025 (day);
ALTER INDEX logs_day ATTACH PARTITION logs_2025_day;
CREATE INDEX CONCURRENTLY logs_2026_day ON logs_2026 (day);
ALTER INDEX logs_day ATTACH PARTITION logs_2026_day;

-- safe: replaced in the right order
-- because: the new one is built before the old one goes, both concurrently.
CREATE INDEX CONCURRENTLY events_kind_new ON events (kind, at);
DROP INDEX CONCURRENTLY events_kind;
ALTER INDEX events_kind_new RENAME TO events_kind;

-- safe: a unique index that lets the view be refreshed concurrently, on a materialized view made just now
-- because: nobody reads the view yet.
CREATE MATERIALIZED VIEW recent AS SELECT id FROM events WHERE false WITH NO DATA;
CREATE UNIQUE INDEX ON recent (id);

-- safe: concurrently in its own file with a lock timeout
-- because: the timeout makes it give up rather than wait.
SET lock_timeout = '2s';
SET statement_timeout = 0;
CREATE INDEX CONCURRENTLY events_actor_kind ON events (actor, kind);

-- safe: comment on an index
-- because: nothing is locked that matters.
COMMENT ON INDEX events_kind IS 'for the report';

-- safe: fill factor of an index
-- because: concerns pages written later.
ALTER INDEX events_kind SET (fillfactor = 70);

-- unsafe: an index
-- because: writes wait while it is built.
CREATE INDEX events_at ON events (at);

-- unsafe: an index without a name
-- because: writes wait while it is built.
CREATE INDEX ON events (kind, actor);

-- unsafe: a unique index
-- because: writes wait, and it fails on double values.
CREATE UNIQUE INDEX people_email_key ON people (email);

-- unsafe: an index with IF NOT EXISTS
-- because: it is not there, so it is built under a lock.
CREATE INDEX IF NOT EXISTS events_at ON events USING brin (at);

-- unsafe: an index dropped
-- because: ACCESS EXCLUSIVE on the table, behind every running query.
DROP INDEX events_kind;

-- unsafe: an index dropped, IF EXISTS
-- because: it is there.
DROP INDEX IF EXISTS events_actor;

-- unsafe: concurrently within BEGIN
-- fails: 25001
-- because: it cannot run in a transaction.
BEGIN;
CREATE INDEX CONCURRENTLY events_at ON events (at);
COMMIT;

-- unsafe: concurrently in a file that runs in one transaction
-- transaction: file
-- fails: 25001
-- because: it cannot run in a transaction.
CREATE INDEX CONCURRENTLY events_at ON events (at);

-- unsafe: dropped concurrently in a transaction
-- transaction: file
-- fails: 25001
-- because: it cannot run in a transaction.
DROP INDEX CONCURRENTLY events_kind;

-- unsafe: concurrently on a partitioned table
-- fails: 0A000
-- because: not supported.
CREATE INDEX CONCURRENTLY logs_day ON logs (day);

-- unsafe: an index on a partitioned table
-- because: built on every partition, writes wait.
CREATE INDEX logs_day ON logs (day);

-- unsafe: an index on one partition
-- because: writes to the partition wait.
CREATE INDEX logs_2026_body ON logs_2026 (body);

-- unsafe: a name that is taken
-- fails: 42P07
-- because: an index of that name is there.
CREATE INDEX CONCURRENTLY events_kind ON events (kind, at);

-- unsafe: a column that is not there
-- fails: 42703
-- because: it fails.
CREATE INDEX CONCURRENTLY events_user ON events (user_id);

-- unsafe: a volatile function in an index
-- fails: 42P17
-- because: functions in an index expression must be immutable.
CREATE INDEX CONCURRENTLY events_shout ON events (shout(kind));

-- unsafe: reindex
-- because: writes wait, and queries that would use the index.
REINDEX TABLE events;

-- unsafe: reindex of one index
-- because: ACCESS EXCLUSIVE on the index.
REINDEX INDEX events_kind;

-- unsafe: reindex of a schema
-- because: every table of it.
REINDEX SCHEMA public;

-- unsafe: reindex concurrently in a transaction
-- transaction: file
-- fails: 25001
-- because: it cannot run in a transaction.
REINDEX TABLE CONCURRENTLY events;

-- unsafe: an index on a materialized view that is read
-- because: a refresh waits while it is built.
CREATE INDEX per_kind_n ON per_kind (n);

-- unsafe: dropping the index of a constraint
-- fails: 2BP01
-- because: the constraint needs it.
DROP INDEX CONCURRENTLY people_pkey;

-- unsafe: a second concurrent build after a BEGIN that was forgotten
-- fails: 25001
-- because: still in the transaction.
BEGIN;
ALTER TABLE events ADD COLUMN extra text;
CREATE INDEX CONCURRENTLY events_extra ON events (extra);
COMMIT;

-- unsafe: unique constraint from a partial index
-- fails: 42809
-- because: a constraint cannot be partial.
ALTER TABLE people ADD CONSTRAINT people_email_part UNIQUE USING INDEX people_email_part;

-- unsafe: a trigram class that is not installed
-- fails: 42704
-- because: the extension is missing.
CREATE INDEX CONCURRENTLY events_kind_trgm ON events USING gin (kind gin_trgm_ops);

-- unsafe: replaced in the wrong order
-- because: queries are without an index until the new one is there; and the drop locks.
DROP INDEX events_kind;
CREATE INDEX CONCURRENTLY events_kind ON events (kind, at);

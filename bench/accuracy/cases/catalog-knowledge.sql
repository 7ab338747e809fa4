create table users (id bigserial primary key, email varchar(50), name text, age int, joined timestamp, price numeric(8,2), org_id bigint, score int not null default 0, uid uuid, doc jsonb);
create table orgs (id bigserial primary key, name varchar(255));
create unique index orgs_name_once on orgs (name);
create table posts (id bigserial primary key, user_id bigint references users (id), title text, body text, tags text[], constraint title_there check (title is not null));
alter table users add constraint age_positive check (age > 0) not valid;
create table pairs (a int not null, b int not null, c text);
create unique index pairs_ab on pairs (a, b);
create domain email as text;
create domain positive as int check (value > 0);
create domain spare as text;
create table contacts (id bigint primary key, score positive, mail email);
create function fixed(int) returns int immutable language sql as 'select $1';
create function rolled() returns int volatile language plpgsql as 'begin return (random() * 6)::int; end';
create function touch() returns trigger language plpgsql as 'begin new.score = 1; return new; end';
create trigger users_touch before update on users for each row execute function touch();
create materialized view user_names as select id, name from users;
create unique index user_names_id on user_names (id);
create view post_titles with (security_barrier) as select id, title from posts;
create schema other;
create table other.users (id bigint primary key, note text);
create role app;
grant select, insert on users to app;
alter table posts enable row level security;
create policy own_posts on posts using (user_id > 0);
create table chain (id int primary key, label varchar(10));
create table links (id bigint primary key, chain_id int references chain (id));
create type stage as enum ('new', 'done');
create table tasks (id bigint primary key, stage stage not null default 'new');
create view task_stages as select stage, count(*) from tasks group by stage;

-- safe: the same name in another schema
-- about: object-already-exists
-- because: names are taken per schema.
CREATE TABLE other.orgs (id bigint primary key);

-- unsafe: the search path leads to another table
-- about: require-concurrent-index-creation
-- because: it is still an existing table.
SET search_path = other;
CREATE INDEX users_note ON users (note);

-- unsafe: a column that only the table of the first schema has
-- about: syntax-or-unknown-object
-- because: with this search path it is not there.
-- fails: 42703
SET search_path = other;
ALTER TABLE users ALTER COLUMN email SET DEFAULT '';

-- safe: the proof was validated in an earlier migration, all in one transaction
-- about: set-not-null-full-scan, drop-constraint
-- because: no row is read.
BEGIN;
ALTER TABLE posts ALTER COLUMN title SET NOT NULL;
ALTER TABLE posts DROP CONSTRAINT title_there;
COMMIT;

-- unsafe: the proof is dropped before it is used
-- about: set-not-null-full-scan
-- because: then the rows must be read.
ALTER TABLE posts DROP CONSTRAINT title_there;
ALTER TABLE posts ALTER COLUMN title SET NOT NULL;

-- safe: a domain that no table uses
-- about: domain-constraint-scans-tables
-- because: there is nothing to read.
ALTER DOMAIN spare ADD CONSTRAINT short CHECK (length(VALUE) < 10);

-- unsafe: a domain that a table uses
-- about: domain-constraint-scans-tables
-- because: the table is read while writes wait.
ALTER DOMAIN email ADD CONSTRAINT has_at CHECK (VALUE LIKE '%@%');

-- safe: a domain constraint that is not validated
-- about: domain-constraint-scans-tables
-- because: nothing is read.
ALTER DOMAIN email ADD CONSTRAINT has_at CHECK (VALUE LIKE '%@%') NOT VALID;

-- unsafe: a domain becomes NOT NULL
-- about: domain-constraint-scans-tables
-- because: the table is read while writes wait.
ALTER DOMAIN email SET NOT NULL;

-- safe: a default that an immutable function gives
-- about: add-column-volatile-default
-- because: computed once.
ALTER TABLE users ADD COLUMN rank int DEFAULT fixed(3);

-- unsafe: a default that a volatile function gives
-- about: add-column-volatile-default
-- because: computed for each row.
ALTER TABLE users ADD COLUMN rank int DEFAULT rolled();

-- safe: an index on a materialized view, concurrently
-- about: require-concurrent-index-creation
-- because: readers and refreshes go on.
CREATE INDEX CONCURRENTLY user_names_name ON user_names (name);

-- unsafe: the options of a view are lost
-- about: replace-view-loses-options
-- because: without WITH the view no longer is a security barrier.
CREATE OR REPLACE VIEW post_titles AS SELECT id, title FROM posts;

-- safe: the options of a view are repeated
-- about: replace-view-loses-options
-- because: it stays a security barrier.
CREATE OR REPLACE VIEW post_titles WITH (security_barrier) AS SELECT id, title, user_id FROM posts;

-- unsafe: a privilege that a role has is revoked
-- about: revoke-in-use
-- because: its statements fail.
REVOKE SELECT ON users FROM app;

-- safe: a privilege that nobody has is revoked
-- about: revoke-in-use
-- because: nothing changes.
REVOKE ALL ON orgs FROM PUBLIC;

-- safe: a narrow grant
-- about: grant-widening
-- because: one role, one table, reading.
GRANT SELECT ON posts TO app;

-- unsafe: everything for everybody
-- about: grant-widening
-- because: any role may change any row.
GRANT ALL ON users TO PUBLIC;

-- unsafe: the last policy goes
-- about: policy-change
-- because: with row level security on and no policy nobody but the owner sees a row.
DROP POLICY own_posts ON posts;

-- safe: a policy is replaced in one transaction
-- about: policy-change
-- because: there is always one.
BEGIN;
DROP POLICY own_posts ON posts;
CREATE POLICY own_posts ON posts USING (user_id > 1);
COMMIT;

-- unsafe: row level security without a policy
-- about: rls-enabled-without-policy
-- because: the application sees no row any more.
ALTER TABLE users ENABLE ROW LEVEL SECURITY;

-- safe: row level security with its policy
-- about: rls-enabled-without-policy
-- because: both come in one transaction.
BEGIN;
CREATE POLICY own_users ON users USING (id > 0);
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
COMMIT;

-- unsafe: row level security is switched off
-- about: disable-rls
-- because: every role sees every row.
ALTER TABLE posts DISABLE ROW LEVEL SECURITY;

-- unsafe: a key becomes wider than what refers to it
-- about: pk-widened-but-fk-columns-not, changing-column-type
-- because: rewrite, and new keys do not fit into links.
ALTER TABLE chain ALTER COLUMN id TYPE bigint;

-- unsafe: the type of a column that a view groups by
-- about: dependent-view-blocks-alter
-- because: refused.
-- fails: 0A000
ALTER TABLE tasks ALTER COLUMN stage TYPE text;

-- safe: a table that is not there, guarded
-- about: adding-required-field
-- because: nothing happens.
ALTER TABLE IF EXISTS no_such_table ADD COLUMN a int NOT NULL;

-- safe: another function body with the same attributes
-- about: replace-function-loses-attributes
-- because: nothing is lost.
CREATE OR REPLACE FUNCTION fixed(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'select $1 + 0';

-- unsafe: a function loses its volatility
-- about: replace-function-loses-attributes
-- because: it is VOLATILE from then on and can no longer be used in indexes.
CREATE OR REPLACE FUNCTION fixed(int) RETURNS int LANGUAGE sql AS 'select $1';

-- unsafe: a function that an index uses gets another body
-- about: replace-function-used-by-index
-- because: the index still holds the old results.
-- given
create index users_fixed on users (fixed(score));
-- migration
CREATE OR REPLACE FUNCTION fixed(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'select -$1';

-- safe: an array becomes wider by nothing
-- about: changing-column-type
-- because: the same type.
ALTER TABLE posts ALTER COLUMN tags TYPE text[];

-- unsafe: an array gets another element type
-- about: changing-column-type
-- because: arrays are always written again.
ALTER TABLE posts ALTER COLUMN tags TYPE varchar[];

-- safe: a table that is logged becomes logged
-- about: set-logged-unlogged
-- because: nothing happens.
ALTER TABLE users SET LOGGED;

-- safe: the triggers of a table are asked to work
-- about: disable-trigger
-- because: it was enabled already.
ALTER TABLE users ENABLE TRIGGER users_touch;

-- safe: switched off and on within one transaction
-- about: disable-trigger
-- because: no other session writes without it: the lock keeps them out.
BEGIN;
ALTER TABLE users DISABLE TRIGGER users_touch;
UPDATE users SET score = 2 WHERE id = 1;
ALTER TABLE users ENABLE TRIGGER users_touch;
COMMIT;

-- safe: an identity that gives way to written values
-- about: generated-always-rejects-explicit
-- because: BY DEFAULT accepts them.
ALTER TABLE chain ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY;

-- unsafe: a column of a view gets another name
-- about: renaming-column
-- because: queries of the running code fail.
ALTER VIEW post_titles RENAME COLUMN title TO headline;

-- safe: a setting of a role
-- about: alter-system-or-role
-- because: a lock timeout for one role only helps.
ALTER ROLE app SET lock_timeout = '5s';

-- unsafe: a role that may do anything
-- about: alter-system-or-role
-- because: it passes every check in every database.
CREATE ROLE boss SUPERUSER LOGIN;

-- safe: default privileges
-- about: grant-widening
-- because: for tables to come.
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO app;

-- safe: a publication of a table with a primary key
-- about: published-table-without-replica-identity
-- because: its rows can be told apart.
CREATE PUBLICATION feed FOR TABLE users;

-- unsafe: a publication of a table without a key
-- about: published-table-without-replica-identity
-- because: UPDATE and DELETE fail from then on.
CREATE PUBLICATION feed FOR TABLE pairs;

-- safe: the replacement of a unique index is built first
-- about: on-conflict-target-removed
-- because: names stay unique at every moment.
CREATE UNIQUE INDEX CONCURRENTLY orgs_name_again ON orgs (name) INCLUDE (id);
DROP INDEX CONCURRENTLY orgs_name_once;

-- safe: batches in a loop that commits
-- about: unbatched-backfill
-- because: a thousand rows at a time.
DO $$
DECLARE lo bigint := 0; hi bigint;
BEGIN
  SELECT max(id) INTO hi FROM users;
  WHILE lo <= hi LOOP
    UPDATE users SET score = 1 WHERE id >= lo AND id < lo + 1000;
    lo := lo + 1000;
    COMMIT;
  END LOOP;
END $$;

-- unsafe: all rows in a block
-- about: update-without-where
-- because: one transaction for the whole table.
DO $$ BEGIN
  UPDATE users SET score = 1;
END $$;

-- unsafe: a view is dropped that others read
-- about: ban-drop-object
-- because: queries of the running code fail.
DROP VIEW IF EXISTS task_stages;

-- safe: expand with a trigger that keeps both columns in step
-- about: create-trigger-lock
-- because: new objects and a short lock.
ALTER TABLE users ADD COLUMN email_new text;
CREATE OR REPLACE FUNCTION sync_email() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.email_new := NEW.email; RETURN NEW; END $$;
CREATE TRIGGER sync_email BEFORE INSERT OR UPDATE ON users FOR EACH ROW EXECUTE FUNCTION sync_email();

-- unsafe: the swap of a serial key's default
-- about: generated-always-rejects-explicit
-- because: INSERTs that write the key fail.
ALTER TABLE orgs ALTER COLUMN id DROP DEFAULT;
ALTER TABLE orgs ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;

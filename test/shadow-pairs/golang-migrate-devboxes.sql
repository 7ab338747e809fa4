--- 000001_base
CREATE TYPE login_type AS ENUM ('password', 'github');
CREATE TYPE build_step AS ENUM ('start', 'stop');
CREATE TABLE IF NOT EXISTS users (id uuid NOT NULL, email text NOT NULL, username text DEFAULT ''::text NOT NULL, secret bytea NOT NULL, created_at timestamptz NOT NULL, roles text[] DEFAULT '{}' NOT NULL, login_type login_type DEFAULT 'password' NOT NULL, deleted boolean DEFAULT false NOT NULL, PRIMARY KEY (id));
CREATE UNIQUE INDEX idx_users_email ON users USING btree (email) WHERE (deleted = false);
CREATE UNIQUE INDEX users_username_lower_idx ON users USING btree (lower(username)) WHERE (deleted = false);
CREATE TABLE devboxes (id uuid PRIMARY KEY, owner_id uuid NOT NULL REFERENCES users (id) ON DELETE RESTRICT, name varchar(64) NOT NULL, autostart text, ttl bigint, last_used_at timestamp DEFAULT '0001-01-01 00:00:00' NOT NULL);
--- down
DROP TABLE devboxes;
DROP TABLE users;
DROP TYPE build_step;
DROP TYPE login_type;
--- rows
INSERT INTO users (id, email, username, secret, created_at, login_type) VALUES ('70000000-0000-0000-0000-000000000001', 'a@w.test', 'ann', '', '2021-01-01', 'password'), ('70000000-0000-0000-0000-000000000002', 'b@w.test', 'bob', '', '2021-01-02', 'github');
INSERT INTO devboxes VALUES ('71000000-0000-0000-0000-000000000001', '70000000-0000-0000-0000-000000000001', 'dev', NULL, 5);
--- 000002_login_type_oidc
ALTER TYPE login_type ADD VALUE IF NOT EXISTS 'oidc';
--- down
-- a label stays for good
--- 000003_login_type_none
CREATE TYPE login_type_next AS ENUM ('password', 'github', 'oidc', 'none');
ALTER TABLE users ALTER COLUMN login_type DROP DEFAULT, ALTER COLUMN login_type TYPE login_type_next USING (login_type::text::login_type_next), ALTER COLUMN login_type SET DEFAULT 'password'::login_type_next;
DROP TYPE login_type;
ALTER TYPE login_type_next RENAME TO login_type;
COMMENT ON TYPE login_type IS 'how somebody signs in';
--- down
DELETE FROM devboxes WHERE owner_id IN (SELECT id FROM users WHERE login_type = 'none');
DELETE FROM users WHERE login_type = 'none';
CREATE TYPE login_type_before AS ENUM ('password', 'github', 'oidc');
ALTER TABLE users ALTER COLUMN login_type DROP DEFAULT, ALTER COLUMN login_type TYPE login_type_before USING (login_type::text::login_type_before), ALTER COLUMN login_type SET DEFAULT 'password'::login_type_before;
DROP TYPE login_type;
ALTER TYPE login_type_before RENAME TO login_type;
--- 000004_public_users
CREATE VIEW public_users AS SELECT users.id, users.username FROM users;
COMMENT ON VIEW public_users IS 'what everybody may see of a user';
--- down
DROP VIEW public_users;
--- 000005_user_avatar
ALTER TABLE users ADD COLUMN avatar_url text;
DROP VIEW public_users;
CREATE VIEW public_users AS SELECT users.id, users.username, users.avatar_url FROM users;
COMMENT ON VIEW public_users IS 'what everybody may see of a user';
--- down
DROP VIEW public_users;
CREATE VIEW public_users AS SELECT users.id, users.username FROM users;
ALTER TABLE users DROP COLUMN avatar_url;
--- 000006_avatar_not_null
UPDATE users SET avatar_url = '' WHERE avatar_url IS NULL;
DROP VIEW public_users;
ALTER TABLE users ALTER COLUMN avatar_url SET NOT NULL, ALTER COLUMN avatar_url SET DEFAULT ''::text;
CREATE VIEW public_users AS SELECT users.id, users.username, users.avatar_url FROM users;
COMMENT ON VIEW public_users IS 'what everybody may see of a user';
--- down
DROP VIEW public_users;
ALTER TABLE users ALTER COLUMN avatar_url DROP NOT NULL, ALTER COLUMN avatar_url DROP DEFAULT;
CREATE VIEW public_users AS SELECT users.id, users.username, users.avatar_url FROM users;
COMMENT ON VIEW public_users IS 'what everybody may see of a user';
--- 000007_builds
CREATE TABLE devbox_builds (id uuid NOT NULL PRIMARY KEY, devbox_id uuid NOT NULL REFERENCES devboxes ON DELETE CASCADE, build_number integer NOT NULL, step build_step NOT NULL, state bytea, deadline timestamptz DEFAULT '0001-01-01 00:00:00+00' NOT NULL, max_deadline timestamptz DEFAULT '0001-01-01 00:00:00+00' NOT NULL, UNIQUE (devbox_id, build_number));
--- down
DROP TABLE IF EXISTS devbox_builds;
--- rows
INSERT INTO devbox_builds VALUES ('72000000-0000-0000-0000-000000000001', '71000000-0000-0000-0000-000000000001', 1, 'start', '\x00');
--- 000008_deadline_check
ALTER TABLE devbox_builds ADD CONSTRAINT deadline_in_bounds CHECK ((deadline <> '0001-01-01 00:00:00+00'::timestamptz AND deadline <= max_deadline) OR max_deadline = '0001-01-01 00:00:00+00'::timestamptz);
--- down
ALTER TABLE devbox_builds DROP CONSTRAINT deadline_in_bounds;
--- 000009_delete_trigger
CREATE FUNCTION clean_up_after_user() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.deleted THEN
    DELETE FROM devboxes WHERE owner_id = OLD.id;
  END IF;
  RETURN NEW;
END;
$$;
CREATE TRIGGER users_clean_up AFTER INSERT OR UPDATE ON users FOR EACH ROW WHEN (NEW.deleted = true) EXECUTE PROCEDURE clean_up_after_user();
--- down
DROP TRIGGER IF EXISTS users_clean_up ON users;
DROP FUNCTION IF EXISTS clean_up_after_user;
--- 000010_delete_trigger_more
CREATE OR REPLACE FUNCTION clean_up_after_user() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.deleted THEN
    DELETE FROM devboxes WHERE owner_id = OLD.id;
    UPDATE users SET roles = '{}' WHERE id = OLD.id;
  END IF;
  RETURN NEW;
END;
$$;
--- down
CREATE OR REPLACE FUNCTION clean_up_after_user() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.deleted THEN
    DELETE FROM devboxes WHERE owner_id = NEW.id;
  END IF;
  RETURN NEW;
END;
$$;
--- 000011_agent_stats
CREATE UNLOGGED TABLE agent_stats (id uuid NOT NULL, created_at timestamptz NOT NULL, counts jsonb DEFAULT '{}'::jsonb NOT NULL, rx bigint DEFAULT 0 NOT NULL);
CREATE INDEX idx_agent_stats_created_at ON agent_stats USING btree (created_at);
ALTER TABLE agent_stats ADD PRIMARY KEY (id);
--- down
DROP TABLE agent_stats;
--- 000012_agent_stats_logged
ALTER TABLE agent_stats SET LOGGED;
ALTER TABLE agent_stats RENAME TO devbox_agent_stats;
--- down
ALTER TABLE devbox_agent_stats RENAME TO agent_stats;
ALTER TABLE agent_stats SET UNLOGGED;
--- 000013_rename_pk
BEGIN;
ALTER TABLE ONLY devbox_agent_stats RENAME CONSTRAINT agent_stats_pkey TO devbox_agent_stats_pkey;
COMMIT;
--- down
BEGIN;
ALTER TABLE devbox_agent_stats DROP CONSTRAINT devbox_agent_stats_pkey, ADD CONSTRAINT agent_stats_pkey PRIMARY KEY (id);
COMMIT;
--- 000014_locks_row_type
CREATE TABLE instance_settings (key varchar(256) NOT NULL, value text NOT NULL, CONSTRAINT instance_settings_key_key UNIQUE (key));
INSERT INTO instance_settings (key, value) VALUES ('instance_id', gen_random_uuid()::text);
ALTER TABLE instance_settings ALTER COLUMN value TYPE varchar(8192);
--- down
DROP TABLE instance_settings;
--- 000015_site_config_values
INSERT INTO instance_settings (key, value) VALUES ('last_update', 'never');
UPDATE instance_settings SET value = 'x' WHERE key = 'instance_id';
--- down
DELETE FROM instance_settings WHERE key = 'last_update';
--- 000016_ttl_interval
LOCK TABLE devboxes IN ACCESS EXCLUSIVE MODE;
ALTER TABLE devboxes ALTER COLUMN ttl TYPE interval USING make_interval(secs => ttl);
--- down
ALTER TABLE devboxes ALTER COLUMN ttl TYPE bigint USING extract(epoch FROM ttl)::bigint;
--- 000017_last_used_at_tz
ALTER TABLE devboxes ALTER COLUMN last_used_at TYPE timestamptz USING last_used_at AT TIME ZONE 'UTC';
--- down
ALTER TABLE devboxes ALTER COLUMN last_used_at TYPE timestamp;
--- 000018_gateways
CREATE TABLE gateways (id uuid PRIMARY KEY, name text NOT NULL, icon text NOT NULL, url text NOT NULL, deleted boolean DEFAULT false NOT NULL);
COMMENT ON COLUMN gateways.icon IS 'one picture';
COMMENT ON COLUMN gateways.deleted IS 'kept, and hidden';
CREATE UNIQUE INDEX ON gateways (name) WHERE deleted = FALSE;
--- down
DROP TABLE gateways;
--- 000019_unique_lower_name
DROP INDEX gateways_name_idx;
CREATE UNIQUE INDEX gateways_lower_name_idx ON gateways (lower(name)) WHERE deleted = FALSE;
--- down
DROP INDEX gateways_lower_name_idx;
CREATE UNIQUE INDEX gateways_name_idx ON gateways (name) WHERE deleted = TRUE;
--- 000020_builds_with_user
CREATE VIEW builds_with_initiator AS SELECT b.id, b.devbox_id, b.build_number, u.username AS initiator FROM devbox_builds b JOIN devboxes w ON w.id = b.devbox_id LEFT JOIN public_users u ON w.owner_id = u.id;
--- down
DROP VIEW builds_with_initiator;
--- 000021_username_under_views
DROP VIEW builds_with_initiator;
DROP VIEW public_users;
ALTER TABLE users RENAME username TO handle;
CREATE VIEW public_users AS SELECT users.id, users.handle AS username, users.avatar_url FROM users;
CREATE VIEW builds_with_initiator AS SELECT b.id, b.devbox_id, b.build_number, u.username AS initiator FROM devbox_builds b JOIN devboxes w ON w.id = b.devbox_id LEFT JOIN public_users u ON w.owner_id = u.id;
--- down
ALTER TABLE users RENAME handle TO username;
--- 000022_concurrent_index
CREATE INDEX CONCURRENTLY IF NOT EXISTS devboxes_owner_idx ON devboxes (owner_id);
--- down
DROP INDEX CONCURRENTLY IF EXISTS devboxes_owner_idx;
--- 000023_temp_backfill
CREATE TEMPORARY TABLE moves AS SELECT id, name || '-1' AS name FROM devboxes;
UPDATE devboxes w SET name = m.name FROM moves m WHERE m.id = w.id;
DROP TABLE moves;
--- down
UPDATE devboxes SET name = regexp_replace(name, '-1$', '');
--- 000024_archive
WITH gone AS (DELETE FROM devbox_builds WHERE step = 'stop' RETURNING *) SELECT count(*) FROM gone;
CREATE TABLE devbox_builds_archive AS TABLE devbox_builds WITH NO DATA;
--- down
DROP TABLE devbox_builds_archive;

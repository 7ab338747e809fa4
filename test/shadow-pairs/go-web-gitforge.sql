--- 000001_users
CREATE TABLE IF NOT EXISTS users (
    id BIGSERIAL PRIMARY KEY,
    login VARCHAR(255) NOT NULL,
    email VARCHAR(255) NOT NULL,
    passwd BYTEA NOT NULL,
    is_admin BOOLEAN NOT NULL DEFAULT FALSE,
    created BIGINT NOT NULL DEFAULT EXTRACT(EPOCH FROM now())::BIGINT,
    CONSTRAINT uq_users_login UNIQUE (login)
);
CREATE UNIQUE INDEX IF NOT EXISTS ix_users_email ON users (lower(email));
--- down
DROP TABLE IF EXISTS users;
--- rows
INSERT INTO users (login, email, passwd) VALUES ('ann', 'ann@example.test', '\x00'), ('bob', 'Bob@example.test', '\x01');
--- 000002_repos
CREATE TABLE repos (
    id BIGSERIAL PRIMARY KEY,
    owner_id BIGINT NOT NULL,
    name VARCHAR(100) NOT NULL,
    description TEXT,
    is_private BOOLEAN NOT NULL DEFAULT true,
    stars INT DEFAULT 0,
    FOREIGN KEY (owner_id) REFERENCES users (id) ON DELETE CASCADE,
    UNIQUE (owner_id, name)
);
CREATE INDEX idx_repos_stars ON repos (stars DESC NULLS LAST) WHERE NOT is_private;
--- down
DROP INDEX idx_repos_stars;
DROP TABLE repos;
--- rows
INSERT INTO repos (owner_id, name, description, is_private) VALUES (1, 'dots', 'my dots', false), (2, 'site', NULL, true);
--- 000003_repo_stars_not_null
UPDATE repos SET stars = 0 WHERE stars IS NULL;
ALTER TABLE repos ALTER COLUMN stars SET NOT NULL;
ALTER TABLE repos ALTER COLUMN stars TYPE BIGINT;
--- down
ALTER TABLE repos ALTER COLUMN stars TYPE INT;
--- 000004_issues
CREATE TYPE issue_state AS ENUM ('open', 'closed');
CREATE TABLE issues (
    id BIGSERIAL PRIMARY KEY,
    repo_id BIGINT NOT NULL REFERENCES repos ON DELETE CASCADE,
    number INT NOT NULL CHECK (number > 0),
    title TEXT NOT NULL,
    state issue_state NOT NULL DEFAULT 'open',
    author_id BIGINT REFERENCES users ON DELETE SET NULL,
    CONSTRAINT uq_issue_number UNIQUE (repo_id, number)
);
CREATE INDEX ON issues (repo_id, state);
--- down
DROP TABLE issues;
DROP TYPE issue_state;
--- rows
INSERT INTO issues (repo_id, number, title, author_id) VALUES (1, 1, 'first', 1), (1, 2, 'second', NULL);
--- 000005_issue_state_draft
ALTER TYPE issue_state ADD VALUE 'draft' BEFORE 'open';
--- down
-- labels of an enum cannot be removed
SELECT 1;
--- 000006_issue_state_rework
ALTER TABLE issues ALTER COLUMN state DROP DEFAULT;
ALTER TYPE issue_state RENAME TO issue_state_old;
CREATE TYPE issue_state AS ENUM ('draft', 'open', 'closed', 'merged');
ALTER TABLE issues ALTER COLUMN state TYPE issue_state USING state::text::issue_state;
ALTER TABLE issues ALTER COLUMN state SET DEFAULT 'open';
DROP TYPE issue_state_old;
--- down
ALTER TABLE issues ALTER COLUMN state DROP DEFAULT;
ALTER TYPE issue_state RENAME TO issue_state_new;
CREATE TYPE issue_state AS ENUM ('draft', 'open', 'closed');
ALTER TABLE issues ALTER COLUMN state TYPE issue_state USING (CASE WHEN state::text = 'merged' THEN 'closed' ELSE state::text END)::issue_state;
DROP TYPE issue_state_new;
--- 000007_login_to_username
ALTER TABLE users RENAME COLUMN login TO username;
ALTER TABLE users RENAME CONSTRAINT uq_users_login TO uq_users_username;
--- down
ALTER TABLE users RENAME COLUMN username TO login;
--- 000008_settings_json
ALTER TABLE users ADD COLUMN settings JSONB NOT NULL DEFAULT '{}'::jsonb;
CREATE INDEX idx_users_settings ON users USING gin (settings jsonb_path_ops);
--- down
ALTER TABLE users DROP COLUMN settings;
--- 000009_issue_labels
CREATE TABLE labels (id BIGSERIAL PRIMARY KEY, repo_id BIGINT NOT NULL, name VARCHAR(50) NOT NULL, color CHAR(7) NOT NULL DEFAULT '#cccccc');
CREATE TABLE issue_labels (issue_id BIGINT NOT NULL, label_id BIGINT NOT NULL, PRIMARY KEY (issue_id, label_id));
ALTER TABLE labels ADD CONSTRAINT fk_labels_repo FOREIGN KEY (repo_id) REFERENCES repos (id) ON DELETE CASCADE;
ALTER TABLE issue_labels ADD CONSTRAINT fk_il_issue FOREIGN KEY (issue_id) REFERENCES issues (id) ON DELETE CASCADE, ADD CONSTRAINT fk_il_label FOREIGN KEY (label_id) REFERENCES labels (id) ON DELETE CASCADE;
--- down
DROP TABLE issue_labels;
DROP TABLE labels;
--- rows
INSERT INTO labels (repo_id, name) VALUES (1, 'bug'), (1, 'idea');
INSERT INTO issue_labels VALUES (1, 1), (1, 2), (2, 1);
--- 000010_label_fk_restrict
ALTER TABLE issue_labels DROP CONSTRAINT fk_il_label;
ALTER TABLE issue_labels ADD CONSTRAINT fk_il_label FOREIGN KEY (label_id) REFERENCES labels (id) ON DELETE RESTRICT;
--- down
ALTER TABLE issue_labels DROP CONSTRAINT fk_il_label;
ALTER TABLE issue_labels ADD CONSTRAINT fk_il_label FOREIGN KEY (label_id) REFERENCES labels (id);
--- 000011_labels_text
ALTER TABLE issues ADD COLUMN labels TEXT[] NOT NULL DEFAULT '{}';
UPDATE issues i SET labels = COALESCE((SELECT array_agg(l.name ORDER BY l.name) FROM issue_labels il JOIN labels l ON l.id = il.label_id WHERE il.issue_id = i.id), '{}');
DROP TABLE issue_labels;
--- down
CREATE TABLE issue_labels (issue_id BIGINT NOT NULL, label_id BIGINT NOT NULL, PRIMARY KEY (issue_id, label_id));
ALTER TABLE issue_labels ADD CONSTRAINT fk_il_issue FOREIGN KEY (issue_id) REFERENCES issues (id) ON DELETE CASCADE, ADD CONSTRAINT fk_il_label FOREIGN KEY (label_id) REFERENCES labels (id) ON DELETE RESTRICT;
INSERT INTO issue_labels SELECT i.id, l.id FROM issues i CROSS JOIN LATERAL unnest(i.labels) n (name) JOIN labels l ON l.name = n.name AND l.repo_id = i.repo_id;
ALTER TABLE issues DROP COLUMN labels;
--- 000012_drop_repo_description
ALTER TABLE repos DROP COLUMN IF EXISTS description;
--- down
ALTER TABLE repos ADD COLUMN IF NOT EXISTS description TEXT;
--- 000013_watchers
CREATE TABLE watchers (user_id BIGINT NOT NULL REFERENCES users, repo_id BIGINT NOT NULL REFERENCES repos, since TIMESTAMPTZ NOT NULL DEFAULT now(), PRIMARY KEY (user_id, repo_id));
COMMENT ON TABLE watchers IS 'who follows which repository';
COMMENT ON COLUMN watchers.since IS 'UTC';
--- down
DROP TABLE IF EXISTS watchers CASCADE;
--- rows
INSERT INTO watchers (user_id, repo_id) VALUES (1, 2), (2, 1);
--- 000014_watchers_comment
COMMENT ON TABLE watchers IS 'subscriptions to repositories';
ALTER TABLE watchers ADD COLUMN level SMALLINT NOT NULL DEFAULT 1;
--- down
ALTER TABLE watchers DROP COLUMN level;
--- 000015_pull_requests
CREATE TABLE pulls (LIKE issues INCLUDING ALL);
ALTER TABLE pulls ADD COLUMN base TEXT NOT NULL DEFAULT 'main', ADD COLUMN head TEXT NOT NULL;
ALTER TABLE pulls ADD FOREIGN KEY (repo_id) REFERENCES repos (id);
--- down
DROP TABLE pulls;
--- rows
INSERT INTO pulls (repo_id, number, title, head) VALUES (1, 3, 'a pull', 'topic');
--- 000016_repo_counts_view
CREATE VIEW repo_counts AS SELECT r.id, r.name, count(i.id) FILTER (WHERE i.state = 'open') AS open_issues FROM repos r LEFT JOIN issues i ON i.repo_id = r.id GROUP BY r.id;
--- down
DROP VIEW repo_counts;
--- 000017_rename_repos
ALTER TABLE repos RENAME TO repositories;
ALTER SEQUENCE repos_id_seq RENAME TO repositories_id_seq;
ALTER INDEX repos_pkey RENAME TO repositories_pkey;
--- down
ALTER TABLE repositories RENAME TO repos;
ALTER INDEX repositories_pkey RENAME TO repos_pkey;
--- 000018_fix_emails
UPDATE users SET email = lower(email);
DROP INDEX ix_users_email;
CREATE UNIQUE INDEX ix_users_email ON users (email);
--- down
DROP INDEX ix_users_email;
CREATE UNIQUE INDEX ix_users_email ON users (lower(email));
--- 000019_default_admin
INSERT INTO users (username, email, passwd, is_admin) VALUES ('root', 'root@localhost', '\xdead', true) ON CONFLICT DO NOTHING;
--- down
DELETE FROM users WHERE is_admin;
--- 000020_created_timestamptz
ALTER TABLE users ALTER COLUMN created DROP DEFAULT;
ALTER TABLE users ALTER COLUMN created TYPE TIMESTAMPTZ USING to_timestamp(created);
ALTER TABLE users ALTER COLUMN created SET DEFAULT now();
--- down
ALTER TABLE users ALTER COLUMN created DROP DEFAULT;
ALTER TABLE users ALTER COLUMN created TYPE BIGINT USING extract(epoch FROM created)::bigint;
ALTER TABLE users ALTER COLUMN created SET DEFAULT extract(epoch FROM now())::bigint;

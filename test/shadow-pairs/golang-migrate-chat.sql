--- 000001_init
CREATE TABLE IF NOT EXISTS users (
    id bigserial PRIMARY KEY,
    username varchar(64) NOT NULL UNIQUE,
    email varchar(128) NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    delete_at bigint DEFAULT 0
);
CREATE INDEX IF NOT EXISTS idx_users_email ON users (lower(email));
CREATE TABLE channels (
    id bigserial PRIMARY KEY,
    name text NOT NULL,
    type char(1) NOT NULL DEFAULT 'O',
    creator_id bigint REFERENCES users (id) ON DELETE SET NULL,
    header text,
    CONSTRAINT channels_type_check CHECK (type IN ('O','P','D'))
);
--- down
DROP TABLE IF EXISTS channels;
DROP TABLE IF EXISTS users;
--- rows
INSERT INTO users (username, email) VALUES ('ann','Ann@x.org'),('bob','b@x.org'),('cy','c@x.org');
INSERT INTO channels (name, type, creator_id, header) VALUES ('town','O',1,'hello'),('off','P',2,NULL),('dm','D',NULL,'');
--- 000002_messages
CREATE TABLE messages (
    id bigserial,
    channel_id bigint NOT NULL REFERENCES channels ON DELETE CASCADE,
    user_id bigint NOT NULL REFERENCES users,
    body text NOT NULL,
    props jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (id)
);
CREATE INDEX messages_channel_idx ON messages (channel_id, created_at DESC);
CREATE INDEX messages_props_idx ON messages USING gin (props jsonb_path_ops);
--- down
DROP TABLE messages;
--- rows
INSERT INTO messages (channel_id, user_id, body, props) VALUES (1,1,'hi','{"a":1}'),(1,2,'yo','{}'),(2,3,'psst','{"b":[1]}');
--- 000003_edit_at
ALTER TABLE messages ADD COLUMN edit_at timestamptz, ADD COLUMN is_pinned boolean NOT NULL DEFAULT false;
CREATE INDEX messages_pinned_idx ON messages (channel_id) WHERE is_pinned;
--- down
ALTER TABLE messages DROP COLUMN edit_at, DROP COLUMN is_pinned;
--- 000004_drop_header
ALTER TABLE channels DROP COLUMN header;
--- down
ALTER TABLE channels ADD COLUMN header text;
--- 000005_unique_name
ALTER TABLE channels ADD CONSTRAINT channels_name_key UNIQUE (name);
CREATE INDEX idx_channels_creator ON channels (creator_id);
--- down
ALTER TABLE channels DROP CONSTRAINT IF EXISTS channels_name_key;
--- 000006_reactions
CREATE TABLE reactions (
    message_id bigint REFERENCES messages (id) ON DELETE CASCADE,
    user_id bigint REFERENCES users (id) ON DELETE CASCADE,
    emoji text COLLATE "C" NOT NULL,
    PRIMARY KEY (message_id, user_id, emoji)
);
COMMENT ON TABLE reactions IS 'one per user, message and emoji';
--- down
DROP TABLE IF EXISTS reaction;
DROP TABLE IF EXISTS reactions;
--- rows
INSERT INTO reactions VALUES (1,2,':+1:'),(1,3,':heart:');
--- 000007_widen_username
ALTER TABLE users ALTER COLUMN username TYPE varchar(128), ALTER COLUMN email TYPE text;
--- down
ALTER TABLE users ALTER COLUMN username TYPE varchar(64), ALTER COLUMN email TYPE varchar(128);
--- 000008_fts
ALTER TABLE messages ADD COLUMN tsv tsvector;
UPDATE messages SET tsv = to_tsvector('english', body);
CREATE FUNCTION messages_tsv() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  new.tsv := to_tsvector('english', new.body);
  return new;
end $$;
CREATE TRIGGER messages_tsv_trg BEFORE INSERT OR UPDATE OF body ON messages FOR EACH ROW EXECUTE FUNCTION messages_tsv();
CREATE INDEX messages_tsv_idx ON messages USING gin (tsv);
--- down
DROP TRIGGER messages_tsv_trg ON messages;
DROP INDEX messages_tsv_idx;
ALTER TABLE messages DROP COLUMN tsv;
--- 000009_fix_tsv
CREATE OR REPLACE FUNCTION messages_tsv() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  if new.body is distinct from coalesce(old.body, '') then
    new.tsv := to_tsvector('simple', new.body);
  end if;
  return new;
end $$;
--- down
CREATE OR REPLACE FUNCTION messages_tsv() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  new.tsv := to_tsvector('english', new.body);
  return new;
end $$;
--- 000010_rename_header
ALTER TABLE channels RENAME COLUMN name TO display_name;
ALTER INDEX idx_channels_creator RENAME TO channels_creator_idx;
--- down
ALTER TABLE channels RENAME COLUMN display_name TO name;
ALTER INDEX channels_creator_idx RENAME TO idx_channels_creator;
--- 000011_rename_table
ALTER TABLE channels RENAME TO rooms;
ALTER SEQUENCE channels_id_seq RENAME TO rooms_id_seq;
--- down
ALTER TABLE rooms RENAME TO channels;
--- 000012_delete_at_bool
ALTER TABLE users ADD COLUMN is_deleted boolean;
UPDATE users SET is_deleted = delete_at > 0;
ALTER TABLE users ALTER COLUMN is_deleted SET NOT NULL;
ALTER TABLE users DROP COLUMN delete_at;
--- down
ALTER TABLE users ADD COLUMN delete_at bigint DEFAULT 0;
UPDATE users SET delete_at = CASE WHEN is_deleted THEN 1 ELSE 0 END;
ALTER TABLE users DROP COLUMN is_deleted;
--- 000013_concurrent_index
CREATE INDEX CONCURRENTLY IF NOT EXISTS messages_user_idx ON messages (user_id) INCLUDE (created_at);
--- down
DROP INDEX CONCURRENTLY IF EXISTS messages_user_idx;
--- 000014_drop_unique
ALTER TABLE rooms DROP CONSTRAINT channels_name_key;
CREATE UNIQUE INDEX rooms_display_name_lower ON rooms (lower(display_name));
--- down
DROP INDEX rooms_display_name_lower;
ALTER TABLE rooms ADD CONSTRAINT rooms_display_name_key UNIQUE (display_name);
--- 000015_nullable_user
ALTER TABLE messages ALTER COLUMN user_id DROP NOT NULL;
ALTER TABLE messages DROP CONSTRAINT messages_user_id_fkey;
ALTER TABLE messages ADD CONSTRAINT messages_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE SET NULL;
--- down
ALTER TABLE messages DROP CONSTRAINT messages_user_id_fkey;
ALTER TABLE messages ADD CONSTRAINT messages_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id);
--- 000016_view
CREATE VIEW recent AS SELECT m.id, m.body, u.username FROM messages m LEFT JOIN users u ON u.id = m.user_id WHERE m.created_at > now() - interval '1 day';
--- down
DROP VIEW recent;
--- 000017_view_more
CREATE OR REPLACE VIEW recent AS SELECT m.id, m.body, u.username, m.is_pinned FROM messages m LEFT JOIN users u ON u.id = m.user_id WHERE m.created_at > now() - interval '1 day';
--- down
CREATE OR REPLACE VIEW recent AS SELECT m.id, m.body, u.username FROM messages m LEFT JOIN users u ON u.id = m.user_id WHERE m.created_at > now() - interval '1 day';

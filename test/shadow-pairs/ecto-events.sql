--- 20200101_streams
CREATE TABLE "streams" ("stream_id" bigserial PRIMARY KEY, "stream_uuid" text NOT NULL, "stream_version" bigint DEFAULT 0 NOT NULL, "created_at" timestamp with time zone DEFAULT NOW() NOT NULL);
CREATE UNIQUE INDEX "ix_streams_stream_uuid" ON "streams" ("stream_uuid");
INSERT INTO streams (stream_id, stream_uuid, stream_version) VALUES (0, '$all', 0);
CREATE TABLE events (event_id uuid PRIMARY KEY NOT NULL, event_type text NOT NULL, causation_id uuid, correlation_id uuid, data bytea NOT NULL, metadata bytea, created_at timestamptz DEFAULT NOW() NOT NULL);
CREATE TABLE stream_events (event_id uuid NOT NULL REFERENCES events (event_id), stream_id bigint NOT NULL REFERENCES streams (stream_id), stream_version bigint NOT NULL, original_stream_id bigint REFERENCES streams (stream_id), original_stream_version bigint, PRIMARY KEY (event_id, stream_id));
CREATE UNIQUE INDEX ix_stream_events ON stream_events (stream_id, stream_version);
--- down
DROP TABLE stream_events;
DROP TABLE events;
DROP TABLE streams;
--- rows
INSERT INTO streams (stream_uuid) VALUES ('s-1'), ('s-2');
INSERT INTO events (event_id, event_type, data) VALUES ('20000000-0000-0000-0000-000000000001','Opened','\x01'),('20000000-0000-0000-0000-000000000002','Closed','\x02');
INSERT INTO stream_events VALUES ('20000000-0000-0000-0000-000000000001',1,1,1,1),('20000000-0000-0000-0000-000000000002',1,2,1,2);
--- 20200102_no_update_rules
CREATE RULE no_update_events AS ON UPDATE TO events DO INSTEAD NOTHING;
CREATE RULE no_delete_events AS ON DELETE TO events DO INSTEAD NOTHING;
--- down
DROP RULE no_update_events ON events;
--- 20200103_rules_to_triggers
DROP RULE no_update_events ON events;
DROP RULE no_delete_events ON events;
CREATE FUNCTION event_store_exception() RETURNS trigger AS $$
DECLARE message text;
BEGIN
  message := 'EventStore: ' || TG_ARGV[0];
  RAISE EXCEPTION USING MESSAGE = message, ERRCODE = 'feature_not_supported';
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER no_update_events BEFORE UPDATE ON events FOR EACH STATEMENT EXECUTE PROCEDURE event_store_exception('Cannot update events');
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON events EXECUTE PROCEDURE event_store_exception('Cannot truncate');
--- down
DROP TRIGGER no_update_events ON events;
DROP TRIGGER no_truncate ON events;
DROP FUNCTION event_store_exception();
CREATE RULE no_update_events AS ON UPDATE TO events DO INSTEAD NOTHING;
CREATE RULE no_delete_events AS ON DELETE TO events DO INSTEAD NOTHING;
--- 20200104_subscriptions
CREATE TABLE subscriptions (subscription_id bigserial PRIMARY KEY NOT NULL, stream_uuid text NOT NULL, subscription_name text NOT NULL, last_seen bigint NULL, created_at timestamp without time zone default (now() at time zone 'utc') NOT NULL);
CREATE UNIQUE INDEX ix_subs ON subscriptions (stream_uuid, subscription_name);
--- down
DROP TABLE subscriptions;
--- rows
INSERT INTO subscriptions (stream_uuid, subscription_name, last_seen) VALUES ('s-1','n',4);
--- 20200105_jsonb
ALTER TABLE events ADD COLUMN payload jsonb;
ALTER TABLE events DISABLE TRIGGER no_update_events;
UPDATE events SET payload = jsonb_build_object('raw', encode(data, 'hex'));
ALTER TABLE events ENABLE TRIGGER no_update_events;
ALTER TABLE events DROP COLUMN data;
ALTER TABLE events ALTER COLUMN payload SET NOT NULL;
--- down
ALTER TABLE events ADD COLUMN data bytea;
ALTER TABLE events DISABLE TRIGGER no_update_events;
UPDATE events SET data = decode(payload->>'raw', 'hex');
ALTER TABLE events ALTER COLUMN data SET NOT NULL;
ALTER TABLE events DROP COLUMN payload;
--- 20200106_snapshots
CREATE TABLE snapshots (source_uuid text PRIMARY KEY, source_version bigint NOT NULL, data jsonb NOT NULL) WITH (fillfactor=70);
CREATE FUNCTION snapshot_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.source_version < OLD.source_version THEN RETURN OLD; END IF; RETURN NEW; END $$;
CREATE TRIGGER guard BEFORE UPDATE ON snapshots FOR EACH ROW EXECUTE FUNCTION snapshot_guard();
--- down
DROP TABLE snapshots;
--- rows
INSERT INTO snapshots VALUES ('s-1', 2, '{}');
--- 20200107_snapshot_metadata
ALTER TABLE snapshots ADD COLUMN metadata jsonb, ALTER COLUMN source_version TYPE numeric;
--- down
ALTER TABLE snapshots DROP COLUMN metadata, ALTER COLUMN source_version TYPE int;
--- 20200108_outbox_partition_move
CREATE TABLE outbox (id bigint GENERATED ALWAYS AS IDENTITY, topic text NOT NULL, body jsonb, created date NOT NULL DEFAULT current_date) PARTITION BY LIST (topic);
CREATE TABLE outbox_a PARTITION OF outbox FOR VALUES IN ('a', NULL);
CREATE TABLE outbox_other PARTITION OF outbox DEFAULT;
CREATE INDEX ON outbox (created);
--- down
DROP TABLE outbox;
--- 20200109_projection_mv
CREATE MATERIALIZED VIEW event_counts AS SELECT event_type, count(*) AS n, min(created_at) AS first FROM events GROUP BY event_type;
CREATE INDEX event_counts_n ON event_counts (n DESC);
COMMENT ON MATERIALIZED VIEW event_counts IS 'refreshed hourly';
--- down
DROP MATERIALIZED VIEW IF EXISTS event_counts;
--- 20200110_replace_mv
DROP MATERIALIZED VIEW event_counts;
CREATE MATERIALIZED VIEW event_counts AS SELECT event_type, count(*) AS n FROM events GROUP BY event_type;
CREATE UNIQUE INDEX event_counts_type ON event_counts (event_type);
--- down
DROP MATERIALIZED VIEW event_counts;
CREATE MATERIALIZED VIEW event_counts AS SELECT event_type, count(*) AS n, min(created_at) AS first FROM events GROUP BY event_type;
CREATE INDEX event_counts_n ON event_counts (n DESC);
--- 20200111_correlation_text
ALTER TABLE events ALTER COLUMN correlation_id TYPE text, ALTER COLUMN causation_id TYPE text;
CREATE INDEX events_corr ON events USING hash (correlation_id);
--- down
DROP INDEX events_corr;
ALTER TABLE events ALTER COLUMN correlation_id TYPE uuid USING correlation_id::uuid, ALTER COLUMN causation_id TYPE uuid USING causation_id::uuid;
--- 20200112_exec_do
DO $$
DECLARE r record;
BEGIN
  FOR r IN SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name LIKE 's%' LOOP
    EXECUTE format('ALTER TABLE %I ADD COLUMN tenant int NOT NULL DEFAULT 1', r.table_name);
  END LOOP;
END $$;
--- down
DO $$
DECLARE r record;
BEGIN
  FOR r IN SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'tenant' LOOP
    EXECUTE format('ALTER TABLE %I DROP COLUMN tenant', r.table_name);
  END LOOP;
END $$;
--- 20200113_exec_do_partial
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'mood') THEN CREATE TYPE mood AS ENUM ('ok', 'bad'); END IF;
END $$;
ALTER TABLE subscriptions ADD COLUMN IF NOT EXISTS mood mood DEFAULT 'ok';
--- down
ALTER TABLE subscriptions DROP COLUMN IF EXISTS moods;
DROP TYPE IF EXISTS moods;
--- 20200114_fk_actions
ALTER TABLE stream_events DROP CONSTRAINT stream_events_stream_id_fkey, ADD CONSTRAINT stream_events_stream_id_fkey FOREIGN KEY (stream_id) REFERENCES streams ON DELETE CASCADE;
--- down
ALTER TABLE stream_events DROP CONSTRAINT stream_events_stream_id_fkey, ADD CONSTRAINT stream_events_stream_id_fkey FOREIGN KEY (stream_id) REFERENCES streams;
--- 20200115_defaults_fn
CREATE FUNCTION uuid7() RETURNS uuid LANGUAGE sql VOLATILE AS $$ select (lpad(to_hex((extract(epoch from clock_timestamp())*1000)::bigint),12,'0') || substr(md5(random()::text),1,20))::uuid $$;
ALTER TABLE events ALTER COLUMN event_id SET DEFAULT uuid7();
--- down
DROP FUNCTION uuid7();
--- 20200116_defaults_fn
CREATE FUNCTION uuid7b() RETURNS uuid LANGUAGE sql VOLATILE AS $$ select gen_random_uuid() $$;
ALTER TABLE subscriptions ADD COLUMN token uuid DEFAULT uuid7b();
--- down
DROP FUNCTION uuid7b() CASCADE;

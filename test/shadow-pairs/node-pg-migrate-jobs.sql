--- 1600000000000_queues
CREATE EXTENSION IF NOT EXISTS "pgcrypto";
CREATE SCHEMA "job_queue";
CREATE TABLE "job_queue"."queues" ("name" text PRIMARY KEY, "retries" integer DEFAULT 3 NOT NULL, "created_at" timestamp DEFAULT current_timestamp NOT NULL);
CREATE TABLE "job_queue"."jobs" (
  "id" bigserial PRIMARY KEY,
  "queue" text NOT NULL REFERENCES "job_queue"."queues" ON DELETE cascade,
  "payload" json DEFAULT '{}'::json NOT NULL,
  "run_at" timestamptz DEFAULT now() NOT NULL,
  "attempts" integer DEFAULT 0 NOT NULL,
  "max_attempts" integer DEFAULT 25 NOT NULL,
  "last_error" text,
  "locked_at" timestamptz,
  "locked_by" text,
  "key" text,
  CONSTRAINT "jobs_key_check" CHECK (length(key) > 0)
);
--- down
DROP TABLE "job_queue"."jobs";
DROP TABLE "job_queue"."queues";
DROP SCHEMA "job_queue" CASCADE;
--- rows
INSERT INTO job_queue.queues (name) VALUES ('mail'),('push');
INSERT INTO job_queue.jobs (queue, payload, key, last_error) VALUES ('mail','{"to": 1}','k1',null),('push','[]',null,'boom'),('mail','{}','k3',null);
--- 1600000000001_get_job
CREATE FUNCTION job_queue.get_job(worker_id text, task_queues text[] = NULL, job_expiry interval = '4 hours') RETURNS job_queue.jobs
LANGUAGE plpgsql STRICT AS $$
declare
  v_row job_queue.jobs;
begin
  select * into v_row from job_queue.jobs
  where (locked_at is null or locked_at < now() - job_expiry) and run_at <= now() and attempts < max_attempts
    and (task_queues is null or queue = any (task_queues))
  order by run_at limit 1 for update skip locked;
  if v_row.id is null then return null; end if;
  update job_queue.jobs set attempts = attempts + 1, locked_by = worker_id, locked_at = now() where id = v_row.id returning * into v_row;
  return v_row;
end $$;
CREATE FUNCTION job_queue.add_job(identifier text, payload json = '{}') RETURNS job_queue.jobs LANGUAGE sql AS $$
  insert into job_queue.jobs (queue, payload) values (identifier, payload) returning *;
$$;
--- down
DROP FUNCTION job_queue.get_job(text, text[], interval);
DROP FUNCTION job_queue.add_job(text, json);
--- 1600000000002_priority
ALTER TABLE job_queue.jobs ADD "priority" smallint DEFAULT 0 NOT NULL;
CREATE INDEX "jobs_priority_run_at_id_locked_at_without_failures_idx" ON job_queue.jobs ("priority", "run_at", "id") WHERE attempts < max_attempts;
DROP FUNCTION job_queue.add_job(text, json);
CREATE FUNCTION job_queue.add_job(identifier text, payload json = '{}', priority smallint = 0) RETURNS job_queue.jobs LANGUAGE sql AS $$
  insert into job_queue.jobs (queue, payload, priority) values (identifier, payload, priority) returning *;
$$;
--- down
DROP FUNCTION job_queue.add_job(text, json, smallint);
CREATE FUNCTION job_queue.add_job(identifier text, payload json = '{}') RETURNS job_queue.jobs LANGUAGE sql AS $$
  insert into job_queue.jobs (queue, payload) values (identifier, payload) returning *;
$$;
ALTER TABLE job_queue.jobs DROP "priority";
--- 1600000000003_key_unique
CREATE UNIQUE INDEX jobs_key_idx ON job_queue.jobs (key);
ALTER TABLE job_queue.jobs ALTER COLUMN payload TYPE jsonb;
--- down
DROP INDEX job_queue.jobs_key_idx;
ALTER TABLE job_queue.jobs ALTER COLUMN payload TYPE json;
--- 1600000000004_notify
CREATE FUNCTION job_queue.notify_jobs() RETURNS trigger LANGUAGE plpgsql AS $$ begin perform pg_notify('jobs:insert', ''); return new; end $$;
CREATE TRIGGER "_900_notify_worker" AFTER INSERT ON job_queue.jobs FOR EACH STATEMENT EXECUTE PROCEDURE job_queue.notify_jobs();
--- down
DROP FUNCTION job_queue.notify_jobs() CASCADE;
--- 1600000000005_flags
ALTER TABLE job_queue.jobs ADD COLUMN flags jsonb DEFAULT NULL;
CREATE TABLE job_queue.known_crontabs (identifier text NOT NULL PRIMARY KEY, known_since timestamptz NOT NULL, last_execution timestamptz);
ALTER TABLE job_queue.known_crontabs ENABLE ROW LEVEL SECURITY;
--- down
DROP TABLE job_queue.known_crontabs;
ALTER TABLE job_queue.jobs DROP COLUMN flags;
--- 1600000000006_disable_rls
ALTER TABLE job_queue.known_crontabs DISABLE ROW LEVEL SECURITY;
--- down
ALTER TABLE job_queue.known_crontabs FORCE ROW LEVEL SECURITY;
--- 1600000000007_revision
ALTER TABLE job_queue.jobs ADD COLUMN revision int NOT NULL DEFAULT 0, ADD COLUMN is_available boolean GENERATED ALWAYS AS ((locked_at IS NULL) AND (attempts < max_attempts)) STORED;
DROP INDEX job_queue.jobs_priority_run_at_id_locked_at_without_failures_idx;
CREATE INDEX jobs_main_index ON job_queue.jobs USING btree (priority, run_at) INCLUDE (id) WHERE is_available;
--- down
DROP INDEX job_queue.jobs_main_index;
ALTER TABLE job_queue.jobs DROP COLUMN is_available, DROP COLUMN revision;
CREATE INDEX "jobs_priority_run_at_id_locked_at_without_failures_idx" ON job_queue.jobs ("priority", "run_at", "id") WHERE attempts < max_attempts;
--- 1600000000008_queue_fk_to_id
ALTER TABLE job_queue.queues ADD COLUMN id int GENERATED ALWAYS AS IDENTITY;
ALTER TABLE job_queue.queues ADD UNIQUE (id);
ALTER TABLE job_queue.jobs ADD COLUMN queue_id int REFERENCES job_queue.queues (id);
UPDATE job_queue.jobs j SET queue_id = q.id FROM job_queue.queues q WHERE q.name = j.queue;
ALTER TABLE job_queue.jobs DROP COLUMN queue;
--- down
ALTER TABLE job_queue.jobs ADD COLUMN queue text REFERENCES job_queue.queues ON DELETE cascade;
UPDATE job_queue.jobs j SET queue = q.name FROM job_queue.queues q WHERE q.id = j.queue_id;
ALTER TABLE job_queue.jobs ALTER COLUMN queue SET NOT NULL;
ALTER TABLE job_queue.jobs DROP COLUMN queue_id;
ALTER TABLE job_queue.queues DROP COLUMN id;
--- 1600000000009_grants
DO $$ BEGIN CREATE ROLE job_worker NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
GRANT USAGE ON SCHEMA job_queue TO job_worker;
GRANT SELECT, UPDATE ON ALL TABLES IN SCHEMA job_queue TO job_worker;
GRANT EXECUTE ON FUNCTION job_queue.get_job(text, text[], interval) TO job_worker;
REVOKE EXECUTE ON FUNCTION job_queue.get_job(text, text[], interval) FROM PUBLIC;
--- down
REVOKE ALL ON ALL TABLES IN SCHEMA job_queue FROM job_worker;
REVOKE USAGE ON SCHEMA job_queue FROM job_worker;
REVOKE EXECUTE ON FUNCTION job_queue.get_job(text, text[], interval) FROM job_worker;
--- 1600000000010_column_grants
GRANT SELECT (id, queue_id), UPDATE (last_error) ON job_queue.jobs TO job_worker;
ALTER DEFAULT PRIVILEGES IN SCHEMA job_queue GRANT SELECT ON TABLES TO job_worker;
--- down
REVOKE SELECT (id, queue_id), UPDATE (last_error) ON job_queue.jobs FROM job_worker;
ALTER DEFAULT PRIVILEGES IN SCHEMA job_queue REVOKE SELECT ON TABLES FROM job_worker;
--- 1600000000011_rename_schema
ALTER SCHEMA job_queue RENAME TO worker;
--- down
ALTER SCHEMA worker RENAME TO job_queue;
--- 1600000000012_procedure
CREATE PROCEDURE worker.reset_all() LANGUAGE sql BEGIN ATOMIC
  UPDATE worker.jobs SET locked_at = NULL, locked_by = NULL;
END;
COMMENT ON PROCEDURE worker.reset_all() IS 'unlocks every job';
--- down
DROP PROCEDURE worker.reset_all;
--- 1600000000013_search_path_fn
CREATE OR REPLACE FUNCTION worker.get_job(worker_id text, task_queues text[] = NULL, job_expiry interval = '4 hours') RETURNS worker.jobs
LANGUAGE plpgsql STRICT SET search_path = worker, pg_temp SECURITY DEFINER COST 500 AS $$
declare
  v_row worker.jobs;
begin
  select * into v_row from jobs order by run_at limit 1 for update skip locked;
  return v_row;
end $$;
--- down
CREATE OR REPLACE FUNCTION worker.get_job(worker_id text, task_queues text[] = NULL, job_expiry interval = '4 hours') RETURNS worker.jobs
LANGUAGE plpgsql STRICT AS $$
declare
  v_row job_queue.jobs;
begin
  select * into v_row from job_queue.jobs
  where (locked_at is null or locked_at < now() - job_expiry) and run_at <= now() and attempts < max_attempts
    and (task_queues is null or queue = any (task_queues))
  order by run_at limit 1 for update skip locked;
  if v_row.id is null then return null; end if;
  update job_queue.jobs set attempts = attempts + 1, locked_by = worker_id, locked_at = now() where id = v_row.id returning * into v_row;
  return v_row;
end $$;
--- 1600000000014_alter_function
ALTER FUNCTION worker.add_job(text, json, smallint) VOLATILE PARALLEL RESTRICTED;
ALTER FUNCTION worker.add_job(text, json, smallint) RENAME TO enqueue;
--- down
ALTER FUNCTION worker.enqueue(text, json, smallint) RENAME TO add_job;

--- 1600001_vehicles
CREATE TABLE public.vehicles (id uuid DEFAULT gen_random_uuid() NOT NULL, plate text NOT NULL, seats int, PRIMARY KEY (id), UNIQUE (plate));
COMMENT ON TABLE public.vehicles IS E'cars and vans';
CREATE OR REPLACE FUNCTION public.set_current_timestamp_updated_at() RETURNS TRIGGER AS $$ DECLARE _new record; BEGIN _new := NEW; _new."updated_at" = NOW(); RETURN _new; END; $$ LANGUAGE plpgsql;
--- down
DROP TABLE public.vehicles;
--- rows
INSERT INTO vehicles (plate, seats) VALUES ('A1', 4), ('B2', NULL);
--- 1600002_add_updated_at
ALTER TABLE public.vehicles ADD COLUMN updated_at timestamptz NULL DEFAULT now();
CREATE TRIGGER set_public_vehicles_updated_at BEFORE UPDATE ON public.vehicles FOR EACH ROW EXECUTE PROCEDURE public.set_current_timestamp_updated_at();
COMMENT ON TRIGGER set_public_vehicles_updated_at ON public.vehicles IS 'trigger to set value of column "updated_at" to current timestamp on row update';
--- down
DROP TRIGGER IF EXISTS set_public_vehicles_updated_at ON public.vehicles;
ALTER TABLE public.vehicles DROP COLUMN updated_at;
--- 1600003_seats_required
alter table public.vehicles alter column seats set default 4;
update public.vehicles set seats = 4 where seats is null;
alter table public.vehicles alter column seats set not null;
--- down
alter table public.vehicles alter column seats drop not null;
alter table public.vehicles alter column seats drop default;
--- 1600004_status_enum_table
CREATE TABLE public.vehicle_status (value text PRIMARY KEY, comment text);
INSERT INTO public.vehicle_status VALUES ('active','in use'),('retired','gone');
ALTER TABLE public.vehicles ADD COLUMN status text NOT NULL DEFAULT 'active';
ALTER TABLE public.vehicles ADD CONSTRAINT vehicles_status_fkey FOREIGN KEY (status) REFERENCES public.vehicle_status (value) ON UPDATE RESTRICT ON DELETE RESTRICT;
--- down
ALTER TABLE public.vehicles DROP CONSTRAINT vehicles_status_fkey;
ALTER TABLE public.vehicles DROP COLUMN status;
DROP TABLE public.vehicle_status;
--- 1600005_pk_change
BEGIN TRANSACTION;
ALTER TABLE public.vehicles DROP CONSTRAINT vehicles_pkey;
ALTER TABLE public.vehicles ADD CONSTRAINT vehicles_pkey PRIMARY KEY (plate, id);
COMMIT TRANSACTION;
--- down
alter table public.vehicles drop constraint vehicles_pkey;
alter table public.vehicles add constraint vehicles_pkey primary key (id);
--- 1600006_trips
CREATE TABLE trips (id bigserial, vehicle uuid, plate text, km numeric CHECK (km > 0) NO INHERIT, started timestamptz DEFAULT statement_timestamp(), PRIMARY KEY (id), FOREIGN KEY (plate, vehicle) REFERENCES vehicles (plate, id) MATCH FULL ON DELETE SET NULL);
CREATE TABLE long_trips (stops int DEFAULT 0) INHERITS (trips);
--- down
DROP TABLE long_trips, trips;
--- rows
INSERT INTO trips (vehicle, plate, km) SELECT id, plate, 10 FROM vehicles;
INSERT INTO long_trips (km, stops) VALUES (1000, 3);
--- 1600007_inherit_change
ALTER TABLE trips ADD COLUMN driver text DEFAULT 'nobody';
ALTER TABLE ONLY trips ALTER COLUMN driver SET DEFAULT 'me';
ALTER TABLE long_trips ALTER COLUMN stops TYPE bigint;
--- down
ALTER TABLE long_trips ALTER COLUMN stops TYPE int;
ALTER TABLE trips DROP COLUMN driver;
--- 1600008_only_drop
ALTER TABLE ONLY trips DROP COLUMN started;
--- down
ALTER TABLE ONLY trips ADD COLUMN started timestamptz DEFAULT statement_timestamp();
--- 1600009_stats_view
CREATE MATERIALIZED VIEW trip_stats AS SELECT plate, count(*) n, sum(km) km FROM trips GROUP BY plate WITH DATA;
CREATE UNIQUE INDEX ON trip_stats (plate);
CREATE VIEW busy AS SELECT * FROM trip_stats WHERE n > 10;
--- down
DROP MATERIALIZED VIEW trip_stats CASCADE;
--- 1600010_view_rename_col
ALTER MATERIALIZED VIEW trip_stats RENAME COLUMN n TO trips;
ALTER VIEW busy ALTER COLUMN plate SET DEFAULT 'none';
--- down
ALTER MATERIALIZED VIEW trip_stats RENAME COLUMN trips TO n;
--- 1600011_fn_stats
CREATE FUNCTION search_trips(search text) RETURNS SETOF trips AS $$ SELECT * FROM trips WHERE plate ILIKE ('%' || search || '%') $$ LANGUAGE sql STABLE;
CREATE AGGREGATE avg_km (numeric) (SFUNC = numeric_add, STYPE = numeric, INITCOND = '0', PARALLEL = SAFE, COMBINEFUNC = numeric_add);
--- down
DROP FUNCTION search_trips; DROP AGGREGATE avg_km(numeric);
--- 1600012_agg_changed
CREATE OR REPLACE AGGREGATE avg_km (numeric) (SFUNC = numeric_add, STYPE = numeric, INITCOND = '10', PARALLEL = SAFE, COMBINEFUNC = numeric_add);
--- down
CREATE OR REPLACE AGGREGATE avg_km (numeric) (SFUNC = numeric_add, STYPE = numeric, INITCOND = '0', COMBINEFUNC = numeric_add);
--- 1600013_reloptions
ALTER TABLE trips SET (autovacuum_vacuum_scale_factor = 0.01, toast.autovacuum_enabled = false);
ALTER INDEX trips_pkey SET (fillfactor = 70);
ALTER TABLE vehicles ALTER plate SET (n_distinct = -1), ALTER plate SET COMPRESSION pglz;
--- down
ALTER TABLE trips RESET (autovacuum_vacuum_scale_factor, toast.autovacuum_enabled);
ALTER INDEX trips_pkey RESET (fillfactor);
ALTER TABLE vehicles ALTER plate RESET (n_distinct);
--- 1600014_do_drop
DO $$ DECLARE c text; BEGIN SELECT conname INTO c FROM pg_constraint WHERE conrelid = 'vehicles'::regclass AND contype = 'u'; EXECUTE 'ALTER TABLE vehicles DROP CONSTRAINT ' || quote_ident(c); END $$;
--- down
ALTER TABLE vehicles ADD UNIQUE (plate);
--- 1600015_temp
CREATE TEMP TABLE t1 AS SELECT * FROM vehicles;
ALTER TABLE vehicles ADD COLUMN odo int;
UPDATE vehicles v SET odo = t.seats * 1000 FROM t1 t WHERE t.id = v.id;
DROP TABLE t1;
--- down
ALTER TABLE vehicles DROP COLUMN IF EXISTS odometer;

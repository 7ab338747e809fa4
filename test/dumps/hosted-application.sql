-- A dump as pg_dump 17 writes it, of an application that leans on extensions which the embedded database lacks.
\restrict aTokenOfLettersAndDigits0123456789
-- Dumped from database version 17.5 (Debian 17.5-1.pgdg120+1)
-- Dumped by pg_dump version 17.5

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
SET default_with_oids = false;

ALTER TABLE IF EXISTS ONLY public.orders DROP CONSTRAINT IF EXISTS fk_orders;
DROP TABLE IF EXISTS public.orders;
DROP EXTENSION IF EXISTS pg_trgm;
DROP SCHEMA IF EXISTS public;
CREATE SCHEMA public;
ALTER SCHEMA public OWNER TO pg_database_owner;
COMMENT ON SCHEMA public IS 'standard public schema';
CREATE SCHEMA dynamic_partitions;
COMMENT ON SCHEMA dynamic_partitions IS 'partitions that a job makes';
ALTER SCHEMA dynamic_partitions OWNER TO app_owner;
CREATE SCHEMA auth; CREATE SCHEMA extensions; CREATE SCHEMA graphql_public;

CREATE EXTENSION IF NOT EXISTS plpgsql WITH SCHEMA pg_catalog;
COMMENT ON EXTENSION plpgsql IS 'PL/pgSQL procedural language';
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;
COMMENT ON EXTENSION btree_gist IS 'support for indexing common datatypes in GiST';
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS hstore WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS "uuid-ossp" WITH SCHEMA extensions;
CREATE EXTENSION IF NOT EXISTS pgcrypto WITH SCHEMA extensions;
CREATE EXTENSION IF NOT EXISTS pg_stat_statements WITH SCHEMA extensions;
COMMENT ON EXTENSION pg_stat_statements IS 'track planning';
CREATE EXTENSION IF NOT EXISTS pg_graphql WITH SCHEMA graphql_public;
CREATE EXTENSION IF NOT EXISTS pgjwt WITH SCHEMA extensions;
CREATE EXTENSION IF NOT EXISTS secrets_vault WITH SCHEMA vault;
CREATE EXTENSION IF NOT EXISTS amcheck WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS pg_cron;
CREATE EXTENSION IF NOT EXISTS timescaledb CASCADE;
CREATE EXTENSION IF NOT EXISTS postgis WITH SCHEMA public VERSION '3.3.2';
COMMENT ON EXTENSION postgis IS 'PostGIS geometry';
CREATE EXTENSION IF NOT EXISTS vector;
CREATE EXTENSION IF NOT EXISTS unaccent SCHEMA public;
CREATE EXTENSION IF NOT EXISTS postgres_fdw WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS pgaudit;

CREATE TYPE auth.factor_type AS ENUM (
    'totp',
    'webauthn'
);
ALTER TYPE auth.factor_type OWNER TO auth_admin;
CREATE TYPE public.color_value AS (r integer, g integer);
CREATE DOMAIN public.email AS public.citext CONSTRAINT email_check CHECK ((VALUE OPERATOR(public.~) '^[a-z]+@'::public.citext));

CREATE FUNCTION public.assign_p_builds_trace_id() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF NEW.id IS NULL THEN NEW.id := nextval('builds_id_seq'::regclass); END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION public.assign_p_builds_trace_id() IS 'Partitioning: it''s "odd"; semicolons';
CREATE OR REPLACE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql STABLE AS $_$
  SELECT nullif(current_setting('claims.sub', true), '')::uuid; -- $$ ; '
$_$;
CREATE FUNCTION public.py(a text) RETURNS text LANGUAGE plpython3u AS $$ return a; $$;
CREATE FUNCTION public.c_thing(internal) RETURNS internal LANGUAGE c AS '$libdir/thing', 'c_thing';
CREATE FUNCTION public.geom_area(g public.geometry) RETURNS double precision LANGUAGE sql IMMUTABLE AS $$ SELECT public.ST_Area(g) $$;
CREATE AGGREGATE public.concat_agg(text) ( SFUNC = textcat, STYPE = text, INITCOND = '' );
CREATE TEXT SEARCH CONFIGURATION public.english_nostop (PARSER = pg_catalog."default");
ALTER TEXT SEARCH CONFIGURATION public.english_nostop ADD MAPPING FOR asciiword WITH english_stem;

SET default_tablespace = '';
SET default_table_access_method = heap;

CREATE TABLE public.p_builds (
    status character varying,
    id bigint NOT NULL,
    partition_id bigint NOT NULL,
    name character varying(255) DEFAULT NULL::character varying,
    options jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT check_id CHECK ((id IS NOT NULL))
)
PARTITION BY LIST (partition_id);
CREATE TABLE dynamic_partitions.builds_100 (
    status character varying,
    id bigint NOT NULL,
    partition_id bigint NOT NULL,
    name character varying(255) DEFAULT NULL::character varying,
    options jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT check_id CHECK ((id IS NOT NULL))
);
ALTER TABLE ONLY public.p_builds ATTACH PARTITION dynamic_partitions.builds_100 FOR VALUES IN ('100');
CREATE TABLE public.deleted_records (
    id bigint NOT NULL,
    partition bigint DEFAULT 1 NOT NULL,
    primary_key_value bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    fully_qualified_table_name text NOT NULL,
    CONSTRAINT check_length CHECK ((char_length(fully_qualified_table_name) <= 150))
)
PARTITION BY LIST (partition);
CREATE SEQUENCE public.builds_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;
ALTER SEQUENCE public.builds_id_seq OWNED BY public.p_builds.id;
ALTER TABLE ONLY public.p_builds ALTER COLUMN id SET DEFAULT nextval('public.builds_id_seq'::regclass);
CREATE TABLE public.places (
    id uuid DEFAULT extensions.uuid_generate_v4() NOT NULL,
    geom public.geometry(Point,4326),
    area public.geography(Polygon,4326),
    dims integer DEFAULT public.st_srid_default(),
    CONSTRAINT enforce_dims CHECK ((public.st_ndims(geom) = 2)),
    email public.email,
    embedding public.vector(1536),
    tags public.hstore DEFAULT ''::public.hstore,
    doc tsvector GENERATED ALWAYS AS (to_tsvector('english'::regconfig, COALESCE((email)::text, ''::text))) STORED,
    ref integer NOT NULL,
    during tstzrange DEFAULT tstzrange(now(), NULL::timestamp with time zone)
)
WITH (fillfactor='80', autovacuum_enabled='true');

ALTER TABLE public.places ALTER COLUMN ref ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.places_ref_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.places OWNER TO "weird-role.name";
ALTER TABLE ONLY public.places REPLICA IDENTITY FULL;
CREATE TABLE public.metrics (time timestamptz NOT NULL, v double precision) WITH (oids = false);
SELECT create_hypertable('public.metrics', 'time', if_not_exists => true);
SELECT public.add_retention_policy('metrics', INTERVAL '1 day');
SELECT cron.schedule('nightly', '0 0 * * *', 'vacuum');
CREATE MATERIALIZED VIEW public.near AS
 SELECT p.id, public.st_distance(p.geom, p.geom) AS d, public.st_asgeojson(p.geom) AS j
   FROM public.places p
  WHERE (p.geom && public.st_makeenvelope((1)::double precision, (2)::double precision, (3)::double precision, (4)::double precision, 4326))
  WITH NO DATA;
CREATE VIEW public.similar AS SELECT a.id, (a.embedding OPERATOR(public.<->) b.embedding) AS distance FROM public.places a, public.places b;
CREATE VIEW public.stats AS SELECT query, calls FROM extensions.pg_stat_statements;
CREATE INDEX index_places_geom ON public.places USING gist (geom);
CREATE INDEX index_places_geom_nd ON public.places USING gist (geom public.gist_geometry_ops_nd);
CREATE INDEX index_places_embedding ON public.places USING ivfflat (embedding public.vector_cosine_ops) WITH (lists='100');
CREATE INDEX index_places_hnsw ON public.places USING hnsw (embedding) WITH (m='16', ef_construction='64');
CREATE INDEX index_places_trgm ON public.places USING gin (((email)::text) public.gin_trgm_ops);
CREATE INDEX index_places_lower ON public.places USING btree (lower((email)::text) varchar_pattern_ops) WHERE (ref > 0);
CREATE UNIQUE INDEX index_places_once ON public.places USING btree (id) INCLUDE (ref) NULLS NOT DISTINCT;
CREATE INDEX index_p_ci ON ONLY public.p_builds USING btree (status, id DESC);
CREATE INDEX builds_100_status_idx ON dynamic_partitions.builds_100 USING btree (status, id DESC);
ALTER TABLE ONLY public.p_builds ADD CONSTRAINT p_builds_pkey PRIMARY KEY (id, partition_id);
ALTER TABLE ONLY dynamic_partitions.builds_100 ADD CONSTRAINT builds_100_pkey PRIMARY KEY (id, partition_id);
ALTER INDEX public.p_builds_pkey ATTACH PARTITION dynamic_partitions.builds_100_pkey;
ALTER INDEX public.index_p_ci ATTACH PARTITION dynamic_partitions.builds_100_status_idx;
ALTER TABLE ONLY public.places ADD CONSTRAINT no_overlap EXCLUDE USING gist (ref WITH =, during WITH &&) WHERE ((ref > 5));
ALTER TABLE public.places CLUSTER ON index_places_once;
CREATE TRIGGER assign BEFORE INSERT ON public.p_builds FOR EACH ROW EXECUTE PROCEDURE public.assign_p_builds_trace_id();
CREATE POLICY "Own rows only" ON public.places FOR SELECT TO authenticated, anon USING ((auth.uid() = id));
ALTER TABLE public.places ENABLE ROW LEVEL SECURITY;
CREATE PUBLICATION realtime WITH (publish = 'insert, update, delete, truncate');
ALTER PUBLICATION realtime ADD TABLE ONLY public.places;
CREATE FUNCTION extensions.grant_pg_cron_access() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END; $$;
CREATE EVENT TRIGGER issue_pg_cron_access ON ddl_command_end
         WHEN TAG IN ('CREATE EXTENSION')
   EXECUTE FUNCTION extensions.grant_pg_cron_access();
CREATE SERVER remote FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'x', dbname 'y');
CREATE USER MAPPING FOR app SERVER remote OPTIONS ("user" 'u', password 'p');
CREATE FOREIGN TABLE public.far (id integer OPTIONS (column_name 'ID')) SERVER remote OPTIONS (schema_name 's', table_name 't');
IMPORT FOREIGN SCHEMA public FROM SERVER remote INTO public;
GRANT ALL ON SCHEMA public TO PUBLIC;
REVOKE ALL ON FUNCTION auth.uid() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION auth.uid() TO dashboard_user;
GRANT SELECT,INSERT ON TABLE public.places TO "anon", service_role;
GRANT ALL ON FUNCTION public.gin_extract_value_trgm(text, internal) TO reader;
GRANT ALL ON FUNCTION extensions.pgp_sym_decrypt(bytea, text) TO reader;
GRANT ALL ON FUNCTION public.st_area(public.geometry) TO reader;
GRANT app TO other_app;
ALTER DEFAULT PRIVILEGES FOR ROLE platform_admin IN SCHEMA auth GRANT ALL ON TABLES TO postgres;
ALTER DEFAULT PRIVILEGES FOR ROLE app_owner IN SCHEMA public REVOKE ALL ON SEQUENCES FROM reader;
CREATE ROLE loginer WITH LOGIN PASSWORD 'SCRAM-SHA-256$4096:abc' SUPERUSER VALID UNTIL 'infinity';
ALTER ROLE loginer SET search_path TO 'x', 'y';
ALTER DATABASE app SET timezone TO 'UTC';
ALTER DATABASE app OWNER TO app;
CREATE CAST (public.color_value AS text) WITH INOUT AS ASSIGNMENT;
CREATE OPERATOR public.@+@ (FUNCTION = int4pl, LEFTARG = integer, RIGHTARG = integer);
CREATE OPERATOR CLASS public.my_ops FOR TYPE integer USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(integer, integer);
CREATE COLLATION public.natural_sort (provider = icu, locale = 'en@colNumeric=yes');
CREATE COLLATION public.en_us (provider = libc, locale = 'en_US.utf8');
CREATE TABLE public.sorted (a text COLLATE public.natural_sort, b text COLLATE pg_catalog."en_US", c text COLLATE "de_DE.utf8");
CREATE STATISTICS public.st (dependencies) ON id, ref FROM public.places;
SECURITY LABEL FOR anon ON COLUMN public.places.email IS 'MASKED WITH VALUE NULL';
CREATE SUBSCRIPTION sub CONNECTION 'host=x' PUBLICATION p;
CREATE TRANSFORM FOR public.hstore LANGUAGE plpython3u (FROM SQL WITH FUNCTION public.hstore_to_plpython(internal), TO SQL WITH FUNCTION public.plpython_to_hstore(internal));
CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE public.am (a integer) USING columnar;
SET default_table_access_method = columnar;
CREATE TABLE public.am2 (a integer);
SET default_table_access_method = heap;
SET default_tablespace = fast_ssd;
CREATE TABLE public.ts (a integer);
CREATE TABLE public.ts2 (a integer) TABLESPACE fast_ssd;
CREATE INDEX ts2_idx ON public.ts2 USING btree (a) TABLESPACE fast_ssd;
SET default_tablespace = '';
SELECT pg_catalog.setval('public.builds_id_seq', 42, true);
COPY public.metrics (time, v) FROM stdin;
2024-01-01 00:00:00+00	1
\.
SELECT pg_catalog.lo_create('16403');
ALTER LARGE OBJECT 16403 OWNER TO app;
INSERT INTO public.am (a) VALUES (1);
ANALYZE public.am;
LOCK TABLE public.am IN ACCESS SHARE MODE;
SET search_path TO "$user", public;
CREATE TABLE schema_migrations (version character varying NOT NULL);
COMMENT ON INDEX public.index_places_geom IS 'x';
ALTER TABLE public.places CLUSTER ON index_places_hnsw;
GRANT SELECT ON public.near TO reader;
CREATE VIEW over_near AS SELECT * FROM near;
INSERT INTO "schema_migrations" (version) VALUES
('20240101000000'),
('20230101000000');
\unrestrict aTokenOfLettersAndDigits0123456789

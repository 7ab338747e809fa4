SET statement_timeout = 0;
SET client_encoding = 'UTF8';
SELECT pg_catalog.set_config('search_path', '', false);

-- Rails' style
CREATE EXTENSION IF NOT EXISTS pgroonga WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS pg_uuidv7;
CREATE EXTENSION IF NOT EXISTS ltree WITH SCHEMA public;

CREATE FUNCTION public.made_id(table_name text) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
  DECLARE
    half bigint;
  BEGIN
    -- comment with 'quote and ; semicolon
    half := (extract(epoch from now()) * 1000)::bigint << 16;
    RETURN half | nextval(table_name || '_id_seq');
  END
$$;
CREATE FUNCTION public."odd ""name"" $1"("a b" integer, VARIADIC "c" text[]) RETURNS SETOF record LANGUAGE sql AS $_$ SELECT 1, ';'; $_$;
CREATE FUNCTION public.std(a integer) RETURNS integer LANGUAGE sql IMMUTABLE
BEGIN ATOMIC
 SELECT CASE WHEN a > 1 THEN 2 ELSE 3 END;
END;
CREATE PROCEDURE public.proc(INOUT x integer DEFAULT 5) LANGUAGE plpgsql AS 'begin x := 1; end';
CREATE FUNCTION public.e() RETURNS text LANGUAGE plpgsql AS E'begin return \'x;\\\\y\'; end';

SET default_tablespace = '';
SET default_table_access_method = heap;

CREATE TABLE public.accounts (
    id bigint DEFAULT public.made_id('accounts'::text) NOT NULL,
    uid uuid DEFAULT public.uuid_generate_v7() NOT NULL,
    username character varying DEFAULT ''::character varying NOT NULL,
    domain character varying,
    path public.ltree,
    also_known_as character varying[],
    "order" integer,
    created_at timestamp(6) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    settings jsonb DEFAULT '{"a": ["b", {"c": null}]}'::jsonb,
    money numeric(19,4) DEFAULT 0.0000,
    b bytea DEFAULT '\x'::bytea,
    CONSTRAINT chk_rails_1 CHECK (((username)::text <> ''::text)),
    CONSTRAINT "check ""odd""" CHECK (("order" > 0)) NO INHERIT
);
CREATE SEQUENCE public.accounts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.accounts_id_seq OWNED BY public.accounts.id;
CREATE VIEW public.summaries AS
SELECT
    NULL::bigint AS account_id,
    NULL::bigint AS sensitive;
CREATE MATERIALIZED VIEW public.recommendations AS
 SELECT accounts.id AS account_id, array_agg(accounts.username) AS reason
   FROM public.accounts
  GROUP BY accounts.id
  WITH NO DATA;
CREATE TABLE public.old_style (parent_id bigint) INHERITS (public.accounts);
ALTER TABLE ONLY public.old_style ALTER COLUMN created_at SET DEFAULT now();
ALTER TABLE ONLY public.accounts ALTER COLUMN settings SET STATISTICS 500;
ALTER TABLE ONLY public.accounts ALTER COLUMN username SET STORAGE EXTERNAL;
ALTER TABLE ONLY public.accounts ALTER COLUMN username SET (n_distinct=-0.5);
ALTER TABLE ONLY public.accounts ADD CONSTRAINT accounts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.old_style ADD CONSTRAINT old_style_pkey PRIMARY KEY (id);
ALTER TABLE public.old_style ADD CONSTRAINT check_late CHECK ((parent_id IS NOT NULL)) NOT VALID;
ALTER TABLE ONLY public.old_style ADD CONSTRAINT fk_rails_1 FOREIGN KEY (parent_id) REFERENCES public.old_style(id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED NOT VALID;
CREATE UNIQUE INDEX index_accounts_on_username_and_domain_lower ON public.accounts USING btree (lower((username)::text), COALESCE(lower((domain)::text), ''::text));
CREATE INDEX search_index ON public.accounts USING gin ((((setweight(to_tsvector('simple'::regconfig, (username)::text), 'A'::"char") || setweight(to_tsvector('simple'::regconfig, (COALESCE(domain, ''::character varying))::text), 'C'::"char")))));
CREATE INDEX index_pgroonga ON public.accounts USING pgroonga (username public.pgroonga_varchar_full_text_search_ops_v2);
CREATE INDEX index_path ON public.accounts USING gist (path);
CREATE OR REPLACE VIEW public.summaries AS
 SELECT accounts.id AS account_id,
    count(*) AS sensitive
   FROM public.accounts
  GROUP BY accounts.id;
CREATE RULE view_rule AS ON INSERT TO public.summaries DO INSTEAD (INSERT INTO public.accounts (id) VALUES (new.account_id); NOTIFY x);
COMMENT ON TABLE public.accounts IS 'multi
line; with '' and -- comment';
COMMENT ON COLUMN public.accounts."order" IS E'tab\there';
SET search_path TO "$user", public;

CREATE TABLE "schema_migrations" ("version" varchar NOT NULL PRIMARY KEY);
INSERT INTO "schema_migrations" (version) VALUES
(E'2024'),
('2023');

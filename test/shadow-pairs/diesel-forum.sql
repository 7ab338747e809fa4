--- 00000000000000_diesel_initial_setup
CREATE OR REPLACE FUNCTION diesel_manage_updated_at(_tbl regclass) RETURNS VOID AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER set_updated_at BEFORE UPDATE ON %s
                    FOR EACH ROW EXECUTE PROCEDURE diesel_set_updated_at()', _tbl);
END;
$$ LANGUAGE plpgsql;
CREATE OR REPLACE FUNCTION diesel_set_updated_at() RETURNS trigger AS $$
BEGIN
    IF (
        NEW IS DISTINCT FROM OLD AND
        NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at
    ) THEN
        NEW.updated_at := current_timestamp;
    END IF;
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;
--- down
DROP FUNCTION IF EXISTS diesel_manage_updated_at(_tbl regclass);
DROP FUNCTION IF EXISTS diesel_set_updated_at();
--- 2020-01-01-000000_accounts
CREATE TABLE account (
  id serial PRIMARY KEY,
  name varchar(20) NOT NULL,
  bio text,
  admin bool DEFAULT false NOT NULL,
  published timestamp DEFAULT now() NOT NULL,
  updated_at timestamp
);
SELECT diesel_manage_updated_at('account');
CREATE TABLE post (
  id serial PRIMARY KEY,
  title varchar(100) NOT NULL,
  url text,
  creator_id int REFERENCES account ON UPDATE CASCADE ON DELETE CASCADE NOT NULL,
  score int DEFAULT 0 NOT NULL
);
--- down
DROP TABLE post;
DROP TABLE account;
--- rows
INSERT INTO account (name, bio) VALUES ('q','b'),('r',NULL),('s','x');
INSERT INTO post (title, url, creator_id, score) VALUES ('t','http://u',1,4),('t2',NULL,2,-1);
--- 2020-01-02-000000_views
CREATE VIEW post_view AS SELECT p.*, a.name AS creator_name FROM post p JOIN account a ON a.id = p.creator_id;
--- down
DROP VIEW post_view;
--- 2020-01-03-000000_post_nsfw
DROP VIEW post_view;
ALTER TABLE post ADD COLUMN nsfw boolean DEFAULT false NOT NULL;
CREATE VIEW post_view AS SELECT p.*, a.name AS creator_name FROM post p JOIN account a ON a.id = p.creator_id;
--- down
DROP VIEW post_view;
ALTER TABLE post DROP COLUMN nsfw;
CREATE VIEW post_view AS SELECT p.*, a.name AS creator_name FROM post p JOIN account a ON a.id = p.creator_id;
--- 2020-01-04-000000_like
CREATE TABLE post_like (
  post_id int REFERENCES post ON DELETE CASCADE NOT NULL,
  account_id int REFERENCES account NOT NULL,
  score smallint NOT NULL,
  UNIQUE (post_id, account_id)
);
--- down
DROP TABLE post_like;
--- rows
INSERT INTO post_like VALUES (1,2,1),(1,3,-1);
--- 2020-01-05-000000_like_pk
ALTER TABLE post_like ADD COLUMN id serial PRIMARY KEY;
--- down
ALTER TABLE post_like DROP COLUMN id;
--- 2020-01-06-000000_drop_like_id
ALTER TABLE post_like DROP COLUMN id, ADD PRIMARY KEY (post_id, account_id), DROP CONSTRAINT post_like_post_id_account_id_key;
--- down
ALTER TABLE post_like DROP CONSTRAINT post_like_pkey;
ALTER TABLE post_like ADD COLUMN id serial PRIMARY KEY, ADD UNIQUE (post_id, account_id);
--- 2020-01-07-000000_timestamptz
DROP VIEW post_view;
ALTER TABLE account ALTER COLUMN published TYPE timestamptz USING published AT TIME ZONE 'UTC', ALTER COLUMN updated_at TYPE timestamptz USING updated_at AT TIME ZONE 'UTC';
CREATE VIEW post_view AS SELECT p.*, a.name AS creator_name FROM post p JOIN account a ON a.id = p.creator_id;
--- down
ALTER TABLE account ALTER COLUMN published TYPE timestamp USING published AT TIME ZONE 'UTC', ALTER COLUMN updated_at TYPE timestamp USING updated_at AT TIME ZONE 'UTC';
--- 2020-01-08-000000_aggregates
CREATE TABLE post_aggregates (id serial PRIMARY KEY, post_id int REFERENCES post ON DELETE CASCADE NOT NULL, likes bigint NOT NULL DEFAULT 0, UNIQUE (post_id));
INSERT INTO post_aggregates (post_id, likes) SELECT p.id, count(l.*) FROM post p LEFT JOIN post_like l ON l.post_id = p.id GROUP BY p.id;
CREATE FUNCTION post_aggregates_post() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  IF (TG_OP = 'INSERT') THEN
    INSERT INTO post_aggregates (post_id) VALUES (NEW.id);
  ELSIF (TG_OP = 'DELETE') THEN
    DELETE FROM post_aggregates WHERE post_id = OLD.id;
  END IF;
  RETURN null;
end $$;
CREATE TRIGGER post_aggregates_post AFTER INSERT OR DELETE ON post FOR EACH ROW EXECUTE PROCEDURE post_aggregates_post();
--- down
DROP TABLE post_aggregates;
DROP TRIGGER post_aggregates_post ON post;
DROP FUNCTION post_aggregates_post;
--- 2020-01-09-000000_hot_rank
CREATE FUNCTION hot_rank(score numeric, published timestamptz) RETURNS integer AS $$
begin
  return floor(10000*log(greatest(1,score+3)) / power(((EXTRACT(EPOCH FROM (now() - published))/3600) + 2), 1.8))::integer;
end; $$ LANGUAGE plpgsql;
--- down
DROP FUNCTION hot_rank(numeric, timestamp);
--- 2020-01-10-000000_hot_rank_immutable
DROP FUNCTION hot_rank(numeric, timestamptz);
CREATE FUNCTION hot_rank(score numeric, published timestamptz) RETURNS float AS $$
begin
  return log(greatest(1,score+3));
end; $$ LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE;
CREATE INDEX idx_account_rank ON account (hot_rank(id::numeric, published) DESC);
--- down
DROP FUNCTION hot_rank(numeric, timestamptz) CASCADE;
CREATE FUNCTION hot_rank(score numeric, published timestamptz) RETURNS integer AS $$
begin
  return floor(10000*log(greatest(1,score+3)) / power(((EXTRACT(EPOCH FROM (now() - published))/3600) + 2), 1.8))::integer;
end; $$ LANGUAGE plpgsql;
--- 2020-01-11-000000_rename_creator
ALTER VIEW post_view RENAME COLUMN creator_name TO author;
ALTER TABLE post RENAME COLUMN creator_id TO author_id;
ALTER TABLE post RENAME CONSTRAINT post_creator_id_fkey TO post_author_id_fkey;
--- down
ALTER TABLE post RENAME CONSTRAINT post_author_id_fkey TO post_creator_id_fkey;
ALTER TABLE post RENAME COLUMN author_id TO creator_id;
ALTER VIEW post_view RENAME COLUMN author TO creator_name;
--- 2020-01-12-000000_varchar_limit
DROP VIEW post_view;
ALTER TABLE post ALTER COLUMN url TYPE varchar(512);
CREATE VIEW post_view AS SELECT p.id, p.title, a.name AS author FROM post p JOIN account a ON a.id = p.author_id;
--- down
DROP VIEW post_view;
ALTER TABLE post ALTER COLUMN url TYPE text;
CREATE VIEW post_view AS SELECT p.*, a.name AS author FROM post p JOIN account a ON a.id = p.author_id;
--- 2020-01-13-000000_listing_enum
CREATE TYPE listing_enum AS ENUM ('All', 'Local', 'Subscribed');
ALTER TABLE account ADD COLUMN default_listing_type_ int NOT NULL DEFAULT 0;
ALTER TABLE account ALTER COLUMN default_listing_type_ DROP DEFAULT;
ALTER TABLE account ALTER COLUMN default_listing_type_ TYPE listing_enum USING CASE default_listing_type_ WHEN 0 THEN 'All' ELSE 'Local' END::listing_enum;
ALTER TABLE account ALTER COLUMN default_listing_type_ SET DEFAULT 'All';
--- down
ALTER TABLE account DROP COLUMN default_listing_type_;
DROP TYPE listing_enum;
--- 2020-01-14-000000_enum_add
ALTER TYPE listing_enum RENAME VALUE 'Subscribed' TO 'Followed';
ALTER TYPE listing_enum ADD VALUE 'Moderated';
--- down
ALTER TABLE account ALTER COLUMN default_listing_type_ DROP DEFAULT;
ALTER TABLE account ALTER COLUMN default_listing_type_ TYPE text;
DROP TYPE listing_enum;
CREATE TYPE listing_enum AS ENUM ('All', 'Local', 'Subscribed');
ALTER TABLE account ALTER COLUMN default_listing_type_ TYPE listing_enum USING (CASE default_listing_type_ WHEN 'Moderated' THEN 'All' WHEN 'Followed' THEN 'Subscribed' ELSE default_listing_type_ END)::listing_enum;
ALTER TABLE account ALTER COLUMN default_listing_type_ SET DEFAULT 'All';
--- 2020-01-15-000000_column_order
CREATE TABLE account_new (id serial PRIMARY KEY, name varchar(20) NOT NULL, display text);
INSERT INTO account_new (id, name) SELECT id, name FROM account;
DROP TABLE account_new;
ALTER TABLE post ADD COLUMN deleted boolean NOT NULL DEFAULT false;
ALTER TABLE post ALTER COLUMN deleted DROP DEFAULT;
--- down
ALTER TABLE post DROP COLUMN deleted;
--- 2020-01-16-000000_unique_title
CREATE UNIQUE INDEX idx_post_title ON post (title, author_id) WHERE url IS NULL;
DROP INDEX idx_account_rank;
--- down
DROP INDEX idx_post_title;
CREATE INDEX idx_account_rank ON account (hot_rank(id::numeric, published));

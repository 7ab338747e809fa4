create role shop_app login;
create role shop_read;
create role shop_owner nologin;
create schema shop;
create table shop.item (id bigint generated always as identity primary key, sku text not null unique, price numeric not null, owner_name name default current_user, cost numeric);
create table shop.stock (item_id bigint primary key references shop.item, n int not null default 0);
grant usage on schema shop to shop_app, shop_read;
grant select, insert, update, delete on all tables in schema shop to shop_app;
grant select on shop.item to shop_read;
create view shop.cheap with (security_invoker = true, security_barrier = true) as select id, sku from shop.item where price < 10;
grant select on shop.cheap to shop_read;
create function shop.secret() returns int language sql security definer set search_path = shop, pg_temp as $$ select 42 $$;
create publication shop_pub for table shop.item (id, sku, price);
create table shop.nokey (a int, b text);
create domain shop.positive as int check (value > 0);
create table shop.sized (id int primary key, w shop.positive);
create type shop.dims as (w int, h int);
create table shop.box (id int primary key, d shop.dims);
create materialized view shop.totals as select item_id, sum(n) as n from shop.stock group by item_id;
create extension if not exists pg_trgm;

-- unsafe: everything to everybody
-- because: any role can change prices.
GRANT ALL ON shop.item TO PUBLIC;

-- safe: reading for the role that reads
-- because: it is narrow.
GRANT SELECT ON shop.stock TO shop_read;

-- safe: reading of two columns
-- because: it is narrow.
GRANT SELECT (item_id, n) ON TABLE shop.stock TO shop_read;

-- unsafe: rights for a role that is not there
-- because: the server refuses it.
-- known: roles belong to the server, and the catalog of a database does not list them.
-- fails: 42704
GRANT SELECT ON shop.stock TO shop_reader;

-- unsafe: rights on a column that is not there
-- because: the server refuses it.
-- fails: 42703
GRANT SELECT (item_id, amount) ON shop.stock TO shop_read;

-- unsafe: rights of the application taken away
-- because: its statements fail.
REVOKE INSERT, UPDATE ON shop.item FROM shop_app;

-- unsafe: schema taken away from the application
-- because: its statements fail.
REVOKE USAGE ON SCHEMA shop FROM shop_app;

-- safe: rights that everybody has by default on new functions narrowed in the same file
-- because: the function is new.
CREATE FUNCTION shop.tax(p numeric) RETURNS numeric IMMUTABLE LANGUAGE sql AS $$ SELECT p * 0.2 $$;
REVOKE EXECUTE ON FUNCTION shop.tax(numeric) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION shop.tax(numeric) TO shop_app;

-- unsafe: role with all rights
-- because: a migration makes a superuser.
CREATE ROLE emergency LOGIN SUPERUSER;

-- safe: role that groups others
-- because: it can do nothing yet.
CREATE ROLE shop_auditor NOLOGIN;
GRANT SELECT ON shop.item TO shop_auditor;

-- unsafe: role that is there
-- because: the server refuses it.
-- known: roles belong to the server, and the catalog of a database does not list them.
-- fails: 42710
CREATE ROLE shop_app;

-- unsafe: role dropped that has rights
-- because: the server refuses it.
-- fails: 2BP01
DROP ROLE shop_read;

-- unsafe: role given rows of another owner
-- because: the role does not exist.
-- known: roles belong to the server, and the catalog of a database does not list them.
-- fails: 42704
ALTER TABLE shop.item OWNER TO shop_boss;

-- unsafe: row security without a policy
-- because: the application sees no row any more.
ALTER TABLE shop.item ENABLE ROW LEVEL SECURITY;

-- safe: row security of a new table with its policy
-- because: it is new.
CREATE TABLE shop.secret_note (id int PRIMARY KEY, owner name, body text);
ALTER TABLE shop.secret_note ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON shop.secret_note USING (owner = current_user);
GRANT SELECT ON shop.secret_note TO shop_app;

-- unsafe: policy with a column that is not there
-- because: the server refuses it.
-- fails: 42703
CREATE POLICY own ON shop.item USING (owner_id = 1);

-- unsafe: view made anew without its options
-- because: rights of the view's owner apply again.
CREATE OR REPLACE VIEW shop.cheap AS SELECT id, sku FROM shop.item WHERE price < 10;

-- safe: view made anew with its options
-- because: options are repeated.
CREATE OR REPLACE VIEW shop.cheap WITH (security_invoker = true, security_barrier = true) AS SELECT id, sku FROM shop.item WHERE price < 12;

-- unsafe: view dropped and made again without its rights
-- because: shop_read may not read it any more.
BEGIN;
DROP VIEW shop.cheap;
CREATE VIEW shop.cheap WITH (security_invoker = true, security_barrier = true) AS SELECT id, sku, price FROM shop.item WHERE price < 10;
COMMIT;

-- safe: view dropped and made again with its rights
-- because: nothing is lost.
BEGIN;
DROP VIEW shop.cheap;
CREATE VIEW shop.cheap WITH (security_invoker = true, security_barrier = true) AS SELECT id, sku, price FROM shop.item WHERE price < 10;
GRANT SELECT ON shop.cheap TO shop_read;
COMMIT;

-- unsafe: function made anew without its attributes
-- because: it runs with the rights of the caller and his search path now.
CREATE OR REPLACE FUNCTION shop.secret() RETURNS int LANGUAGE sql AS $$ SELECT 43 $$;

-- unsafe: function with its owner's rights and nobody's search path
-- because: callers can put their own objects before others.
CREATE FUNCTION shop.wipe() RETURNS void LANGUAGE sql SECURITY DEFINER AS $$ DELETE FROM shop.nokey $$;

-- safe: the same with a path
-- because: names are found where they should.
CREATE FUNCTION shop.wipe() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ DELETE FROM shop.nokey $$;
REVOKE EXECUTE ON FUNCTION shop.wipe() FROM PUBLIC;

-- unsafe: published column dropped
-- because: the server refuses it while a list names the column.
-- fails: 2BP01
ALTER TABLE shop.item DROP COLUMN price;

-- unsafe: published key dropped
-- because: changes of rows can no longer be told and are refused.
ALTER TABLE shop.item DROP CONSTRAINT item_pkey CASCADE;

-- unsafe: table without a key published
-- because: its UPDATE and DELETE are refused from then on.
ALTER PUBLICATION shop_pub ADD TABLE shop.nokey;

-- safe: table with a key published
-- because: its key tells rows apart.
ALTER PUBLICATION shop_pub ADD TABLE shop.sized;

-- unsafe: all tables published, one without a key
-- because: its UPDATE and DELETE are refused from then on.
CREATE PUBLICATION everything FOR ALL TABLES;

-- safe: only inserts of a table without a key published
-- because: inserts need no key.
CREATE PUBLICATION appended FOR TABLE shop.nokey WITH (publish = 'insert');

-- unsafe: publication dropped
-- because: subscribers stop.
DROP PUBLICATION shop_pub;

-- unsafe: table taken out of the publication that is not in it
-- because: the server refuses it.
-- fails: 42704
ALTER PUBLICATION shop_pub DROP TABLE shop.stock;

-- unsafe: domain made stricter
-- because: every table with it is read while writers wait.
ALTER DOMAIN shop.positive ADD CONSTRAINT below CHECK (VALUE < 1000);

-- safe: domain made stricter for new values
-- because: nothing is read.
ALTER DOMAIN shop.positive ADD CONSTRAINT below CHECK (VALUE < 1000) NOT VALID;

-- unsafe: domain made laxer
-- because: values that it kept out go in, in every column of it.
ALTER DOMAIN shop.positive DROP CONSTRAINT positive_check;

-- safe: constraint of a domain replaced by a wider one that is not validated
-- because: nothing is read, and new values are held to the new one.
ALTER DOMAIN shop.positive DROP CONSTRAINT positive_check;
ALTER DOMAIN shop.positive ADD CONSTRAINT positive_or_none CHECK (VALUE >= 0) NOT VALID;

-- unsafe: constraint of a domain dropped that is not there
-- because: the server refuses it.
-- fails: 42704
ALTER DOMAIN shop.positive DROP CONSTRAINT positive_chk;

-- safe: constraint of a domain dropped that is not there, if it is
-- because: it is not.
ALTER DOMAIN shop.positive DROP CONSTRAINT IF EXISTS positive_chk;

-- unsafe: column of a strict domain
-- because: the table is rewritten before 19.
ALTER TABLE shop.stock ADD COLUMN w shop.positive;

-- safe: column of a lax domain
-- because: nothing has to be checked.
CREATE DOMAIN shop.label AS text;
ALTER TABLE shop.stock ADD COLUMN l shop.label;

-- unsafe: attribute of a type retyped that a column has
-- because: the server refuses it.
-- fails: 0A000
ALTER TYPE shop.dims ALTER ATTRIBUTE w TYPE bigint;

-- safe: attribute of a type added
-- because: stored rows read as null there.
ALTER TYPE shop.dims ADD ATTRIBUTE depth int;

-- unsafe: attribute of a type dropped
-- because: its values are lost.
ALTER TYPE shop.dims DROP ATTRIBUTE h;

-- unsafe: extension dropped with what uses it
-- because: indexes of it go.
-- given
create index stock_trgm on shop.item using gin (sku gin_trgm_ops);
-- migration
DROP EXTENSION pg_trgm CASCADE;

-- unsafe: extension dropped that an index uses
-- because: the server refuses it.
-- fails: 2BP01
-- given
create index stock_trgm on shop.item using gin (sku gin_trgm_ops);
-- migration
DROP EXTENSION pg_trgm;

-- unsafe: materialized view made of a large table
-- because: it is indexed and read whole, and old readers see it dropped first.
DROP MATERIALIZED VIEW shop.totals;
CREATE MATERIALIZED VIEW shop.totals AS SELECT item_id, sum(n) AS n, count(*) AS c FROM shop.stock GROUP BY item_id;

-- safe: materialized view made without rows
-- because: nothing is read.
CREATE MATERIALIZED VIEW shop.most AS SELECT item_id, max(n) AS n FROM shop.stock GROUP BY item_id WITH NO DATA;

-- unsafe: view with a column that is neither grouped nor counted
-- because: the server refuses it.
-- fails: 42803
CREATE VIEW shop.per_sku AS SELECT i.sku, i.price, sum(s.n) FROM shop.item i JOIN shop.stock s ON s.item_id = i.id GROUP BY i.sku;

-- safe: view grouped by the key
-- because: the other columns hang on the key.
CREATE VIEW shop.per_item AS SELECT i.id, i.sku, i.price, sum(s.n) FROM shop.item i JOIN shop.stock s ON s.item_id = i.id GROUP BY i.id;

-- unsafe: view with two columns of one name
-- because: the server refuses it.
-- fails: 42701
CREATE VIEW shop.both AS SELECT i.id, s.item_id AS id FROM shop.item i JOIN shop.stock s ON s.item_id = i.id;

-- unsafe: view of all columns of two tables that share a name
-- because: the server refuses two columns of one name.
-- fails: 42701
CREATE VIEW shop.pairs AS SELECT * FROM shop.nokey a, shop.nokey b;

-- unsafe: view with more names than columns
-- because: the server refuses it.
-- fails: 42601
CREATE VIEW shop.short (a, b, c) AS SELECT id, sku FROM shop.item;

-- unsafe: column dropped with rights of its own
-- because: values and rights are lost.
ALTER TABLE shop.item DROP COLUMN cost;

-- unsafe: text to a domain of numbers
-- because: there is no automatic cast.
-- fails: 42804
ALTER TABLE shop.nokey ALTER COLUMN b TYPE shop.positive;

-- safe: default privileges for later tables
-- because: only what is made later is concerned.
ALTER DEFAULT PRIVILEGES IN SCHEMA shop GRANT SELECT ON TABLES TO shop_read;

-- safe: owner of an object that is new
-- because: nobody used it.
CREATE TABLE shop.fresh (id int);
ALTER TABLE shop.fresh OWNER TO shop_owner;
GRANT SELECT, INSERT ON shop.fresh TO shop_app;

-- unsafe: table moved to another schema
-- because: code names it where it was.
CREATE SCHEMA archive;
ALTER TABLE shop.nokey SET SCHEMA archive;

-- unsafe: rule that swallows writes
-- because: inserts do nothing from then on.
CREATE RULE no_insert AS ON INSERT TO shop.nokey DO INSTEAD NOTHING;

-- unsafe: password in clear
-- because: it is in the file and in the log.
ALTER ROLE shop_app PASSWORD 'hunter2';

-- unsafe: role setting that turns off foreign keys
-- because: keys and triggers are skipped for everything it does.
ALTER ROLE shop_app SET session_replication_role = replica;

-- unsafe: foreign keys skipped while rows are loaded
-- because: orphans go in and nobody looks again.
SET session_replication_role = replica;
INSERT INTO shop.stock VALUES (99, 1);
RESET session_replication_role;

create schema "Sales";
create table "Sales"."Order" ("Id" bigserial primary key, "Customer" text not null, "select" int, "Total" numeric(8,2), "État" varchar(10), "has ""quote""" text, lower text);
create table "Sales"."order" ("Id" int primary key, "Customer" text);
create index "Order_Customer_idx" on "Sales"."Order" ("Customer");
create table public.item (id bigserial primary key, name varchar(20), qty int not null default 0, price numeric(8,2), order_id bigint, note text, at timestamp);
create index item_name on item (name);
create table public.item_log (item_id bigint, txt text) ;
create table family (id int, k text);
create table family_child () inherits (family);
create view "Sales"."Totals" as select "Id", "Total" from "Sales"."Order";

-- unsafe: index with comments between its words
-- because: writers wait while it is built.
CREATE /* blue */ INDEX -- green
  item_qty /* red */ ON item (qty);

-- safe: concurrent index with comments between its words
-- because: writers go on.
CREATE /* a */ INDEX /* b */ CONCURRENTLY -- c
  item_qty ON /* d */ public . item (qty);

-- safe: statement inside a comment alone
-- because: nothing is run.
/* DROP TABLE item; /* nested */ */
-- DROP TABLE item;
SELECT 1;

-- unsafe: nested comment that ends early
-- because: the second statement is no comment.
/* one /* two */ three */ DROP TABLE item_log;

-- unsafe: index in capitals of a quoted table
-- because: writers wait.
CREATE INDEX "Order_Total_idx" ON "Sales"."Order" USING BTREE ("Total" DESC NULLS LAST);

-- unsafe: quoted table without its quotes
-- because: the lower case name is the other table, which lacks the column.
-- fails: 42703
ALTER TABLE "Sales".Order ALTER COLUMN "Total" TYPE numeric(12,2);

-- unsafe: column of a quoted table without its quotes
-- because: there is no column customer in lower case.
-- fails: 42703
ALTER TABLE "Sales"."Order" ALTER COLUMN Customer DROP DEFAULT;

-- safe: quoted names of every kind widened
-- because: stored alike.
ALTER TABLE "Sales"."Order" ALTER COLUMN "État" TYPE varchar(40);

-- unsafe: column with a quote in its name dropped
-- because: its values are lost.
ALTER TABLE "Sales"."Order" DROP COLUMN "has ""quote""";

-- safe: column added with a quote in its name
-- because: catalog only.
ALTER TABLE "Sales"."Order" ADD COLUMN "it's ""new""" text;

-- unsafe: column name written in unicode escapes
-- because: it is the column État, whose values are lost.
ALTER TABLE "Sales"."Order" DROP COLUMN U&"\00C9tat";

-- safe: column named like a keyword given a default
-- because: catalog only.
ALTER TABLE "Sales"."Order" ALTER "select" SET DEFAULT 0;

-- unsafe: column named like a keyword made required
-- because: all rows are read.
ALTER TABLE "Sales"."Order" ALTER "select" SET NOT NULL;

-- unsafe: not null among harmless actions
-- because: the third action reads all rows.
ALTER TABLE item
  ADD COLUMN colour text,
  ALTER COLUMN note SET STATISTICS 200,
  ALTER COLUMN price SET NOT NULL,
  ALTER COLUMN qty SET DEFAULT 1;

-- unsafe: drop among additions
-- because: the values of the column are lost.
ALTER TABLE item ADD COLUMN colour text, DROP note, ADD COLUMN weight int;

-- safe: many additions and settings
-- because: catalog only.
ALTER TABLE item ADD colour text, ADD weight int DEFAULT 7 NOT NULL, ALTER note SET DEFAULT '', ALTER name SET STATISTICS 100, SET (fillfactor = 80);

-- unsafe: check among additions
-- because: all rows are read.
ALTER TABLE item ADD colour text, ADD CONSTRAINT qty_fair CHECK (qty >= 0);

-- safe: check without validation among additions
-- because: catalog only.
ALTER TABLE item ADD colour text, ADD CONSTRAINT qty_fair CHECK (qty >= 0) NOT VALID;

-- unsafe: column added and made required in one statement
-- because: existing rows have no value, the server refuses it as soon as there is a row.
ALTER TABLE item ADD colour text, ALTER colour SET NOT NULL;

-- unsafe: added with a default and its check of the same statement
-- because: all rows are tested.
ALTER TABLE item ADD weight int DEFAULT 1 CONSTRAINT weight_fair CHECK (weight > 0);

-- unsafe: unique written behind the column's type
-- because: its index is built under ACCESS EXCLUSIVE.
ALTER TABLE item ADD sku text UNIQUE;

-- unsafe: key written behind the column's type
-- because: existing rows have no value, and there is a key already.
-- fails: 42P16
ALTER TABLE item ADD sku uuid DEFAULT gen_random_uuid() PRIMARY KEY;

-- safe: column with a null default spelled out
-- because: catalog only.
ALTER TABLE item ADD COLUMN IF NOT EXISTS sku text DEFAULT NULL;

-- unsafe: column that is there and optional added as a required one if it is not
-- because: it stays optional, and the author thinks otherwise.
ALTER TABLE item ADD COLUMN IF NOT EXISTS note text NOT NULL;

-- unsafe: column added if it is not there, which it is not, as required
-- because: existing rows have no value.
ALTER TABLE item ADD COLUMN IF NOT EXISTS remark text NOT NULL;

-- safe: missing table changed if it exists
-- because: nothing happens.
ALTER TABLE IF EXISTS items ALTER COLUMN qty SET NOT NULL;

-- unsafe: table changed if it exists, and it does
-- because: all rows are read.
ALTER TABLE IF EXISTS ONLY item ALTER COLUMN price SET NOT NULL;

-- unsafe: ONLY before a table that nobody inherits from
-- because: all rows are read all the same.
ALTER TABLE ONLY public.item ADD CONSTRAINT item_price_fair CHECK (price > 0);

-- safe: ONLY as dumps write it, with an index that is there
-- because: the key already serves, and a default is catalog only.
ALTER TABLE ONLY public.item ALTER COLUMN note SET DEFAULT ''::text;

-- unsafe: star behind a table with children
-- because: children are read as well.
ALTER TABLE family * ADD CONSTRAINT family_k CHECK (k <> '');

-- unsafe: column added to the parent alone
-- because: children must have it too.
-- fails: 42P16
ALTER TABLE ONLY family ADD COLUMN more int;

-- unsafe: short form of a rename
-- because: old code uses the old name.
ALTER TABLE item RENAME note TO remark;

-- unsafe: table renamed over ALTER INDEX
-- because: the server renames the table, and old code uses the old name.
ALTER INDEX item RENAME TO article;

-- unsafe: view renamed with ALTER TABLE
-- because: old code uses the old name.
ALTER TABLE "Sales"."Totals" RENAME TO "Sums";

-- safe: index renamed with ALTER TABLE
-- because: no code names indexes.
ALTER TABLE item_name RENAME TO item_name_idx;

-- safe: index renamed that is not there, if it exists
-- because: nothing happens.
ALTER INDEX IF EXISTS item_nom RENAME TO item_name_idx;

-- unsafe: two indexes dropped in one go
-- because: ACCESS EXCLUSIVE on both tables.
DROP INDEX item_name, "Sales"."Order_Customer_idx";

-- unsafe: two indexes dropped concurrently in one go
-- because: the server takes one at a time.
-- fails: 0A000
DROP INDEX CONCURRENTLY item_name, "Sales"."Order_Customer_idx";

-- safe: index of another schema dropped concurrently
-- because: nobody waits.
DROP INDEX CONCURRENTLY "Sales"."Order_Customer_idx";

-- unsafe: index of another schema dropped without its schema
-- because: it is not found.
-- fails: 42704
DROP INDEX CONCURRENTLY "Order_Customer_idx";

-- safe: index of another schema dropped without its schema, if it exists
-- because: it is not found, nothing happens.
DROP INDEX CONCURRENTLY IF EXISTS "Order_Customer_idx";

-- unsafe: dropped through a cascade that catches a view
-- because: table, view and rows are lost.
DROP TABLE "Sales"."Order" CASCADE;

-- unsafe: dropped though a view shows it
-- because: the server refuses it.
-- fails: 2BP01
DROP TABLE "Sales"."Order" RESTRICT;

-- safe: the table of the same name in another case, which is not there
-- because: nothing happens.
DROP TABLE IF EXISTS "Item", "ITEM";

-- unsafe: dropped by its full name if it exists, and it does
-- because: its rows are lost.
DROP TABLE IF EXISTS public.item_log;

-- unsafe: foreign key in the column's own words
-- because: rows are compared while both tables are locked.
ALTER TABLE item ADD FOREIGN KEY (order_id) REFERENCES "Sales"."Order";

-- safe: foreign key in the column's own words, not validated
-- because: catalog only.
ALTER TABLE item ADD FOREIGN KEY (order_id) REFERENCES "Sales"."Order" ("Id") MATCH SIMPLE ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED NOT VALID;

-- unsafe: foreign key to the table of the other case
-- because: int to bigint is taken, but rows are compared while both are locked.
ALTER TABLE item ADD CONSTRAINT o FOREIGN KEY (order_id) REFERENCES "Sales"."order" ("Id");

-- safe: new column that refers to a table
-- because: it holds nothing, nothing is compared.
ALTER TABLE item ADD COLUMN parent bigint REFERENCES "Sales"."Order" ON DELETE SET NULL;

-- unsafe: new column with a default that refers to a table
-- because: every row is compared.
ALTER TABLE item ADD COLUMN parent bigint DEFAULT 1 REFERENCES "Sales"."Order";

-- unsafe: default by a function in capitals
-- because: the function is called per row.
ALTER TABLE item ADD COLUMN token uuid NOT NULL DEFAULT PG_CATALOG.GEN_RANDOM_UUID();

-- safe: default by a function in a cast that is computed once
-- because: now() is stable.
ALTER TABLE item ADD COLUMN day date DEFAULT (now() AT TIME ZONE 'UTC')::date;

-- safe: default as an escaped string
-- because: constant.
ALTER TABLE item ADD COLUMN sep text NOT NULL DEFAULT E'\t';

-- safe: default as a dollar quoted string that looks like a statement
-- because: constant.
ALTER TABLE item ADD COLUMN q text DEFAULT $q$DROP TABLE item;$q$;

-- safe: default of an empty row of json
-- because: constant.
ALTER TABLE item ADD COLUMN opts jsonb NOT NULL DEFAULT jsonb_build_object();

-- safe: default of the session's user
-- because: computed once.
ALTER TABLE item ADD COLUMN maker text DEFAULT session_user;

-- unsafe: default of a random number in a sum
-- because: a call per row.
ALTER TABLE item ADD COLUMN rank float8 DEFAULT 1 + random();

-- unsafe: default of the time of day as text
-- because: volatile.
ALTER TABLE item ADD COLUMN made text DEFAULT timeofday();

-- safe: default of the statement's time
-- because: stable.
ALTER TABLE item ADD COLUMN made timestamptz DEFAULT statement_timestamp();

-- unsafe: bigserial as a new column
-- because: every row gets a number.
ALTER TABLE item ADD COLUMN no bigserial;

-- unsafe: the serial of two bytes
-- because: every row gets a number, and there are not enough.
ALTER TABLE item ADD COLUMN no serial2;

-- unsafe: statements on one line without spaces
-- because: the second drops a table.
SELECT 1;DROP TABLE item_log;SELECT 2;

-- unsafe: keywords in mixed case
-- because: writers wait.
cReAtE uNiQuE iNdEx item_note On item(note);

-- unsafe: index without a name
-- because: writers wait.
CREATE INDEX ON item (note);

-- safe: index without a name, concurrently
-- because: writers go on.
CREATE INDEX CONCURRENTLY ON item (note);

-- unsafe: index with everything behind it
-- because: writers wait.
CREATE UNIQUE INDEX item_all ON ONLY public.item USING btree (lower(name) COLLATE "C" text_pattern_ops ASC NULLS FIRST) INCLUDE (qty) NULLS NOT DISTINCT WITH (fillfactor = 70) WHERE note IS NOT NULL;

-- unsafe: TABLE and its rows written to another table
-- because: all rows of a large table are copied in one statement.
INSERT INTO item_log (item_id, txt) SELECT id, note FROM item;

-- unsafe: trailing word of a shell
-- because: it does not parse.
-- fails: 42601
CREATE INDEX CONCURRENTLY item_qty ON item (qty);
GO

-- unsafe: backticks of another database
-- because: it does not parse.
-- fails: 42601
ALTER TABLE `item` ADD COLUMN `colour` text;

-- unsafe: MODIFY of another database
-- because: it does not parse.
-- fails: 42601
ALTER TABLE item MODIFY COLUMN name varchar(50);

-- unsafe: AFTER of another database
-- because: it does not parse.
-- fails: 42601
ALTER TABLE item ADD COLUMN colour text AFTER name;

-- unsafe: auto_increment of another database
-- because: it does not parse.
-- fails: 42601
CREATE TABLE thing (id int AUTO_INCREMENT PRIMARY KEY);

-- unsafe: datetime of another database
-- because: there is no such type.
-- fails: 42704
CREATE TABLE thing (id int PRIMARY KEY, at datetime);

-- safe: empty statements
-- because: nothing is run.
;;;
SELECT 1;;

-- safe: only a comment
-- because: nothing is run.
-- nothing to do in this version
SELECT 1 WHERE false;

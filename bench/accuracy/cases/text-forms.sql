create table "Order Items" ("Id" bigint generated always as identity primary key, "Größe" text, "select" int, "user" text);
create table items (id bigint generated always as identity primary key, name text, price int, code varchar(10), state text);
create index items_name_idx on items (name);
create schema "Shop";
create table "Shop"."Items" (id bigint primary key, label text);

-- unsafe: everything in capitals on one line
-- about: require-concurrent-index-creation
-- because: writes wait for the build.
CREATE UNIQUE INDEX ITEMS_CODE ON ITEMS(CODE);

-- unsafe: a quoted table with a space in its name
-- about: ban-drop-column
-- because: the data is gone.
ALTER TABLE "Order Items" DROP COLUMN "Größe";

-- safe: a quoted table with a space in its name, a nullable column
-- about: adding-required-field
-- because: a catalog change.
ALTER TABLE "Order Items" ADD COLUMN "Höhe" numeric;

-- unsafe: the wrong case in quotes
-- about: syntax-or-unknown-object
-- because: quoted names keep their case.
-- fails: 42P01
ALTER TABLE "Items" ADD COLUMN a int;

-- safe: upper case without quotes is folded
-- about: syntax-or-unknown-object
-- because: ITEMS is items.
ALTER TABLE PUBLIC.ITEMS ADD COLUMN A INT;

-- unsafe: a comment between every two words
-- about: renaming-column
-- because: comments change nothing.
ALTER /* a */ TABLE /* b /* nested */ */ items -- c
  RENAME /* d */ COLUMN name -- e
  TO title;

-- safe: a dangerous statement in a comment
-- about: ban-drop-table
-- because: it is not run.
-- DROP TABLE items;
/* TRUNCATE items; */
ALTER TABLE items ADD COLUMN note text;

-- safe: a dangerous statement in a string
-- about: ban-drop-table
-- because: it is text.
COMMENT ON TABLE items IS 'never DROP TABLE items; nor TRUNCATE items';

-- safe: a dangerous statement in a function that nobody calls
-- about: ban-truncate
-- because: it is defined, not run.
CREATE FUNCTION reset_items() RETURNS void LANGUAGE plpgsql AS $body$
BEGIN
  TRUNCATE items;
  DELETE FROM items;
END
$body$;

-- unsafe: the last statement has no semicolon
-- about: ban-truncate
-- because: it is run all the same.
ALTER TABLE items ADD COLUMN note text;
TRUNCATE items

-- unsafe: several statements on one line
-- about: require-concurrent-index-creation
-- because: the second one blocks writes.
ALTER TABLE items ADD COLUMN note text; CREATE INDEX items_note_idx ON items (note); COMMENT ON COLUMN items.note IS 'n';

-- safe: empty statements
-- about: syntax-error
-- because: nothing happens.
;;
ALTER TABLE items ADD COLUMN note text;
;

-- unsafe: Windows line ends and tabs
-- about: changing-column-type
-- because: rewrite.
ALTER	TABLE	items
	ALTER	COLUMN	price	TYPE	bigint;

-- safe: ONLY and an asterisk
-- about: adding-required-field
-- because: both are allowed.
ALTER TABLE ONLY items ADD COLUMN a1 int;
ALTER TABLE items * ADD COLUMN a2 int;

-- unsafe: a table in a schema that must be quoted
-- about: set-not-null-full-scan
-- because: the table is read under ACCESS EXCLUSIVE.
ALTER TABLE "Shop"."Items" ALTER label SET NOT NULL;

-- unsafe: a schema that is written without its quotes
-- about: syntax-or-unknown-object
-- because: shop does not exist.
-- fails: 3F000
ALTER TABLE Shop.Items ADD COLUMN a int;

-- safe: unicode escapes and dollar quotes
-- about: adding-required-field
-- because: constants of another spelling.
ALTER TABLE items ADD COLUMN label text DEFAULT U&'\00e4', ADD COLUMN descr text DEFAULT $$it's$$;

-- unsafe: a type in another spelling
-- about: changing-column-type
-- because: INT8 is bigint: rewrite.
ALTER TABLE items ALTER COLUMN price SET DATA TYPE INT8;

-- safe: a type in another spelling that is the same
-- about: changing-column-type
-- because: CHARACTER VARYING(20) is varchar(20), which is longer than 10.
ALTER TABLE items ALTER COLUMN code TYPE CHARACTER VARYING ( 20 );

-- unsafe: a type with the name of its schema
-- about: changing-column-type
-- because: pg_catalog.int8 is bigint: rewrite.
ALTER TABLE items ALTER COLUMN price TYPE pg_catalog.int8;

-- unsafe: an UPDATE whose WHERE is in a comment
-- about: update-without-where
-- because: all rows are changed.
UPDATE items SET state = 'x' -- WHERE id = 1
;

-- unsafe: a condition that compares two equal constants
-- about: delete-without-where
-- because: all rows are gone.
DELETE FROM items WHERE 1 = 1;

-- unsafe: EXPLAIN ANALYZE runs what it explains
-- about: delete-without-where
-- because: the rows are gone.
EXPLAIN ANALYZE DELETE FROM items;

-- safe: EXPLAIN alone runs nothing
-- about: delete-without-where
-- because: only a plan is made.
EXPLAIN DELETE FROM items;

-- unsafe: a change in a common table expression
-- about: delete-without-where
-- because: the DELETE is run although a SELECT stands around it.
WITH gone AS (DELETE FROM items RETURNING id) SELECT count(*) FROM gone;

-- safe: a very long list of keys
-- about: unbatched-backfill
-- because: they are few hundred rows by their keys.
UPDATE items SET state = 'x' WHERE id IN (1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30);

-- unsafe: two actions in one ALTER TABLE, the second is bad
-- about: ban-drop-column
-- because: the data is gone.
ALTER TABLE items
  ADD COLUMN note text,
  DROP COLUMN price;

-- safe: IF NOT EXISTS of an index name that another table has
-- about: if-not-exists-masks-drift
-- because: it finds the index that is meant.
CREATE INDEX CONCURRENTLY IF NOT EXISTS items_name_idx ON items (name);

-- unsafe: IF NOT EXISTS of an index name with other columns
-- about: if-not-exists-masks-drift
-- because: nothing is built and nobody is told.
CREATE INDEX CONCURRENTLY IF NOT EXISTS items_name_idx ON items (state);

-- safe: psql variables are not used, RETURNING is
-- about: unbatched-backfill
-- because: one row.
UPDATE items SET state = 'done' WHERE id = 5 RETURNING id, state;

-- unsafe: a command of psql
-- about: syntax-error
-- because: no runner but psql understands it.
-- fails: 42601
\set ON_ERROR_STOP on
ALTER TABLE items ADD COLUMN note text;

-- safe: PREPARE and EXECUTE of a harmless statement
-- about: unbatched-backfill
-- because: one row.
PREPARE one AS UPDATE items SET state = 'x' WHERE id = $1;
EXECUTE one (5);
DEALLOCATE one;

-- unsafe: the keyword TABLE is optional
-- about: ban-truncate
-- because: everything is gone.
TRUNCATE TABLE items;

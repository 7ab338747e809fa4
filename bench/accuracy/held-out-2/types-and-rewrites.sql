create domain positive_int as int check (value > 0);
create domain plain_text as text;
create type mood as enum ('sad', 'ok', 'happy');
create collation if not exists ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
create table products (
  id int primary key, sku varchar(20) not null, name varchar(100), price numeric(8,2) not null, weight real,
  created timestamp without time zone, seen timestamptz, duration interval(3), at_time time(3), code char(4), flags bit varying(8),
  net cidr, note text, qty smallint, ref int, doc json, raw bytea, feeling mood, active boolean, handle text
);
create index products_name_idx on products (name);
create index products_price_idx on products (price);
create table checked (id bigint primary key, label varchar(30) check (label <> ''), body varchar(50));
create table viewed (id bigint primary key, title varchar(40), hits int);
create view viewed_titles as select id, title from viewed;
create table child (id bigserial primary key, product_id int references products (id), label varchar(10));
create function stable_now() returns timestamptz language sql stable as 'select now()';
create function rnd() returns double precision language sql volatile as 'select random()';
create function seven() returns int language sql volatile as 'select 7';
create function tick() returns int language plpgsql volatile as 'begin return 1; end';

-- safe: varchar made longer
-- because: the same bytes, and the index on it needs no rebuild.
ALTER TABLE products ALTER COLUMN name TYPE varchar(255);

-- safe: varchar to text
-- because: binary coercible.
ALTER TABLE products ALTER COLUMN sku TYPE text;

-- safe: text to varchar without a length
-- because: binary coercible, nothing to check.
ALTER TABLE products ALTER COLUMN note TYPE varchar;

-- unsafe: varchar made shorter
-- because: every value is checked under ACCESS EXCLUSIVE and the table rewritten; longer values fail.
ALTER TABLE products ALTER COLUMN name TYPE varchar(50);

-- unsafe: text to varchar with a length
-- because: every row is rewritten.
ALTER TABLE products ALTER COLUMN note TYPE varchar(500);

-- safe: numeric with more digits and the same scale
-- because: numeric(8,2) values are valid numeric(12,2).
ALTER TABLE products ALTER COLUMN price TYPE numeric(12,2);

-- unsafe: numeric with another scale
-- because: values are rounded to another scale, the table is rewritten.
ALTER TABLE products ALTER COLUMN price TYPE numeric(12,4);

-- safe: numeric without limits
-- because: every numeric(8,2) is a numeric.
ALTER TABLE products ALTER COLUMN price TYPE numeric;

-- unsafe: numeric with the scale taken away
-- because: cents are lost and the table is rewritten.
ALTER TABLE products ALTER COLUMN price TYPE numeric(12,0);

-- unsafe: int key widened
-- because: int4 and int8 differ in size: full rewrite under ACCESS EXCLUSIVE.
ALTER TABLE "products" ALTER COLUMN "id" SET DATA TYPE bigint;

-- unsafe: smallint to int
-- because: another size, full rewrite.
ALTER TABLE products ALTER qty TYPE integer;

-- unsafe: bigint to int
-- because: rewrite, and values over two thousand million fail.
ALTER TABLE child ALTER COLUMN id TYPE int;

-- unsafe: timestamp to timestamptz with a zone
-- because: an expression, so a rewrite.
ALTER TABLE products ALTER COLUMN created TYPE timestamptz USING created AT TIME ZONE 'Europe/Berlin';

-- unsafe: timestamptz to date
-- because: rewrite and loss of the time of day.
ALTER TABLE products ALTER COLUMN seen TYPE date;

-- safe: interval with more precision
-- because: interval(3) values are valid interval(6).
ALTER TABLE products ALTER COLUMN duration TYPE interval(6);

-- safe: time with more precision
-- because: time(3) values are valid time(6).
ALTER TABLE products ALTER COLUMN at_time TYPE time(6);

-- unsafe: timestamp with less precision
-- because: values are rounded, the table is rewritten.
ALTER TABLE products ALTER COLUMN created TYPE timestamp(0);

-- unsafe: char made longer
-- because: char(n) is padded, every value changes.
ALTER TABLE products ALTER COLUMN code TYPE char(8);

-- unsafe: char to text
-- because: trailing blanks are cut by a function, the table is rewritten.
ALTER TABLE products ALTER COLUMN code TYPE text;

-- safe: bit string made longer
-- because: varbit(8) values are valid varbit(16).
ALTER TABLE products ALTER COLUMN flags TYPE bit varying(16);

-- safe: cidr to inet
-- because: binary coercible and there is no index on it.
ALTER TABLE products ALTER COLUMN net TYPE inet;

-- unsafe: json to jsonb
-- because: every document is parsed again, full rewrite.
ALTER TABLE products ALTER COLUMN doc TYPE jsonb USING doc::jsonb;

-- unsafe: text to enum
-- because: every value is converted.
ALTER TABLE products ALTER COLUMN note TYPE mood USING note::mood;

-- unsafe: enum to text
-- because: enum values are stored as identities: rewrite.
ALTER TABLE products ALTER COLUMN feeling TYPE text;

-- safe: type that the column already has
-- because: nothing changes on disk.
ALTER TABLE products ALTER COLUMN price TYPE numeric(8,2), ALTER COLUMN name TYPE character varying(100);

-- unsafe: varchar longer, with a check on the column
-- because: the check is verified again by a scan under ACCESS EXCLUSIVE.
ALTER TABLE checked ALTER COLUMN label TYPE varchar(60);

-- safe: varchar longer, with a check on another column only
-- because: the check does not use the column.
ALTER TABLE checked ALTER COLUMN body TYPE varchar(100);

-- unsafe: type of a column that a view shows
-- because: PostgreSQL refuses while the view uses it.
-- fails: 0A000
ALTER TABLE viewed ALTER COLUMN title TYPE text;

-- safe: type of a column that the view does not show
-- because: the table rewrite is not needed and the view does not read it.
-- given
alter table viewed add column memo varchar(10);
-- migration
ALTER TABLE viewed ALTER COLUMN memo TYPE varchar(64);

-- unsafe: another collation with an index on the column
-- because: the index is rebuilt under ACCESS EXCLUSIVE.
ALTER TABLE products ALTER COLUMN name TYPE varchar(100) COLLATE "C";

-- unsafe: int to text
-- because: the default cast of int to text rewrites.
ALTER TABLE products ALTER COLUMN ref TYPE text USING ref::text;

-- unsafe: cast that does not exist
-- because: text does not cast to integer by assignment.
-- fails: 42804
ALTER TABLE products ALTER COLUMN handle TYPE integer;

-- safe: text to an unconstrained domain over text
-- because: the domain has no constraint and the same representation.
ALTER TABLE products ALTER COLUMN note TYPE plain_text;

-- unsafe: column of a constrained domain
-- because: adding it rewrites the table, though there is no default.
ALTER TABLE products ADD COLUMN min_order positive_int;

-- safe: column of a domain without a constraint
-- because: no rewrite and nothing to check.
ALTER TABLE products ADD COLUMN summary plain_text;

-- safe: column of the domain's base type
-- because: of the catalog alone.
ALTER TABLE products ADD COLUMN min_order integer;

-- unsafe: default of random uuids
-- because: gen_random_uuid() is volatile: each row gets its own, full rewrite.
ALTER TABLE products ADD COLUMN public_id uuid NOT NULL DEFAULT gen_random_uuid();

-- safe: default set apart from the column
-- because: only new rows get one.
ALTER TABLE products ADD COLUMN public_id uuid;
ALTER TABLE products ALTER COLUMN public_id SET DEFAULT gen_random_uuid();

-- safe: constant default
-- because: kept in the catalog since 11.
ALTER TABLE products ADD COLUMN stock_state text NOT NULL DEFAULT 'in_stock';

-- safe: stable function of the schema as default
-- because: evaluated once.
ALTER TABLE products ADD COLUMN imported_at timestamptz DEFAULT stable_now();

-- unsafe: volatile sql function as default
-- because: inlines to random(), which is volatile.
ALTER TABLE products ADD COLUMN lottery double precision DEFAULT rnd();

-- safe: volatile sql function whose body is a constant
-- because: it is inlined to 7, no rewrite.
ALTER TABLE products ADD COLUMN lucky int DEFAULT seven();

-- unsafe: volatile plpgsql function as default
-- because: called for each row.
ALTER TABLE products ADD COLUMN ticks int DEFAULT tick();

-- unsafe: clock of each row
-- because: clock_timestamp() is volatile.
ALTER TABLE "products" ADD COLUMN "synced_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL;

-- unsafe: serial column
-- because: nextval for each row.
ALTER TABLE checked ADD COLUMN position serial;

-- unsafe: identity column
-- because: numbers every row, full rewrite.
ALTER TABLE checked ADD COLUMN "seq" bigint GENERATED BY DEFAULT AS IDENTITY;

-- unsafe: stored generated column
-- because: computed for every row, full rewrite.
ALTER TABLE products ADD COLUMN search tsvector GENERATED ALWAYS AS (to_tsvector('english', coalesce(note, ''))) STORED;

-- safe: virtual generated column
-- because: computed when read, nothing is written.
ALTER TABLE products ADD COLUMN gross numeric GENERATED ALWAYS AS (price * 1.19) VIRTUAL;

-- unsafe: constant default on an old server
-- because: before 11 any default rewrote the table.
-- server: 10
ALTER TABLE products ADD COLUMN state text DEFAULT 'new';

-- safe: empty array and json defaults
-- because: constants.
ALTER TABLE "products" ADD COLUMN "tags" text[] DEFAULT '{}'::text[] NOT NULL, ADD COLUMN "meta" jsonb DEFAULT '{}'::jsonb NOT NULL;

-- safe: default computed from constants
-- because: immutable and stable parts are evaluated once.
ALTER TABLE products ADD COLUMN review_by date DEFAULT (current_date + interval '30 days');

-- unsafe: default of the wrong type
-- because: not a number.
-- fails: 22P02
ALTER TABLE products ADD COLUMN rank integer DEFAULT 'first';

-- unsafe: table made unlogged
-- because: the table is rewritten and emptied after a crash.
-- fails: 42P16
ALTER TABLE products SET UNLOGGED;

-- unsafe: expression of a generated column replaced
-- because: every row is computed again.
-- given
create table gen (id bigint primary key, a int, b int generated always as (a * 2) stored);
-- migration
ALTER TABLE gen ALTER COLUMN b SET EXPRESSION AS (a * 3);

-- safe: expression dropped
-- because: values stay as they are, of the catalog alone.
-- given
create table gen (id bigint primary key, a int, b int generated always as (a * 2) stored);
-- migration
ALTER TABLE gen ALTER COLUMN b DROP EXPRESSION;

-- safe: another storage strategy
-- because: concerns values written later.
ALTER TABLE products ALTER COLUMN raw SET STORAGE EXTERNAL;

-- safe: another compression
-- because: concerns values written later.
ALTER TABLE products ALTER COLUMN note SET COMPRESSION pglz;

-- safe: type changed in a table of the same file
-- because: it is empty.
CREATE TABLE tmp_scores (id int, score int);
ALTER TABLE tmp_scores ALTER COLUMN id TYPE bigint, ALTER COLUMN score TYPE numeric(10,2);

-- unsafe: referencing column widened alone, with its foreign key
-- because: rewrite, and the foreign key is checked again.
ALTER TABLE child ALTER COLUMN product_id TYPE bigint;

-- safe: timestamptz to timestamptz with full precision
-- because: timestamptz(6) holds the same values.
ALTER TABLE products ALTER COLUMN seen TYPE timestamptz(6);

-- unsafe: boolean from text
-- because: every value converted.
ALTER TABLE products ALTER COLUMN handle TYPE boolean USING (handle = 'yes');

-- safe: column added if it is not there, and it is
-- because: nothing is done, and the type is the same.
ALTER TABLE products ADD COLUMN IF NOT EXISTS note text;

-- unsafe: column added that is there
-- because: PostgreSQL refuses.
-- fails: 42701
ALTER TABLE products ADD COLUMN note text;

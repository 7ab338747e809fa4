create schema crm;
set search_path = crm, public;
create table crm.contacts (
  id bigint generated always as identity primary key,
  email varchar(200) not null,
  name text,
  zip varchar(10),
  owner bigint,
  age smallint,
  created timestamptz not null default now(),
  constraint age_known check (age is not null and age > 0)
);
alter table crm.contacts add constraint zip_short check (length(zip) < 9) not valid;
create unique index contacts_email on crm.contacts (email);
create index contacts_dead on crm.contacts (age) where false;
create table crm.owners (id bigint primary key, name text not null);
create table crm.deals (id bigint not null, contact bigint not null, amount numeric(12,2) not null, state text not null default 'new');
create unique index deals_id on crm.deals (id);
create type crm.empty_pair as (a int, b int);
create domain crm.free as text;
create domain crm.strict as text check (value <> '');
create view crm.names as select id, name from crm.contacts;
create function crm.one() returns int language sql immutable as 'select 1';
create function crm.stable_now() returns timestamptz language sql stable as 'select now()';
create table crm.tree (id bigint primary key, parent bigint) partition by hash (id);
create sequence crm.s owned by crm.deals.id;
set search_path = public;

-- safe: SET NOT NULL behind a check with another condition
-- because: the valid check implies it.
ALTER TABLE crm.contacts ALTER COLUMN age SET NOT NULL;

-- safe: SET NOT NULL on what is the primary key
-- because: it is not null.
ALTER TABLE crm.owners ALTER COLUMN id SET NOT NULL;

-- safe: a primary key from an index on a column that is not null
-- because: nothing is scanned.
ALTER TABLE crm.deals ADD CONSTRAINT deals_pk PRIMARY KEY USING INDEX deals_id;

-- safe: varchar(10) to varchar(40)
-- because: the schema shows it was shorter.
ALTER TABLE crm.contacts ALTER COLUMN zip TYPE varchar(40);

-- safe: to text, an index is on it
-- because: the index is kept.
ALTER TABLE crm.contacts ALTER COLUMN email TYPE text;

-- safe: numeric(12,2) to numeric(20,2)
-- because: the scale stays.
ALTER TABLE crm.deals ALTER COLUMN amount TYPE numeric(20,2);

-- safe: the type it has
-- because: nothing changes.
ALTER TABLE crm.contacts ALTER COLUMN zip TYPE varchar(10);

-- safe: an own immutable function as default
-- because: the catalog says that it is immutable.
ALTER TABLE crm.contacts ADD COLUMN level int NOT NULL DEFAULT crm.one();

-- safe: an own stable function as default
-- because: the catalog says that it is stable.
ALTER TABLE crm.contacts ADD COLUMN touched timestamptz DEFAULT crm.stable_now();

-- safe: a domain without a constraint
-- because: the catalog says that it has none.
ALTER TABLE crm.contacts ADD COLUMN remark crm.free;

-- safe: a domain with a constraint, in a table made just now
-- because: the table is empty.
CREATE TABLE crm.labels (id int PRIMARY KEY);
ALTER TABLE crm.labels ADD COLUMN label crm.strict NOT NULL DEFAULT 'x';

-- safe: an index on a partitioned table that has no partition
-- because: nothing is built.
CREATE INDEX tree_parent ON crm.tree (parent);

-- safe: a key on a partitioned table that has no partition
-- because: nothing is built.
ALTER TABLE crm.tree ADD CONSTRAINT parent_u UNIQUE (id, parent);

-- safe: a type attribute dropped that no table has
-- because: no value is lost.
ALTER TYPE crm.empty_pair DROP ATTRIBUTE b;

-- safe: a column dropped that was made a statement before, under another name
-- because: the simulation follows the name.
ALTER TABLE crm.contacts ADD COLUMN a1 text;
ALTER TABLE crm.contacts RENAME COLUMN a1 TO a2;
ALTER TABLE crm.contacts DROP COLUMN a2;

-- safe: a new table renamed, indexed, keyed
-- because: it is of this migration whatever it is called.
CREATE TABLE crm.t1 (id bigint, contact bigint);
ALTER TABLE crm.t1 RENAME TO t2;
ALTER TABLE crm.t2 ADD PRIMARY KEY (id);
CREATE INDEX ON crm.t2 (contact);
ALTER TABLE crm.t2 ADD FOREIGN KEY (contact) REFERENCES crm.t2 (id);

-- safe: a table of a new schema
-- because: both are new.
CREATE SCHEMA staging;
CREATE TABLE staging.rows (id int, t text);
CREATE UNIQUE INDEX rows_id ON staging.rows (id);
DROP SCHEMA staging CASCADE;

-- safe: a column whose name only another table has
-- because: the column is new here.
ALTER TABLE crm.deals ADD COLUMN email text;

-- safe: search path leads to the table
-- because: contacts is found in crm.
SET search_path TO crm;
ALTER TABLE contacts ADD COLUMN fax text;

-- safe: an update by the unique key
-- because: one row.
UPDATE crm.contacts SET name = 'x' WHERE email = 'a@example.org';

-- safe: a delete by the primary key
-- because: one row.
DELETE FROM crm.owners WHERE id = 7;

-- safe: validation of the constraint that is there
-- because: SHARE UPDATE EXCLUSIVE.
ALTER TABLE crm.contacts VALIDATE CONSTRAINT zip_short;

-- safe: an index that serves a foreign key that comes after
-- because: concurrently, not valid, then validated.
CREATE INDEX CONCURRENTLY contacts_owner ON crm.contacts (owner);
ALTER TABLE crm.contacts ADD CONSTRAINT contacts_owner_fk FOREIGN KEY (owner) REFERENCES crm.owners NOT VALID;
ALTER TABLE crm.contacts VALIDATE CONSTRAINT contacts_owner_fk;

-- safe: a materialized view made without data, indexed, filled
-- because: nobody reads it yet.
CREATE MATERIALIZED VIEW crm.by_zip AS SELECT zip, count(*) FROM crm.contacts GROUP BY zip WITH NO DATA;
CREATE UNIQUE INDEX by_zip_key ON crm.by_zip (zip);

-- safe: a policy in a table made now
-- because: nobody reads it.
CREATE TABLE crm.private (id bigint PRIMARY KEY, who text NOT NULL DEFAULT current_user);
ALTER TABLE crm.private ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- safe: truncated and dropped: a temporary table with the name of a table
-- because: the temporary one is found first.
SET search_path = crm;
CREATE TEMP TABLE deals (id int);
TRUNCATE deals;
DROP TABLE deals;

-- unsafe: dropping a not valid constraint
-- because: new rows are not checked any more.
ALTER TABLE crm.contacts DROP CONSTRAINT zip_short;

-- safe: a view that gains a column, by OR REPLACE
-- because: what was there stays where it was.
CREATE OR REPLACE VIEW crm.names AS SELECT id, name, email FROM crm.contacts;

-- safe: a partition of a partitioned table that is empty
-- because: no default partition, no rows.
CREATE TABLE crm.tree_0 PARTITION OF crm.tree FOR VALUES WITH (MODULUS 4, REMAINDER 0);

-- safe: a table partitioned by a new one, loaded by hand
-- because: all new.
CREATE TABLE crm.log (at date NOT NULL, t text) PARTITION BY RANGE (at);
CREATE TABLE crm.log_old (at date NOT NULL, t text);
ALTER TABLE crm.log ATTACH PARTITION crm.log_old FOR VALUES FROM (MINVALUE) TO ('2026-01-01');
CREATE TABLE crm.log_default PARTITION OF crm.log DEFAULT;

-- safe: a unique constraint through an index with another name
-- because: the index is there; it is renamed.
CREATE UNIQUE INDEX CONCURRENTLY tmp_deals ON crm.deals (contact, id);
ALTER TABLE crm.deals ADD CONSTRAINT deals_contact_id UNIQUE USING INDEX tmp_deals;

-- safe: DO that adds a column if it is not there
-- because: what it runs is safe.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = 'crm' AND table_name = 'deals' AND column_name = 'note') THEN
    ALTER TABLE crm.deals ADD COLUMN note text;
  END IF;
END $$;

-- safe: a default for a column that is filled by code
-- because: for new rows only.
ALTER TABLE crm.deals ALTER COLUMN state SET DEFAULT 'open', ALTER COLUMN amount SET DEFAULT 0;

-- safe: an identity for a column that is not null, on a table made now
-- because: empty.
CREATE TABLE crm.seqd (id bigint NOT NULL);
ALTER TABLE crm.seqd ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;

-- safe: an index dropped and made on the same new table
-- because: empty.
CREATE TABLE crm.ix (id int);
CREATE INDEX ix_id ON crm.ix (id);
DROP INDEX crm.ix_id;

-- safe: a statement within EXPLAIN only
-- because: it is planned, not run.
EXPLAIN DELETE FROM crm.contacts WHERE id < 100;

-- safe: a cast in a check that is not valid on a column that is there
-- because: not scanned.
ALTER TABLE crm.deals ADD CONSTRAINT state_known CHECK (state = ANY (ARRAY['new'::text, 'won', 'lost'])) NOT VALID;

-- safe: many new tables that refer to each other
-- because: all empty.
CREATE TABLE crm.a (id int PRIMARY KEY);
CREATE TABLE crm.b (id int PRIMARY KEY, a int REFERENCES crm.a ON DELETE CASCADE);
ALTER TABLE crm.a ADD COLUMN b int;
ALTER TABLE crm.a ADD CONSTRAINT a_b FOREIGN KEY (b) REFERENCES crm.b DEFERRABLE INITIALLY DEFERRED;

-- safe: a generated column stored in a new table
-- because: empty.
CREATE TABLE crm.rect (w int NOT NULL, h int NOT NULL);
ALTER TABLE crm.rect ADD COLUMN area int GENERATED ALWAYS AS (w * h) STORED;

-- safe: renamed within a table of this migration
-- because: nobody knows the names.
CREATE TABLE crm.draft (id int, nme text);
ALTER TABLE crm.draft RENAME COLUMN nme TO name;

-- safe: rows inserted from a VALUES list into a table that is there
-- because: two rows.
INSERT INTO crm.owners (id, name) VALUES (1, 'first'), (2, 'second') ON CONFLICT (id) DO UPDATE SET name = excluded.name;

-- safe: a function made and a trigger on a table made now
-- because: nobody waits.
CREATE FUNCTION crm.mark() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN NEW.t := 'x'; RETURN NEW; END $f$;
CREATE TABLE crm.marked (id int, t text);
CREATE TRIGGER m BEFORE INSERT ON crm.marked FOR EACH ROW EXECUTE FUNCTION crm.mark();

-- safe: what was not null loses it on a table of the same migration
-- because: new.
CREATE TABLE crm.opt (id int NOT NULL);
ALTER TABLE crm.opt ALTER COLUMN id DROP NOT NULL;

-- safe: an enum of this migration renamed and extended
-- because: new.
CREATE TYPE crm.mood AS ENUM ('ok');
ALTER TYPE crm.mood RENAME VALUE 'ok' TO 'fine';
ALTER TYPE crm.mood ADD VALUE 'bad';

-- safe: begin, everything new, commit
-- because: new objects only.
BEGIN;
CREATE TABLE crm.x (id int PRIMARY KEY, y text);
CREATE INDEX ON crm.x (y);
ALTER TABLE crm.x ADD CHECK (y <> '');
INSERT INTO crm.x VALUES (1, 'a');
COMMIT;

-- unsafe: SET NOT NULL where the check is about another column
-- because: nothing implies it.
ALTER TABLE crm.contacts ALTER COLUMN zip SET NOT NULL;

-- unsafe: a domain with a check for a column that is there
-- because: every row is looked at.
ALTER TABLE crm.deals ALTER COLUMN state TYPE crm.strict;

-- unsafe: search path leads nowhere
-- fails: 42P01
-- because: contacts is not in public.
SET search_path TO public;
ALTER TABLE contacts ADD COLUMN fax text;

-- unsafe: an index with the name of one in the same schema
-- fails: 42P07
-- because: taken.
CREATE INDEX CONCURRENTLY deals_id ON crm.contacts (owner);

-- unsafe: a foreign key on the wrong type
-- fails: 42804
-- because: text to bigint.
ALTER TABLE crm.contacts ADD CONSTRAINT x FOREIGN KEY (name) REFERENCES crm.owners NOT VALID;

-- unsafe: a sequence dropped whose column is the owner only, used by clients
-- because: calls of nextval fail.
DROP SEQUENCE crm.s;

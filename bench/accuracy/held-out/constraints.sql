create table accounts (id bigint primary key, owner text not null, iban text, balance numeric not null default 0, branch int, opened date);
create table branches (id int primary key, name text not null unique, city text);
create table entries (
  id bigint generated always as identity primary key,
  account bigint not null references accounts (id),
  amount numeric not null,
  booked date not null,
  valid_from date,
  valid_to date,
  room int
);
create table transfers (id bigint, source bigint, target bigint, constraint transfers_source_fk foreign key (source) references accounts not valid);
create table sizes (id int primary key, wide bigint);
create table holdings (account bigint not null, paper text not null, n int, constraint holdings_n check (n > 0), constraint holdings_key unique (account, paper));
create table ledger (id bigint, y int not null, account bigint) partition by list (y);
create table ledger_1 partition of ledger for values in (1);
create extension if not exists btree_gist;

-- safe: a check that is not valid yet
-- because: no row is read.
ALTER TABLE accounts ADD CONSTRAINT balance_floor CHECK (balance >= -1000) NOT VALID;

-- safe: validated later
-- because: validation lets rows be read and written.
-- given
alter table accounts add constraint balance_floor check (balance > -1000) not valid;
-- migration
ALTER TABLE accounts VALIDATE CONSTRAINT balance_floor;

-- safe: not valid and validate in two transactions
-- because: the strong lock is gone before the scan.
BEGIN;
ALTER TABLE accounts ADD CONSTRAINT iban_length CHECK (length(iban) <= 34) NOT VALID;
COMMIT;
BEGIN;
ALTER TABLE accounts VALIDATE CONSTRAINT iban_length;
COMMIT;

-- safe: a foreign key not valid, then validated by itself
-- because: short locks, then a scan that lets writes go on.
ALTER TABLE accounts ADD CONSTRAINT accounts_branch FOREIGN KEY (branch) REFERENCES branches (id) NOT VALID;
ALTER TABLE accounts VALIDATE CONSTRAINT accounts_branch;

-- safe: a foreign key validated that was there
-- because: SHARE UPDATE EXCLUSIVE and ROW SHARE only.
ALTER TABLE transfers VALIDATE CONSTRAINT transfers_source_fk;

-- safe: validating what is valid
-- because: nothing to do.
ALTER TABLE holdings VALIDATE CONSTRAINT holdings_n;

-- unsafe: a check dropped
-- because: the lock is short, but rows that it kept out can come in.
ALTER TABLE holdings DROP CONSTRAINT holdings_n;

-- safe: a constraint dropped that is not there
-- because: IF EXISTS makes it a notice.
ALTER TABLE holdings DROP CONSTRAINT IF EXISTS holdings_gone;

-- safe: a constraint renamed
-- because: a change in the catalog alone, few clients name constraints.
ALTER TABLE holdings RENAME CONSTRAINT holdings_n TO holdings_positive;

-- safe: every kind of constraint in CREATE TABLE
-- because: the table is empty.
CREATE TABLE cards (
  id bigint PRIMARY KEY,
  number text NOT NULL UNIQUE CHECK (length(number) = 16),
  during daterange,
  EXCLUDE USING gist (number WITH =, during WITH &&)
);

-- safe: a check on a table made just before
-- because: the table is empty.
CREATE TABLE pins (id bigint PRIMARY KEY, pin text);
ALTER TABLE pins ADD CONSTRAINT pin_length CHECK (length(pin) = 4);
ALTER TABLE pins ADD UNIQUE (pin);

-- safe: a primary key from a unique index that is there, columns not null
-- because: nothing is scanned and nothing built.
-- given
create table tokens (id bigint not null, t text);
create unique index tokens_id on tokens (id);
-- migration
ALTER TABLE tokens ADD CONSTRAINT tokens_pkey PRIMARY KEY USING INDEX tokens_id;

-- safe: constraint made deferrable
-- because: a change in the catalog alone.
ALTER TABLE entries ALTER CONSTRAINT entries_account_fkey DEFERRABLE INITIALLY DEFERRED;

-- safe: a new table with a self reference
-- because: the table is empty.
CREATE TABLE nodes (id bigint PRIMARY KEY, parent bigint REFERENCES nodes);

-- safe: a not enforced check on 18
-- server: 18
-- because: nothing is checked.
ALTER TABLE accounts ADD CONSTRAINT opened_late CHECK (opened > '1900-01-01') NOT ENFORCED;

-- safe: dropped and put back not valid
-- because: short locks, no scan.
ALTER TABLE holdings DROP CONSTRAINT holdings_n;
ALTER TABLE holdings ADD CONSTRAINT holdings_n CHECK (n >= 0) NOT VALID;

-- safe: a domain gets a constraint that is not valid
-- because: no column is looked at.
-- given
create domain tel as text;
create table phones (t tel);
-- migration
ALTER DOMAIN tel ADD CONSTRAINT tel_short CHECK (length(value) < 20) NOT VALID;

-- safe: a domain nobody uses gets a constraint
-- because: there is no column to look at.
-- given
create domain unused as text;
-- migration
ALTER DOMAIN unused ADD CONSTRAINT u CHECK (value <> '');

-- unsafe: a check
-- because: every row is read under ACCESS EXCLUSIVE.
ALTER TABLE accounts ADD CONSTRAINT balance_floor CHECK (balance >= -1000);

-- unsafe: a check without a name
-- because: every row is read under ACCESS EXCLUSIVE.
ALTER TABLE accounts ADD CHECK (opened > '1900-01-01');

-- unsafe: not valid and validated in one transaction
-- because: the strong lock stays for the scan.
BEGIN;
ALTER TABLE accounts ADD CONSTRAINT iban_length CHECK (length(iban) <= 34) NOT VALID;
ALTER TABLE accounts VALIDATE CONSTRAINT iban_length;
COMMIT;

-- unsafe: not valid and validated in one file that runs in a transaction
-- transaction: file
-- because: the strong lock stays for the scan.
ALTER TABLE accounts ADD CONSTRAINT accounts_branch FOREIGN KEY (branch) REFERENCES branches NOT VALID;
ALTER TABLE accounts VALIDATE CONSTRAINT accounts_branch;

-- unsafe: a foreign key
-- because: both tables are locked against writes while every row is looked up.
ALTER TABLE accounts ADD CONSTRAINT accounts_branch FOREIGN KEY (branch) REFERENCES branches (id);

-- unsafe: a foreign key with cascade
-- because: locks both.
ALTER TABLE transfers ADD FOREIGN KEY (target) REFERENCES accounts ON DELETE CASCADE;

-- unsafe: a column with a reference and a default
-- because: every row is looked up under the lock.
ALTER TABLE accounts ADD COLUMN home int DEFAULT 1 REFERENCES branches (id);

-- unsafe: a foreign key to what is not unique
-- fails: 42830
-- because: there is no unique constraint on the column.
ALTER TABLE accounts ADD CONSTRAINT f FOREIGN KEY (owner) REFERENCES branches (city) NOT VALID;

-- unsafe: a foreign key of types that do not compare
-- fails: 42804
-- because: text against int.
ALTER TABLE accounts ADD CONSTRAINT f FOREIGN KEY (owner) REFERENCES branches (id) NOT VALID;

-- unsafe: a foreign key to a table that is not there
-- fails: 42P01
-- because: it fails.
ALTER TABLE accounts ADD CONSTRAINT f FOREIGN KEY (branch) REFERENCES offices (id) NOT VALID;

-- unsafe: a unique constraint
-- because: builds an index under ACCESS EXCLUSIVE.
ALTER TABLE accounts ADD CONSTRAINT accounts_iban UNIQUE (iban);

-- unsafe: a primary key
-- because: builds an index under ACCESS EXCLUSIVE and scans for nulls.
ALTER TABLE transfers ADD PRIMARY KEY (id);

-- unsafe: a primary key from an index over nullable columns
-- because: SET NOT NULL scans the table under ACCESS EXCLUSIVE.
-- given
create unique index transfers_id on transfers (id);
-- migration
ALTER TABLE transfers ADD CONSTRAINT transfers_pkey PRIMARY KEY USING INDEX transfers_id;

-- unsafe: an exclusion constraint
-- because: builds an index under ACCESS EXCLUSIVE; it cannot be taken over.
ALTER TABLE entries ADD CONSTRAINT room_once EXCLUDE USING gist (room WITH =, daterange(valid_from, valid_to) WITH &&);

-- unsafe: a second primary key
-- fails: 42P16
-- because: there is one.
ALTER TABLE accounts ADD PRIMARY KEY (owner);

-- unsafe: the primary key dropped that foreign keys use
-- fails: 2BP01
-- because: foreign keys depend on it.
ALTER TABLE accounts DROP CONSTRAINT accounts_pkey;

-- unsafe: the primary key dropped with cascade
-- because: foreign keys of other tables go with it.
ALTER TABLE accounts DROP CONSTRAINT accounts_pkey CASCADE;

-- unsafe: a constraint dropped that is not there, without IF EXISTS
-- fails: 42704
-- because: it fails.
ALTER TABLE holdings DROP CONSTRAINT holdings_gone;

-- unsafe: a constraint name that is taken
-- fails: 42710
-- because: it is there.
ALTER TABLE holdings ADD CONSTRAINT holdings_n CHECK (n < 5) NOT VALID;

-- unsafe: a domain constraint on a domain in use
-- because: every table with such a column is scanned.
-- given
create domain tel as text;
create table phones (t tel);
-- migration
ALTER DOMAIN tel ADD CONSTRAINT tel_short CHECK (length(value) < 20);

-- unsafe: a domain set not null
-- because: every table with such a column is scanned, and null values fail.
-- given
create domain tel as text;
create table phones (t tel);
-- migration
ALTER DOMAIN tel SET NOT NULL;

-- unsafe: a foreign key not valid from a partitioned table before 18
-- server: 16
-- because: not supported there.
ALTER TABLE ledger ADD CONSTRAINT ledger_account FOREIGN KEY (account) REFERENCES accounts NOT VALID;

-- unsafe: a unique key on a partitioned table without the key of the partitions
-- fails: 0A000
-- because: the partition key must be in it.
ALTER TABLE ledger ADD UNIQUE (id);

-- unsafe: a wrong column in a check
-- fails: 42703
-- because: it fails.
ALTER TABLE accounts ADD CONSTRAINT c CHECK (amount > 0) NOT VALID;

-- unsafe: a not valid unique constraint
-- fails: 0A000
-- because: unique constraints cannot be NOT VALID.
ALTER TABLE accounts ADD CONSTRAINT u UNIQUE (iban) NOT VALID;

-- unsafe: a subquery in a check
-- fails: 0A000
-- because: not supported.
ALTER TABLE accounts ADD CONSTRAINT c CHECK (branch IN (SELECT id FROM branches)) NOT VALID;

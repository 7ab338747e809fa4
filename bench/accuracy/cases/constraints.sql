create table accounts (
  id bigint generated always as identity primary key,
  owner text,
  balance numeric(12,2) not null default 0,
  currency text,
  opened_on date not null,
  constraint balance_sane check (balance > -1000000)
);
create table payments (id bigint primary key, account_id bigint not null, amount numeric, state text,
  constraint state_known check (state in ('new', 'paid')) not valid);
create table rates (base text not null, quote text not null, rate numeric, at date not null);
create unique index rates_key on rates (base, quote, at);
create table logs (id bigint, line text);
create unique index logs_id_key on logs (id);
create table visits (id bigint, at timestamptz);
create table rooms (id bigint primary key, during tstzrange not null);
create table proven (id bigint primary key, email text, phone text, city text,
  constraint email_there check (email is not null),
  constraint phone_and_city check (phone is not null and city is not null));
create table half_proven (id bigint primary key, email text);
alter table half_proven add constraint email_there check (email is not null) not valid;

-- unsafe: a CHECK on an old table
-- about: adding-check-constraint
-- because: ACCESS EXCLUSIVE while all rows are read.
ALTER TABLE accounts ADD CONSTRAINT currency_short CHECK (length(currency) = 3);

-- unsafe: an unnamed CHECK
-- about: adding-check-constraint
-- because: the same without a name.
alter table accounts add check (opened_on > date '1970-01-01');

-- unsafe: two CHECKs, one of them validated at once
-- about: adding-check-constraint
-- because: NOT VALID belongs to one of them only.
ALTER TABLE accounts
  ADD CONSTRAINT a CHECK (balance < 1e9) NOT VALID,
  ADD CONSTRAINT b CHECK (currency <> '');

-- safe: a CHECK that is not validated
-- about: adding-check-constraint
-- because: nothing is read.
ALTER TABLE accounts ADD CONSTRAINT currency_short CHECK (length(currency) = 3) NOT VALID;

-- safe: validation of a constraint of an earlier migration
-- about: validate-constraint-in-same-transaction
-- because: SHARE UPDATE EXCLUSIVE while the rows are read.
ALTER TABLE payments VALIDATE CONSTRAINT state_known;

-- safe: NOT VALID and VALIDATE, each on its own
-- about: validate-constraint-in-same-transaction
-- because: the strong lock is gone before the rows are read.
ALTER TABLE accounts ADD CONSTRAINT currency_short CHECK (length(currency) = 3) NOT VALID;
ALTER TABLE accounts VALIDATE CONSTRAINT currency_short;

-- unsafe: NOT VALID and VALIDATE in one transaction
-- about: validate-constraint-in-same-transaction
-- because: ACCESS EXCLUSIVE is held while the rows are read.
BEGIN;
ALTER TABLE accounts ADD CONSTRAINT currency_short CHECK (length(currency) = 3) NOT VALID;
ALTER TABLE accounts VALIDATE CONSTRAINT currency_short;
COMMIT;

-- unsafe: NOT VALID and VALIDATE in a file that the runner wraps
-- about: validate-constraint-in-same-transaction
-- because: the runner makes it one transaction.
-- transaction: file
ALTER TABLE accounts ADD CONSTRAINT currency_short CHECK (length(currency) = 3) NOT VALID;
ALTER TABLE accounts VALIDATE CONSTRAINT currency_short;

-- safe: NOT VALID and VALIDATE in two transactions
-- about: validate-constraint-in-same-transaction
-- because: the lock ends with the first.
BEGIN;
ALTER TABLE accounts ADD CONSTRAINT currency_short CHECK (length(currency) = 3) NOT VALID;
COMMIT;
BEGIN;
ALTER TABLE accounts VALIDATE CONSTRAINT currency_short;
COMMIT;

-- safe: a CHECK on a new table
-- about: adding-check-constraint
-- because: there are no rows.
CREATE TABLE fees (id bigint primary key, amount numeric);
ALTER TABLE fees ADD CONSTRAINT amount_positive CHECK (amount > 0);

-- safe: a CHECK that is not enforced
-- about: not-enforced-constraint
-- because: nothing is read and nothing is refused.
-- server: 18
ALTER TABLE accounts ADD CONSTRAINT currency_short CHECK (length(currency) = 3) NOT ENFORCED;

-- unsafe: SET NOT NULL
-- about: set-not-null-full-scan
-- because: ACCESS EXCLUSIVE while all rows are read.
ALTER TABLE accounts ALTER COLUMN owner SET NOT NULL;

-- unsafe: SET NOT NULL on two columns
-- about: set-not-null-full-scan
-- because: the table is read under ACCESS EXCLUSIVE.
ALTER TABLE accounts ALTER owner SET NOT NULL, ALTER COLUMN "currency" SET NOT NULL;

-- safe: SET NOT NULL where a validated CHECK proves it
-- about: set-not-null-full-scan
-- because: since 12 the proof spares the scan.
ALTER TABLE proven ALTER COLUMN email SET NOT NULL;

-- safe: SET NOT NULL proved by a CHECK with AND
-- about: set-not-null-full-scan
-- because: each part of a conjunction is a proof.
ALTER TABLE proven ALTER COLUMN phone SET NOT NULL, ALTER COLUMN city SET NOT NULL;

-- safe: SET NOT NULL and then the helper goes
-- about: set-not-null-full-scan, drop-constraint
-- because: NOT NULL keeps what the CHECK promised.
ALTER TABLE proven ALTER COLUMN email SET NOT NULL;
ALTER TABLE proven DROP CONSTRAINT email_there;

-- unsafe: SET NOT NULL where the CHECK is not validated
-- about: set-not-null-full-scan
-- because: a constraint that is NOT VALID proves nothing.
ALTER TABLE half_proven ALTER COLUMN email SET NOT NULL;

-- safe: the CHECK is validated first
-- about: set-not-null-full-scan
-- because: VALIDATE reads under a weak lock, then the proof is there.
ALTER TABLE half_proven VALIDATE CONSTRAINT email_there;
ALTER TABLE half_proven ALTER COLUMN email SET NOT NULL;
ALTER TABLE half_proven DROP CONSTRAINT email_there;

-- safe: the whole recipe in one file without a transaction
-- about: set-not-null-full-scan
-- because: every step commits by itself.
ALTER TABLE accounts ADD CONSTRAINT owner_there CHECK (owner IS NOT NULL) NOT VALID;
ALTER TABLE accounts VALIDATE CONSTRAINT owner_there;
ALTER TABLE accounts ALTER COLUMN owner SET NOT NULL;
ALTER TABLE accounts DROP CONSTRAINT owner_there;

-- unsafe: the whole recipe in one transaction
-- about: validate-constraint-in-same-transaction
-- because: the lock of the first step is held through the scan of the second.
BEGIN;
ALTER TABLE accounts ADD CONSTRAINT owner_there CHECK (owner IS NOT NULL) NOT VALID;
ALTER TABLE accounts VALIDATE CONSTRAINT owner_there;
ALTER TABLE accounts ALTER COLUMN owner SET NOT NULL;
ALTER TABLE accounts DROP CONSTRAINT owner_there;
COMMIT;

-- unsafe: a CHECK of another column proves nothing
-- about: set-not-null-full-scan
-- because: the scan is needed.
ALTER TABLE proven ADD COLUMN note text;
ALTER TABLE proven ALTER COLUMN note SET NOT NULL;

-- safe: SET NOT NULL on a column that is NOT NULL
-- about: set-not-null-full-scan
-- because: nothing happens.
ALTER TABLE accounts ALTER COLUMN balance SET NOT NULL;

-- safe: SET NOT NULL on a primary key column
-- about: set-not-null-full-scan
-- because: it is NOT NULL already.
ALTER TABLE accounts ALTER COLUMN id SET NOT NULL;

-- safe: a NOT NULL constraint that is not validated
-- about: set-not-null-full-scan
-- because: since 18 NOT NULL can be added without the scan and validated later.
-- server: 18
ALTER TABLE accounts ADD CONSTRAINT owner_there NOT NULL owner NOT VALID;
ALTER TABLE accounts VALIDATE CONSTRAINT owner_there;

-- unsafe: a NOT NULL constraint that is validated at once
-- about: set-not-null-full-scan
-- because: the same scan in new words.
-- server: 18
ALTER TABLE accounts ADD CONSTRAINT owner_there NOT NULL owner;

-- safe: SET NOT NULL on a new table
-- about: set-not-null-full-scan
-- because: there are no rows.
CREATE TABLE fees (id bigint primary key, amount numeric);
ALTER TABLE fees ALTER COLUMN amount SET NOT NULL;

-- unsafe: DROP NOT NULL
-- about: ban-drop-not-null
-- because: code that reads the column meets NULL for the first time.
ALTER TABLE accounts ALTER COLUMN opened_on DROP NOT NULL;

-- safe: DROP NOT NULL on a column that may be NULL already
-- about: ban-drop-not-null
-- because: nothing changes.
ALTER TABLE accounts ALTER COLUMN owner DROP NOT NULL;

-- unsafe: DROP NOT NULL on a primary key column
-- about: ban-drop-not-null
-- because: PostgreSQL refuses it.
-- fails: 42601
ALTER TABLE accounts ALTER COLUMN id DROP NOT NULL;

-- unsafe: UNIQUE on an old table
-- about: adding-unique-constraint
-- because: an index is built under ACCESS EXCLUSIVE.
ALTER TABLE accounts ADD CONSTRAINT owner_once UNIQUE (owner);

-- unsafe: UNIQUE NULLS NOT DISTINCT
-- about: adding-unique-constraint
-- because: the same.
-- server: 15
ALTER TABLE accounts ADD UNIQUE NULLS NOT DISTINCT (owner, currency);

-- safe: UNIQUE from an index that was built concurrently
-- about: adding-unique-constraint
-- because: the constraint takes the index over.
CREATE UNIQUE INDEX CONCURRENTLY owner_once ON accounts (owner);
ALTER TABLE accounts ADD CONSTRAINT owner_once UNIQUE USING INDEX owner_once;

-- safe: UNIQUE from an index of an earlier migration
-- about: adding-unique-constraint
-- because: the index is there and valid.
ALTER TABLE rates ADD CONSTRAINT rates_once UNIQUE USING INDEX rates_key;

-- unsafe: UNIQUE from an index that is built in the same transaction
-- about: require-concurrent-index-creation
-- because: the plain build blocks writes.
BEGIN;
CREATE UNIQUE INDEX owner_once ON accounts (owner);
ALTER TABLE accounts ADD CONSTRAINT owner_once UNIQUE USING INDEX owner_once;
COMMIT;

-- safe: UNIQUE on a new table
-- about: adding-unique-constraint
-- because: there are no rows.
CREATE TABLE fees (id bigint primary key, name text);
ALTER TABLE fees ADD CONSTRAINT fees_name_once UNIQUE (name);

-- unsafe: a primary key on an old table
-- about: adding-primary-key-constraint
-- because: index build and NOT NULL scan under ACCESS EXCLUSIVE.
ALTER TABLE visits ADD PRIMARY KEY (id);

-- unsafe: a primary key on columns that are NOT NULL already
-- about: adding-primary-key-constraint
-- because: the index is still built under ACCESS EXCLUSIVE.
ALTER TABLE rates ADD CONSTRAINT rates_pkey PRIMARY KEY (base, quote, at);

-- safe: a primary key from an index over NOT NULL columns
-- about: adding-primary-key-constraint, primary-key-using-nullable-index
-- because: nothing is built and nothing is read.
ALTER TABLE rates ADD CONSTRAINT rates_pkey PRIMARY KEY USING INDEX rates_key;

-- unsafe: a primary key from an index over a nullable column
-- about: primary-key-using-nullable-index
-- because: the implied SET NOT NULL reads the table under ACCESS EXCLUSIVE.
ALTER TABLE logs ADD CONSTRAINT logs_pkey PRIMARY KEY USING INDEX logs_id_key;

-- safe: a primary key from an index, NOT NULL proved before
-- about: primary-key-using-nullable-index
-- because: the column is NOT NULL by the recipe when the key comes.
ALTER TABLE logs ADD CONSTRAINT id_there CHECK (id IS NOT NULL) NOT VALID;
ALTER TABLE logs VALIDATE CONSTRAINT id_there;
ALTER TABLE logs ALTER COLUMN id SET NOT NULL;
ALTER TABLE logs DROP CONSTRAINT id_there;
ALTER TABLE logs ADD CONSTRAINT logs_pkey PRIMARY KEY USING INDEX logs_id_key;

-- safe: a primary key on a new table
-- about: adding-primary-key-constraint
-- because: there are no rows.
CREATE TABLE fees (id bigint, name text);
ALTER TABLE fees ADD PRIMARY KEY (id);

-- unsafe: a second primary key
-- about: object-already-exists
-- because: it fails.
-- fails: 42P16
ALTER TABLE accounts ADD PRIMARY KEY (owner);

-- unsafe: an exclusion constraint on an old table
-- about: adding-exclusion-constraint
-- because: an index is built under ACCESS EXCLUSIVE and there is no concurrent way.
ALTER TABLE rooms ADD CONSTRAINT rooms_no_overlap EXCLUDE USING gist (during WITH &&);

-- safe: an exclusion constraint in a new table
-- about: adding-exclusion-constraint
-- because: there are no rows.
CREATE TABLE slots (id bigint primary key, during tstzrange, EXCLUDE USING gist (during WITH &&));

-- unsafe: dropping a CHECK
-- about: drop-constraint
-- because: its guarantee is gone and bad rows can come in.
ALTER TABLE accounts DROP CONSTRAINT balance_sane;

-- unsafe: dropping a primary key
-- about: drop-primary-key
-- because: identity of rows, ON CONFLICT and replication depend on it.
ALTER TABLE rooms DROP CONSTRAINT rooms_pkey;

-- safe: a constraint that is not there, guarded
-- about: drop-constraint
-- because: nothing happens.
ALTER TABLE accounts DROP CONSTRAINT IF EXISTS no_such_constraint;

-- unsafe: a constraint that is not there
-- about: syntax-or-unknown-object
-- because: it fails.
-- fails: 42704
ALTER TABLE accounts DROP CONSTRAINT no_such_constraint;

-- unsafe: a constraint name that is taken
-- about: object-already-exists
-- because: it fails.
-- fails: 42710
ALTER TABLE accounts ADD CONSTRAINT balance_sane CHECK (balance > 0) NOT VALID;

-- safe: renaming a constraint
-- about: renaming-other-object
-- because: a catalog entry; no query of this schema names it.
ALTER TABLE accounts RENAME CONSTRAINT balance_sane TO balance_in_range;

-- safe: a CHECK replaced by a wider one that is not validated
-- about: drop-constraint
-- because: at the end the wider rule holds, and nothing was read.
BEGIN;
ALTER TABLE payments DROP CONSTRAINT state_known;
ALTER TABLE payments ADD CONSTRAINT state_known CHECK (state IN ('new', 'paid', 'void')) NOT VALID;
COMMIT;

-- unsafe: validate a constraint that does not exist
-- about: syntax-or-unknown-object
-- because: it fails.
-- fails: 42704
ALTER TABLE payments VALIDATE CONSTRAINT no_such_constraint;

-- safe: set a default
-- about: dropping-default-of-required-column
-- because: for new rows only, a catalog entry.
ALTER TABLE accounts ALTER COLUMN currency SET DEFAULT 'EUR';

-- safe: drop the default of a column that may be NULL
-- about: dropping-default-of-required-column
-- because: old code still inserts.
ALTER TABLE accounts ALTER COLUMN currency DROP DEFAULT;

-- unsafe: drop the default of a required column
-- about: dropping-default-of-required-column
-- because: INSERTs that leave the column out fail.
ALTER TABLE accounts ALTER COLUMN balance DROP DEFAULT;

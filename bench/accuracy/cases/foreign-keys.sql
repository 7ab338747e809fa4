create table authors (id bigint generated always as identity primary key, name text not null, code text unique, mail text);
create index authors_mail on authors (mail);
create table books (
  id bigint generated always as identity primary key,
  author_id bigint not null,
  editor_id int,
  author_code text,
  title text not null
);
create index books_author_idx on books (author_id);
create table shelves (id bigint primary key);
create table copies (id bigint primary key, book_id bigint constraint copies_book references books (id), shelf_id bigint);
alter table copies add constraint copies_shelf foreign key (shelf_id) references shelves (id) not valid;
create table sales (id bigint not null, day date not null, book_id bigint, primary key (id, day)) partition by range (day);
create table sales_2025 partition of sales for values from ('2025-01-01') to ('2026-01-01');

-- unsafe: a foreign key that is validated at once
-- about: adding-foreign-key-constraint
-- because: writes to both tables wait while all rows are looked up.
ALTER TABLE books ADD CONSTRAINT books_author_fk FOREIGN KEY (author_id) REFERENCES authors (id);

-- unsafe: without a name and with a cascade
-- about: adding-foreign-key-constraint
-- because: the same locks and the same scan.
alter table only public.books add foreign key (author_id) references public.authors on delete cascade;

-- unsafe: deferrable, as some frameworks write it
-- about: adding-foreign-key-constraint
-- because: deferring concerns later writes, not this validation.
ALTER TABLE "books" ADD CONSTRAINT "books_author_id_4f2c_fk_authors_id" FOREIGN KEY ("author_id") REFERENCES "authors" ("id") DEFERRABLE INITIALLY DEFERRED;

-- safe: not validated
-- about: adding-foreign-key-constraint, missing-foreign-key-index
-- because: nothing is read.
ALTER TABLE books ADD CONSTRAINT books_author_fk FOREIGN KEY (author_id) REFERENCES authors (id) NOT VALID;

-- safe: not validated, on a column without an index
-- about: missing-foreign-key-index
-- because: slow deletes of authors are advice for later, not a danger of this migration.
ALTER TABLE books ADD CONSTRAINT books_code_fk FOREIGN KEY (author_code) REFERENCES authors (code) NOT VALID;

-- safe: validation of an earlier foreign key
-- about: adding-foreign-key-constraint
-- because: SHARE UPDATE EXCLUSIVE and ROW SHARE while the rows are looked up.
ALTER TABLE copies VALIDATE CONSTRAINT copies_shelf;

-- safe: add, then validate
-- about: adding-foreign-key-constraint
-- because: two transactions.
ALTER TABLE books ADD CONSTRAINT books_author_fk FOREIGN KEY (author_id) REFERENCES authors (id) NOT VALID;
ALTER TABLE books VALIDATE CONSTRAINT books_author_fk;

-- unsafe: add and validate in one transaction
-- about: validate-constraint-in-same-transaction
-- because: SHARE ROW EXCLUSIVE on both tables is held while the rows are looked up.
BEGIN;
ALTER TABLE books ADD CONSTRAINT books_author_fk FOREIGN KEY (author_id) REFERENCES authors (id) NOT VALID;
ALTER TABLE books VALIDATE CONSTRAINT books_author_fk;
COMMIT;

-- unsafe: add and validate in one statement
-- about: validate-constraint-in-same-transaction
-- because: it is one transaction.
ALTER TABLE books ADD CONSTRAINT books_author_fk FOREIGN KEY (author_id) REFERENCES authors (id) NOT VALID, VALIDATE CONSTRAINT books_author_fk;

-- safe: a new table with a foreign key
-- about: foreign-key-locks-referenced-table
-- because: a short lock on the referenced table, nothing to look up.
CREATE TABLE reviews (id bigint generated always as identity primary key, book_id bigint not null references books (id), body text);

-- safe: a new table, its foreign key added afterwards
-- about: adding-foreign-key-constraint
-- because: the referencing table is empty.
CREATE TABLE reviews (id bigint primary key, book_id bigint not null);
ALTER TABLE reviews ADD CONSTRAINT reviews_book_fk FOREIGN KEY (book_id) REFERENCES books (id);
CREATE INDEX reviews_book_idx ON reviews (book_id);

-- unsafe: an old table that refers to a new one
-- about: adding-foreign-key-constraint
-- because: the rows of the old table are all looked up under the lock.
CREATE TABLE editors (id int primary key);
ALTER TABLE books ADD CONSTRAINT books_editor_fk FOREIGN KEY (editor_id) REFERENCES editors (id);

-- safe: a new nullable column that refers to a new table
-- about: adding-foreign-key-constraint
-- because: all rows are NULL: nothing is looked up.
CREATE TABLE genres (id bigint primary key);
ALTER TABLE books ADD COLUMN genre_id bigint REFERENCES genres (id);

-- safe: a new nullable column, then the constraint in the same statement
-- about: adding-foreign-key-constraint
-- because: it is not validated.
ALTER TABLE books ADD COLUMN genre_id bigint, ADD CONSTRAINT books_genre_fk FOREIGN KEY (genre_id) REFERENCES shelves (id) NOT VALID;

-- unsafe: a new column, and a validated constraint in a statement of its own
-- about: adding-foreign-key-constraint
-- because: the constraint is verified by reading the table although all values are NULL.
ALTER TABLE books ADD COLUMN shelf_id bigint;
ALTER TABLE books ADD CONSTRAINT books_shelf_fk FOREIGN KEY (shelf_id) REFERENCES shelves (id);

-- unsafe: the referenced column is not unique
-- about: fk-target-not-unique
-- because: it fails.
-- fails: 42830
ALTER TABLE books ADD CONSTRAINT books_mail_fk FOREIGN KEY (author_code) REFERENCES authors (mail) NOT VALID;

-- unsafe: types that cannot be compared
-- about: fk-type-mismatch
-- because: it fails.
-- fails: 42804
ALTER TABLE books ADD CONSTRAINT books_title_fk FOREIGN KEY (title) REFERENCES authors (id) NOT VALID;

-- unsafe: an int that refers to a bigint
-- about: fk-type-mismatch
-- because: once the key passes 2^31 no row can refer to it.
ALTER TABLE books ADD CONSTRAINT books_editor_fk FOREIGN KEY (editor_id) REFERENCES authors (id) NOT VALID;

-- unsafe: a table that does not exist
-- about: syntax-or-unknown-object
-- because: it fails.
-- fails: 42P01
ALTER TABLE books ADD CONSTRAINT f FOREIGN KEY (author_id) REFERENCES writers (id) NOT VALID;

-- unsafe: a NOT VALID foreign key on a partitioned table before 18
-- about: not-valid-fk-on-partitioned-table
-- because: it is refused.
-- server: 16
ALTER TABLE sales ADD CONSTRAINT sales_book_fk FOREIGN KEY (book_id) REFERENCES books (id) NOT VALID;

-- safe: a NOT VALID foreign key on a partitioned table on 18
-- about: not-valid-fk-on-partitioned-table
-- because: 18 accepts it.
-- server: 18
ALTER TABLE sales ADD CONSTRAINT sales_book_fk FOREIGN KEY (book_id) REFERENCES books (id) NOT VALID;

-- unsafe: a validated foreign key on a partitioned table
-- about: adding-foreign-key-constraint
-- because: all partitions are looked up under the lock.
ALTER TABLE sales ADD CONSTRAINT sales_book_fk FOREIGN KEY (book_id) REFERENCES books (id);

-- unsafe: dropping a foreign key
-- about: drop-constraint
-- because: orphans can come in, and ACCESS EXCLUSIVE falls on both tables.
ALTER TABLE copies DROP CONSTRAINT copies_book;

-- safe: a foreign key is replaced by one that is not validated
-- about: drop-constraint
-- because: the rule holds at the end.
BEGIN;
SET LOCAL lock_timeout = '3s';
ALTER TABLE copies DROP CONSTRAINT copies_book;
ALTER TABLE copies ADD CONSTRAINT copies_book FOREIGN KEY (book_id) REFERENCES books (id) ON DELETE CASCADE NOT VALID;
COMMIT;

-- safe: two new tables that refer to each other
-- about: multiple-foreign-keys-one-migration
-- because: nobody uses them yet.
CREATE TABLE left_side (id bigint primary key, right_id bigint);
CREATE TABLE right_side (id bigint primary key, left_id bigint references left_side (id));
ALTER TABLE left_side ADD FOREIGN KEY (right_id) REFERENCES right_side (id);

-- safe: a new table with cascades
-- about: on-delete-cascade
-- because: a matter of design.
CREATE TABLE reviews (id bigint primary key, book_id bigint not null references books (id) on delete cascade on update cascade);

-- safe: an alteration of deferrability
-- about: adding-foreign-key-constraint
-- because: a catalog change under a short lock.
ALTER TABLE copies ALTER CONSTRAINT copies_book DEFERRABLE INITIALLY DEFERRED;

-- safe: a foreign key over the new table of a join
-- about: missing-primary-key
-- because: a table made here.
CREATE TABLE book_tags (book_id bigint NOT NULL REFERENCES books, tag text NOT NULL, PRIMARY KEY (book_id, tag));

-- unsafe: two foreign keys that are validated in one transaction
-- about: adding-foreign-key-constraint
-- because: all three tables wait for both look-ups.
BEGIN;
ALTER TABLE books ADD FOREIGN KEY (author_id) REFERENCES authors (id);
ALTER TABLE copies ADD FOREIGN KEY (shelf_id) REFERENCES shelves (id);
COMMIT;

-- unsafe: a self reference
-- about: adding-foreign-key-constraint
-- because: the table is read twice under the lock.
ALTER TABLE books ADD CONSTRAINT books_sequel_fk FOREIGN KEY (author_id) REFERENCES books (id);

/** A migration that no busy table bears, on a database for which a recipe takes its place. */
export type RecipeExample = {
  /** The name of its page. */
  readonly id: string;
  readonly title: string;
  /** What the recipe is for, and what it does about it. */
  readonly about: string;
  readonly setup: string;
  readonly up: string;
};

/** One example of every kind of recipe: what its page shows, and what is checked to be free of findings. */
export const recipeExamples: readonly RecipeExample[] = [
  {
    id: 'rename-column',
    title: 'Rename a column',
    about:
      'Code with the old name and code with the new one run at the same time. A second column with the new name is kept in step by a trigger. In the end it goes and the first gets its name, so views, indexes, constraints, foreign keys, policies and generated columns follow by themselves.',
    setup: `CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL);
CREATE INDEX customers_name_idx ON customers (name);
CREATE VIEW names AS SELECT id, name FROM customers;`,
    up: 'ALTER TABLE customers RENAME COLUMN name TO full_name;',
  },
  {
    id: 'change-column-type',
    title: 'Change the type of a column, or widen a primary key',
    about:
      'PostgreSQL rewrites the table and its indexes under ACCESS EXCLUSIVE. A second column of the new type is filled and gets its keys, indexes and foreign keys while rows are written; then both change places in one short transaction, in which identity, views, triggers and policies change over. json to jsonb, another collation, and an enum for another one go the same way.',
    setup: `CREATE TABLE orders (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, total numeric NOT NULL);
CREATE TABLE lines (order_id int NOT NULL REFERENCES orders (id), note text);
CREATE VIEW totals AS SELECT id, total FROM orders;`,
    up: 'ALTER TABLE orders ALTER COLUMN id TYPE bigint;',
  },
  {
    id: 'drop-column',
    title: 'Drop a column',
    about:
      'The values are lost for good, and code that names the column fails. They are put aside in a table of their own first, from which the down brings them back until the last step.',
    setup: 'CREATE TABLE customers (id bigint PRIMARY KEY, fax text NOT NULL);',
    up: 'ALTER TABLE customers DROP COLUMN fax;',
  },
  {
    id: 'split-table',
    title: 'Split a table',
    about:
      'The copy misses what is written while it runs, and code that names the columns fails when they go. Triggers write into the other table what code writes into the one, both ways, until no code names the columns in their old place.',
    setup: 'CREATE TABLE customers (id bigint PRIMARY KEY, email text NOT NULL, street text, city text);',
    up: `CREATE TABLE addresses (customer_id bigint PRIMARY KEY REFERENCES customers ON DELETE CASCADE, street text, city text);
INSERT INTO addresses SELECT id, street, city FROM customers;
ALTER TABLE customers DROP COLUMN street, DROP COLUMN city;`,
  },
  {
    id: 'rename-table',
    title: 'Rename a table',
    about: 'Code with the old name goes on through a view, which selects, inserts, updates and deletes like the table.',
    setup: 'CREATE TABLE customers (id bigint PRIMARY KEY, name text);',
    up: 'ALTER TABLE customers RENAME TO clients;',
  },
  {
    id: 'move-table',
    title: 'Move a table to another schema',
    about: 'Code that looks for it in its old schema goes on through a view.',
    setup: 'CREATE SCHEMA archive; CREATE TABLE events (id serial PRIMARY KEY, what text);',
    up: 'ALTER TABLE events SET SCHEMA archive;',
  },
  {
    id: 'required-column',
    title: 'Add a column that every row must have a value in',
    about: 'The statement fails as soon as there is one row. Only the application knows the values.',
    setup: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
    up: 'ALTER TABLE orders ADD COLUMN currency text NOT NULL;',
  },
  {
    id: 'numbered-column',
    title: 'Add an identity or a serial column',
    about:
      'Every row would be written again under ACCESS EXCLUSIVE to get its number. New rows are numbered first, the others in batches.',
    setup: 'CREATE TABLE events (what text);',
    up: 'ALTER TABLE events ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY;',
  },
  {
    id: 'computed-column',
    title: 'Add a stored generated column',
    about:
      'Every row would be written again under ACCESS EXCLUSIVE to get its value. A trigger computes it for new rows, the others are filled in batches, and the trigger stays in the place of GENERATED.',
    setup: 'CREATE TABLE orders (id bigint PRIMARY KEY, total numeric NOT NULL);',
    up: 'ALTER TABLE orders ADD COLUMN cents bigint GENERATED ALWAYS AS ((total * 100)::bigint) STORED NOT NULL;',
  },
  {
    id: 'primary-key',
    title: 'Add a primary key',
    about:
      'Its index is built and its columns are read while nobody can use the table, and it fails at the first duplicate or NULL after all that time.',
    setup: 'CREATE TABLE events (tenant int NOT NULL, number int, what text);',
    up: 'ALTER TABLE events ADD CONSTRAINT events_pkey PRIMARY KEY (tenant, number);',
  },
  {
    id: 'unique-constraint',
    title: 'Add a unique constraint',
    about:
      'Its index is built while nobody can use the table, and fails at the first duplicate. The recipe says which query lists the duplicates; which of them stays is for a person to say.',
    setup: 'CREATE TABLE customers (id bigint PRIMARY KEY, email text);',
    up: 'ALTER TABLE customers ADD CONSTRAINT customers_email_key UNIQUE (email);',
  },
  {
    id: 'check',
    title: 'Add a check',
    about: 'All rows are read while nobody can use the table, and one that violates the check makes it fail.',
    setup: 'CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);',
    up: 'ALTER TABLE orders ADD CONSTRAINT total_positive CHECK (total > 0);',
  },
  {
    id: 'foreign-key',
    title: 'Add a foreign key',
    about: 'All rows are read while nobody can write into either table, and one that refers to nothing makes it fail.',
    setup: `CREATE TABLE customers (id bigint PRIMARY KEY); CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);
CREATE INDEX orders_customer_id_idx ON orders (customer_id);`,
    up: 'ALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id);',
  },
  {
    id: 'batched-update',
    title: 'Fill a column, or change many rows',
    about:
      'One UPDATE of all rows locks them until it ends, doubles the table, and holds up VACUUM and replicas. A thousand pages at a time are changed and committed.',
    setup: 'CREATE TABLE orders (id bigint PRIMARY KEY, total numeric, cents bigint);',
    up: 'UPDATE orders SET cents = (total * 100)::bigint;',
  },
  {
    id: 'partition-table',
    title: 'Make a table partitioned',
    about:
      'What is written while the rows are copied is missing in the copy, and everybody waits until all of them are. Triggers write every change into the partitioned table while the rows are copied in batches; then it gets the name in one short transaction, from which on the first table is kept in step, so that one can go back.',
    setup: 'CREATE TABLE events (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, day date NOT NULL, what text);',
    up: `CREATE TABLE events_by_day (LIKE events INCLUDING DEFAULTS INCLUDING IDENTITY, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
CREATE TABLE events_2025 PARTITION OF events_by_day FOR VALUES FROM (MINVALUE) TO ('2026-01-01');
CREATE TABLE events_2026 PARTITION OF events_by_day FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
INSERT INTO events_by_day OVERRIDING SYSTEM VALUE SELECT * FROM events;
ALTER TABLE events RENAME TO events_before;
ALTER TABLE events_by_day RENAME TO events;`,
  },
  {
    id: 'attach-partition',
    title: 'Attach a partition',
    about:
      'All rows of the table, and of the default partition, are read while nobody can use them, unless checks prove the bound. The checks are added for new rows, validated while rows are written, and go once the partition is attached.',
    setup: `CREATE TABLE events (day date NOT NULL, what text) PARTITION BY RANGE (day);
CREATE TABLE events_default PARTITION OF events DEFAULT;
CREATE TABLE events_2025 (day date, what text);`,
    up: "ALTER TABLE events ATTACH PARTITION events_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');",
  },
];

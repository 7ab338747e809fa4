/** A request, and a query that is true only after its up. */
export type PlannedRequest = readonly [request: string, proof: string];

const column = (table: string, name: string, type: string, notNull: boolean, fallback: string | null = null): string =>
  `select format_type(a.atttypid, a.atttypmod) = '${type}' and a.attnotnull = ${notNull}
     and coalesce(pg_get_expr(d.adbin, d.adrelid), '') = '${(fallback ?? '').replaceAll("'", "''")}' as ok
   from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
   where a.attrelid = '${table}'::regclass and a.attname = '${name}' and not a.attisdropped`;
const noColumn = (table: string, name: string): string =>
  `select not exists (select from pg_attribute where attrelid = '${table}'::regclass and attname = '${name}' and not attisdropped) as ok`;
const index = (table: string, definition: string): string =>
  `select bool_or(pg_get_indexdef(indexrelid) like '%${definition.replaceAll("'", "''")}' and indisvalid) as ok from pg_index where indrelid = '${table}'::regclass`;
const constraint = (table: string, definition: string): string =>
  `select bool_or(pg_get_constraintdef(oid) = '${definition.replaceAll("'", "''")}' and convalidated) as ok from pg_constraint where conrelid = '${table}'::regclass`;
const noConstraint = (name: string): string =>
  `select not exists (select from pg_constraint where conname = '${name}') as ok`;
const relation = (name: string, there: boolean): string =>
  `select (to_regclass('${name}') is not null) = ${there} as ok`;

/** One line for each way to say each change; run on `schema.sql`. */
export const plannedRequests: readonly PlannedRequest[] = [
  ['add email_verified boolean to users', column('shop.users', 'email_verified', 'boolean', true, 'false')],
  ['add a nullable boolean verified to users', column('shop.users', 'verified', 'boolean', false)],
  ['add column phone varchar(20) to users', column('shop.users', 'phone', 'character varying(20)', false)],
  [
    "add a required text column country to users with default 'DE'",
    column('shop.users', 'country', 'text', true, "'DE'::text"),
  ],
  ['users need a nickname', column('shop.users', 'nickname', 'text', false)],
  [
    'please add a boolean is_admin to the users table, default false, not null',
    column('shop.users', 'is_admin', 'boolean', true, 'false'),
  ],
  ['add a discount of type money amount to products', column('shop.products', 'discount', 'numeric(12,2)', false)],
  ['add shipped_at timestamp to shop.orders', column('shop.orders', 'shipped_at', 'timestamp with time zone', false)],
  [
    "in products add a column tags text[] not null default '{}'",
    column('shop.products', 'tags', 'text[]', true, "'{}'::text[]"),
  ],
  ['give products a weight numeric(8,3), optional', column('shop.products', 'weight', 'numeric(8,3)', false)],
  [
    'add public_id uuid default gen_random_uuid() not null unique to users',
    column('shop.users', 'public_id', 'uuid', true, 'gen_random_uuid()'),
  ],
  [
    'add gift boolean default false and gift_note varchar(200) to shop.orders',
    column('shop.orders', 'gift_note', 'character varying(200)', false),
  ],
  [
    'add buyer_id bigint references users on delete cascade to shop.orders',
    constraint('shop.orders', 'FOREIGN KEY (buyer_id) REFERENCES shop.users(id) ON DELETE CASCADE'),
  ],
  [
    'add rating smallint check (rating between 1 and 5) to products',
    constraint('shop.products', 'CHECK (((rating >= 1) AND (rating <= 5)))'),
  ],
  ['add column "My Flag" boolean nullable to "Odd Table"', column('shop."Odd Table"', 'My Flag', 'boolean', false)],
  [
    'add created timestamptz not null default now() to shop.events',
    column('shop.events_2025', 'created', 'timestamp with time zone', true, 'now()'),
  ],
  [
    'add state of type order_status default new to products',
    column('shop.products', 'state', 'shop.order_status', true, "'new'::shop.order_status"),
  ],
  [
    "add full_text text generated always as (title || coalesce(description, '')) stored to products",
    "select attgenerated = 's' as ok from pg_attribute where attrelid = 'shop.products'::regclass and attname = 'full_text'",
  ],
  ['ALTER TABLE shop.users ADD COLUMN age integer', column('shop.users', 'age', 'integer', false)],

  ['drop column phone_number from users', noColumn('shop.users', 'phone_number')],
  ['drop users.name', noColumn('shop.users', 'name')],
  ['remove the description and sku columns from products', noColumn('shop.products', 'sku')],
  ['delete the title of products', noColumn('shop.products', 'title')],
  ['drop the column legacy_flag from shop.orders', noColumn('shop.orders', 'legacy_flag')],
  ['drop weight from shop.orders', noColumn('shop.orders', 'weight')],
  ['drop column "My Col" from "Odd Table"', noColumn('shop."Odd Table"', 'My Col')],
  ['drop column order_id from order_items', noColumn('shop.order_items', 'order_id')],

  ['rename column name of users to full_name', column('shop.users', 'full_name', 'character varying(100)', false)],
  ['rename users.email to mail', column('shop.users', 'mail', 'text', true)],
  [
    'rename the status column of shop.orders to state',
    column('shop.orders', 'state', 'shop.order_status', true, "'new'::shop.order_status"),
  ],
  ['rename table products to articles', relation('shop.articles', true)],
  ['rename "Odd Table" to plain', relation('shop.plain', true)],

  ['add birthday date to users and rename it to born', `${column('shop.users', 'born', 'date', false)}`],
  ['change weight of shop.orders to boolean', column('shop.orders', 'weight', 'boolean', true)],
  ['change price of products to numeric(12,2)', column('shop.products', 'price', 'numeric(12,2)', true, '0')],
  ['change the type of users.name to text', column('shop.users', 'name', 'text', false)],
  ['change total of shop.orders to numeric(14,2)', column('shop.orders', 'total', 'numeric(14,2)', false)],
  ['make quantity of order_items a bigint', column('shop.order_items', 'quantity', 'bigint', true, '1')],
  ['convert quantity of order_items to text', column('shop.order_items', 'quantity', 'text', true, "'1'::text")],
  [
    'change id of shop.orders to bigint',
    column('shop.orders', 'id', 'bigint', true, "nextval('shop.orders_id_seq'::regclass)"),
  ],
  ['change note of shop.orders to varchar(50)', column('shop.orders', 'note', 'character varying(50)', false)],

  ['make products.sku required', column('shop.products', 'sku', 'text', true)],
  ['set not null on users.phone_number', column('shop.users', 'phone_number', 'text', true)],
  [
    'make active of products not null, use false where it is missing',
    column('shop.products', 'active', 'boolean', true, 'true'),
  ],
  ['shop.orders.total must not be null', column('shop.orders', 'total', 'numeric(12,2)', true)],
  ['every user must have a name', column('shop.users', 'name', 'character varying(100)', true)],
  ['make email of users optional', column('shop.users', 'email', 'text', false)],
  ['users.email can be null', column('shop.users', 'email', 'text', false)],
  ['allow nulls in the title of products', column('shop.products', 'title', 'text', false)],

  ['set default of products.price to 5', column('shop.products', 'price', 'numeric(10,2)', true, '5')],
  [
    'set the default of shop.orders.status to paid',
    column('shop.orders', 'status', 'shop.order_status', true, "'paid'::shop.order_status"),
  ],
  [
    'users.name should default to unknown',
    column('shop.users', 'name', 'character varying(100)', false, "'unknown'::character varying"),
  ],
  ['drop default of products.price', column('shop.products', 'price', 'numeric(10,2)', true)],
  ['remove the default from shop.orders.status', column('shop.orders', 'status', 'shop.order_status', true)],

  ['add index on users email', index('shop.users', 'ON shop.users USING btree (email)')],
  ['create a unique index on users (lower(email))', index('shop.users', 'USING btree (lower(email))')],
  ['index products.title and products.price', index('shop.products', 'USING btree (title, price)')],
  [
    "add index on shop.orders user_id, placed_on desc where status = 'paid'",
    index('shop.orders', "USING btree (user_id, placed_on DESC) WHERE (status = 'paid'::shop.order_status)"),
  ],
  [
    'add an index called users_created to users on created_at',
    index('shop.users', 'INDEX users_created ON shop.users USING btree (created_at)'),
  ],
  [
    'create index on the happened_at of shop.events',
    index('shop.events_2026', 'ON shop.events_2026 USING btree (happened_at)'),
  ],
  ['users.name should be indexed', index('shop.users', 'USING btree (name)')],
  ['drop index orders_user_id_idx', relation('shop.orders_user_id_idx', false)],
  ['drop the index on products sku', relation('shop.products_sku_key', false)],
  ['drop index events_kind_time', relation('shop.events_kind_time', false)],

  ['make users.email unique', constraint('shop.users', 'UNIQUE (email)')],
  ['email of users must be unique', constraint('shop.users', 'UNIQUE (email)')],
  ['email of users must be unique regardless of case', index('shop.users', 'USING btree (lower(email))')],
  [
    'add a unique constraint on order_items (product_id, quantity)',
    constraint('shop.order_items', 'UNIQUE (product_id, quantity)'),
  ],
  [
    'add foreign key from order_items.product_id to products',
    constraint('shop.order_items', 'FOREIGN KEY (product_id) REFERENCES shop.products(id)'),
  ],
  [
    'product_id of order_items should reference products(id) on delete cascade',
    constraint('shop.order_items', 'FOREIGN KEY (product_id) REFERENCES shop.products(id) ON DELETE CASCADE'),
  ],
  [
    'add a foreign key from order_items to products',
    constraint('shop.order_items', 'FOREIGN KEY (product_id) REFERENCES shop.products(id)'),
  ],
  ['add check to products that price < 1000000', constraint('shop.products', 'CHECK ((price < (1000000)::numeric))')],
  ['quantity of order_items must be at least 1', constraint('shop.order_items', 'CHECK ((quantity >= 1))')],
  ['total of shop.orders must not be negative', constraint('shop.orders', 'CHECK ((total >= (0)::numeric))')],
  [
    'weight of shop.orders must be between 1 and 100',
    constraint('shop.orders', 'CHECK (((weight >= 1) AND (weight <= 100)))'),
  ],
  ['drop constraint products_price_positive', noConstraint('products_price_positive')],
  ['drop the foreign key from shop.orders to users', noConstraint('orders_user_id_fkey')],
  ['drop the unique constraint on products title', noConstraint('products_title_key')],
  ['drop primary key of users', noConstraint('users_pkey')],

  [
    'create table tags with name text not null unique, color varchar(7) and created_at timestamptz default now()',
    column('shop.tags', 'color', 'character varying(7)', false),
  ],
  [
    'create table shop.reviews (id bigint primary key, product_id integer references products on delete cascade, stars smallint not null check (stars between 1 and 5), body text)',
    constraint('shop.reviews', 'FOREIGN KEY (product_id) REFERENCES shop.products(id) ON DELETE CASCADE'),
  ],
  [
    'create a new table called coupons with columns code text primary key, percent integer not null and valid_until date',
    constraint('shop.coupons', 'PRIMARY KEY (code)'),
  ],
  ['drop table old_logs', relation('archive.old_logs', false)],
  ['drop table order_items', relation('shop.order_items', false)],
  ['drop the products table', relation('shop.products', false)],
  ['drop table shop.events', relation('shop.events_2025', false)],
  ['move old_logs to schema shop', relation('shop.old_logs', true)],
  ['create schema reporting', "select to_regnamespace('reporting') is not null as ok"],

  ['add value cancelled to order_status', "select enum_last(null::shop.order_status)::text = 'cancelled' as ok"],
  [
    "add 'refunded' to order_status after 'paid'",
    "select enum_range(null::shop.order_status)::text = '{new,paid,refunded,shipped}' as ok",
  ],
  ["comment on table users is 'people'", "select obj_description('shop.users'::regclass) = 'people' as ok"],
  [
    "comment on users.email is 'log in with it'",
    "select col_description('shop.users'::regclass, 2) = 'log in with it' as ok",
  ],

  [
    'add phone to users, drop column phone_number from users and rename table products to articles',
    relation('shop.articles', true),
  ],
  ['add index on products(title, price) and drop index orders_user_id_idx', relation('shop.orders_user_id_idx', false)],
  [
    'create table carts with user_id references users and note text; then add index on carts note',
    index('shop.carts', 'USING btree (note)'),
  ],
  [
    'add column a text and column b integer default 3 to users. Make users.a unique.',
    constraint('shop.users', 'UNIQUE (a)'),
  ],
];

/** Requests that must be refused, and a part of the reason. */
export const refusedRequests: readonly PlannedRequest[] = [
  ['', 'empty'],
  ['make everything faster', 'everything'],
  ['add column x integer to orders', 'archive.orders or shop.orders'],
  ['add column x integer to usrs', 'did you mean shop.users'],
  ['drop column emial from users', 'did you mean email'],
  ['add email text to users', 'already has a column'],
  ['add status text not null to products', 'name a default'],
  ['drop column status from shop.orders', 'paid_orders'],
  ['drop table shop.orders', 'paid_orders'],
  ['drop index products_title_key', 'belongs to the constraint'],
  ['make users.email required', 'required already'],
  ['drop column kind from events_2025', 'parent'],
  ['add index on users (nothing)', 'no column "nothing"'],
  ['add phone to users and make coffee', 'coffee'],
  ['rename users to members and drop it', '"it"'],
  [`add column "${'é'.repeat(32)}" text to users`, '63 bytes'],
  ['change weight of shop.orders to interval', 'no conversion from integer to interval'],
  ['change status of shop.orders to text', 'view shop.paid_orders'],
  ['change price of products to text', 'constraint products_price_positive'],
  ['change legacy_flag of shop.orders to integer', 'index orders_note_lower'],
  ['add gin index on users name', 'operator class'],
  ['drop constraint nonsense from users', 'no constraint "nonsense"'],
  ['add check to products that prize > 0', 'prize'],
  ['rename users to products', 'already'],
  ['add value paid to order_status', 'already has the value'],
  ['delete all users', 'missing'],
  ['add a colour to products', 'which type'],
];

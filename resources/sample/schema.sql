-- The sample shop: what a young company's database looks like. Three schemas, and a few of the habits that make
-- migrations interesting: a foreign key without an index, a column nobody fills any more, a partitioned table, a
-- materialized view on top of another schema.

create schema app;
create schema billing;
create schema warehouse;

comment on schema app is 'Customers, products and orders';
comment on schema billing is 'Invoices and payments';
comment on schema warehouse is 'Stock and where it lies';

create type app.user_role as enum ('customer', 'staff', 'admin');
create type app.order_status as enum ('cart', 'placed', 'paid', 'shipped', 'delivered', 'cancelled');
create type billing.payment_method as enum ('card', 'transfer', 'direct debit');
create domain app.country_code as char(2) check (value ~ '^[A-Z]{2}$');

create function app.touch_updated_at() returns trigger language plpgsql as $$
begin
  new.updated_at := now();
  return new;
end
$$;

create table app.users (
  id bigint generated always as identity primary key,
  email text not null,
  full_name text not null,
  role app.user_role not null default 'customer',
  phone text,
  newsletter boolean not null default false,
  last_seen_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint users_email_has_at check (position('@' in email) > 1)
);
create unique index users_email_key on app.users (lower(email));
create index users_created_at_idx on app.users (created_at);
create trigger users_touch before update on app.users for each row execute function app.touch_updated_at();
comment on table app.users is 'Everyone who can sign in';
comment on column app.users.email is 'Unique without regard to case';
comment on column app.users.last_seen_at is 'Null until the first sign-in';

create table app.addresses (
  id bigint generated always as identity primary key,
  user_id bigint not null references app.users (id) on delete cascade,
  line1 text not null,
  line2 text,
  city text not null,
  postcode text not null,
  country app.country_code not null
);
create index addresses_user_id_idx on app.addresses (user_id);

create table app.categories (
  id integer generated always as identity primary key,
  parent_id integer references app.categories (id),
  name text not null unique,
  slug text not null unique
);

create table app.products (
  id bigint generated always as identity primary key,
  sku text not null unique,
  name text not null,
  description text,
  price_cents bigint not null check (price_cents >= 0),
  currency char(3) not null default 'EUR',
  weight_grams integer,
  legacy_code varchar(20),
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index products_name_idx on app.products (name) where active;
create trigger products_touch before update on app.products for each row execute function app.touch_updated_at();
comment on column app.products.legacy_code is 'From the shop before this one; empty for new products';

create table app.product_categories (
  product_id bigint not null references app.products (id) on delete cascade,
  category_id integer not null references app.categories (id),
  primary key (product_id, category_id)
);

create table app.coupons (
  code text primary key,
  percent numeric(5, 2) not null check (percent > 0 and percent <= 100),
  valid_during tstzrange not null,
  exclude using gist (valid_during with &&) where (percent >= 50)
);

create table app.orders (
  id bigint generated always as identity primary key,
  customer_id bigint not null references app.users (id),
  ship_address_id bigint references app.addresses (id),
  coupon_code text references app.coupons (code) on update cascade on delete set null,
  status app.order_status not null default 'cart',
  total_cents bigint not null default 0,
  currency char(3) not null default 'EUR',
  note text,
  placed_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint orders_placed_has_time check (status = 'cart' or placed_at is not null)
);
create index orders_created_at_idx on app.orders (created_at);
create index orders_open_idx on app.orders (status) where status in ('placed', 'paid');
create trigger orders_touch before update on app.orders for each row execute function app.touch_updated_at();
comment on table app.orders is 'One row per checkout';

create table app.order_items (
  order_id bigint not null references app.orders (id) on delete cascade,
  position smallint not null,
  product_id bigint not null references app.products (id),
  quantity integer not null check (quantity > 0),
  unit_price_cents bigint not null,
  line_total_cents bigint generated always as (quantity * unit_price_cents) stored,
  primary key (order_id, position)
);
create index order_items_product_id_idx on app.order_items (product_id);

create table app.reviews (
  id bigint generated always as identity primary key,
  product_id bigint not null references app.products (id) on delete cascade,
  user_id bigint not null references app.users (id) on delete cascade,
  rating smallint not null check (rating between 1 and 5),
  body text,
  created_at timestamptz not null default now(),
  unique (product_id, user_id)
);

create table app.shipments (
  id bigint generated always as identity primary key,
  order_id bigint not null references app.orders (id),
  carrier text not null,
  tracking_code text unique,
  shipped_at timestamptz,
  delivered_at timestamptz,
  check (delivered_at is null or shipped_at is not null)
);
create index shipments_order_id_idx on app.shipments (order_id);

create function app.order_total_cents(wanted bigint) returns bigint language sql stable as $$
  select coalesce(sum(line_total_cents), 0)::bigint from app.order_items where order_id = wanted
$$;

create view app.customer_overview as
  select u.id, u.email, u.full_name, count(o.id) as orders, coalesce(sum(o.total_cents), 0)::bigint as spent_cents,
    max(o.placed_at) as last_order_at
  from app.users u
  left join app.orders o on o.customer_id = u.id and o.status <> 'cart'
  where u.role = 'customer'
  group by u.id;
comment on view app.customer_overview is 'What the support desk looks at first';

create table billing.invoices (
  id bigint generated always as identity primary key,
  number text not null unique,
  order_id bigint not null references app.orders (id) on delete restrict,
  total_cents bigint not null,
  currency char(3) not null,
  issued_on date not null,
  due_on date not null,
  settled boolean not null default false,
  check (due_on >= issued_on)
);
create index invoices_order_id_idx on billing.invoices (order_id);
create index invoices_due_idx on billing.invoices (due_on) where not settled;

create table billing.invoice_lines (
  invoice_id bigint not null references billing.invoices (id) on delete cascade,
  position smallint not null,
  order_id bigint not null,
  description text not null,
  amount_cents bigint not null,
  tax_rate numeric(4, 2) not null default 20.00,
  primary key (invoice_id, position),
  foreign key (order_id, position) references app.order_items (order_id, position)
);

create table billing.payments (
  id bigint generated always as identity,
  invoice_id bigint not null references billing.invoices (id),
  method billing.payment_method not null,
  amount_cents bigint not null check (amount_cents > 0),
  provider_reference text,
  paid_at timestamptz not null,
  primary key (id, paid_at)
) partition by range (paid_at);
create index payments_invoice_id_idx on billing.payments (invoice_id);
create table billing.payments_2026_q1 partition of billing.payments for values from ('2026-01-01') to ('2026-04-01');
create table billing.payments_2026_q2 partition of billing.payments for values from ('2026-04-01') to ('2026-07-01');
create table billing.payments_2026_q3 partition of billing.payments for values from ('2026-07-01') to ('2026-10-01');
create table billing.payments_2026_q4 partition of billing.payments for values from ('2026-10-01') to ('2027-01-01');

create materialized view billing.monthly_revenue as
  select date_trunc('month', p.paid_at) as month, i.currency, count(*) as payments, sum(p.amount_cents)::bigint as cents
  from billing.payments p
  join billing.invoices i on i.id = p.invoice_id
  group by 1, 2
  with no data;
create unique index monthly_revenue_key on billing.monthly_revenue (month, currency);

create table warehouse.locations (
  code text primary key,
  name text not null,
  country app.country_code not null
);

create table warehouse.stock (
  location_code text not null references warehouse.locations (code),
  product_id bigint not null references app.products (id),
  on_hand integer not null default 0 check (on_hand >= 0),
  reserved integer not null default 0 check (reserved >= 0),
  counted_at timestamptz,
  primary key (location_code, product_id)
);

create table warehouse.stock_movements (
  id bigint generated always as identity primary key,
  location_code text not null,
  product_id bigint not null,
  change integer not null check (change <> 0),
  reason text not null,
  moved_at timestamptz not null default now(),
  foreign key (location_code, product_id) references warehouse.stock (location_code, product_id)
);
create index stock_movements_stock_idx on warehouse.stock_movements (location_code, product_id);
comment on table warehouse.stock_movements is 'Appended only; the sum of changes is the stock on hand';

-- The rows of the sample shop: made up, and the same every time.

insert into app.users (email, full_name, role, phone, newsletter, last_seen_at, created_at, updated_at)
select lower(given || '.' || family || i || '@' || (array['example.com', 'example.org', 'example.net'])[1 + i % 3]),
  given || ' ' || family,
  (case when i <= 4 then 'admin' when i <= 40 then 'staff' else 'customer' end)::app.user_role,
  case when i % 3 = 0 then '+43 660 ' || lpad((i * 7919 % 10000000)::text, 7, '0') end,
  i % 4 = 0,
  case when i % 7 <> 0 then timestamptz '2026-11-20 08:00+00' - make_interval(mins => i * 37 % 400000) end,
  timestamptz '2024-03-01 09:00+00' + make_interval(mins => i * 410),
  timestamptz '2024-03-01 09:00+00' + make_interval(mins => i * 410)
from generate_series(1, 3200) as i,
  lateral (select
    (array['Ada', 'Boris', 'Chiara', 'Deniz', 'Emeka', 'Freya', 'Goran', 'Hana', 'Ines', 'Jonas', 'Keiko', 'Lukas',
      'Mira', 'Nadia', 'Oskar', 'Priya', 'Quentin', 'Rosa', 'Samir', 'Tove', 'Uma', 'Viktor', 'Wanda', 'Yusuf', 'Zoë'])
      [1 + i % 25] as given,
    (array['Adler', 'Bauer', 'Costa', 'Dvořák', 'Eriksson', 'Fontana', 'Grimm', 'Haddad', 'Ivanova', 'Jensen', 'Kovač',
      'Lindqvist', 'Moreau', 'Novak', 'Okafor', 'Petrov', 'Rossi', 'Schmidt', 'Tanaka'])[1 + i % 19] as family) as n;

insert into app.addresses (user_id, line1, line2, city, postcode, country)
select 1 + i % 3200, 'Gartenstraße ' || (1 + i % 180), case when i % 5 = 0 then 'Stiege ' || (1 + i % 4) end,
  (array['Wien', 'Graz', 'Berlin', 'Praha', 'Milano', 'Lyon'])[1 + i % 6], (10000 + i * 13 % 89999)::text,
  (array['AT', 'AT', 'DE', 'CZ', 'IT', 'FR'])[1 + i % 6]
from generate_series(1, 4100) as i;

insert into app.categories (parent_id, name, slug)
select case when i > 6 then 1 + i % 6 end,
  (array['Kitchen', 'Garden', 'Office', 'Travel', 'Games', 'Books', 'Pans', 'Knives', 'Seeds', 'Tools', 'Paper', 'Pens',
    'Bags', 'Maps', 'Cards', 'Dice', 'Novels', 'Atlases'])[i],
  lower((array['Kitchen', 'Garden', 'Office', 'Travel', 'Games', 'Books', 'Pans', 'Knives', 'Seeds', 'Tools', 'Paper',
    'Pens', 'Bags', 'Maps', 'Cards', 'Dice', 'Novels', 'Atlases'])[i])
from generate_series(1, 18) as i;

insert into app.products (sku, name, description, price_cents, weight_grams, legacy_code, active, created_at, updated_at)
select 'SKU-' || lpad(i::text, 5, '0'),
  (array['Small', 'Large', 'Blue', 'Green', 'Folding', 'Classic', 'Travel'])[1 + i % 7] || ' '
    || (array['kettle', 'notebook', 'lamp', 'trowel', 'backpack', 'chessboard', 'atlas', 'pan'])[1 + i % 8] || ' ' || i,
  case when i % 3 <> 0 then 'A sturdy thing of daily use.' end, 490 + i * 137 % 18000,
  case when i % 10 <> 0 then 120 + i * 31 % 4000 end, case when i % 12 = 0 then 'OLD' || i end, i % 15 <> 0,
  timestamptz '2024-02-01 00:00+00' + make_interval(hours => i * 9), timestamptz '2024-02-01 00:00+00' + make_interval(hours => i * 9)
from generate_series(1, 640) as i;

insert into app.product_categories (product_id, category_id)
select i, c from generate_series(1, 640) as i, lateral (values (7 + i % 12), (1 + i % 6)) as v (c);

insert into app.coupons (code, percent, valid_during)
select 'SAVE' || i, 5 + i % 8 * 5,
  tstzrange(timestamptz '2026-01-01 00:00+00' + make_interval(days => i * 9), timestamptz '2026-01-09 00:00+00' + make_interval(days => i * 9))
from generate_series(1, 36) as i;

insert into app.orders (customer_id, ship_address_id, coupon_code, status, note, placed_at, created_at, updated_at)
select 41 + i * 17 % 3160, case when i % 9 <> 0 then 1 + i * 29 % 4100 end,
  case when i % 11 = 0 then 'SAVE' || (1 + i % 36) end, status,
  case when i % 13 = 0 then 'Please ring twice.' end,
  case when status <> 'cart' then at + interval '12 minutes' end, at, at + interval '2 days'
from generate_series(1, 9600) as i,
  lateral (select
    (case when i % 20 = 0 then 'cart' when i % 25 = 1 then 'cancelled' when i > 9300 then 'placed'
      when i > 9000 then 'paid' when i > 8800 then 'shipped' else 'delivered' end)::app.order_status as status,
    timestamptz '2026-01-02 06:00+00' + make_interval(mins => i * 48) as at) as o;

insert into app.order_items (order_id, position, product_id, quantity, unit_price_cents)
select o, p, product, 1 + (o + p) % 3, 490 + product * 137 % 18000
from generate_series(1, 9600) as o, lateral generate_series(1, 1 + o % 4) as p,
  lateral (select 1 + (o * 31 + p * 101) % 640 as product) as n;

update app.orders as o set total_cents = i.total
from (select order_id, sum(line_total_cents) as total from app.order_items group by order_id) as i where i.order_id = o.id;

insert into app.reviews (product_id, user_id, rating, body, created_at)
select 1 + i * 7 % 640, 41 + i * 3 % 3160, 1 + (i * i) % 5, case when i % 2 = 0 then 'Does what it should.' end,
  timestamptz '2026-02-01 00:00+00' + make_interval(hours => i * 2)
from generate_series(1, 2400) as i;

insert into app.shipments (order_id, carrier, tracking_code, shipped_at, delivered_at)
select id, (array['Post', 'Courier', 'Bicycle'])[1 + id % 3], 'T' || lpad(id::text, 9, '0'), placed_at + interval '1 day',
  case when status = 'delivered' then placed_at + interval '3 days' end
from app.orders where status in ('shipped', 'delivered');

insert into billing.invoices (number, order_id, total_cents, currency, issued_on, due_on, settled)
select 'R-2026-' || lpad(id::text, 6, '0'), id, total_cents, currency, placed_at::date, placed_at::date + 30, status <> 'placed'
from app.orders where status in ('placed', 'paid', 'shipped', 'delivered') order by id;

insert into billing.invoice_lines (invoice_id, position, order_id, description, amount_cents)
select i.id, oi.position, oi.order_id, p.name, oi.line_total_cents
from billing.invoices i join app.order_items oi on oi.order_id = i.order_id join app.products p on p.id = oi.product_id;

insert into billing.payments (invoice_id, method, amount_cents, provider_reference, paid_at)
select i.id, (array['card', 'transfer', 'direct debit'])[1 + i.id % 3]::billing.payment_method, i.total_cents,
  case when i.id % 3 = 0 then 'ch_' || md5(i.id::text) end, least(o.placed_at + interval '1 hour', timestamptz '2026-11-21 12:00+00')
from billing.invoices i join app.orders o on o.id = i.order_id where i.settled;

refresh materialized view billing.monthly_revenue;

insert into warehouse.locations (code, name, country)
values ('VIE', 'Wien Nord', 'AT'), ('BER', 'Berlin Süd', 'DE'), ('MIL', 'Milano', 'IT');

insert into warehouse.stock (location_code, product_id, on_hand, reserved, counted_at)
select code, i, i * 7 % 90 + 1, i % 4, case when i % 2 = 0 then timestamptz '2026-11-01 07:00+00' end
from warehouse.locations, generate_series(1, 640) as i;

insert into warehouse.stock_movements (location_code, product_id, change, reason, moved_at)
select (array['VIE', 'BER', 'MIL'])[1 + i % 3], 1 + i * 11 % 640, case when i % 4 = 0 then -(1 + i % 5) else 1 + i % 9 end,
  (array['delivery', 'sale', 'count', 'return'])[1 + i % 4], timestamptz '2026-01-02 06:00+00' + make_interval(mins => i * 61)
from generate_series(1, 6000) as i;

analyze;

-- Queries with places: $a and $b are relations (with their aliases behind), $a.x one of its columns, $a.n a number,
-- $a.s a text; $w a table that can be written, $w.x its columns.
select $a.x from $a
select * from $a
select * from $a where $a.n = $1
select a.* from $a a, $b b where a.$a.n = b.$b.n
select a.$a.x, b.$b.x from $a a join $b b on a.$a.n = b.$b.n where b.$b.s like $1
select $a.x, $b.x from $a, $b
select $a.x, $b.x from $a join $b using ($both)
select * from $a natural join $b
select $both from $a left join $b using ($both) order by 1
select $a.x as x, count(*) from $a group by x order by x
select $a.x, count(*) from $a group by $a.x having count($a.n) > $1
select $a.x, count(*) from $a group by 1 order by 2 desc
select $a.x from $a order by $a.x, $a.n limit $1
select x.$a.x from (select * from $a) x where x.$a.n > 3
select x.v from (select $a.x as v from $a) as x
select x.p, x.q from $a as x (p, q)
with c as (select $a.x, $a.n from $a) select c.$a.x from c join $b b on b.$b.n = c.$a.n
with c as (select * from $a) select $a.x from c
with c (one) as (select $a.x from $a) select one from c
with recursive t (n) as (select $a.n from $a union all select n + 1 from t where n < 5) select n from t
with recursive t as (select $a.n as n, 1 as depth from $a union all select b.$b.n, depth + 1 from $b b join t on t.n = b.$b.n) select * from t
with d as (delete from $w where $w.n = $1 returning *) select $w.x from d
with d as (update $w set $w.u = default returning $w.x) select count(*) from d
select (select b.$b.x from $b b where b.$b.n = a.$a.n limit 1) from $a a
select $a.x from $a where $a.n in (select $b.n from $b)
select $a.x from $a where exists (select 1 from $b where $b.n = $a.n)
select $a.x from $a a where not exists (select from $b b where b.$b.n = a.$a.n and b.$b.x is null)
select s.x from $a a cross join lateral (select b.$b.x as x from $b b where b.$b.n = a.$a.n) s
select a.$a.x, s.* from $a a left join lateral (select * from $b b where b.$b.n = $a.n limit 1) s on true
select row_to_json(a) from $a a
select a from $a a
select count(*) from $a
select count(a.$a.x), max($a.n) from $a a
select a.$a.x, row_number() over (partition by a.$a.x order by a.$a.n) from $a a
select sum($a.n) over w from $a window w as (partition by $a.x)
select $a.x from $a union select $b.x from $b
select * from $a union all select * from $b
select $a.n, $a.s from $a union all select $b.n, $b.s from $b order by 1
select $a.s from $a except select $b.s from $b
select case when $a.n > 1 then $a.s else 'none' end from $a
select coalesce($a.s, 'x') || 'y' from $a
select $a.n + 1, $a.n * 2 from $a where $a.n between $1 and $2
select upper($a.s) from $a where $a.s = 'a' and $a.n = 1
select $a.x from $a where $a.n = any($1)
select $a.x from $a where $a.s in ('a', 'b')
select $a.x from $a where $a.x is not null and $a.n <> 0
select distinct on ($a.x) $a.x, $a.n from $a order by $a.x
select $a.x from $a for update
select a.$a.x from $a a for update of a
select $a.x from $a tablesample bernoulli (10)
select public.users.name from public.users
select app.users.name, u.name from app.users, public.users u
select $a.s::text, $a.n::text from $a
select feeling from users where feeling = 'happy'
select 'sad'::mood
select cast('open' as app.state), $1::mood
select id from orders where state = 'open'
select id from orders where state in ('open', 'closed')
select id from users where feeling > 'sad'::mood
insert into users (name, feeling) values ($1, 'ok')
update orders set state = 'closed' where id = $1
select case state when 'open' then 1 else 0 end from orders
select (home).zip, (home).street from users
select (u.home).zip from users u
update users set home.zip = 1 where id = $1
insert into users (name, home) values ('a', row('b', 1))
select row('a', 1)::address
select null::email, '3'::app.quantity
select total_of(1)
select app.total_of(1)
select app.total_of(who => 1, since => '2020-01-01')
select app.total_of($1, $2)
select total_of(who => u.id) from users u
select * from people_over(18)
select name, age from people_over(lowest => 3) p where p.feeling = 'ok'
select p.user_name, order_total from pairs() p
select * from pairs()
select (pairs()).user_name
select * from lines(1, 2)
select most, average from lines($1, most => 3)
select mood_of(u) from users u
select u.mood_of from users u
select "Odd Schema"."Größte"()
select add_up(1)
select add_up(a => 1, b => 2), add_up(b => 1, a => 3)
select atomic_count()
select nextval('numbers'), currval('numbers')
select nextval('app.tickets'::regclass)
select setval('app.tickets', 1)
select 'users'::regclass
select '"Odd ""Table"'::regclass::text
select numbers.last_value from numbers
insert into $w ($w.u) values ($1)
insert into $w ($w.x, $w.x) select $a.x, $a.x from $a
insert into $w values ($1)
insert into $w values ($1, $2, $3)
insert into $w default values
insert into $w select * from $a
insert into archive select * from orders
insert into archive select * from orders where id = $1 returning id, total
insert into archive values (1, 2, 3, 'a', 4, 'open', '2020-01-01')
insert into orders values ($1, $2, $3, $4)
insert into $w ($w.u) values ($1) on conflict do nothing
insert into users (name, mail) values ($1, $2) on conflict (mail) do update set name = excluded.name returning id
insert into users (id, name) values ($1, $2) on conflict (id) do update set name = excluded.name, age = users.age + 1 where users.age < 10
insert into orders (id, user_id, created) values ($1, $2, $3) on conflict (user_id, created) do nothing
insert into app.logins (user_id, at) values ($1, $2) on conflict on constraint once do nothing
insert into app.logins (user_id, at) values ($1, $2) on conflict on constraint logins_pkey do update set at = excluded.at
insert into app.users (id, phone) values ($1, $2) on conflict (phone) where active do nothing
insert into app.users (id) values ($1) on conflict (id) do nothing
insert into app.logins (id, user_id) overriding system value values ($1, $2)
insert into users (id, name) values ($1, $2)
insert into users (id, name) values (default, $2)
insert into items (order_id, line, price) values ($1, $2, $3)
insert into items (order_id, line, price, amount) values ($1, $2, $3, default)
insert into names (name) values ($1)
insert into adults (name, age) values ($1, $2) returning *
update adults set age = 3 where id = $1
delete from names where name = $1
update $w set $w.u = $1
update $w set $w.u = $1 where $w.n = $2 returning *
update $w set $w.u = b.$b.x from $b b where b.$b.n = $w.n
update $w as t set $w.u = default where t.$w.n = $1 returning t.$w.x
update orders set (total, note) = (select 1, 'x')
update orders set (total, note) = (u.age, u.name) from users u where u.id = user_id
delete from $w where $w.n = $1
delete from $w t using $b b where b.$b.n = t.$w.n returning t.*, b.$b.x
delete from $w where $w.x is null returning $w.x
merge into $w t using $b b on t.$w.n = b.$b.n when matched then delete
merge into orders o using archive a on o.id = a.id when matched then update set note = a.note, total = a.total when not matched then insert (id, user_id) values (a.id, a.user_id)
merge into users u using (select user_id, max(created) as last from orders group by 1) o on u.id = o.user_id when matched and o.last is not null then update set created = o.last
select u.id, u.name, count(o.id) from users u left join orders o on o.user_id = u.id group by u.id
select u.name, o.total, i.price from users u join orders o on o.user_id = u.id join items i on i.order_id = o.id where i.line = $1
select id, name, mail from users where name ilike $1 order by created desc limit $2 offset $3
select data->>'a', data #> '{b}', tags[1] from users where data @> $1 and $2 = any(tags)
select o.id, o.quantity + 1, o.total / nullif(o.quantity, 0) from orders o
select created::date, created + interval '1 day' from users where created > now() - interval '7 days'
select date_trunc('day', created), avg(age) from users group by date_trunc('day', created)
select extract(year from created) from orders
select length(name), substr(name, 1, 3), lower(mail) from users
select string_agg(name, ',' order by name) from users
select array_agg(o) from orders o
select json_build_object('id', o.id, 'total', o.total) from orders o
select to_jsonb(u) - 'data' from users u
select max(total) filter (where state = 'open') from orders
select e.id, d.name from events e join animals d on d.id = e.id
select * from events where day = $1
select id, kind, amount from events_old
select tableoid::regclass, ctid, xmin from events
select name, legs, breed from dogs
select name from only animals
select "Id", "select", "größe", "a b" from "Odd ""Table" where "größe" > $1
select t."Wert" from "Odd Schema"."Größen" t join "Odd ""Table" o on o."Id" = t.id
select people.total, people.name from "Odd Schema".people
select g.n, u.name from generate_series(1, 3) as g (n) left join users u on u.id = g.n
select t, o from unnest(array['a']) with ordinality as x (t, o)
select u.name, tag from users u, unnest(u.tags) as tag
values (1, 'a'), (2, 'b')
select v.id, u.name from (values (1, 'a')) as v (id, label) join users u using (id)
select users from users
select (u).name, (u.*).age from users u
select u.* is null from users u
select j.id from users u cross join orders o join items j2 on j2.order_id = o.id join archive j on j.id = o.id
select joined.total from (users u join orders o on u.id = o.user_id) as joined
select name from users where (age, id) = (select 1, 2)
select id from users where age = (select max(quantity) from orders where user_id = users.id)
select id from users where age > all (select quantity from orders)
select grouping(state), state, sum(total) from orders group by rollup (state)

-- Views on views, materialized ones, rules, grouping by a primary key, a body that the server parses (PostgreSQL 14).
create schema reports;
create table accounts (id integer primary key, name text, balance numeric, parent integer references accounts);
create view rich as select * from accounts where balance > 1000 with cascaded check option;
create view very_rich with (security_barrier = true) as select id, upper(name) as name from rich where balance > 10000;
create recursive view tree (id, depth) as
  select id, 0 from accounts where parent is null
  union all
  select a.id, t.depth + 1 from accounts a join tree t on a.parent = t.id;
create view by_key as select a.id, a.name, count(b.id) as children
  from accounts a left join accounts b on b.parent = a.id group by a.id;
create materialized view reports.totals as
  select name, sum(balance) as total, now() as refreshed from very_rich join accounts using (name) group by name;
create unique index totals_name on reports.totals (name);
create materialized view reports.later with (fillfactor = 80, toast.autovacuum_enabled = off) as select * from reports.totals with no data;
create view reports.over_totals as select t.*, v.id from reports.totals t left join very_rich v using (name);
create function rich_count() returns bigint language sql stable begin atomic select count(*) from rich; end;
create view with_function as select rich_count() as n;
alter view rich alter column balance set default 5000;
create rule accounts_no_delete as on delete to accounts where old.balance > 0 do instead nothing;
create rule rich_insert as on insert to very_rich do instead
  (insert into accounts (id, name, balance) values (new.id, new.name, 20000); notify rich);
create function on_view() returns trigger language plpgsql as $$ begin return null; end $$;
create trigger rich_trigger instead of update on rich for each row execute function on_view();
comment on view rich is 'those above 1000';
comment on column rich.name is 'as written';
comment on rule accounts_no_delete on accounts is 'keep those with money';
comment on materialized view reports.totals is 'sums';
create view wide as select row_number() over w as n, array(select 1) as list, case when id > 3 then 'a' else 'b' end as letter,
  name ilike '%x%' as has_x, coalesce(balance, 0)::integer as whole, extract(year from now()) as year
  from accounts window w as (partition by parent order by id) order by 1 limit 10;
create view some_of_it as select id, accounts.*::text as whole from only accounts tablesample system (10) where balance > 0;
create materialized view reports.emptied as select id, name from accounts;
create view reports.of_emptied as select name from reports.emptied;
create materialized view reports.from_emptied as select name from reports.of_emptied;
refresh materialized view reports.emptied with no data;

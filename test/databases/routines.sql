-- Functions in defaults, checks, generated columns and indexes; bodies that the server parses (PostgreSQL 14) and bodies it does not.
create function next_code(prefix text default 'A', variadic rest integer[] default '{}') returns text
  language plpgsql volatile as $body$
begin
  -- names something that does not exist: only running it would tell
  return prefix || (select count(*) from made_later);
end
$body$;
create function slug(value text) returns text language sql immutable parallel safe return lower(trim(value));
create function is_code(value text) returns boolean language sql immutable as $$ select value ~ '^[A-Z]' $$;
create table items (
  code text default next_code('B') check (is_code(code)),
  title text not null,
  slug text generated always as (slug(title)) stored
);
create index items_slug on items (slug(title)) where is_code(code);
create function titles(wanted items) returns setof items language sql stable
  begin atomic; select * from items where title = (wanted).title; select * from items; end;
create function item_of(p_code text) returns items language sql as $$ select * from items where code = p_code $$;
alter table items add column other text default (item_of('A')).title;
create function pairs(a integer, out b integer, inout c text, out d numeric) language plpgsql strict security definer
  cost 50 set search_path = public, pg_temp set work_mem = '8MB' as $$ begin b := 1; d := 2; end $$;
create function rows_of() returns table (code text, n bigint) language sql rows 5 as $$ select 'a', 1 $$;
create procedure tidy(inout done boolean, keep interval default '1 day') language plpgsql as $$ begin commit; end $$;
create function add_up(state numeric, value numeric, weight numeric) returns numeric
  language sql immutable as 'select state + value * weight';
create aggregate weighted(numeric, numeric) (sfunc = add_up, stype = numeric, initcond = '0', parallel = safe);
create aggregate percentile_like(float8 order by anyelement) (
  sfunc = ordered_set_transition, stype = internal, finalfunc = percentile_disc_final, finalfunc_extra
);
create aggregate longest(text) (sfunc = text_larger, stype = text, sortop = >);
create aggregate count_all(*) (sfunc = int8inc, stype = bigint, initcond = '0');
create function overloaded(integer) returns integer language sql as 'select 1';
create function overloaded(text) returns integer language sql as 'select 2';
create function quoted() returns text language sql as $x$ select $$a'b"c\d$$ $x$;
comment on function overloaded(text) is 'the second';
comment on aggregate weighted(numeric, numeric) is 'sum of products';
revoke execute on function slug(text) from public;

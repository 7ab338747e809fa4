-- Objects of kinds that belong to no table: collations, casts, operators, text search, publications, default privileges.
create schema tools;
create collation tools.plain (provider = libc, locale = 'C');
create collation tools.german (provider = icu, locale = 'de-u-ks-level2', deterministic = false);
create table words (word text collate tools.plain primary key, other text);
create index words_c on words (other collate tools.plain);
create type tools.celsius as (degrees numeric);
create function tools.to_number(tools.celsius) returns numeric language sql immutable as 'select ($1).degrees';
create cast (tools.celsius as numeric) with function tools.to_number(tools.celsius) as assignment;
create function tools.near(numeric, numeric) returns boolean language sql immutable as 'select abs($1 - $2) < 1';
create operator tools.~~~ (leftarg = numeric, rightarg = numeric, function = tools.near, commutator = operator(tools.~~~));
create view near_words as select 1::numeric operator(tools.~~~) 2::numeric as near;
create text search dictionary tools.plain_words (template = simple, stopwords = english);
create text search configuration tools.words (parser = "default");
alter text search configuration tools.words add mapping for asciiword, word with tools.plain_words, simple;
create index words_search on words using gin (to_tsvector('tools.words'::regconfig, word));
create publication all_words for table words;
alter default privileges in schema tools grant select on tables to public;

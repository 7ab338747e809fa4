-- What PostgreSQL 14 brought: multiranges, and bodies that the server parses.
create schema many;
create type float_range as range (subtype = float8, subtype_diff = float8mi, multirange_type_name = "Many Floats");
create type span as range (subtype = float8);
create type elsewhere as range (subtype = text, collation = "C", multirange_type_name = many.elsewhere_many);
create type "a range of ranges" as range (subtype = numeric);
create function first_of("Many Floats") returns float_range language sql immutable return null::float_range;
create table spans (m "Many Floats", o many.elsewhere_many[], s span_multirange default '{}', r nummultirange);
create index on spans using gist (m, s);

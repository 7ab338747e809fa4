select
  pg_catalog.set_config('search_path', '', true) as search_path,
  pg_catalog.set_config('datestyle', 'ISO, YMD', true) as datestyle,
  pg_catalog.set_config('intervalstyle', 'postgres', true) as intervalstyle,
  pg_catalog.set_config('timezone', 'UTC', true) as timezone,
  pg_catalog.set_config('extra_float_digits', '3', true) as extra_float_digits,
  pg_catalog.set_config('bytea_output', 'hex', true) as bytea_output,
  pg_catalog.set_config('standard_conforming_strings', 'on', true) as standard_conforming_strings,
  pg_catalog.set_config('quote_all_identifiers', 'off', true) as quote_all_identifiers,
  pg_catalog.set_config('xmloption', 'content', true) as xmloption,
  pg_catalog.set_config('jit', 'off', true) as jit

import type { SchemaMigration } from './schema-migration.ts';

/** The first schema: settings, connection profiles, kept catalogs, and the append-only record of every migration. */
export const begin: SchemaMigration = {
  version: 10,
  sql: `
create table settings (
  id integer primary key check (id = 1),
  value text not null check (json_valid(value))
) strict;

create table profiles (
  id text primary key,
  profile text not null check (json_valid(profile)),
  password_in_keychain integer not null default 0 check (password_in_keychain in (0, 1)),
  last_used_at text
) strict;

create table catalogs (
  connection_id text not null,
  fingerprint text not null,
  captured_at text not null,
  catalog text not null,
  primary key (connection_id, fingerprint)
) strict;

create table migrations (
  id text primary key,
  title text not null,
  request text not null,
  connection_id text not null,
  connection_name text not null,
  environment text not null,
  created_at text not null,
  changed_at text not null
) strict;

create table versions (
  migration_id text not null references migrations (id),
  version integer not null check (version > 0),
  saved_at text not null,
  draft text not null check (json_valid(draft)),
  base_fingerprint text,
  primary key (migration_id, version)
) strict;

create table validations (
  id integer primary key,
  migration_id text not null,
  version integer not null,
  at text not null,
  errors integer not null,
  warnings integer not null,
  report text not null check (json_valid(report)),
  foreign key (migration_id, version) references versions (migration_id, version)
) strict;
create index validations_of_version on validations (migration_id, version, id);

create table shadow_runs (
  id integer primary key,
  migration_id text not null,
  version integer not null,
  at text not null,
  restored integer not null check (restored in (0, 1)),
  report text not null check (json_valid(report)),
  foreign key (migration_id, version) references versions (migration_id, version)
) strict;
create index shadow_runs_of_version on shadow_runs (migration_id, version, id);

create table reviews (
  id integer primary key,
  migration_id text not null,
  version integer not null,
  at text not null,
  foreign key (migration_id, version) references versions (migration_id, version)
) strict;
create index reviews_of_version on reviews (migration_id, version, id);

create table exports (
  id integer primary key,
  migration_id text not null,
  version integer not null,
  at text not null,
  directory text not null,
  files text not null check (json_valid(files)),
  foreign key (migration_id, version) references versions (migration_id, version)
) strict;
create index exports_of_version on exports (migration_id, version, id);

create table events (
  id integer primary key,
  at text not null,
  migration_id text not null references migrations (id),
  version integer,
  kind text not null,
  text text not null
) strict;
create index events_of_migration on events (migration_id, id);

create table spending (
  id integer primary key,
  at text not null,
  dollars real not null,
  migration_id text references migrations (id)
) strict;

create virtual table event_search using fts5 (body, tokenize = 'unicode61 remove_diacritics 2');

create trigger versions_keep before update on versions begin select raise(abort, 'versions are append-only'); end;
create trigger validations_keep before update on validations begin select raise(abort, 'validations are append-only'); end;
create trigger shadow_runs_keep before update on shadow_runs begin select raise(abort, 'shadow runs are append-only'); end;
create trigger reviews_keep before update on reviews begin select raise(abort, 'reviews are append-only'); end;
create trigger exports_keep before update on exports begin select raise(abort, 'exports are append-only'); end;
create trigger events_keep before update on events begin select raise(abort, 'events are append-only'); end;
create trigger versions_stay before delete on versions begin select raise(abort, 'versions are append-only'); end;
create trigger validations_stay before delete on validations begin select raise(abort, 'validations are append-only'); end;
create trigger shadow_runs_stay before delete on shadow_runs begin select raise(abort, 'shadow runs are append-only'); end;
create trigger reviews_stay before delete on reviews begin select raise(abort, 'reviews are append-only'); end;
create trigger exports_stay before delete on exports begin select raise(abort, 'exports are append-only'); end;
create trigger events_stay before delete on events begin select raise(abort, 'events are append-only'); end;
`,
};

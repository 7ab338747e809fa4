--- 2014_10_12_000000_create_users_table
create table if not exists "users" ("id" bigserial not null primary key, "name" varchar(255) not null, "email" varchar(255) not null, "email_verified_at" timestamp(0) without time zone null, "password" varchar(255) not null, "remember_token" varchar(100) null, "created_at" timestamp(0) without time zone null, "updated_at" timestamp(0) without time zone null);
alter table "users" add constraint "users_email_unique" unique ("email");
--- down
drop table if exists "users";
--- rows
insert into users (name, email, password) values ('A', 'a@a.test', 'x'), ('B', 'b@a.test', 'y');
--- 2019_08_19_000000_create_posts_table
create table "posts" ("id" bigserial not null primary key, "user_id" bigint not null, "title" varchar(255) not null, "body" text null, "status" varchar(255) check ("status" in ('draft', 'published')) not null default 'draft', "views" integer not null default '0', "rating" decimal(3, 1) null);
alter table "posts" add constraint "posts_user_id_foreign" foreign key ("user_id") references "users" ("id") on delete cascade;
create index "posts_status_index" on "posts" ("status");
--- down
drop table if exists "posts";
--- rows
insert into posts (user_id, title, body, rating) values (1, 'One', 'text', 4.5), (2, 'Two', null, null);
--- 2019_09_01_000000_add_archived_status
alter table posts drop constraint posts_status_check;
alter table posts add constraint posts_status_check check (status::text = any (array['draft'::text, 'published'::text, 'archived'::text]));
--- down
alter table posts drop constraint if exists posts_status_check;
alter table posts add constraint posts_status_check check (status in ('draft', 'published'));
--- 2019_09_02_000000_posts_soft_deletes
alter table "posts" add column "deleted_at" timestamp(0) without time zone null;
--- down
alter table "posts" drop column if exists "deleted_at";
--- 2019_09_03_000000_drop_posts_status_index
drop index if exists "posts_status_index";
create index "posts_status_views_index" on "posts" ("status", "views");
--- down
drop index if exists "posts_status_views_index";
create index if not exists "posts_status_index" on "posts" ("views");
--- 2019_09_04_000000_create_media_table
create table "media" ("id" bigserial not null primary key, "model_type" varchar(255) not null, "model_id" bigint not null, "uuid" uuid null, "size" bigint not null, "manipulations" json not null, "order_column" integer null);
create index "media_model_type_model_id_index" on "media" ("model_type", "model_id");
alter table "media" add constraint "media_uuid_unique" unique ("uuid");
--- down
drop table if exists "medias";
--- rows
insert into media (model_type, model_id, size, manipulations) values ('Post', 1, 10, '[]'), ('Post', 2, 20, '{"w": 1}');
--- 2019_09_05_000000_views_bigint
alter table "posts" alter column "views" type bigint, alter column "views" set not null, alter column "views" drop default, alter column "views" drop identity if exists;
alter table "posts" alter column "views" set default '0';
--- down
alter table "posts" alter column "views" type integer, alter column "views" drop default;
--- 2019_09_06_000000_title_length
alter table "posts" alter column "title" type varchar(100) using substr(title, 1, 100);
comment on column "posts"."title" is 'shown in lists';
--- down
alter table "posts" alter column "title" type varchar(255);
comment on column "posts"."title" is NULL;
--- 2019_09_07_000000_permissions
create table "roles" ("id" bigserial not null primary key, "name" varchar(125) not null, "guard_name" varchar(125) not null);
alter table "roles" add constraint "roles_name_guard_name_unique" unique ("name", "guard_name");
create table "model_has_roles" ("role_id" bigint not null, "model_type" varchar(255) not null, "model_id" bigint not null);
alter table "model_has_roles" add constraint "model_has_roles_role_id_foreign" foreign key ("role_id") references "roles" ("id") on delete cascade;
alter table "model_has_roles" add primary key ("role_id", "model_id", "model_type");
insert into "roles" ("name", "guard_name") values ('admin', 'web');
--- down
drop table if exists "model_has_roles";
drop table if exists "roles";
--- rows
insert into model_has_roles values (1, 'User', 1);
--- 2019_09_08_000000_teams
alter table "model_has_roles" add column "team_id" bigint not null default '1';
alter table "model_has_roles" drop constraint "model_has_roles_pkey";
alter table "model_has_roles" add constraint "model_has_roles_role_model_type_primary" primary key ("team_id", "role_id", "model_id", "model_type");
--- down
alter table "model_has_roles" drop constraint "model_has_roles_role_model_type_primary";
alter table "model_has_roles" drop column "team_id";
alter table "model_has_roles" add primary key ("role_id", "model_type", "model_id");
--- 2019_09_09_000000_editor_role
insert into "roles" ("name", "guard_name") values ('editor', 'web'), ('writer', 'web');
update "roles" set "guard_name" = 'api' where "name" = 'admin';
--- down
delete from "roles" where "name" in ('editor', 'writer');
--- 2019_09_10_000000_drop_rating
alter table "posts" drop column "rating";
--- down
alter table "posts" add column "rating" decimal(3, 1) null;
--- 2019_09_11_000000_sessions
create table "sessions" ("id" varchar(255) not null, "user_id" bigint null, "payload" text not null, "last_activity" integer not null);
alter table "sessions" add primary key ("id");
create index "sessions_user_id_index" on "sessions" ("user_id");
--- down
drop table if exists "sessions";
--- rows
insert into sessions values ('s', 1, '', 1);
--- 2019_09_12_000000_sessions_fk
delete from sessions where user_id not in (select id from users);
alter table "sessions" add constraint "sessions_user_id_foreign" foreign key ("user_id") references "users" ("id") on delete cascade on update cascade;
--- down
alter table "sessions" drop constraint if exists "session_user_id_foreign";
--- 2019_09_13_000000_rename_body
alter table "posts" rename column "body" to "content";
create index "posts_content_fulltext" on "posts" using gin ((to_tsvector('english', "content")));
--- down
drop index if exists "posts_content_fulltext";
alter table "posts" rename column "content" to "body";
--- 2019_09_14_000000_post_seo
create table "post_seo" ("post_id" bigint not null primary key references "posts" on delete cascade, "keywords" text[] null);
insert into "post_seo" ("post_id") select "id" from "posts";
--- down
drop table if exists "post_seo" cascade;
--- 2019_09_15_000000_truncate_sessions
truncate table "sessions";
alter table "sessions" add column "ip" inet not null;
--- down
alter table "sessions" drop column "ip";
--- 2019_09_16_000000_users_drop_remember
alter table "users" drop column "remember_token", drop column "email_verified_at";
--- down
alter table "users" add column "email_verified_at" timestamp null;
alter table "users" add column "remember_token" varchar(100) null;
--- 2019_09_17_000000_unlogged_cache
create unlogged table "cache" ("key" varchar(255) not null primary key, "value" text not null, "expiration" integer not null);
--- down
drop table if exists "cache";
--- 2019_09_18_000000_cache_logged
alter table "cache" set logged;
--- down
alter table if exists "caches" set unlogged;

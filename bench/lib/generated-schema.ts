/** How many objects of each kind a generated schema has for each table. */
const indexesPerTable = 5;
const schemas = 4;

/**
 * SQL that makes a schema of the size of a large business database: for every table 12 columns, a primary key and four
 * further indexes, three foreign keys for two tables, a check, defaults, a comment on the table and on a column; for
 * every ten tables a view, a function and a trigger; for every twenty an enum type and a policy. The same text every time.
 */
export function generatedSchema(tables: number): string {
  const name = (table: number): string => `s${table % schemas}.table_${table}`;
  const statements: string[] = [];
  for (let schema = 0; schema < schemas; schema += 1) {
    statements.push(`create schema s${schema}`);
    statements.push(
      `create function s${schema}.touch() returns trigger language plpgsql as $$begin new.changed_at := now(); return new; end$$`,
    );
  }
  for (let table = 0; table < tables; table += 1) {
    if (table % 20 === 0)
      statements.push(`create type s${table % schemas}.state_${table} as enum ('new', 'open', 'closed')`);
    const stateType = `s${(table - (table % 20)) % schemas}.state_${table - (table % 20)}`;
    statements.push(`create table ${name(table)} (
      id bigint generated always as identity primary key,
      tenant_id bigint not null,
      name varchar(200) not null default 'unnamed'::character varying,
      state ${stateType} not null default 'new',
      price numeric(12, 2) default 0 check (price >= 0),
      quantity integer not null default 1,
      tags text[] not null default '{}',
      details jsonb not null default '{}'::jsonb,
      first_ref bigint,
      second_ref bigint,
      created_at timestamptz not null default now(),
      changed_at timestamptz)`);
    statements.push(`create index on ${name(table)} (tenant_id, created_at desc)`);
    statements.push(`create unique index on ${name(table)} (tenant_id, lower(name))`);
    statements.push(`create index on ${name(table)} (state) where state <> 'closed'`);
    statements.push(`create index on ${name(table)} using gin (details)`);
    statements.push(`comment on table ${name(table)} is 'What is kept about number ${table}'`);
    statements.push(`comment on column ${name(table)}.price is 'Without tax'`);
    if (table > 0)
      statements.push(`alter table ${name(table)} add foreign key (first_ref) references ${name(table >> 1)}`);
    if (table % 2 === 1) {
      statements.push(
        `alter table ${name(table)} add foreign key (second_ref) references ${name(table - 1)} on delete set null`,
      );
    }
    if (table % 10 === 0) {
      const view = `s${table % schemas}.view_${table}`;
      statements.push(`create view ${view} as
        select t.id, t.name, count(o.id) as others, sum(o.price * o.quantity) as total
        from ${name(table)} t left join ${name(table >> 1)} o on o.id = t.first_ref and o.state <> 'closed'
        where t.price > 10 group by t.id, t.name`);
      statements.push(`create function s${table % schemas}.price_of_${table}(wanted bigint, factor numeric default 1.0)
        returns numeric language sql stable as $$select price * factor from ${name(table)} where id = wanted$$`);
      statements.push(`create trigger touch before update on ${name(table)} for each row
        when (old.* is distinct from new.*) execute function s${table % schemas}.touch()`);
    }
    if (table % 20 === 0) {
      statements.push(`alter table ${name(table)} enable row level security`);
      statements.push(`create policy own on ${name(table)} using (tenant_id = current_setting('app.tenant')::bigint)`);
      statements.push(`grant select, insert on ${name(table)} to public`);
    }
  }
  return statements.map((statement) => `${statement};`).join('\n');
}

/** What a schema of so many tables holds, in words. */
export const generatedSize = (tables: number): string =>
  `${tables} tables, ${tables * indexesPerTable} indexes, ${Math.round(tables * 1.5) - 1} foreign keys`;

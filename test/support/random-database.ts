import { quoteIdentifier } from '../../src/engine/sql/quote-identifier.ts';
import { quoteLiteral } from '../../src/engine/sql/quote-literal.ts';
import type { RandomChoices } from './random-choices.ts';
import { builtInKinds, type ColumnKind, type RandomColumn, randomColumn } from './random-columns.ts';
import { path, randomNames } from './random-names.ts';
import {
  randomForeignTables,
  randomInheritance,
  randomPartitionTree,
  randomPublications,
  randomRenames,
} from './random-relatives.ts';

/** A table of a random database, as far as what follows needs to know it. */
export type RandomTable = {
  readonly schema: string;
  readonly name: string;
  readonly path: string;
  readonly columns: readonly RandomColumn[];
  /** Names of the columns of its primary key. */
  readonly key: readonly string[];
  readonly partitioned: boolean;
};

/** A random database: the statements that make it, each valid after those before it, and its ordinary tables. */
export type RandomDatabase = { readonly statements: readonly string[]; readonly tables: readonly RandomTable[] };

/** Roles that random databases give rights to; they must exist. */
export const randomRoles: readonly string[] = ['lockstep_reader', 'Lockstep "Writer"'];

const quoted = (names: readonly string[]): string => names.map(quoteIdentifier).join(', ');

/** A database with objects of every kind that people make, which depend on one another in random ways. */
export function randomDatabase(choices: RandomChoices): RandomDatabase {
  const { pick, chance, count, some } = choices;
  const newName = randomNames(choices);
  const statements: string[] = [];
  const say = (...texts: readonly string[]) => statements.push(...texts);
  const tables: RandomTable[] = [];

  const schemas = ['public', ...Array.from({ length: count(0, 2) }, newName)];
  for (const schema of schemas.slice(1)) say(`create schema ${quoteIdentifier(schema)}`);
  const home = () => pick(schemas);

  const kinds = [...builtInKinds, ...randomTypes()];
  const flag = randomFunctions();

  for (let left = count(1, 4); left > 0; left -= 1) addTable();
  const [first] = tables;
  if (first !== undefined && chance(40)) addChild(first);
  for (let left = count(0, 3); left > 0; left -= 1) addForeignKey();
  for (const table of tables) addMembers(table);
  addViews();
  addRights();
  const workshop = { choices, say, newName, home };
  if (chance(30)) randomPartitionTree(workshop);
  if (chance(30)) randomInheritance(workshop);
  if (chance(20)) randomForeignTables(workshop);
  if (chance(30)) {
    randomPublications(
      workshop,
      tables.map((table) => ({ ...table, isUnlogged: isUnlogged(table) })),
    );
  }
  if (chance(30)) randomRenames(workshop, tables);
  return { statements, tables };

  function randomTypes(): readonly ColumnKind[] {
    const found: ColumnKind[] = [];
    const plain = { order: true, text: false };
    if (chance(60)) {
      const own = path(home(), newName());
      say(`create type ${own} as enum ('new', 'it''s', 'Größe', '')`);
      found.push({ ...plain, type: own, defaults: [`'new'::${own}`, "''"] });
    }
    if (chance(50)) {
      const own = path(home(), newName());
      const base = pick(['integer', 'numeric(6, 2)', 'bigint']);
      say(`create domain ${own} as ${base} default 7 constraint ${quoteIdentifier(newName())} check (value > 0)`);
      found.push({ ...plain, type: own, defaults: ['8'] });
      if (chance(40)) {
        const inner = path(home(), newName());
        say(`create domain ${inner} as ${own}${chance(50) ? ' not null' : ''} check (value < 1000)`);
        found.push({ ...plain, type: inner, defaults: ['9'] });
      }
    }
    if (chance(50)) {
      const own = path(home(), newName());
      const inner = pick([...builtInKinds, ...found]).type;
      say(`create type ${own} as (a integer, ${quoteIdentifier(newName())} ${inner}, c text collate "C")`);
      found.push({ type: own, defaults: [], order: false, text: false });
    }
    if (chance(30)) {
      const own = path(home(), newName());
      say(`create type ${own} as range (subtype = ${pick(['text', 'float8', 'date'])})`);
      found.push({ ...plain, type: own, defaults: ["'empty'"] });
    }
    for (let left = count(0, 2); left > 0; left -= 1) {
      const step = pick(['2', '-3']);
      const limits = step === '2' ? 'minvalue -5 start with 3' : 'maxvalue 500 start with 100';
      const own = path(home(), newName());
      say(
        `create sequence ${own} as ${pick(['integer', 'bigint'])} increment by ${step} ${limits}${chance(30) ? ' cycle' : ''}`,
      );
      const next = `nextval(${quoteLiteral(own)}::regclass)`;
      found.push({ ...plain, type: 'bigint', defaults: [next] });
    }
    return found;
  }

  /** Makes functions and returns the path of an immutable one from integer to integer. */
  function randomFunctions(): string {
    const own = path(home(), newName());
    const bodies = [
      `language sql immutable as ${quoteLiteral('select $1 + 1')}`,
      'language sql immutable strict parallel safe return $1 * 2',
      `language plpgsql immutable cost 7 as ${quoteLiteral("begin return $1; -- it's $$ quoted\nend")}`,
    ];
    say(`create function ${own}(integer) returns integer ${pick(bodies)}`);
    if (chance(40)) {
      const other = path(home(), newName());
      say(
        `create function ${other}(a integer default 1, inout b text default 'x', variadic c integer[] default '{}')
          language plpgsql security definer set search_path = public, pg_temp as ${quoteLiteral('begin b := a; end')}`,
        `create procedure ${path(home(), newName())}(keep interval default '1 day') language sql as ${quoteLiteral('select 1')}`,
      );
    }
    if (chance(30)) {
      say(`create aggregate ${path(home(), newName())}(integer) (sfunc = int4pl, stype = integer, initcond = '0')`);
    }
    return own;
  }

  function randomColumns(place: { readonly identity: boolean }): readonly RandomColumn[] {
    const columns = Array.from({ length: count(1, 5) }, () => randomColumn(choices, newName(), kinds, place));
    const id: RandomColumn = {
      ...{ name: 'id', type: 'integer', defaults: [], order: true, text: false, notNull: true },
      line: 'id integer not null',
    };
    const at: RandomColumn = { ...id, name: 'at', type: 'date', line: "at date not null default '2024-01-01'" };
    return [id, ...columns, at];
  }

  function addTable(): void {
    const [schema, name] = [home(), newName()];
    const own = path(schema, name);
    const partitioned = chance(30);
    const columns = randomColumns({ identity: !partitioned });
    const lines = columns.map((column) => column.line);
    const key = chance(75) ? (partitioned || chance(40) ? ['id', 'at'] : ['id']) : [];
    if (key.length > 0) {
      const timing = partitioned ? '' : pick(['', '', ' deferrable', ' deferrable initially deferred']);
      lines.push(
        `${chance(30) ? `constraint ${quoteIdentifier(newName())} ` : ''}primary key (${quoted(key)})${timing}`,
      );
    }
    if (chance(50)) {
      const check = pick(['id > 0', "at > '1999-01-01'", 'id <> 3 or at is null', `${flag}(id) > 0`]);
      lines.push(`constraint ${quoteIdentifier(newName())} check (${check})`);
    }
    if (!partitioned && chance(25)) lines.push(`check (id < 5000) no inherit`);
    if (!partitioned && chance(30)) {
      const generated = pick(['id * 2', `${flag}(id)`, 'case when id > 1 then id else 0 end']);
      lines.push(`${quoteIdentifier(newName())} integer generated always as (${generated}) stored`);
    }
    const by = partitioned ? ` partition by ${pick(['range (at)', 'list (at)', 'hash (at)', 'range (at, id)'])}` : '';
    const options =
      !partitioned && chance(30) ? ` with (fillfactor = ${count(50, 90)}, autovacuum_enabled = false)` : '';
    const unlogged = !partitioned && chance(15) ? 'unlogged ' : '';
    say(`create ${unlogged}table ${own} (${lines.join(', ')})${by}${options}`);
    tables.push({ schema, name, path: own, columns, key, partitioned });
    if (partitioned) addPartitions(own, by);
  }

  function addPartitions(parent: string, by: string): void {
    const bounds = by.includes('(at, id)')
      ? ["from (minvalue, minvalue) to ('2024-01-01', 5)", "from ('2024-01-01', 5) to (maxvalue, maxvalue)"]
      : by.includes('range')
        ? ["from (minvalue) to ('2024-01-01')", "from ('2024-01-01') to ('2025-01-01')"]
        : by.includes('list')
          ? ["in ('2024-01-01', '2024-01-02')", 'in (null)']
          : ['with (modulus 2, remainder 0)', 'with (modulus 2, remainder 1)'];
    for (const bound of bounds.slice(0, count(1, 2))) {
      const own = path(home(), newName());
      const further = bound.startsWith('from') && chance(25) ? ' partition by list (id)' : '';
      say(`create table ${own} partition of ${parent} for values ${bound}${further}`);
      if (further !== '') say(`create table ${path(home(), newName())} partition of ${own} for values in (1, 2)`);
    }
    if (!by.includes('hash') && chance(40))
      say(`create table ${path(home(), newName())} partition of ${parent} default`);
  }

  /** A child of inheritance, with columns of its own and one that it shares. */
  function addChild(parent: RandomTable): void {
    if (parent.partitioned || statements.some((text) => text.startsWith(`create unlogged table ${parent.path} `)))
      return;
    const own = path(home(), newName());
    say(`create table ${own} (${quoteIdentifier(newName())} text, at date not null) inherits (${parent.path})`);
    for (const column of some(parent.columns, 3)) {
      const alter = `alter table ${pick([`only ${parent.path}`, parent.path, own])} alter column ${quoteIdentifier(column.name)}`;
      if (column.text) say(`${alter} ${pick(['set storage external', 'set storage main', 'set compression pglz'])}`);
      else if (column.name === 'at') say(`${alter} ${pick(['drop default', "set default '2030-01-01'"])}`);
    }
    if (chance(50)) say(`alter table ${own} add constraint ${quoteIdentifier(newName())} check (id > 1)`);
  }

  function addForeignKey(): void {
    const targets = tables.filter((table) => table.key.length > 0 && !isUnlogged(table) && !isDeferrable(table));
    if (targets.length === 0) return;
    const [from, to] = [pick(tables.filter((table) => !isUnlogged(table))), pick(targets)];
    const actions = `${pick(['', ' on delete cascade', ' on delete restrict', ' on delete set default'])}${pick(['', ' on update cascade'])}`;
    const timing = pick(['', ' deferrable', ' deferrable initially deferred']);
    const late = !from.partitioned && chance(25) ? ' not valid' : '';
    const match = to.key.length > 1 && chance(20) ? ' match full' : '';
    say(
      `alter table ${from.path} add constraint ${quoteIdentifier(newName())} foreign key (${quoted(to.key)})
        references ${to.path} (${quoted(to.key)})${match}${actions}${timing}${late}`,
    );
  }

  function isUnlogged(table: RandomTable): boolean {
    return statements.some((text) => text.startsWith(`create unlogged table ${table.path} `));
  }

  function isDeferrable(table: RandomTable): boolean {
    return statements.some((text) => text.includes(`table ${table.path} (`) && / deferrable/.test(text));
  }

  function addMembers(table: RandomTable): void {
    const ordered = table.columns.filter((column) => column.order);
    for (let left = count(0, 3); left > 0; left -= 1) say(randomIndex(table, ordered));
    if (!table.partitioned && chance(30)) {
      const include = chance(40) ? ' include (at)' : pick(['', ' deferrable']);
      say(
        `alter table ${table.path} add constraint ${quoteIdentifier(newName())} unique (${quoted(['at', 'id'])})${include}`,
      );
    }
    if (!table.partitioned && chance(20)) {
      const own = quoteIdentifier(newName());
      say(`alter table ${table.path} add constraint ${own} exclude using btree (id with =) where (id > 10)`);
    }
    if (!table.partitioned && chance(20))
      say(`alter table ${table.path} add constraint ${quoteIdentifier(newName())} check (id > -9) not valid`);
    if (chance(30)) addTriggers(table);
    if (chance(30)) addPolicies(table);
    if (chance(25))
      say(`create statistics ${path(home(), newName())} (ndistinct, dependencies) on id, at from ${table.path}`);
    if (chance(30)) say(`alter table ${table.path} alter column id set statistics ${count(0, 900)}`);
    if (!table.partitioned && chance(20))
      say(`alter table ${table.path} replica identity ${pick(['full', 'nothing'])}`);
    if (chance(15))
      say(
        `create rule ${quoteIdentifier(newName())} as on delete to ${table.path} where old.id = 3 do instead nothing`,
      );
    if (chance(50))
      say(`comment on table ${table.path} is ${quoteLiteral(pick(["it's odd", 'a\nb', '\\', '$$ -- /* ']))}`);
    for (const column of some(table.columns, 2)) {
      say(`comment on column ${table.path}.${quoteIdentifier(column.name)} is 'about it'`);
    }
  }

  function randomIndex(table: RandomTable, ordered: readonly RandomColumn[]): string {
    const key = () => {
      const column = quoteIdentifier(pick(ordered).name);
      return `${column}${pick(['', '', ' desc', ' asc nulls first', ' desc nulls last'])}`;
    };
    const named = quoteIdentifier(newName());
    const where = chance(30)
      ? ` where ${pick(['id > 5', "at < '2030-01-01' and id is not null", `${flag}(id) = 4`])}`
      : '';
    const forms = [
      `btree (${key()})`,
      `btree (${key()}, at)`,
      `btree ((id + 1), ${flag}(id) desc)`,
      `btree (id) include (at) with (fillfactor = 70)`,
      'hash (id)',
      'brin (at) with (pages_per_range = 32)',
      `gin ((array[id]))`,
    ];
    return `create index ${named} on ${table.path} using ${pick(forms)}${where}`;
  }

  function addTriggers(table: RandomTable): void {
    const run = path(home(), newName());
    say(`create function ${run}() returns trigger language plpgsql as ${quoteLiteral('begin return new; end')}`);
    const name = quoteIdentifier(newName());
    const when = chance(40) ? ' when (new.id > 1)' : '';
    const event = pick(['insert', 'insert or update of at', 'update']);
    say(
      `create trigger ${name} ${pick(['before', 'after'])} ${event} on ${table.path} for each row${when} execute function ${run}('it''s', 'x')`,
    );
    if (chance(40))
      say(`alter table ${table.path} ${pick(['disable', 'enable always', 'enable replica'])} trigger ${name}`);
    if (chance(40)) {
      const other = quoteIdentifier(newName());
      say(
        `create constraint trigger ${other} after update on ${table.path} deferrable initially deferred for each row execute function ${run}()`,
      );
    }
  }

  function addPolicies(table: RandomTable): void {
    say(`alter table ${table.path} enable row level security`);
    if (chance(50)) say(`alter table ${table.path} force row level security`);
    const to = pick(['public', ...randomRoles.map(quoteIdentifier), quoted(randomRoles)]);
    say(
      `create policy ${quoteIdentifier(newName())} on ${table.path}${chance(40) ? ' as restrictive' : ''} for all to ${to} using (id > 1 or current_user = 'x') with check (id > 2)`,
    );
  }

  function addViews(): void {
    const sources = tables.map((table) => table.path);
    for (let left = count(0, 3); left > 0; left -= 1) {
      const own = path(home(), newName());
      const from = pick(sources);
      const queries = [
        `select id, at from ${from} where id > 3`,
        `select a.id, a.at, count(*) as n from ${from} a join ${pick(sources)} b using (id) group by a.id, a.at`,
        `with s as (select id, at from ${from}) select s.id, s.at, ${flag}(s.id) as ${quoteIdentifier('Größe "x"')} from s`,
        `select id, at from ${from} union all select 1, current_date`,
      ];
      const query = pick(queries);
      if (chance(25)) {
        const filled = chance(70);
        say(`create materialized view ${own} as ${query} with ${filled ? '' : 'no '}data`);
        if (chance(50)) say(`create index ${quoteIdentifier(newName())} on ${own} (id desc)`);
        // No other materialized view can be filled from one that is not.
        if (!filled) continue;
      } else {
        say(`create view ${own}${chance(20) ? ' with (security_barrier = true)' : ''} as ${query}`);
        if (chance(30)) say(`comment on view ${own} is 'a view'`);
      }
      sources.push(own);
    }
  }

  function addRights(): void {
    for (const table of some(tables, 2)) {
      const role = quoteIdentifier(pick(randomRoles));
      say(
        `grant ${pick(['select', 'select, insert', 'all', 'select (id), update (at)'])} on ${table.path} to ${role}${chance(25) ? ' with grant option' : ''}`,
      );
      if (chance(25)) say(`alter table ${table.path} owner to ${quoteIdentifier(pick(randomRoles))}`);
    }
    for (const schema of some(schemas, 1)) {
      say(`grant usage on schema ${quoteIdentifier(schema)} to ${quoteIdentifier(pick(randomRoles))}`);
    }
  }
}

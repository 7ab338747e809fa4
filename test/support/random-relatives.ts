import { quoteIdentifier } from '../../src/engine/sql/quote-identifier.ts';
import type { RandomChoices } from './random-choices.ts';
import { path } from './random-names.ts';

/** What the makers of random objects share. */
type Workshop = {
  readonly choices: RandomChoices;
  readonly say: (...statements: readonly string[]) => void;
  readonly newName: () => string;
  /** A schema to put something into. */
  readonly home: () => string;
};

/**
 * Trees of partitions, up to three levels deep in several schemas, of which some were made before and attached: with
 * columns in another order, some dropped, names and defaults of their own for what they share.
 */
export function randomPartitionTree({ choices, say, newName, home }: Workshop): void {
  const { pick, chance, count } = choices;
  const target = path(home(), newName());
  say(`create table ${target} (k integer primary key)`);
  const root = path(home(), newName());
  const checkName = quoteIdentifier(newName());
  const check = `constraint ${checkName} check (amount <> 13)`;
  const method = { range: 'range (id)', list: 'list (kind)', hash: 'hash (id)' };
  const by = pick(['range', 'list', 'hash'] as const);
  say(
    `create table ${root} (id integer not null, kind text default 'a', amount numeric(6, 2) default 1, k integer, ${check}) partition by ${method[by]}`,
  );
  addBelow(root, by, 1);
  if (chance(60)) say(`create index ${quoteIdentifier(newName())} on ${root} (amount, kind desc)`);
  if (chance(50)) say(`alter table ${root} add constraint ${quoteIdentifier(newName())} unique (id, kind)`);
  if (chance(60)) {
    const name = quoteIdentifier(newName());
    say(`alter table ${root} add constraint ${name} foreign key (k) references ${target} on delete cascade`);
  }
  if (chance(40)) say(`alter table ${root} add column ${quoteIdentifier(newName())} text default 'late'`);
  if (chance(30)) say(`alter table ${root} rename column amount to ${quoteIdentifier(newName())}`);

  function addBelow(parent: string, kind: keyof typeof method, level: number): void {
    const bounds = {
      range: ['from (minvalue) to (0)', 'from (0) to (50)', 'from (50) to (maxvalue)'],
      list: ["in ('a', null)", "in ('it''s')", "in ('b', 'c')"],
      hash: ['with (modulus 3, remainder 0)', 'with (modulus 3, remainder 2)'],
    }[kind];
    for (const bound of bounds.slice(0, count(1, 3))) {
      const own = path(home(), newName());
      const next = level < 3 && chance(40) ? pick(['range', 'list', 'hash'] as const) : null;
      const further = next === null ? '' : ` partition by ${method[next]}`;
      if (chance(50)) attach(parent, own, bound, further);
      else say(`create table ${own} partition of ${parent} for values ${bound}${further}`);
      if (next !== null) addBelow(own, next, level + 1);
      if (chance(20)) say(`alter table ${own} alter column kind set default 'own'`);
      if (chance(15)) say(`alter table ${own} add constraint ${quoteIdentifier(newName())} check (id <> 77)`);
    }
  }

  function attach(parent: string, own: string, bound: string, further: string): void {
    const columns = ['amount numeric(6, 2)', 'k integer', 'kind text', 'id integer not null', 'gone date'];
    if (chance(50)) columns.reverse();
    say(`create table ${own} (${columns.join(', ')}, ${check})${further}`);
    say(`alter table ${own} drop column gone`);
    if (chance(40)) {
      const name = quoteIdentifier(newName());
      say(`alter table ${own} add constraint ${name} foreign key (k) references ${target} on delete cascade`);
    }
    if (chance(40)) say(`create index ${quoteIdentifier(newName())} on ${own} (amount, kind desc)`);
    say(`alter table ${parent} attach partition ${own} for values ${bound}`);
  }
}

/** Inheritance from two tables with columns that were dropped, renamed and shared, some linked after they were made. */
export function randomInheritance({ choices, say, newName, home }: Workshop): void {
  const { pick, chance } = choices;
  const [first, second, child, grandchild] = [0, 1, 2, 3].map(() => path(home(), newName()));
  const shared = quoteIdentifier(newName());
  const check = `constraint ${quoteIdentifier(newName())} check (${shared} > 0)`;
  say(`create table ${first} (gone integer, ${shared} integer not null default 1, a text, ${check})`);
  say(`create table ${second} (${shared} integer not null default 1, b date, gone_too text)`);
  say(`alter table ${first} drop column gone`, `alter table ${second} drop column gone_too`);
  if (chance(50)) say(`alter table ${first} rename column a to ${quoteIdentifier(newName())}`);
  const both = chance(50) ? `${first}, ${second}` : first;
  if (chance(60)) {
    const own = pick(['', `${shared} integer default 5`, `own text, ${shared} integer`]);
    say(`create table ${child} (${own}) inherits (${both})`);
  } else {
    say(`create table ${child} (b date, own text, ${shared} integer not null, ${check})`);
    say(`alter table ${child} inherit ${second}`);
  }
  say(`create table ${grandchild} (last integer) inherits (${child})`);
  if (chance(40)) say(`alter table only ${grandchild} alter column ${shared} set default 9`);
  if (chance(30)) say(`alter table ${second} alter column b set storage ${pick(['plain'])}`);
  if (chance(30)) say(`alter table ${grandchild} drop column last`);
}

/** A server with foreign tables; wrappers need no library until somebody asks for rows. */
export function randomForeignTables({ choices, say, newName, home }: Workshop): void {
  const { pick, chance, count } = choices;
  const [wrapper, server] = [quoteIdentifier(newName()), quoteIdentifier(newName())];
  say(`create foreign data wrapper ${wrapper}${pick(['', " options (debug 'true')"])}`);
  say(`create server ${server} foreign data wrapper ${wrapper}${pick(['', " options (host 'h', port '1')"])}`);
  for (let left = count(1, 2); left > 0; left -= 1) {
    const own = path(home(), newName());
    const column = quoteIdentifier(newName());
    const options = pick(['', " options (column_name 'X', b 'it''s')"]);
    say(
      `create foreign table ${own} (${column} text${options} ${pick(['', "default 'd'"])}, n integer not null, constraint ${quoteIdentifier(newName())} check (n > 0)) server ${server}${pick(['', " options (table_name 't')"])}`,
    );
    if (chance(30)) say(`comment on foreign table ${own} is 'far away'`);
    if (chance(30)) say(`alter foreign table ${own} alter column ${column} set statistics 7`);
  }
}

/** Publications of everything, of schemas, of some tables with some of their rows and columns. */
export function randomPublications(
  { choices, say, newName, home }: Workshop,
  tables: readonly { readonly path: string; readonly partitioned: boolean; readonly isUnlogged: boolean }[],
): void {
  const { pick, chance, count, some } = choices;
  const options = () => pick(['', " with (publish = 'insert, delete')", ' with (publish_via_partition_root = true)']);
  for (let left = count(1, 2); left > 0; left -= 1) {
    const own = quoteIdentifier(newName());
    const published = some(
      tables.filter(({ isUnlogged }) => !isUnlogged),
      2,
    );
    const lists = published.map(({ path: table, partitioned }) => {
      // A filter of what is updated may use no column outside of the replica identity.
      const what = partitioned ? '' : pick(['', ' (id, at)', ' where (id > 5)', " (id) where (at < '2030-01-01')"]);
      return `${table}${what}`;
    });
    const targets = [
      'for all tables',
      `for tables in schema ${quoteIdentifier(home())}`,
      ...(lists.length === 0 ? [''] : [`for table ${lists.join(', ')}`]),
    ];
    say(`create publication ${own} ${pick(targets)}${options()}`);
    if (chance(30)) say(`comment on publication ${own} is 'told to others'`);
    if (chance(30)) say(`alter publication ${own} rename to ${quoteIdentifier(newName())}`);
  }
}

/** New names for what was made before: nothing that names it may keep the old one. */
export function randomRenames(
  { choices, say, newName }: Workshop,
  tables: readonly { readonly path: string; readonly columns: readonly { readonly name: string }[] }[],
): void {
  for (const table of choices.some(tables, 2)) {
    for (const column of choices.some(table.columns, 2)) {
      say(`alter table ${table.path} rename column ${quoteIdentifier(column.name)} to ${quoteIdentifier(newName())}`);
    }
    if (choices.chance(50)) say(`alter table ${table.path} rename to ${quoteIdentifier(newName())}`);
  }
}

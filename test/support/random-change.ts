import type { Catalog, Column, Table } from '../../src/engine/catalog/catalog.ts';
import { quoteIdentifier } from '../../src/engine/sql/quote-identifier.ts';
import { quoteLiteral } from '../../src/engine/sql/quote-literal.ts';
import type { RandomChoices } from './random-choices.ts';
import { randomRoles } from './random-database.ts';
import { path } from './random-names.ts';

/** One change to a database, and every difference that it must make: `changed column public.t.a default`. */
export type RandomChange = { readonly statements: readonly string[]; readonly differences: readonly string[] };

const role = quoteIdentifier(randomRoles[0] ?? '');

/** A change that can be made to this database. */
export function randomChange(choices: RandomChoices, catalog: Catalog): RandomChange {
  const { pick } = choices;
  const possible = [
    ...catalog.tables.flatMap((table) => tableChanges(catalog, table)),
    ...otherChanges(catalog),
    ...newObjects(),
  ];
  // First the kind of change, or the many columns would leave little to the others.
  const ofOneKind = new Map<string, RandomChange[]>();
  for (const { does, ...change } of possible) ofOneKind.set(does, [...(ofOneKind.get(does) ?? []), change]);
  return pick(ofOneKind.get(pick([...ofOneKind.keys()])) ?? []);
}

type Possible = RandomChange & { readonly does: string };

const change = (does: string, statement: string, ...differences: readonly string[]): Possible => ({
  does,
  statements: [statement],
  differences,
});

/** True when the table has no place under or over another one, so that a change stays with it. */
const standsAlone = (catalog: Catalog, table: Table): boolean =>
  table.kind === 'table' &&
  table.partitionOf === null &&
  table.inherits.length === 0 &&
  !catalog.tables.some((other) =>
    other.inherits.some((parent) => parent.schema === table.schema && parent.name === table.name),
  );

function tableChanges(catalog: Catalog, table: Table): readonly Possible[] {
  const own = path(table.schema, table.name);
  const member = (name: string) => `${own}.${quoteIdentifier(name)}`;
  const alone = standsAlone(catalog, table);
  if (table.kind === 'foreign table') return foreignTableChanges(table, own);
  return [
    change('comment', `comment on table ${own} is 'changed'`, `changed table ${own} comment`),
    change(
      'row security',
      `alter table ${own} ${table.rowSecurity ? 'disable' : 'enable'} row level security`,
      // The flag that forces it means nothing without it.
      `changed table ${own} row security`,
    ),
    change(
      'policy',
      `create policy "new policy" on ${own} for select using (true)`,
      `added policy ${member('new policy')}`,
    ),
    change(
      'trigger',
      `create trigger "new trigger" before update on ${own} for each statement execute function pg_catalog.suppress_redundant_updates_trigger()`,
      `added trigger ${member('new trigger')}`,
    ),
    ...(alone
      ? [
          change('add column', `alter table ${own} add column "new one" integer`, `added column ${member('new one')}`),
          change(
            'add check',
            `alter table ${own} add constraint "new check" check (1 > 0)`,
            `added constraint ${member('new check')}`,
          ),
          change(
            'options',
            `alter table ${own} set (autovacuum_vacuum_threshold = 77)`,
            `changed table ${own} option autovacuum_vacuum_threshold`,
          ),
          change(
            'replica identity',
            `alter table ${own} replica identity ${table.replicaIdentity === 'full' ? 'nothing' : 'full'}`,
            `changed table ${own} replica identity`,
          ),
          change(
            'add index',
            `create index "new index" on ${own} (${quoteIdentifier(table.columns[0]?.name ?? '')})`,
            `added index ${path(table.schema, 'new index')}`,
          ),
        ]
      : []),
    ...(alone ? table.columns.flatMap((column) => columnChanges(catalog, table, column)) : []),
    ...table.indexes
      .filter((index) => alone && index.constraint === null)
      .map((index) =>
        change(
          'drop index',
          `drop index ${path(table.schema, index.name)}`,
          `removed index ${path(table.schema, index.name)}`,
        ),
      ),
    ...table.constraints
      .filter((constraint) => alone && (constraint.kind === 'check' || constraint.kind === 'foreign key'))
      .map((constraint) =>
        change(
          'drop constraint',
          `alter table ${own} drop constraint ${quoteIdentifier(constraint.name)}`,
          `removed constraint ${member(constraint.name)}`,
        ),
      ),
    ...table.policies.map((policy) =>
      change(
        'drop policy',
        `drop policy ${quoteIdentifier(policy.name)} on ${own}`,
        `removed policy ${member(policy.name)}`,
      ),
    ),
    ...table.triggers
      .filter((trigger) => alone && trigger.enabled !== 'disabled')
      .map((trigger) =>
        change(
          'switch trigger',
          `alter table ${own} disable trigger ${quoteIdentifier(trigger.name)}`,
          `changed trigger ${member(trigger.name)} enabled`,
        ),
      ),
  ];
}

const foreignTableChanges = (table: Table, own: string): readonly Possible[] => [
  change('comment', `comment on foreign table ${own} is 'changed'`, `changed table ${own} comment`),
  change(
    'foreign option',
    `alter foreign table ${own} options (add "new option" 'x')`,
    `changed table ${own} option new option`,
  ),
  ...table.columns
    .slice(0, 1)
    .map(({ name }) =>
      change(
        'comment on column',
        `comment on column ${own}.${quoteIdentifier(name)} is 'changed'`,
        `changed column ${own}.${quoteIdentifier(name)} comment`,
      ),
    ),
];

function columnChanges(catalog: Catalog, table: Table, column: Column): readonly Possible[] {
  const own = path(table.schema, table.name);
  const name = quoteIdentifier(column.name);
  const alter = `alter table ${own} alter column ${name}`;
  const object = `${own}.${name}`;
  const inKey = table.constraints.some(
    (constraint) => constraint.kind === 'primary key' && constraint.columns.includes(column.name),
  );
  const free = column.generated === null && column.identity === null;
  const changes = [
    change('comment on column', `comment on column ${object} is 'changed'`, `changed column ${object} comment`),
    change('statistics', `${alter} set statistics 901`, `changed column ${object} statistics`),
  ];
  const fitting = newDefaults[column.type];
  if (free && column.default === null && fitting !== undefined) {
    changes.push(change('set default', `${alter} set default ${fitting}`, `changed column ${object} default`));
  }
  if (free && column.default !== null) {
    changes.push(change('drop default', `${alter} drop default`, `changed column ${object} default`));
  }
  if (free && !column.notNull) {
    changes.push(change('set not null', `${alter} set not null`, `changed column ${object} not null`));
  }
  if (free && column.notNull && !inKey) {
    const named = table.constraints.find(
      (constraint) => constraint.kind === 'not null' && constraint.columns[0] === column.name,
    );
    changes.push(
      change(
        'drop not null',
        `${alter} drop not null`,
        `changed column ${object} not null`,
        ...(named === undefined ? [] : [`removed constraint ${own}.${quoteIdentifier(named.name)}`]),
      ),
    );
  }
  if (free && !isUsed(catalog, table, column)) {
    const named = table.constraints.find(
      (constraint) => constraint.kind === 'not null' && constraint.columns[0] === column.name,
    );
    changes.push(
      change(
        'drop column',
        `alter table ${own} drop column ${name}`,
        `removed column ${object}`,
        ...(named === undefined ? [] : [`removed constraint ${own}.${quoteIdentifier(named.name)}`]),
        ...(hasGrants(catalog, table, column) ? [`removed privileges ${object}`] : []),
      ),
    );
    if (column.default === null && column.collation === null && column.type === 'text') {
      changes.push(change('type', `${alter} type varchar(77)`, `changed column ${object} type`));
    }
  }
  return changes;
}

const newDefaults: Readonly<Record<string, string | undefined>> = {
  integer: '42',
  bigint: '42',
  smallint: '42',
  text: "'changed'",
  boolean: 'true',
  date: "'2001-02-03'",
  jsonb: "'{}'",
};

const hasGrants = (catalog: Catalog, table: Table, column: Column): boolean =>
  (catalog.grants ?? []).some(
    (grant) => grant.schema === table.schema && grant.name === table.name && grant.column === column.name,
  );

/** True when anything but the column's own default and `NOT NULL` speaks of the column. */
function isUsed(catalog: Catalog, table: Table, column: Column): boolean {
  return (
    table.constraints.some((one) => one.kind !== 'not null' && one.columns.includes(column.name)) ||
    table.indexes.some((index) => index.definition.includes(quoteIdentifier(column.name))) ||
    catalog.dependencies.some(
      ({ on }) => on.schema === table.schema && on.name === table.name && on.column === column.name,
    ) ||
    table.columns.some((other) => other.generated !== null && (other.default ?? '').includes(column.name)) ||
    table.columns.length === 1
  );
}

function otherChanges(catalog: Catalog): readonly Possible[] {
  return [
    ...catalog.types.flatMap((type) => {
      const own = path(type.schema, type.name);
      if (type.kind === 'enum') {
        return [change('enum label', `alter type ${own} add value 'newest'`, `changed enum ${own} label 'newest'`)];
      }
      if (type.kind !== 'domain') return [];
      return [
        type.default === null
          ? change('domain default', `alter domain ${own} set default 5`, `changed domain ${own} default`)
          : change('domain default', `alter domain ${own} drop default`, `changed domain ${own} default`),
      ];
    }),
    ...catalog.views
      .filter((view) => !view.materialized)
      .map((view) => {
        const own = path(view.schema, view.name);
        const secure = view.options.some((option) => option.startsWith('security_barrier'));
        return change(
          'view option',
          `alter view ${own} ${secure ? 'reset (security_barrier)' : 'set (security_barrier = true)'}`,
          `changed view ${own} option security_barrier`,
        );
      }),
    ...catalog.sequences
      .filter((sequence) => sequence.ownedBy === null && Number(sequence.increment) > 0)
      .map((sequence) => {
        const own = path(sequence.schema, sequence.name);
        return change('sequence', `alter sequence ${own} increment by 11`, `changed sequence ${own} increment`);
      }),
    ...catalog.routines
      .filter((routine) => routine.kind === 'function')
      .map((routine) => {
        const own = `${path(routine.schema, routine.name)}(${routine.arguments})`;
        return change('comment on function', `comment on function ${own} is 'x'`, `changed function ${own} comment`);
      }),
    ...catalog.schemas
      .filter((schema) => !(catalog.grants ?? []).some(({ kind, name }) => kind === 'schema' && name === schema.name))
      .map((schema) => {
        const own = quoteIdentifier(schema.name);
        return change('grant', `grant create on schema ${own} to ${role}`, `added privileges ${own}`);
      }),
  ];
}

const newObjects = (): readonly Possible[] => [
  change(
    'add table',
    'create table public."new table" (id integer primary key, a text)',
    'added table public."new table"',
  ),
  change('add view', 'create view public."new view" as select 1 as one', 'added view public."new view"'),
  change('add enum', `create type public."new enum" as enum ('a')`, 'added enum public."new enum"'),
  change('add sequence', 'create sequence public."new sequence"', 'added sequence public."new sequence"'),
  change(
    'add function',
    `create function public."new function"() returns integer language sql as ${quoteLiteral('select 1')}`,
    'added function public."new function"()',
  ),
  change('add publication', 'create publication "new publication"', 'added publication "new publication"'),
  change('add schema', 'create schema "new schema"', 'added schema "new schema"'),
];

import type { Catalog, DatabaseType, DefinedObject, Routine } from '../../src/engine/catalog/catalog.ts';
import { isNamedInSql, otherObjectPath } from '../../src/engine/catalog/other-object-path.ts';
import { partsOfPath } from '../../src/engine/catalog/parts-of-path.ts';
import { qualifiedName } from '../../src/engine/sql/qualified-name.ts';
import { quoteIdentifier } from '../../src/engine/sql/quote-identifier.ts';
import type { RandomChoices } from './random-choices.ts';
import { fillShape, randomStatement } from './random-statement.ts';
import shapes from './walk-shapes.sql?raw';

/** What walks leave out: the whole server's business, and `public`, of which pg_dump remembers what it was made with. */
const notWalked = /^(?:alter system|reindex|vacuum|(?:alter|drop) schema public\b)/;

const walkShapes = shapes.split('\n').filter((line) => line !== '' && !line.startsWith('--'));

/** The roles that statements speak of, beside the superuser; the server has to have them. */
export const walkingRoles: readonly string[] = ['lockstep_app', 'Lockstep "Owner"'];

/** One of each kind that shapes name, for databases that have none. */
export const walkingObjects = `
  create schema walking;
  create table walking.steps (id serial primary key, note text);
  create view walking.view as select id, note from walking.steps;
  create materialized view walking.kept as select id from walking.steps;
  create type walking.kind as enum ('x', 'y');
  create type walking.pair as (a integer, b text);
  create domain walking.number as integer constraint positive check (value > 0) not null;
  create function walking.one() returns integer language sql as 'select 1';
  create function walking.touch() returns trigger language plpgsql as 'begin return new; end';
`;

const roles = [...walkingRoles.map(quoteIdentifier), 'postgres'];
const newNames = [
  'brand_new',
  '"Brand ""new"',
  '"sélect"',
  '"a.b"',
  '"Very long name that the server has to cut somewhere, as it is over"',
  'second_new',
];
const someTexts = [
  "'a'",
  "'it''s'",
  String.raw`'back\slash'`,
  String.raw`e'two\nlines'`,
  "'Größe'",
  "'$1 $$'",
  "''",
  'null',
];
const extensionNames = ['citext', 'hstore', 'btree_gist', 'pg_trgm', 'pgcrypto', 'ltree', 'intarray', 'postgres_fdw'];

/** A statement about anything that a catalog may hold; a server refuses more than half of them. Null where it has nothing. */
export function walkStatement(catalog: Catalog, database: string, choices: RandomChoices): string | null {
  if ([catalog.tables, catalog.views, catalog.types, catalog.routines, catalog.sequences].some(isEmpty)) return null;
  if (catalog.tables.every(({ indexes }) => isEmpty(indexes))) return null;
  const statement = choices.chance(40)
    ? withNewNames(randomStatement(catalog, choices), choices)
    : fillShape(fillWalkShape(catalog, database, choices), catalog, choices);
  return notWalked.test(statement) ? null : statement;
}

const isEmpty = (list: readonly unknown[]): boolean => list.length === 0;

function fillWalkShape(catalog: Catalog, database: string, choices: RandomChoices): string {
  const { pick } = choices;
  const ofKind = (kind: string): readonly DefinedObject[] =>
    (catalog.otherObjects ?? []).filter((other) => other.kind === kind);
  const orNone = <T>(from: readonly T[], say: (one: T) => string): string =>
    from.length === 0 ? 'nosuch' : say(pick(from));
  const other = (kind: string) => orNone(ofKind(kind), otherObjectPath);
  const own = (kind: DatabaseType['kind']) => catalog.types.filter((type) => type.kind === kind);
  const domain = pickOr(own('domain'), pick);
  const composite = pickOr(own('composite'), pick);
  const triggerFunctions = catalog.routines.filter(({ result }) => result === 'trigger');
  const fillers: Readonly<Record<string, () => string>> = {
    new: () => pick(newNames),
    text: () => pick(someTexts),
    text_value: () => pick(someTexts),
    role: () => pick(roles),
    grantee: () => pick([...roles, 'public']),
    mapped: () => pick([...roles, 'public']),
    for_role: () => pick(['', ` for role ${pick(roles)}`]),
    in_schema: () => pick(['', orNone(catalog.schemas, ({ name }) => ` in schema ${quoteIdentifier(name)}`)]),
    with_grant: () => pick(['', '', ' with grant option']),
    table_privilege: () => pick(['select', 'insert', 'update', 'references', 'all']),
    storage: () => pick(['plain', 'external', 'extended', 'main']),
    tablespace: () => pick(['pg_default', '"Walk space"']),
    schema: () => orNone(catalog.schemas, ({ name }) => quoteIdentifier(name)),
    database: () => quoteIdentifier(database),
    commentable: () => pick(commentable(catalog)),
    rule: () => orNone(ofKind('rule'), (rule) => inTwo(rule).join(' on ')),
    table_rule: () => orNone(ofKind('rule'), (rule) => inTwo(rule)[0] ?? 'nosuch'),
    publication: () => other('publication'),
    subscription: () => other('subscription'),
    statistics: () => other('statistics'),
    collation: () => other('collation'),
    dictionary: () => other('text search dictionary'),
    configuration: () => other('text search configuration'),
    wrapper: () => other('foreign data wrapper'),
    server: () => other('server'),
    event_trigger: () => other('event trigger'),
    language: () => other('language'),
    operator: () => other('operator'),
    operator_name: () => pick(['===', '<->?', '@@@@']),
    operator_class: () => other('operator class').replace(/ USING /, ' using '),
    operator_family: () => other('operator family').replace(/ USING /, ' using '),
    event_state: () => pick(['disable', 'enable', 'enable replica', 'enable always']),
    event_function: () =>
      orNone(
        catalog.routines.filter(({ result }) => result === 'event_trigger'),
        (routine) => `${qualifiedName(routine)}()`,
      ),
    trigger_function: () => orNone(triggerFunctions, qualifiedName),
    domain: () => (domain === null ? 'nosuch' : qualifiedName(domain)),
    domain_constraint: () =>
      domain?.kind === 'domain' ? orNone(domain.constraints, ({ name }) => quoteIdentifier(name)) : 'nosuch',
    composite: () => (composite === null ? 'nosuch' : qualifiedName(composite)),
    attribute: () =>
      composite?.kind === 'composite' ? orNone(composite.attributes, ({ name }) => quoteIdentifier(name)) : 'nosuch',
    enum: () => orNone(own('enum'), qualifiedName),
    routine: () => orNone(catalog.routines, routineAddress),
    routine_call: () =>
      orNone(
        catalog.routines.filter((routine) => routine.arguments === ''),
        (routine) => `${qualifiedName(routine)}()`,
      ),
    extension: () => orNone(catalog.extensions, ({ name }) => quoteIdentifier(name)),
    extension_name: () => pick(extensionNames),
    view_index: () =>
      orNone(
        catalog.views.flatMap(({ indexes }) => indexes),
        ({ name }) => quoteIdentifier(name),
      ),
  };
  return pick(walkShapes).replaceAll(/\$([a-z_]+)/g, (place, name) => fillers[name]?.() ?? place);
}

const pickOr = <T>(from: readonly T[], pick: <U>(list: readonly U[]) => U): T | null =>
  from.length === 0 ? null : pick(from);

const withNewNames = (statement: string, { pick }: RandomChoices): string => {
  const name = pick(newNames);
  return statement.replaceAll(/\bbrand_new\b/g, () => name);
};

/** The name of a rule, and its table. */
function inTwo(rule: DefinedObject): readonly [rule: string, table: string] {
  return [partsOfPath(rule.name).at(-1) ?? rule.name, rule.table === null ? 'nosuch' : qualifiedName(rule.table)];
}

/** A routine as statements name it, with its kind. */
export const routineAddress = (routine: Routine): string => {
  const kind = routine.kind === 'window function' ? 'function' : routine.kind;
  return `${kind} ${qualifiedName(routine)}(${routine.kind === 'aggregate' && routine.arguments === '' ? '*' : routine.arguments})`;
};

/** Everything that a comment can be on, as COMMENT ON writes it. */
function commentable(catalog: Catalog): readonly string[] {
  const of = (kind: string, on: readonly { readonly schema: string; readonly name: string }[]) =>
    on.map((each) => `${kind} ${qualifiedName(each)}`);
  const inTable = ({ schema, name, columns, constraints, triggers, policies, indexes }: Catalog['tables'][number]) => {
    const table = qualifiedName({ schema, name });
    return [
      ...columns.map((column) => `column ${table}.${quoteIdentifier(column.name)}`),
      ...constraints.map((constraint) => `constraint ${quoteIdentifier(constraint.name)} on ${table}`),
      ...triggers.map((trigger) => `trigger ${quoteIdentifier(trigger.name)} on ${table}`),
      ...policies.map((policy) => `policy ${quoteIdentifier(policy.name)} on ${table}`),
      ...of(
        'index',
        indexes.map((index) => ({ schema, name: index.name })),
      ),
      `${catalog.tables.find((each) => each.schema === schema && each.name === name)?.kind === 'foreign table' ? 'foreign table' : 'table'} ${table}`,
    ];
  };
  return [
    ...catalog.schemas.map(({ name }) => `schema ${quoteIdentifier(name)}`),
    // Of plpgsql, which every database has, pg_dump says nothing.
    ...catalog.extensions.flatMap(({ name }) => (name === 'plpgsql' ? [] : [`extension ${quoteIdentifier(name)}`])),
    ...catalog.tables.flatMap(inTable),
    ...catalog.views.flatMap((view) => [
      ...of(view.materialized ? 'materialized view' : 'view', [view]),
      ...view.columns.map((column) => `column ${qualifiedName(view)}.${quoteIdentifier(column.name)}`),
    ]),
    ...of('sequence', catalog.sequences),
    ...catalog.types.flatMap((type) => [
      ...of(type.kind === 'domain' ? 'domain' : 'type', [type]),
      ...(type.kind === 'composite'
        ? type.attributes.map(({ name }) => `column ${qualifiedName(type)}.${quoteIdentifier(name)}`)
        : []),
      ...(type.kind === 'domain'
        ? type.constraints.map(({ name }) => `constraint ${quoteIdentifier(name)} on domain ${qualifiedName(type)}`)
        : []),
    ]),
    ...catalog.routines.map(routineAddress),
    ...(catalog.otherObjects ?? []).flatMap((other) => {
      if (other.kind === 'rule') return [`rule ${inTwo(other).join(' on ')}`];
      if (isNamedInSql(other) && !/^(?:operator|cast|transform)/.test(other.kind)) return [];
      return [`${other.kind} ${otherObjectPath(other)}`];
    }),
    'language plpgsql',
  ];
}

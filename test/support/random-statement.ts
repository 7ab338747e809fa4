import type { Catalog, Table, View } from '../../src/engine/catalog/catalog.ts';
import { qualifiedName } from '../../src/engine/sql/qualified-name.ts';
import { quoteIdentifier } from '../../src/engine/sql/quote-identifier.ts';
import type { RandomChoices } from './random-choices.ts';
import shapes from './statement-shapes.sql?raw';

/** Statements with places for names, types and values, as in `alter table $table drop column $column`. */
export const statementShapes: readonly string[] = shapes
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('--'));

const someTypes =
  'int|bigint|smallint|text|varchar(5)|varchar|numeric|numeric(12,4)|boolean|date|timestamp|timestamptz|jsonb|json|uuid|inet|int[]|text[]|char(3)|double precision|interval|bytea|bit varying|name|oid|xml|money|timestamp(3)|int4range|nosuch'.split(
    '|',
  );
const someValues =
  "1|null|'a'|'1'|now()|current_date|gen_random_uuid()|random()|'{}'|true|nextval('numbers')|array[1]|'x'::text|1.5|'2020-01-01'|id|(select 1)|count(*)|clock_timestamp()|length('a')".split(
    '|',
  );
const conditionsOn = (column: string): readonly string[] => [
  `${column} > 0`,
  `${column} is not null`,
  `${column} = 'a'`,
  `length(${column}) > 1`,
  `${column}::text <> ''`,
  `${column} in (1, 2)`,
  `nosuch(${column})`,
  column,
  'true',
  'random() > 0.5',
];

const written = (relation: { readonly schema: string; readonly name: string }): string => qualifiedName(relation);

/** Fills the places of a shape with what the catalog has, and now and then with what it has not. */
export function fillShape(shape: string, catalog: Catalog, { pick, chance }: RandomChoices): string {
  const table = pick(catalog.tables);
  const other = chance(50) ? table : pick(catalog.tables);
  const view = pick(catalog.views);
  const named = (list: readonly { readonly name: string }[]): string =>
    list.length > 0 && chance(97) ? quoteIdentifier(pick(list).name) : 'nosuch';
  const indexesOf = (owner: Table | View) => owner.indexes.map(({ name }) => written({ schema: owner.schema, name }));
  const fillers: Readonly<Record<string, () => string>> = {
    table: () => written(table),
    other_table: () => written(other),
    view: () => written(view),
    relation: () => written(pick([...catalog.tables, ...catalog.views])),
    column: () => named(table.columns),
    other_column: () => named(other.columns),
    view_column: () => named(view.columns),
    new: () => 'brand_new',
    constraint: () => named(table.constraints),
    index: () => pick(catalog.tables.flatMap(indexesOf)),
    own_index: () => named(table.indexes),
    sequence: () => written(pick(catalog.sequences)),
    type: () => pick([...someTypes, ...catalog.types.map(written)]),
    own_type: () => written(pick(catalog.types)),
    value: () => pick(someValues),
    trigger: () => named(table.triggers),
    policy: () => named(table.policies),
    function: () => written(pick(catalog.routines)),
    only: () => pick(['', 'only ']),
    if_exists: () => pick(['', 'if exists ']),
    behavior: () => pick(['', ' restrict', ' cascade']),
    number: () => pick(['0', '1', '10', '-1', '100000']),
    schema: () => pick(['nosuch', ...catalog.schemas.map(({ name }) => quoteIdentifier(name))]),
    condition: () => pick(conditionsOn(named(table.columns))),
  };
  return shape.replaceAll(/\$([a-z_]+)/g, (place, name) => fillers[name]?.() ?? place);
}

/** A statement on what a catalog has; a server refuses most of them, for one reason or another. */
export const randomStatement = (catalog: Catalog, choices: RandomChoices): string =>
  fillShape(choices.pick(statementShapes), catalog, choices);

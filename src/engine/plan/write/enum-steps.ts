import type { Catalog, Column, Table } from '../../catalog/catalog.ts';
import { qualifiedName } from '../../sql/qualified-name.ts';
import { identifier, joinSql, literal, qualified, rendered, sql } from '../../sql/sql.ts';
import type { Intent } from '../intent.ts';
import { dependantsOfColumn, viewsUsing } from './dependants.ts';
import { fitName } from './free-name.ts';
import { impossible, planned, type StepResult, stepOf } from './step.ts';
import { dropViews, restoreViews } from './view-steps.ts';

/**
 * Adds a value to an enum type. PostgreSQL cannot take a value away again, so the down makes the type anew with the old
 * values and converts every column that has it.
 */
export function addEnumValue(catalog: Catalog, intent: Extract<Intent, { kind: 'add enum value' }>): StepResult {
  const type = catalog.types.find((each) => each.schema === intent.type.schema && each.name === intent.type.name);
  if (type === undefined || type.kind !== 'enum')
    throw new Error(`no enum ${intent.type.schema}.${intent.type.name} in the catalog`);
  const name = `${type.schema}.${type.name}`;
  if (type.labels.includes(intent.value)) return impossible(`${name} already has the value '${intent.value}'`);
  const place =
    intent.place === null
      ? sql``
      : intent.place.side === 'before'
        ? sql` BEFORE ${literal(intent.place.label)}`
        : sql` AFTER ${literal(intent.place.label)}`;
  const labels = [...type.labels];
  if (intent.place === null) labels.push(intent.value);
  else labels.splice(labels.indexOf(intent.place.label) + (intent.place.side === 'after' ? 1 : 0), 0, intent.value);
  const isIt = (column: Column): boolean =>
    [type.name, name, qualifiedName(type), `${type.name}[]`, `${qualifiedName(type)}[]`].includes(column.type);
  const uses = catalog.tables.flatMap((table) =>
    table.columns.filter((column) => column.local && isIt(column)).map((column) => ({ table, column })),
  );
  const views = viewsUsing(
    catalog,
    uses.flatMap(({ table, column }) => dependantsOfColumn(catalog, table, column.name)),
  );
  const after: Catalog = {
    ...catalog,
    types: catalog.types.map((each) => (each === type ? { ...type, labels } : each)),
  };
  const old = { schema: type.schema, name: fitName(type.name, '_before_down') };
  const convert = ({ table, column }: { readonly table: Table; readonly column: Column }) => {
    const quoted = identifier(column.name);
    const array = column.type.endsWith('[]') ? sql`[]` : sql``;
    const change = sql`ALTER COLUMN ${quoted} TYPE ${qualified(type)}${array} USING ${quoted}::text${array}::${qualified(type)}${array}`;
    const parts =
      column.default === null
        ? [change]
        : [
            sql`ALTER COLUMN ${quoted} DROP DEFAULT`,
            change,
            sql`ALTER COLUMN ${quoted} SET DEFAULT ${rendered(column.default)}`,
          ];
    return planned(null, sql`ALTER TABLE ${qualified(table)} ${joinSql(parts)}`);
  };
  return stepOf(after, {
    up: [
      planned(
        'The value can be used once this statement is committed.',
        sql`ALTER TYPE ${qualified(type)} ADD VALUE ${literal(intent.value)}${place}`,
      ),
    ],
    down: [
      ...dropViews(catalog, views),
      planned(
        'PostgreSQL cannot take a value away: the type is made anew with the old ones.',
        sql`ALTER TYPE ${qualified(type)} RENAME TO ${identifier(old.name)}`,
      ),
      planned(
        null,
        sql`CREATE TYPE ${qualified(type)} AS ENUM (${joinSql(type.labels.map((label) => literal(label)))})`,
      ),
      ...(type.comment === null
        ? []
        : [planned(null, sql`COMMENT ON TYPE ${qualified(type)} IS ${literal(type.comment)}`)]),
      ...(type.owner === ''
        ? []
        : [planned(null, sql`ALTER TYPE ${qualified(type)} OWNER TO ${identifier(type.owner)}`)]),
      ...uses.map(convert),
      planned(null, sql`DROP TYPE ${qualified(old)}`),
      ...restoreViews(catalog, views),
    ],
    risks: [
      `The down rewrites every table with a column of ${name} and fails while a row has the value '${intent.value}'.`,
      `Functions that take or return ${name}, and partial indexes and checks that compare with it, may stop the down.`,
    ],
  });
}

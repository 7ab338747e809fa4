import type { Catalog, Column, Table } from '../catalog/catalog.ts';
import { memberName } from '../catalog/object-key.ts';
import { keyOf, tableIndex } from '../sql/table-index.ts';
import { catalogView } from '../validate/catalog-view.ts';
import { publicationsOf } from '../validate/publications.ts';
import { keepingObstacle } from './second-column.ts';

const keyColumns = ({ constraints }: Table): readonly string[] =>
  constraints.find(({ kind }) => kind === 'primary key')?.columns ?? [];

/** What goes on using a table under whatever name it has, and would not use the one that takes its place. */
const staying: ReadonlySet<string> = new Set(['view', 'materialized view', 'function', 'procedure', 'aggregate']);

/** Why the rows of the one table could not be found in the other; null where they can. */
function keyObstacle(table: Table, fresh: Table): string | null {
  const copy = `${fresh.schema}.${fresh.name}`;
  const [own, key] = [keyColumns(table), keyColumns(fresh)];
  if (own.length === 0) return `${table.schema}.${table.name} has no primary key by which its rows could be found`;
  if (key.length === 0 || !own.every((column) => key.includes(column)))
    return `${copy} has no primary key with ${own.join(', ')} and the partition key by which its rows could be found`;
  const empty = key.find((name) => table.columns.some((column) => column.name === name && !column.notNull));
  return empty === undefined
    ? null
    : `${empty} may be NULL in ${table.schema}.${table.name} and belongs to the primary key of ${copy}: require it first`;
}

/** Why a column's values could not be in both tables, or its rows not be numbered on; null where they can. */
function columnObstacle({ sequences }: Catalog, table: Table, fresh: Table, column: Column): string | null {
  const [own, copy] = [`${table.schema}.${table.name}`, `${fresh.schema}.${fresh.name}`];
  const other = fresh.columns.find(({ name }) => name === column.name);
  if (other === undefined) return `${copy} has no column ${column.name}`;
  if (other.type !== column.type) return `${column.name} is ${column.type} in ${own} and ${other.type} in ${copy}`;
  if ((other.generated === null) !== (column.generated === null))
    return `${column.name} is generated in one of the two tables only`;
  if (other.notNull && !column.notNull) return `${copy} requires ${column.name}, and rows of ${own} may have none`;
  const counter = sequences.find(
    ({ ownedBy }) =>
      ownedBy?.column === column.name && ownedBy.table.schema === table.schema && ownedBy.table.name === table.name,
  );
  const takesNumbers = (value: string): boolean => value.includes('nextval') && value.includes(counter?.name ?? '');
  return counter !== undefined && other.identity === null && !takesNumbers(other.default ?? '')
    ? `${column.name} numbers the rows of ${own}, and nothing does in ${copy}: add INCLUDING IDENTITY, or the default`
    : null;
}

/** What stands on a table and would stay with it when another one takes its name; null where nothing does. */
function stayingBehind(catalog: Catalog, table: Table): string | null {
  const own = `${table.schema}.${table.name}`;
  const [reference] = tableIndex(catalog.tables).referencesTo(keyOf(table));
  if (reference !== undefined)
    return `the foreign key ${reference.constraint.name} refers to ${own}, and would go on referring to the old table: a partitioned one has no key without the partition key`;
  const user = catalog.dependencies.find(
    ({ on, dependent }) => on.schema === table.schema && on.name === table.name && staying.has(dependent.kind),
  );
  if (user !== undefined)
    return `the ${user.dependent.kind} ${user.dependent.schema}.${user.dependent.name} uses ${own}, and would go on using the old table: drop it, and make it again behind the last step`;
  const [trigger] = table.triggers;
  if (trigger !== undefined) return `the trigger ${trigger.name} of ${own} would stay with the old table`;
  if (table.rowSecurity || table.policies.length > 0)
    return `${own} has row security, which would stay with the old table`;
  const [publication] = publicationsOf(catalogView(catalog), table);
  if (publication !== undefined)
    return `publication ${publication.name} publishes ${own}, and subscribers would have to be told of the partitions`;
  return table.replicaIdentity === 'default' ? null : `the replica identity of ${own} would stay with the old table`;
}

/** Why a table cannot be made partitioned by way of a copy that is kept in step; null where it can. */
export function partitioningObstacle(catalog: Catalog, table: Table, fresh: Table): string | null {
  const columns = table.columns.map((column) => columnObstacle(catalog, table, fresh, column));
  const needed = fresh.columns.find(
    ({ name, notNull, default: value, identity, generated }) =>
      notNull &&
      value === null &&
      identity === null &&
      generated === null &&
      !table.columns.some((column) => column.name === name),
  );
  return (
    keepingObstacle(catalog, table) ??
    keyObstacle(table, fresh) ??
    columns.find((reason) => reason !== null) ??
    (needed === undefined
      ? null
      : `${fresh.schema}.${fresh.name} requires ${needed.name}, which ${table.schema}.${table.name} does not have`) ??
    stayingBehind(catalog, table)
  );
}

/** What the one table has and the other one has not, in words, for a person to add. */
export function membersLeftBehind(table: Table, fresh: Table): readonly string[] {
  const constraints = table.constraints.filter(
    ({ kind, definition, columns }) =>
      kind !== 'not null' &&
      kind !== 'primary key' &&
      !fresh.constraints.some(
        (other) => other.kind === kind && (other.definition === definition || other.columns.join() === columns.join()),
      ),
  );
  const keysOf = (keys: Table['indexes'][number]['keys']): string =>
    keys.map(({ column, expression }) => column ?? expression).join();
  const indexes = table.indexes.filter(
    (index) => index.constraint === null && !fresh.indexes.some(({ keys }) => keysOf(keys) === keysOf(index.keys)),
  );
  return [
    ...constraints.map(({ name, definition }) => `the constraint ${memberName(table.name, name)}, ${definition}`),
    ...indexes.map(({ name }) => `the index ${name}`),
  ];
}

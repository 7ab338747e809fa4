import type { Catalog, Table } from '../catalog/catalog.ts';
import { singular } from './read/same-name.ts';

const size = (catalog: Catalog, table: Table): number =>
  catalog.facts?.tables.find((each) => each.schema === table.schema && each.name === table.name)?.rows ?? 0;

const plainName = (name: string): boolean => /^[a-z_][a-z0-9_]*$/.test(name);

/** How a request should name a table here: with its schema only when several schemas have the name. */
function spoken(catalog: Catalog, table: Table): string {
  const same = catalog.tables.filter((other) => other.name === table.name).length;
  const name = plainName(table.name) ? table.name : `"${table.name.replaceAll('"', '""')}"`;
  return same > 1 ? `${table.schema}.${name}` : name;
}

/**
 * Requests that the built-in planner understands, made for this catalog: with its own tables and columns, the ones that
 * matter most first. General ones when there is no table.
 */
export function examples(catalog: Catalog): readonly string[] {
  const tables = catalog.tables
    .filter(
      (table) =>
        table.kind !== 'foreign table' &&
        table.partitionOf === null &&
        table.columns.every((column) => plainName(column.name)),
    )
    .sort((a, b) => size(catalog, b) - size(catalog, a) || b.columns.length - a.columns.length);
  const [first, second = first] = tables;
  if (first === undefined || second === undefined) {
    return [
      'create table customers with name text not null, email text unique and created_at timestamptz default now()',
    ];
  }
  const one = spoken(catalog, first);
  const two = spoken(catalog, second);
  const fresh = ['note', 'remark', 'comment_text', 'memo'].find(
    (name) => !first.columns.some((column) => column.name === name),
  );
  const made: string[] = fresh === undefined ? [] : [`add ${fresh} text to ${one}`];
  const unindexed = tables.flatMap((table) =>
    table.columns
      .filter(
        (column) =>
          !table.indexes.some((index) => index.keys[0]?.column === column.name) &&
          /^(?:integer|bigint|text|character varying|date|timestamp)/.test(column.type),
      )
      .map((column) => `add index on ${spoken(catalog, table)} ${column.name}`),
  );
  const optional = tables.flatMap((table) =>
    table.columns
      .filter((column) => !column.notNull && column.generated === null)
      .map((column) => `make ${column.name} of ${spoken(catalog, table)} required`),
  );
  const number = tables.flatMap((table) =>
    table.columns
      .filter(
        (column) =>
          /^(?:numeric|integer|real|double)/.test(column.type) &&
          !/_?id$/.test(column.name) &&
          column.identity === null,
      )
      .map((column) => `${spoken(catalog, table)}.${column.name} must not be negative`),
  );
  const short = tables.flatMap((table) =>
    table.columns
      .filter((column) => /^character varying\(\d+\)$/.test(column.type))
      .map((column) => `change ${column.name} of ${spoken(catalog, table)} to text`),
  );
  const renamed = second.columns.find((column) => !column.notNull) ?? second.columns.at(-1);
  made.push(...[unindexed[0], optional[0], number[0], short[0]].filter((text) => text !== undefined));
  if (renamed !== undefined) made.push(`rename column ${renamed.name} of ${two} to ${renamed.name}_old`);
  const keyed = tables.find((table) =>
    table.constraints.some((each) => each.kind === 'primary key' && each.columns.length === 1),
  );
  if (keyed !== undefined) {
    const stem = singular(keyed.name);
    const name = ['notes', 'remarks', 'labels']
      .map((end) => `${stem}_${end}`)
      .find((text) => !catalog.tables.some((table) => table.name === text));
    if (name !== undefined)
      made.push(`create table ${name} with ${stem}_id references ${spoken(catalog, keyed)}, body text not null`);
  }
  return made.slice(0, 7);
}

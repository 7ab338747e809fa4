import type { Catalog, Table } from '../../../../../engine/catalog/catalog.ts';

const plain = /^[a-z_][a-z0-9_]*$/;

/** The tables that examples are made of: with plain names that are unique across schemas, best connected first. */
function goodTables(catalog: Catalog): readonly Table[] {
  const count = new Map<string, number>();
  for (const table of catalog.tables) count.set(table.name, (count.get(table.name) ?? 0) + 1);
  const keys = (table: Table): number =>
    table.constraints.filter((constraint) => constraint.kind === 'foreign key').length;
  return catalog.tables
    .filter((table) => table.partitionOf === null && plain.test(table.name) && count.get(table.name) === 1)
    .toSorted((a, b) => keys(b) - keys(a));
}

const isFree = (table: Table, column: string): boolean => !table.columns.some((other) => other.name === column);

/** Requests that make sense on this database, in the words that the built-in planner understands; at most four. */
export function requestExamples(catalog: Catalog): readonly string[] {
  const tables = goodTables(catalog);
  const examples: string[] = [];
  const people = tables.find((table) => /user|customer|account|member/.test(table.name)) ?? tables[0];
  const flag = ['email_verified', 'is_archived', 'note'].find((column) => people && isFree(people, column));
  if (people && flag) examples.push(`add ${flag} ${flag === 'note' ? 'text' : 'boolean'} to ${people.name}`);
  for (const table of tables) {
    const free = table.constraints
      .filter((constraint) => constraint.kind === 'foreign key' && constraint.columns.length === 1)
      .map((constraint) => constraint.columns[0] ?? '')
      .find((column) => plain.test(column) && !table.indexes.some((index) => index.keys[0]?.column === column));
    if (free) {
      examples.push(`add index on ${table.name} (${free})`);
      break;
    }
  }
  for (const table of tables) {
    const nullable = table.columns.find((column) => !column.notNull && plain.test(column.name) && !column.generated);
    if (nullable) {
      examples.push(`make ${nullable.name} of ${table.name} not null`);
      break;
    }
  }
  for (const table of tables) {
    const text = table.columns.find((column) => column.type === 'text' && plain.test(column.name));
    if (text && isFree(table, `${text.name}_old`)) {
      examples.push(`rename column ${text.name} of ${table.name} to ${text.name}_text`);
      break;
    }
  }
  return examples.slice(0, 4);
}

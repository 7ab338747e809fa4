import type { Table } from '../catalog/catalog.ts';
import { quoteIdentifier } from '../sql/quote-identifier.ts';

/** What of its own table PostgreSQL drops together with a column without being asked, in words. */
export const droppedWith = (table: Table | null, column: string): readonly string[] => {
  if (table === null) return [];
  const constraints = table.constraints.filter(
    (constraint) => constraint.kind !== 'not null' && constraint.columns.includes(column),
  );
  const backed = new Set(table.constraints.map(({ name }) => name));
  const indexes = table.indexes.filter(
    (index) =>
      !backed.has(index.name) && (index.include.includes(column) || index.keys.some((key) => key.column === column)),
  );
  return [
    ...constraints.map(
      ({ kind, name }) =>
        `the ${kind} ${kind === 'primary key' || kind === 'foreign key' ? '' : 'constraint '}${quoteIdentifier(name)}`,
    ),
    ...indexes.map(({ name }) => `the index ${quoteIdentifier(name)}`),
  ];
};

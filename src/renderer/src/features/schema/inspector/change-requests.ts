import type { Catalog, Table } from '../../../../../engine/catalog/catalog.ts';

/** A change that can be begun from a table: its name in the menu, and the words that the request starts with. */
export type ChangeRequest = { readonly id: string; readonly label: string; readonly request: string };

/** How a request names a table: by its bare name where that is enough. */
export function tableInRequest(catalog: Catalog, table: Pick<Table, 'schema' | 'name'>): string {
  const alone = catalog.tables.filter((other) => other.name === table.name).length === 1;
  return alone ? table.name : `${table.schema}.${table.name}`;
}

/** The changes offered for a table; a column that is neither key nor generated serves as the example. */
export function changeRequests(catalog: Catalog, table: Table): readonly ChangeRequest[] {
  const name = tableInRequest(catalog, table);
  const keys = new Set(
    table.constraints.flatMap((constraint) => (constraint.kind === 'primary key' ? constraint.columns : [])),
  );
  const column = table.columns.find((candidate) => !keys.has(candidate.name) && !candidate.generated)?.name ?? 'column';
  const nullable = table.columns.find((candidate) => !candidate.notNull && !candidate.generated)?.name;
  return [
    { id: 'add-column', label: 'Add column…', request: `add new_column text to ${name}` },
    { id: 'rename-column', label: 'Rename column…', request: `rename column ${column} of ${name} to ${column}_new` },
    { id: 'change-type', label: 'Change type…', request: `change type of ${column} of ${name} to text` },
    ...(nullable ? [{ id: 'not-null', label: 'Forbid null…', request: `make ${nullable} of ${name} not null` }] : []),
    { id: 'add-index', label: 'Add index…', request: `add index on ${name} (${column})` },
    { id: 'drop-column', label: 'Drop column…', request: `drop column ${column} from ${name}` },
    { id: 'rename-table', label: 'Rename table…', request: `rename table ${name} to ${table.name}_new` },
  ];
}

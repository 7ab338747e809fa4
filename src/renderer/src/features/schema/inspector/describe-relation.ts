import type { Table, View } from '../../../../../engine/catalog/catalog.ts';

/** What an object is, in one line: kind, comment, and what is unusual about it. */
export function describeRelation(table: Table | null, view: View | null): string {
  if (view) return [view.materialized ? 'Materialized view' : 'View', view.comment].filter(Boolean).join(', ');
  if (!table) return '';
  const kind = table.kind.charAt(0).toUpperCase() + table.kind.slice(1);
  return [
    table.partitionKey ? `${kind} by ${table.partitionKey.toLowerCase()}` : kind,
    table.partitionOf ? `partition of ${table.partitionOf.parent.schema}.${table.partitionOf.parent.name}` : null,
    table.persistence === 'unlogged' ? 'unlogged' : null,
    table.rowSecurity ? 'row security on' : null,
    table.comment,
  ]
    .filter(Boolean)
    .join(', ');
}

import type { Catalog } from '../../catalog/catalog.ts';
import { nameKey } from './same-name.ts';

/** The type that a column's name makes all but certain, with the reason; null when the name does not say it. */
export function inferType(name: string, catalog: Catalog): { readonly sql: string; readonly note: string } | null {
  const key = nameKey(name);
  const because = (sql: string): { readonly sql: string; readonly note: string } => ({
    sql,
    note: `${name} is ${sql}: the request names no type, and the column's name suggests it.`,
  });
  if (/^(?:is|has|can|was|should|allow)_/.test(key) || /_(?:enabled|disabled|verified|flag)$/.test(key))
    return because('boolean');
  if (/_at$/.test(key)) return because('timestamptz');
  if (/(?:^|_)(?:date|birthday)$/.test(key) || /_on$/.test(key)) return because('date');
  if (/(?:^|_)(?:count|quantity)$/.test(key)) return because('integer');
  if (/(?:^|_)uuid$/.test(key)) return because('uuid');
  const text =
    /(?:^|_)(?:name|title|description|note|comment|email|e_mail|phone|phone_number|url|slug|body|address|city|street|label|summary|reason|nickname|bio|website)$/;
  if (text.test(key)) return because('text');
  if (key.endsWith('_id')) {
    const target = catalog.tables.filter((table) => nameKey(table.name) === key.slice(0, -3));
    const columns = target.flatMap((table) => {
      const primary = table.constraints.find((constraint) => constraint.kind === 'primary key');
      return primary?.columns.length === 1 ? table.columns.filter((column) => column.name === primary.columns[0]) : [];
    });
    const [only] = columns;
    if (only !== undefined && columns.length === 1) {
      return { sql: only.type, note: `${name} is ${only.type}, like the key of the table it is named after.` };
    }
  }
  return null;
}
